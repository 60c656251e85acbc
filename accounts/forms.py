"""What people type to come in, and of themselves."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from core import codes, throttle
from core.addresses import validate_can_be_written_to
from core.forms import CodeField, EmailField, NameField, UsernameField, typed_formfield
from core.throttle import TooManyAttempts

from . import throttle_policies
from .access import SignedInRequest
from .models import User


class LoginForm(AuthenticationForm):
    """Identifiant, mot de passe, « Restez connecté »."""

    error_messages = {
        "invalid_login": (
            "L’identifiant ou le mot de passe n’est pas le bon. Vérifiez-les, "
            "ou cliquez sur « Vous avez oublié vos identifiants »."
        ),
    }
    username = UsernameField(widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "username"}))
    remember = forms.BooleanField(
        label="Restez connecté",
        required=False,
        help_text="Pendant 30 jours. Pas sur un ordinateur partagé.",
    )

    refusal: TooManyAttempts | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Identifiant"
        for name in ("username", "password"):
            self.fields[name].widget.attrs["placeholder"] = self.fields[name].label
        self.fields["username"].error_messages["required"] = "Saisissez votre identifiant."
        self.fields["password"].error_messages["required"] = "Saisissez votre mot de passe."

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except TooManyAttempts as refusal:
            self.refusal = refusal
            raise forms.ValidationError(refusal.sentence) from refusal


class ForgottenForm(forms.Form):
    """One field for both: people who forgot one often forgot the other."""

    contact = NameField(
        label="Votre adresse e-mail ou votre identifiant",
        max_length=254,
        error_messages={"required": "Saisissez votre adresse e-mail ou votre identifiant."},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class ActivationForm(forms.Form):
    """What a letter says, typed."""

    username = UsernameField(
        label="Identifiant",
        max_length=60,
        error_messages={"required": "Saisissez l’identifiant écrit dans la lettre."},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    code = CodeField(
        label="Code de la lettre",
        max_length=40,
        help_text="Treize lettres et chiffres. Les majuscules et les tirets ne comptent pas.",
        error_messages={"required": "Saisissez le code écrit dans la lettre."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """A slip of the finger is told before anything is looked up: it counts as no attempt."""
        try:
            return codes.read_code(self.cleaned_data["code"])
        except codes.NotACode as unreadable:
            raise ValidationError(
                "Ce n’est pas tout à fait un code. Comparez-le à la lettre, caractère par caractère."
            ) from unreadable


class DeviceForm(ActivationForm):
    """What the e-mail says, or the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code de l’e-mail ou de la lettre"
        self.fields["code"].error_messages["required"] = "Saisissez le code écrit dans l’e-mail ou la lettre."
        self.fields["username"].error_messages["required"] = "Saisissez votre identifiant."


class DetailsForm(forms.ModelForm):
    """Where a guardian lives, and how to call it. Nothing of it is needed to use the wallets."""

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].validators.append(
            RegexValidator(r"\A\d{5}\Z", "Un code postal a cinq chiffres, par exemple 92160.")
        )


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
        validate_can_be_written_to(address)
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
        new.help_text = "12 caractères au moins, pas seulement des chiffres. Trois mots font l’affaire."
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
