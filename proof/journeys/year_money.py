"""Eleven months of what two clubs are paid, by the services, for nobody waits a year: run in a shell.

Each month's uses, then its batch. A model of ten lines says what each club is owed and was paid; after each
month it is compared, and the ledger is checked.
"""

import calendar
import datetime as dt
import io
import uuid
from collections.abc import Iterator
from decimal import Decimal

from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from core.money import ZERO
from partners.models import Offer, Partner
from payments import approving, corrections, outcomes, sending
from payments.bank_accounts import asking, checking
from payments.models import BankAccount, Batch, BatchState, Correction, Fate, Hold, Payment
from payments.tests.factories import make_batch
from payments.tests.ibans import french_iban
from payments.tests.paid import approve
from payments.tests.stored import make_files
from tickets import services as tickets
from tickets.models import State, Ticket, Use
from wallets.models import Kind, Wallet

NUMBER = "01 46 00 00 00"
# Who pays in the last month, on the pages of agents.
CLUBS = ("CLUB 8", "CLUB 9")
# Of each month: what is used, what is corrected, and what becomes of its batch. « changed » asks for another
# account before, for the one of a rejected payment is to be checked anew.
MONTHS = [
    (["12.50", "7.25"], "", Fate.PAID),
    (["20.00"], "", Fate.REJECTED),
    (["15.00"], "", "held"),
    (["5.00"], "changed", Fate.PAID),
    (["10.00"], "-40.00", "held"),
    (["12.50"], "", "held"),
    (["17.50"], "", Fate.PAID),
    (["30.00"], "", Fate.PAID),
    (["9.99"], "", Fate.RETURNED),
    (["6.01"], "changed", Fate.PAID),
    ([], "0.01", Fate.PAID),
]


class Model:
    """Euros. What was paid and came back is owed anew, and stays paid."""

    def __init__(self) -> None:
        self.owed = self.paid = ZERO

    def add(self, amounts: list[str]) -> None:
        self.owed += sum(map(Decimal, amounts), ZERO)

    def tell(self, fate: str) -> None:
        if fate in (Fate.PAID, Fate.RETURNED):
            self.paid += self.owed
            self.owed = self.owed if fate == Fate.RETURNED else ZERO


@transaction.atomic
def go_by() -> str:
    """The eleven months of the first club, then a twelfth of both, which waits; what was paid, in euros.

    The worker sees its tasks once all is over, when they have nothing left to do.
    """
    prepares, approves = (User.objects.get(username=name) for name in ("agnes", "basile"))
    offer, other = (Offer.objects.get(partner__name=name, kind=Kind.SPORT) for name in CLUBS)
    ask_and_check(offer.partner, 1)
    model = Model()
    for (used, what, fate), day in zip(MONTHS, _month_ends(), strict=True):
        _use(offer, used, day)
        model.add(used)
        if what == "changed":
            ask_and_check(offer.partner, BankAccount.objects.count() + 1)
        elif what:
            _correct(offer.partner, what)
            model.add([what])
        _batch(day, fate, prepares, approves)
        model.tell(fate)
        _compare(offer.partner, model)
    ask_and_check(other.partner, BankAccount.objects.count() + 1)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    _use(offer, ["8.00", "4.50"], yesterday)
    _use(other, ["11.00"], yesterday)
    return str(model.paid)


@transaction.atomic
def end() -> None:
    """The last batch pays whom the bank had refused: what was paid is all that was used and corrected."""
    prepares, approves = (User.objects.get(username=name) for name in ("agnes", "basile"))
    ask_and_check(Partner.objects.get(name=CLUBS[1]), BankAccount.objects.count() + 1)
    _batch(timezone.localdate(), Fate.PAID, prepares, approves)
    call_command("check_ledger", stdout=io.StringIO())
    used = Use.objects.living().filter(offer__partner__name__in=CLUBS)
    assert set(used.values_list("ticket__state", flat=True)) == {State.PAID}
    assert not Correction.objects.due().exists()
    owed = [
        *used.values_list("ticket__amount", flat=True),
        *Correction.objects.values_list("amount", flat=True),
    ]
    assert sum(owed) == Payment.objects.filter(outcomes__fate=Fate.PAID).aggregate(sum=Sum("amount"))["sum"]


