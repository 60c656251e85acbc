"""The forms of one's own account: details, e-mail address, password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError

from core import throttle
from core.forms import EmailField, typed_formfield
from core.money import NBSP
from core.spelling import town
from core.throttle import TooManyAttempts

from . import throttle_policies
from .access import SignedInRequest
from .mail_choices import MailKind
from .models import User


class DetailsForm(forms.ModelForm):
    """A guardian's address and telephone, all optional."""

    class Meta:
        model = User
        fields = ["address", "postcode", "city", "phone"]
        formfield_callback = typed_formfield
        labels = {"address": "Adresse", "postcode": "Code postal", "city": "Ville", "phone": "Téléphone"}
        help_texts = {"address": "Numéro et rue.", "phone": "Par exemple 06 12 34 56 78."}
        widgets = {
            "address": forms.TextInput({"autocomplete": "street-address"}),
            "postcode": forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
            "city": forms.TextInput({"autocomplete": "address-level2"}),
            "phone": forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        }

    def clean_city(self) -> str:
        return town(self.cleaned_data["city"])


class MailChoicesForm(forms.ModelForm):
    """A tick for each kind of e-mail that one may do without."""

    class Meta:
        model = User
        fields = [kind.column for kind in MailKind]
        labels = {kind.column: kind.label for kind in MailKind}
        help_texts = {
            "reminders": (
                f"30{NBSP}jours, 7{NBSP}jours et 1{NBSP}jour avant le dernier jour pour créer des tickets."
            )
        }

    def choices(self) -> dict[MailKind, bool]:
        return {kind: self.cleaned_data[kind.column] for kind in MailKind}


class OwnPasswordForm(forms.Form):
    """Asks again for the password of who is connected. A wrong one counts like a failed login."""

    refusal: TooManyAttempts | None = None

    def __init__(self, *args: Any, request: SignedInRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def check_own(self, password: str) -> str:
        try:
            attempt = throttle.count(
                throttle_policies.LOGIN, self.request, account=self.request.user.username
            )
        except TooManyAttempts as refusal:
            self.refusal = refusal
            raise ValidationError(refusal.sentence) from refusal
        if not self.request.user.check_password(password):
            raise ValidationError("Ce n’est pas votre mot de passe actuel.")
        attempt.forgive()
        return password


class EmailForm(OwnPasswordForm):
    """The password too: who finds a telephone that was left open must not take the account with it."""

    email = EmailField(
        label="Nouvelle adresse e-mail",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": "Saisissez la nouvelle adresse.",
            "invalid": "Saisissez une adresse complète, comme nom@exemple.fr.",
        },
    )
    password = forms.CharField(
        label="Votre mot de passe actuel",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Saisissez votre mot de passe."},
    )

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        if address.casefold() == self.request.user.email.casefold():
            raise ValidationError("C’est déjà votre adresse.")
        return address

    def clean_password(self) -> str:
        return self.check_own(self.cleaned_data["password"])


class NewPasswordForm(SetPasswordForm):
    """Django's, in our words. What is wrong with a password is said beside it, not beside the second one."""

    error_messages = SetPasswordForm.error_messages | {
        "password_mismatch": "Ce n’est pas le même mot de passe. Écrivez-le deux fois."
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new, again = self.fields["new_password1"], self.fields["new_password2"]
        new.help_text = f"12{NBSP}caractères au moins, pas seulement des chiffres. Trois mots font l’affaire."
        new.error_messages["required"] = "Choisissez un mot de passe."
        again.help_text = ""
        again.error_messages["required"] = "Écrivez-le une seconde fois."

    def validate_password_for_user(self, user: User, *args: Any) -> None:
        super().validate_password_for_user(user, "new_password1")


class PasswordForm(NewPasswordForm, OwnPasswordForm, PasswordChangeForm):
    """Django's would let one guess the old password for ever."""

    error_messages = PasswordChangeForm.error_messages | NewPasswordForm.error_messages

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].error_messages["required"] = "Saisissez votre mot de passe actuel."

    def clean_old_password(self) -> str:
        return self.check_own(self.cleaned_data["old_password"])
