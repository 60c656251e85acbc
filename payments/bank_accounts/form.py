"""The form by which a manager asks for another account."""

from django import forms

from accounts.forms import OwnPasswordForm
from core.forms import CodeField, LineField

from .exceptions import (
    AccountRefused,
    AlreadyYours,
    BicOfAnotherCountry,
    NotABic,
    NotAnIban,
    OutsideSepa,
    WrongRibKey,
)

NBSP = "\N{NO-BREAK SPACE}"

# Beside which field a refusal is read; the others above the form.
BESIDE: dict[type[AccountRefused], str] = {
    **dict.fromkeys([NotAnIban, WrongRibKey, OutsideSepa, AlreadyYours], "iban"),
    **dict.fromkeys([NotABic, BicOfAnotherCountry], "bic"),
}


class AskForm(OwnPasswordForm):
    """The password too: an open telephone that somebody found is not enough to be paid instead of a club."""

    holder = LineField(
        label="Titulaire",
        max_length=70,
        help_text=f"Le nom exact que porte le RIB{NBSP}: la banque le compare avant chaque virement.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Saisissez le nom que porte le RIB."},
    )
    iban = CodeField(
        label="IBAN",
        # Of 34 at most, in groups, after its name.
        max_length=60,
        help_text="Les espaces ne comptent pas.",
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Saisissez l’IBAN, en entier."},
    )
    bic = CodeField(
        label="BIC",
        required=False,
        max_length=14,
        help_text="Facultatif.",
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    password = forms.CharField(
        label="Votre mot de passe actuel",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Saisissez votre mot de passe."},
    )

    def clean_password(self) -> str:
        return self.check_own(self.cleaned_data["password"])

    def refuse(self, refusal: AccountRefused) -> None:
        self.add_error(BESIDE.get(type(refusal)), refusal.told())
