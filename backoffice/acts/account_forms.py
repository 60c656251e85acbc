"""The forms of the acts on an account."""

from typing import Any, cast

from django import forms

from accounts import appointment
from accounts.exceptions import SameRole
from accounts.models import User
from accounts.recovery import Address

from .forms import ReasonForm


class TheftForm(ReasonForm):
    """Whoever entered the account may have changed its address: the access must not go there."""

    address = forms.ChoiceField(label="Son adresse e-mail", widget=forms.RadioSelect)

    def __init__(self, *args: Any, subject: User, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        choices = [(Address.KEPT, subject.email)]
        if subject.email_is_new and subject.former_email:
            choices.insert(0, (Address.FORMER, subject.former_email))
        if subject.email:
            choices.append((Address.NONE, ""))
        cast(forms.ChoiceField, self.fields["address"]).choices = [
            (address, f"{address.label} ({known})" if known else address.label) for address, known in choices
        ]


class RoleForm(ReasonForm):
    role = forms.ChoiceField(
        label="Rôle",
        widget=forms.RadioSelect,
        choices=lambda: [(role, role) for role in appointment.roles()],
        help_text=f"«\N{NO-BREAK SPACE}{appointment.NO_ROLE}\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: ce n’est "
        "plus le compte d’un agent.",
    )

    def clean_role(self) -> str:
        role = str(self.cleaned_data["role"])
        if role == appointment.role_of(self.subject):
            raise forms.ValidationError(SameRole.sentence)
        return role
