"""« Effacer »: what an agent does for who asks to be erased, on their pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.audit import Action
from accounts.models import Beneficiary, User
from backoffice.facts import accounts, children
from core.money import ZERO, euros
from privacy import erasure, names
from wallets.models import Wallet

from .act import Act
from .forms import ReasonForm

PERMISSION = "accounts.erase_people"


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
                "«\N{NO-BREAK SPACE}courrier du 3 mars\N{NO-BREAK SPACE}»."
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


def _erase_child(child: Beneficiary, agent: User, said: dict[str, Any]) -> str:
    giving_up: Decimal = said["giving_up"]
    erasure.erase_child(beneficiary_id=child.pk, giving_up=giving_up, actor=agent)
    # The journal names who it is by now.
    child.refresh_from_db()
    return f"{euros(giving_up)} abandonnés" if giving_up else ""


def _erase_account(user: User, agent: User, said: dict[str, Any]) -> str:
    erasure.erase_account(user_id=user.pk)
    user.refresh_from_db()
    return ""


CHILD = Act(
    "effacer",
    "Effacer l’enfant",
    Action.ERASED,
    PERMISSION,
    "Son nom, son année de naissance, sa classe et son numéro d’élève disparaissent partout, avec "
    "son compte, et ceux des parents qui n’ont pas d’autre enfant ici. Les sommes et les tickets "
    "restent, sans nom. Il faut l’accord de chaque responsable légal. Cela ne se défait pas.",
    _erase_child,
    EraseChildForm,
    about=children.of_child,
)
ACCOUNT = Act(
    "effacer",
    "Effacer le compte",
    Action.ERASED,
    PERMISSION,
    "Nom, identifiant, adresses et téléphone disparaissent partout, et plus personne n’entre par ce "
    "compte. Ses enfants restent à leurs autres responsables légaux. Cela ne se défait pas.",
    _erase_account,
    EraseForm,
    applies=lambda user: not user.is_staff and not user.is_superuser,
    about=accounts.account,
)
