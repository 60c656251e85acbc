"""The form of who pays. An IBAN is typed, and never shown again: in the database it is sealed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import CodeField, typed_formfield
from core.money import NBSP
from payments.bank_accounts import ibans
from payments.bank_accounts.exceptions import AccountRefused
from payments.bank_accounts.form import BESIDE
from payments.iban_keys import NotSealed
from payments.models import Payer, masked


class IbanField(CodeField):
    """The journal tells its last characters."""

    in_words = staticmethod(masked)


class PayerForm(forms.ModelForm):
    iban = IbanField(
        label="Autre IBAN à débiter",
        required=False,
        # Of 34 at most, in groups, after its name.
        max_length=60,
        help_text=f"Vide{NBSP}: il reste celui qu’il est. Sans BIC il n’y en a plus, et le fichier de "
        "virements SEPA n’est pas fait.",
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "class": "vTextField"}),
    )

    class Meta:
        model = Payer
        fields = ("name", "siret", "deliberation", "naming", "vat", "bic", "working_days")
        formfield_callback = typed_formfield

    def clean(self) -> dict[str, Any]:
        """Of a known bank the BIC need not be typed."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not (cleaned["iban"] or cleaned["bic"]):
            return cleaned
        iban = cleaned["iban"] or self._iban_of_now()
        try:
            checked = ibans.check(iban, cleaned["bic"]) if iban else None
        except AccountRefused as refusal:
            self.add_error(BESIDE[type(refusal)], refusal.told())
            return cleaned
        if not (checked and checked.bic):
            raise ValidationError("Donnez l’IBAN et le BIC, ou aucun des deux.")
        return cleaned | {"iban": cleaned["iban"] and checked.iban, "bic": checked.bic}

    def _iban_of_now(self) -> str:
        """Nothing, if no key opens it: it is to be typed again."""
        payer: Payer = self.instance
        try:
            return payer.iban
        except NotSealed:
            return ""

    def save(self, commit: bool = True) -> Payer:  # noqa: FBT001, FBT002 – Django's
        if iban := self.cleaned_data["iban"]:
            self.instance.iban = iban
        elif not self.cleaned_data["bic"]:
            self.instance.iban = ""
        payer: Payer = super().save(commit)
        return payer
