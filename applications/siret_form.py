"""The form by which an organisme says who it is."""

from typing import Any

from django import forms

from core.forms import ReferenceField
from partners.official_numbers import LONGEST_TYPED, NotANumber, read_siret


class SiretField(ReferenceField):
    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        try:
            return read_siret(typed) if typed else typed
        except NotANumber as wrong:
            raise forms.ValidationError(str(wrong), code="invalid") from wrong


class SiretForm(forms.Form):
    siret = SiretField(
        label="SIRET de votre organisme",
        max_length=LONGEST_TYPED,
        help_text="Ses quatorze chiffres. Une association le trouve sur la lettre de l’Insee, ou sur "
        "annuaire-entreprises.data.gouv.fr.",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Saisissez son SIRET."},
    )
