"""The form of an account that an agent makes for a guardian who has none, with the papers seen."""

from typing import Any

from django import forms

from accounts.names import NO_NAMES, one_name, validate_person_name
from accounts.person_fields import PersonNameField
from core import postcodes
from core.forms import EmailField, NameField, PostcodeField, TelephoneField

from .forms import ReasonForm

# What says that somebody may act for a child.
PAPERS = (
    "livret de famille",
    "acte de naissance",
    "jugement",
    "acte de tutelle",
    "décision de placement",
    "autre papier, dit au motif",
)
# The columns of the account.
PERSON = ("first_name", "last_name", "email", "phone", "address", "postcode", "city")


class NewGuardianForm(ReasonForm):
    last_name = PersonNameField(label="Nom", max_length=60, required=False, validators=[validate_person_name])
    first_name = PersonNameField(
        label="Prénom",
        max_length=60,
        required=False,
        validators=[validate_person_name],
        help_text="D’un foyer ou d’un service\N{NO-BREAK SPACE}: son nom seul.",
    )
    email = EmailField(label="Adresse e-mail", required=False, max_length=254)
    phone = TelephoneField(label="Téléphone", required=False)
    address = NameField(label="Adresse", required=False, max_length=120)
    postcode = PostcodeField(label="Code postal", required=False, max_length=postcodes.LONGEST)
    city = NameField(label="Ville", required=False, max_length=60)
    papers = forms.ChoiceField(
        label="Papier que vous avez vu",
        choices=[("", "Choisissez"), *((paper, paper) for paper in PAPERS)],
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["first_name"], said["last_name"] = one_name(
            said.get("first_name") or "", said.get("last_name") or ""
        )
        if not said["first_name"]:
            self.add_error("last_name", NO_NAMES)
        if not self.errors and not (
            said["email"] or all(said[name] for name in ("address", "postcode", "city"))
        ):
            self.add_error(
                "email", "Son accès part par e-mail, ou par lettre\N{NO-BREAK SPACE}: donnez l’un ou l’autre."
            )
        return said
