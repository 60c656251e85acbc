"""Two accounts of one adult: the children of both are followed from the one that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from core.exceptions import Refusal

from . import mail
from .exceptions import NotMergeable
from .models import Beneficiary, EndedGuardianship, Guardianship, User
from .revocation import revoke

# What the kept one takes from the other where it says nothing of the first ones, and what goes with them.
OF_ADDRESS = ("email_confirmed_at", "email_changed_at", "email_by_agent", "former_email")
FILLED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("phone",), ()),
    (("address", "postcode", "city"), ()),
    (("email",), OF_ADDRESS),
)


class TakenAway(Refusal):
    def __init__(self, child: Beneficiary) -> None:
        super().__init__(
            f"Un agent a retiré le compte gardé des responsables de {child}\N{NO-BREAK SPACE}: s’il doit "
            "l’être de nouveau, ajoutez-le d’abord sur la fiche de l’enfant."
        )


@dataclass(frozen=True)
class Merged:
    """The children whom the kept account follows from now on, and the addresses that were told."""

    children: Sequence[Beneficiary]
    told: Sequence[str]


def may_be_merged() -> Q:
    """Accounts of adults of families."""
    return Q(is_staff=False, is_superuser=False, beneficiary=None, anonymised_at=None, merged_into=None)


def is_mergeable(user: User) -> bool:
    return User.objects.filter(may_be_merged(), pk=user.pk).exists()


def filled(double: User, kept: User) -> dict[str, object]:
    """The fields of `kept` that say nothing, as `double` says them."""
    taken: dict[str, object] = {}
    for names, along in FILLED:
        says = any(getattr(double, name) for name in names)
        if says and not any(getattr(kept, name) for name in names):
            taken |= {name: getattr(double, name) for name in (*names, *along)}
    return taken


@transaction.atomic
def merge_accounts(*, double_id: int, kept_id: int) -> Merged:
    """Let the kept account follow the children of both, and close the other one for good.

    All that opens the double is worth nothing any more; its row stays, for what it did. Both addresses are
    told. Locks the children, then both accounts, each in the order of their ids. Raises NotMergeable,
    TakenAway.
    """
    both = _lock(double_id, kept_id)
    if len(both) != 2 or not both[kept_id].is_active:
        raise NotMergeable
    double, kept = both[double_id], both[kept_id]
    children = _unite(double, kept)
    addresses = {address.lower(): address for user in (double, kept) for address in user.known_emails}
    taken = filled(double, kept)
    User.objects.filter(pk=kept_id).update(**taken)
    User.objects.filter(merged_into=double_id).update(merged_into=kept_id)
    revoke([double], is_active=False, merged_into=kept)
    for address in addresses.values():
        mail.accounts_merged(kept, double, address)
    return Merged(children, list(addresses.values()))


def _lock(*user_ids: int) -> dict[int, User]:
    theirs = Guardianship.objects.filter(user__in=user_ids).values("beneficiary")
    list(Beneficiary.objects.filter(pk__in=theirs).order_by("pk").select_for_update(no_key=True))
    users = User.objects.filter(may_be_merged(), pk__in=user_ids).order_by("pk")
    return {user.pk: user for user in users.select_for_update(of=("self",))}


def _unite(double: User, kept: User) -> list[Beneficiary]:
    """Raises TakenAway."""
    followed = {*kept.children.values_list("pk", flat=True)}
    coming = list(double.children.exclude(pk__in=followed).order_by("pk"))
    for ended in EndedGuardianship.objects.filter(user=kept, beneficiary__in=coming):
        raise TakenAway(ended.beneficiary)
    Guardianship.objects.filter(user=double, beneficiary__in=coming).update(user=kept)
    Guardianship.objects.filter(user=double).delete()
    now = followed | {child.pk for child in coming}
    EndedGuardianship.objects.bulk_create(
        (
            EndedGuardianship(user=kept, beneficiary_id=it.beneficiary_id, at=it.at)
            for it in EndedGuardianship.objects.filter(user=double)
            if it.beneficiary_id not in now
        ),
        ignore_conflicts=True,
    )
    # Who has seen the link to a child's password is the same person.
    Beneficiary.objects.filter(login_made_by=double).update(login_made_by=kept)
    return coming
