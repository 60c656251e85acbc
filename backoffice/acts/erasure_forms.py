"""The forms of an erasure: what is given up is read, and nobody is named in the reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Beneficiary
from core.money import ZERO, euros
from privacy import names
from wallets.models import Wallet

from .forms import ReasonForm


class EraseForm(ReasonForm):
    is_sure = forms.BooleanField(label="J’ai vérifié qui le demande. Cela ne pourra pas être défait.")

    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "reason"
        ].help_text = (
            "Il reste au journal, avec votre nom\N{NO-BREAK SPACE}: n’y écrivez pas celui de la famille."
        )

    def clean_reason(self) -> str:
        """Raises ValidationError: what is erased would live on there."""
        reason: str = self.cleaned_data["reason"]
        if names.named(self.names(), reason):
            raise ValidationError(
                "Ce motif nomme qui doit être effacé. Dites par exemple "
                "«\N{NO-BREAK SPACE}courrier du 3\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}»."
            )
        return reason

    def names(self) -> set[str]:
        return {*names.of_account(self.subject), self.subject.last_name.casefold()}


class EraseChildForm(EraseForm):
    # What the page said that it would be: if it is more by now, the agent reads it again.
    giving_up = forms.DecimalField(widget=forms.HiddenInput, max_digits=9, decimal_places=2)

    def __init__(self, *args: Any, subject: Beneficiary, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        left = sum(Wallet.objects.filter(beneficiary=subject).values_list("balance", flat=True), ZERO)
        self.fields["giving_up"].initial = left
        if left:
            self.fields["is_sure"].help_text = f"{euros(left)} qui ne sont sur aucun ticket seront perdus."

    def names(self) -> set[str]:
        return {*names.of_child(self.subject), self.subject.last_name.casefold()}
