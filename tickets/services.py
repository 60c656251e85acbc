"""A ticket's life. Money moves through `wallets.services`; lock order: wallet, then ticket."""

import datetime as dt
import uuid
from collections.abc import Collection
from decimal import Decimal
from typing import cast

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core.compiled_query import CompiledQuery
from core.money import NBSP, ZERO
from partners.models import Offer, OfferQuerySet
from wallets import services as wallets
from wallets.exceptions import InsufficientFunds
from wallets.models import LateCancellation, Wallet
from wallets.reading import wallets_by_id

from . import mail, notices
from .exceptions import (
    AmountNotAllowed,
    CampaignClosed,
    CancellationTooLate,
    CreditWouldBeLost,
    LateUseRefused,
    OrderKeyReused,
    PartnerNotAffiliated,
    TicketNotCancellable,
    TicketNotUsable,
    TicketNotUsed,
)
from .models import OPEN_STATES, Dispute, Happened, Notice, Order, Printing, State, Ticket, Use, Way

PRINTED_ONCE_IN = dt.timedelta(minutes=1)
_orders = CompiledQuery(lambda key: Order.objects.filter(key=key))
_locked = CompiledQuery(
    lambda number: (
        Ticket.objects.select_for_update(of=("self",), no_key=True)
        .select_related("wallet__campaign", "order", "offer")
        .filter(pk=number)
    )
)
_locked_offer = CompiledQuery(
    lambda offer_id, kind, day: (
        _accepting(offer_id, kind, day)
        .select_for_update(of=("self",), no_key=True)
        .values_list("pk", flat=True)
    )
)


def order(
    *,
    key: uuid.UUID,
    wallet_id: int,
    offer_id: int | None,
    amount: Decimal,
    quantity: int = 1,
    actor: User,
    remakes_id: int | None = None,
) -> Order:
    """Make `quantity` tickets of `amount` euros each: for an offer, or on paper when there is none.

    `remakes_id` is the ticket that a single one stands for (`tickets.remaking`).
    The same key sent again, even at the same instant, returns the first order and creates nothing. The debit
    locks the wallet (`wallets.services.debit`). Raises OrderKeyReused, CampaignClosed, AmountNotAllowed,
    PartnerNotAffiliated, InsufficientFunds.
    """
    asked = Order(
        key=key, wallet_id=wallet_id, offer_id=offer_id, amount=amount, quantity=quantity, actor_id=actor.pk
    )
    try:
        return _first_of(asked) or _create(asked, actor, remakes_id)
    except (IntegrityError, InsufficientFunds):
        # The same form, sent at this very instant, waited for at the key, or whose debit was seen before its
        # order. Else something is wrong.
        if first := _first_of(asked):
            return first
        if offer_id and not Offer.objects.filter(pk=offer_id).exists():
            # Its organisme was merged into another one, at this very instant.
            raise PartnerNotAffiliated from None
        raise


def _first_of(asked: Order) -> Order | None:
    """The order of that key, if there is one. Raises OrderKeyReused."""
    for first in _orders(asked.key):
        if first.asks_the_same_as(asked):
            return first
        raise OrderKeyReused
    return None


def was_placed(key: uuid.UUID) -> bool:
    """Whether this very form has made its tickets already."""
    return bool(_orders(key))


@transaction.atomic
def _create(asked: Order, actor: User, remakes_id: int | None) -> Order:
    [wallet] = wallets_by_id([asked.wallet_id])
    if not wallet.campaign.takes_tickets_on(timezone.localdate()):
        raise CampaignClosed(wallet.campaign)
    if asked.amount < wallet.campaign.ticket_minimum or asked.amount % wallet.campaign.ticket_step:
        raise AmountNotAllowed(wallet.campaign)
    if asked.offer_id and not _accepts_today(asked.offer_id, wallet):
        raise PartnerNotAffiliated
    if wallet.balance < asked.amount * asked.quantity:
        # `debit` decides. But it decides last, and hundreds of tickets would be made to be taken back.
        raise InsufficientFunds(wallet.balance)
    asked.save(force_insert=True)
    amounts = [asked.amount] * asked.quantity
    label = "Ticket affecté" if asked.offer_id else "Ticket papier"
    entries = wallets.write_spending(wallet_id=wallet.pk, amounts=amounts, label=label, actor=actor)
    tickets = Ticket.objects.bulk_create(
        Ticket(
            order=asked,
            entry=entry,
            wallet=wallet,
            offer_id=asked.offer_id,
            amount=asked.amount,
            remakes_id=remakes_id,
        )
        for entry in entries
    )
    notices.note(tickets[0].pk, Happened.CREATED, tickets=asked.quantity)
    wallets.debit(wallet_id=wallet.pk, total=sum(amounts, ZERO))
    return asked