def ask_and_check(partner: Partner, number: int) -> None:
    """By a manager and two agents; then the days go by until it serves."""
    if BankAccount.objects.pending().filter(partner=partner).exists():
        # That of a payment which came back: they have another one.
        asking.withdraw(partner_id=partner.pk, actor=User.objects.get(username="agnes"))
    Partner.objects.filter(pk=partner.pk).update(phone=NUMBER)
    prepares, approves = (User.objects.get(username=name) for name in ("agnes", "basile"))
    account = asking.ask(partner_id=partner.pk, holder=partner.name, iban=french_iban(number), actor=prepares)
    checking.call_back(
        account_id=account.pk, number=NUMBER, person="Sophie", at=timezone.now(), actor=prepares
    )
    checking.confirm(account_id=account.pk, actor=approves)
    BankAccount.objects.filter(pk=account.pk).update(active_from=timezone.localdate())


def _month_ends() -> Iterator[dt.date]:
    first = timezone.localdate().replace(day=1)
    for back in range(len(MONTHS), 0, -1):
        number = first.year * 12 + first.month - 1 - back
        year, month = divmod(number, 12)
        yield dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _use(offer: Offer, amounts: list[str], day: dt.date) -> None:
    """Each of another child, at noon."""
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    untouched = Wallet.objects.filter(kind=Kind.SPORT, tickets=None).exclude(
        beneficiary__last_name="GAUTHIER"
    )
    for wallet, amount in zip(untouched.order_by("pk")[: len(amounts)], amounts, strict=True):
        parent = wallet.beneficiary.guardians.get()
        order = tickets.order(
            key=uuid.uuid4(),
            wallet_id=wallet.pk,
            offer_id=offer.pk,
            amount=Decimal(amount),
            quantity=1,
            actor=parent,
        )
        use = tickets.use(ticket_id=order.tickets.get().pk, actor=parent)
        Ticket.objects.filter(pk=use.ticket_id).update(used_at=noon)
        Use.objects.filter(pk=use.pk).update(used_at=noon)


def _correct(partner: Partner, amount: str) -> None:
    corrections.correct(
        partner_id=partner.pk,
        amount=Decimal(amount),
        reason="Vu avec le club",
        key=uuid.uuid4(),
        author=User.objects.get(username="agnes"),
    )


def _batch(day: dt.date, fate: str, prepares: User, approves: User) -> None:
    batch = make_batch(day, actor=prepares)
    if fate == "held":
        assert Hold.objects.filter(batch=batch).exists()
        approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=prepares)
        return
    approve(batch, actor=approves)
    make_files(batch)
    sending.send(batch_id=batch.pk, actor=prepares)
    fates = [Fate.PAID, Fate.RETURNED] if fate == Fate.RETURNED else [Fate(fate)]
    for payment in Payment.objects.awaited().filter(batch=batch):
        for told in fates:
            outcomes.tell(
                payment_id=payment.pk,
                fate=told,
                on=timezone.localdate(),
                reason="" if told == Fate.PAID else "Compte clos",
                actor=prepares,
            )
    assert Batch.objects.get(pk=batch.pk).state == BatchState.SETTLED


def _compare(partner: Partner, model: Model) -> None:
    paid = Payment.objects.filter(partner=partner, outcomes__fate=Fate.PAID).aggregate(sum=Sum("amount"))
    assert (paid["sum"] or ZERO) == model.paid
    due = Use.objects.living().filter(offer__partner=partner, ticket__state=State.USED)
    owed = sum(due.values_list("ticket__amount", flat=True), ZERO)
    owed += sum((it.amount for it in partner.corrections.due()), ZERO)
    assert owed == model.owed
    call_command("check_ledger", stdout=io.StringIO())
