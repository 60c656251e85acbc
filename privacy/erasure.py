"""A child or an account becomes nobody, and so does all that is written of it; the accounts stay true.

At once where a family asks for it; after KEEP_FAMILIES by `manage.py purge` (`privacy.retention.families`).
Lock order: child, wallet, account. Accounts are passed over or refused, never waited for.
"""

from collections.abc import Collection
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import child_logins, erasure
from accounts.models import Beneficiary, Guardianship, User
from core.exceptions import Refusal
from core.money import NBSP
from partners import memberships
from tickets.models import Ticket
from wallets import services as wallets

from . import traces

FAMILIES = {"is_staff": False, "is_superuser": False, "anonymised_at": None}
NAMED_AT_MOST = 6


class TicketsStillUsable(Refusal):
    def __init__(self, tickets: Collection[Ticket]) -> None:
        numbers = ", ".join(str(ticket.number) for ticket in list(tickets)[:NAMED_AT_MOST])
        more = "…" if len(tickets) > NAMED_AT_MOST else ""
        last_day = max(ticket.valid_until for ticket in tickets)
        super().__init__(
            "Des tickets peuvent encore servir, et l’organisme doit pouvoir être payé"
            f"{NBSP}: n°{NBSP}{numbers}{more}. Annulez-les avec la famille, ou attendez que leur dernier "
            f"jour, le {last_day:%d/%m/%Y}, soit passé."
        )


class OnlyGuardian(Refusal):
    def __init__(self, child: Beneficiary) -> None:
        super().__init__(
            f"Personne d’autre n’agit pour {child}. Effacez d’abord l’enfant{NBSP}: ce compte s’efface avec "
            "son dernier enfant."
        )


class InUse(Refusal):
    sentence = "Quelqu’un se sert d’un de ces comptes en ce moment. Recommencez dans un instant."


@transaction.atomic
def erase_child(*, beneficiary_id: int, giving_up: Decimal, actor: User) -> None:
    """Anonymise a child at its family's request, and the accounts that were there for it alone.

    The money that is on no ticket, `giving_up`, lapses by entries of the ledger. Locks the child, its
    wallets, then the accounts. Raises TicketsStillUsable, BalanceChanged, InUse.
    """
    child = Beneficiary.objects.select_for_update(of=("self",)).get(pk=beneficiary_id)
    if child.anonymised_at:
        return
    # From here on nobody makes a ticket of these wallets.
    wallets.give_up(beneficiary_id=child.pk, amount=giving_up, actor=actor)
    usable = Ticket.objects.usable_on(timezone.localdate()).filter(wallet__beneficiary=child)
    if tickets := list(usable.select_related("wallet__campaign").order_by("number")):
        raise TicketsStillUsable(tickets)
    accounts = _lock(_there_for_it_alone(child))
    children = [child, *child.merged.filter(anonymised_at=None).order_by("pk").select_for_update()]
    erased = traces.read(users=accounts, children=children)
    _anonymise(accounts)
    erasure.anonymise_children([it.pk for it in children], refuse_again=True)
    erased.remove()


def _there_for_it_alone(child: Beneficiary) -> QuerySet[User]:
    elsewhere = Guardianship.objects.filter(user=OuterRef("pk")).exclude(beneficiary=child)
    guardians = User.objects.filter(~Exists(elsewhere), guardianships__beneficiary=child)
    own = [child.user_id, *child.merged.values_list("user", flat=True)]
    return _with_merged([pk for pk in (*guardians.values_list("pk", flat=True), *own) if pk])


def _with_merged(user_ids: Collection[int]) -> QuerySet[User]:
    """These accounts, and those that were merged into one of them: they are the same people."""
    return User.objects.filter(Q(pk__in=user_ids) | Q(merged_into__in=user_ids), **FAMILIES)


@transaction.atomic
def erase_account(*, user_id: int) -> None:
    """Anonymise an account at its owner's request: a child's own login, or a parent whom another one follows.

    Locks the children, then the account. Raises OnlyGuardian, InUse.
    """
    locked = list(Beneficiary.objects.around(user_id).order_by("pk").select_for_update())
    for child in locked:
        if (
            child.user_id != user_id
            and not child.guardianships.exclude(user=user_id).filter(user__is_active=True).exists()
        ):
            raise OnlyGuardian(child)
    children = [child for child in locked if child.user_id != user_id]
    child_logins.close_logins(children, User.objects.get(pk=user_id))
    erasure.leave_children(user_id)
    accounts = _lock(_with_merged([user_id]))
    erased = traces.read(users=accounts, children=[])
    _anonymise(accounts)
    erased.remove()


def _anonymise(accounts: Collection[User]) -> None:
    """They act for no organisme either: its other members see that, and no name."""
    ids = [account.pk for account in accounts]
    memberships.close_of(ids)
    erasure.anonymise_accounts(ids)


def _lock(accounts: QuerySet[User]) -> list[User]:
    """All of them, or none. Raises InUse."""
    locked = list(accounts.select_for_update(skip_locked=True, of=("self",)).order_by("pk"))
    if len(locked) != accounts.count():
        raise InUse
    return locked


# --- For the purge, which locked them ---------------------------------------------------------
# The texts that may name them are for `traces.forget_kept`.


def anonymise_accounts(users: Collection[User]) -> None:
    erased = traces.read(users=users, children=[])
    _anonymise(users)
    erased.keep()


def anonymise_children(children: Collection[Beneficiary]) -> None:
    erased = traces.read(users=[], children=children)
    erasure.anonymise_children([child.pk for child in children], refuse_again=False)
    erased.keep()