def cancel(*, ticket_id: int, actor: User, accept_loss: bool = False) -> bool:
    """Cancel an unused ticket; return whether its credit came back to the wallet it is from.

    After the campaign's last cancellation day the credit is lost, if the campaign allows it at
    all, and only with `accept_loss`: a page shown before midnight promised it back. Locks the wallet,
    then the ticket. Raises TicketNotCancellable, CancellationTooLate, CreditWouldBeLost.
    """
    return _cancel(ticket_id=ticket_id, actor=actor, accept_loss=accept_loss, is_agents=False)


def stop(*, ticket_id: int, actor: User, accept_loss: bool = False) -> bool:
    """Cancel an unused ticket as an agent does, who may always stop one that was lost or stolen.

    Like `cancel`, but after the last cancellation day the credit is lost whatever the campaign says to
    families. Raises TicketNotCancellable, CreditWouldBeLost.
    """
    return _cancel(ticket_id=ticket_id, actor=actor, accept_loss=accept_loss, is_agents=True)


@transaction.atomic
def _cancel(*, ticket_id: int, actor: User, accept_loss: bool, is_agents: bool) -> bool:
    wallet = Wallet.objects.locked().select_related("campaign").get(tickets=ticket_id)
    ticket = Ticket.objects.select_related("wallet__campaign").get(pk=ticket_id)
    if ticket.displayed_state != State.UNUSED:
        raise TicketNotCancellable(f"Ce ticket ne peut plus être annulé : il est « {ticket.state_label} ».")
    late = wallet.campaign.late_cancellation_on(timezone.localdate())
    if late == LateCancellation.REFUSED and not is_agents:
        raise CancellationTooLate(wallet.campaign)
    if late and not accept_loss:
        raise CreditWouldBeLost(wallet.campaign)
    now = timezone.now()
    if not _leave_unused(
        ticket_id, State.CANCELLED, cancelled_at=now, cancelled_by=actor, credit_lost=bool(late)
    ):
        raise TicketNotCancellable("Ce ticket vient d’être utilisé ou annulé.")
    if not late:
        wallets.reverse(entry_id=ticket.entry_id, label="Ticket annulé", actor=actor)
    notices.note(ticket_id, Happened.CANCELLED)
    return not late


@transaction.atomic
def use(
    *,
    ticket_id: int,
    actor: User,
    offer_id: int | None = None,
    way: Way = Way.AGENT,
    key: uuid.UUID | None = None,
) -> Use:
    """Mark a ticket as used; a paper ticket receives its organisme then, by `offer_id`.

    An assigned ticket is honoured even if its organisme has left the scheme since. `key` is of the form that
    confirms it. Locks the ticket, then the offer. Raises TicketNotUsable.
    """
    ticket = lock(ticket_id)
    if ticket.displayed_state != State.UNUSED:
        raise TicketNotUsable(f"Ce ticket ne peut pas être utilisé : il est « {ticket.state_label} ».")
    return use_locked(ticket, timezone.localdate(), actor=actor, offer_id=offer_id, way=way, key=key)


@transaction.atomic
def use_late(*, ticket_id: int, actor: User, offer_id: int | None = None) -> Use:
    """Mark an expired ticket as used, as an agent does where the activity had begun before its last day.

    For so many days after that day as its campaign says. A paper ticket receives an organisme that was
    affiliated on that day. Locks the ticket, then the offer. Raises TicketNotUsable.
    """
    ticket = lock(ticket_id)
    if ticket.displayed_state != State.EXPIRED:
        raise LateUseRefused(f"Ce ticket n’est pas expiré : il est « {ticket.state_label} ».")
    if timezone.localdate() > ticket.usable_late_until:
        raise LateUseRefused(
            f"Ce ticket pouvait encore être marqué utilisé jusqu’au {ticket.usable_late_until:%d/%m/%Y}."
        )
    return use_locked(ticket, ticket.valid_until, actor=actor, offer_id=offer_id, way=Way.AGENT, key=None)


