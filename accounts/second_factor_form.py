"""The code of a second factor, typed."""

from collections.abc import Callable

from django import forms
from django_otp.models import Device

from core import throttle
from core.forms import CodeField

from . import security_log, throttle_policies
from .access import SignedInRequest
from .security_log import Event


class CodeForm(forms.Form):
    code = CodeField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def clean_code(self) -> str:
        """Telephones show « 123 456 »; a recovery code is copied from paper."""
        return str(self.cleaned_data["code"]).lower()


def device_of(
    request: SignedInRequest, form: forms.Form, verify: Callable[..., Device | None]
) -> Device | None:
    """The device that the typed `code` of a form is right for; else the form says what to do."""
    try:
        attempt = throttle.count(
            throttle_policies.SECOND_FACTOR, request, account=request.user.get_username()
        )
    except throttle.TooManyAttempts as refusal:
        form.add_error(None, refusal.sentence)
        return None
    device = verify(request.user, code=form.cleaned_data["code"])
    if device:
        attempt.forgive()
    else:
        security_log.note(Event.SECOND_FACTOR_FAILED, account=request.user.get_username())
        form.add_error("code", "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant.")
    return device