def use_locked(
    ticket: Ticket, day: dt.date, *, actor: User, offer_id: int | None, way: Way, key: uuid.UUID | None
) -> Use:
    """The last steps of `use`, for who has locked the ticket and judged its state.

    Where a paper ticket is taken is judged as of `day`. Locks the offer. Raises TicketNotUsable.
    """
    if ticket.offer_id and offer_id not in (None, ticket.offer_id):
        raise TicketNotUsable("Ce ticket est affecté à un autre organisme ou à une autre activité.")
    if not ticket.offer_id and not _accepts_until_the_end(offer_id, ticket.wallet, day):
        raise TicketNotUsable(f"Cet organisme n’accepte pas les tickets {ticket.wallet.get_kind_display()}.")
    used_where = ticket.offer_id or cast(int, offer_id)
    now = timezone.now()
    if not _leave_unused(ticket.pk, State.USED, used_at=now, used_by=actor, offer_id=used_where):
        raise TicketNotUsable("Ce ticket vient d’être utilisé ou annulé.")
    done = Use.objects.create(
        ticket=ticket, offer_id=used_where, actor=actor, used_at=now, way=way, key=key or uuid.uuid4()
    )
    notices.note(ticket.pk, Happened.USED)
    return done


@transaction.atomic
def undo_use(*, ticket_id: int, actor: User, reason: str = "") -> None:
    """Make a used ticket « Non utilisé » again: a paper ticket is then without organisme, as before.

    Locks the ticket. Raises TicketNotUsed: whose use was taken back by a correction would be given twice.
    """
    ticket = lock(ticket_id)
    if Dispute.objects.filter(use__ticket=ticket_id, use__undone_at=None, is_founded=True).exists():
        raise TicketNotUsed(
            f"La famille a eu raison, la somme est déjà reprise à l’organisme{NBSP}: il n’y a rien à annuler."
        )
    used = Ticket.objects.filter(pk=ticket_id, state=State.USED)
    if not used.update(state=State.UNUSED, used_at=None, used_by=None, offer=ticket.order.offer_id):
        raise TicketNotUsed(f"Ce ticket est « {ticket.current_state.label} » : il n’y a rien à annuler.")
    living = Use.objects.living().filter(ticket_id=ticket_id)
    now = timezone.now()
    # Whoever did not recognise it is right, whoever takes it back.
    was_disputed = Dispute.objects.filter(use__in=living, decided_at=None).update(
        decided_at=now, decided_by=actor, is_founded=True
    )
    if was_disputed and actor.is_staff:
        mail.tell_dispute_founded(living.select_related("offer__partner__merged_into", "ticket").get())
    living.update(undone_at=now, undone_by=actor, undo_reason=reason)
    # Whoever was not told of the use is told of nothing.
    if not Notice.objects.filter(ticket_id=ticket_id, happened=Happened.USED).delete()[0]:
        notices.note(ticket_id, Happened.USE_UNDONE)


def lock(ticket_id: int) -> Ticket:
    """The ticket as nobody else changes it until the transaction ends. Raises Ticket.DoesNotExist."""
    for ticket in _locked(ticket_id):
        return ticket
    raise Ticket.DoesNotExist


def record_printing(*, ticket_ids: Collection[int], actor: User) -> None:
    """Note it once a minute, ticket and account: a telephone fetches a PDF a second time."""
    now = timezone.now()
    noted = Printing.objects.filter(
        ticket__in=ticket_ids, actor=actor, created_at__gt=now - PRINTED_ONCE_IN, created_at__lte=now
    )
    new = set(ticket_ids) - set(noted.values_list("ticket_id", flat=True))
    Printing.objects.bulk_create(Printing(ticket_id=number, actor=actor) for number in sorted(new))


def _accepts_today(offer_id: int | None, wallet: Wallet) -> bool:
    """Whether that offer is of an affiliated organisme, and one that this wallet pays for."""
    return _accepting(offer_id or 0, wallet.kind, timezone.localdate()).exists()


def _accepts_until_the_end(offer_id: int | None, wallet: Wallet, day: dt.date) -> bool:
    """The same of that day, and so until the transaction ends: whoever merges the organisme waits, or has
    done it.
    """
    return bool(_locked_offer(offer_id or 0, wallet.kind, day))


def _accepting(offer_id: int, kind: str, day: dt.date) -> OfferQuerySet:
    return Offer.objects.affiliated_on(day).filter(pk=offer_id, kind=kind)


def _leave_unused(ticket_id: int, state: State, **fields: object) -> bool:
    """The guarded write behind each transition: true for one caller only, even where no lock is held.

    Whoever asks has read by the date that the ticket is unused: the night's mark may be older than that.
    """
    unused = Ticket.objects.filter(pk=ticket_id, state__in=OPEN_STATES)
    return unused.update(state=state, expired_at=None, **fields) == 1
