"""What a batch takes, and what it leaves."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from partners.tests.factories import make_offer
from payments import corrections, preparing
from payments.exceptions import AnotherBatchIsOpen, CutOffAhead
from payments.models import Batch, BatchState, Line, Payment
from tickets import disputes, services
from tickets.exceptions import TicketNotUsed
from tickets.models import Doubt, State, Ticket
from wallets.models import Kind

from .factories import make_account, make_batch, make_use

pytestmark = pytest.mark.django_db


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


def test_each_organisme_is_owed_what_it_used():
    offer = make_offer()
    account = make_account(offer.partner)
    ours = [make_use("10.00", offer=offer), make_use("12.50", offer=offer)]
    other = make_use("7.00", kind=Kind.SPORT)

    batch = make_batch()

    assert batch.state == BatchState.PREPARED
    payment = batch.payments.get(partner=offer.partner)
    assert (payment.amount, payment.sport, payment.culture) == (Decimal("22.50"), 0, Decimal("22.50"))
    assert (payment.tickets, payment.account, payment.legal_name) == (2, account, offer.partner.name)
    assert {line.use for line in payment.lines.all()} == {*ours}
    assert batch.payments.get(partner=other.offer.partner).sport == Decimal("7.00")
    assert {*Ticket.objects.values_list("state", flat=True)} == {State.IN_PAYMENT}


def test_families_read_used():
    use = make_use()
    make_batch()
    ticket = Ticket.objects.with_places().get(pk=use.ticket_id)
    assert ticket.displayed_state == State.USED
    assert ticket.current_state == State.IN_PAYMENT


def test_the_last_day_is_taken_until_midnight_in_paris():
    paris = timezone.get_default_timezone()
    last = dt.datetime.combine(yesterday(), dt.time(23, 59, 59), paris)
    taken = make_use(at=last)
    left = make_use(at=last + dt.timedelta(seconds=1))

    make_batch(yesterday())

    assert Ticket.objects.get(pk=taken.ticket_id).state == State.IN_PAYMENT
    assert Ticket.objects.get(pk=left.ticket_id).state == State.USED


def test_a_day_to_come_is_refused():
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(CutOffAhead):
        preparing.ask(cut_off=tomorrow, key=uuid.uuid4(), actor=make_agent())


def test_a_form_sent_twice_prepares_once_and_another_waits():
    key, agent = uuid.uuid4(), make_agent()
    first = preparing.ask(cut_off=yesterday(), key=key, actor=agent)
    assert preparing.ask(cut_off=yesterday(), key=key, actor=agent) == first
    with pytest.raises(AnotherBatchIsOpen):
        preparing.ask(cut_off=yesterday(), key=uuid.uuid4(), actor=agent)
    assert Batch.objects.count() == 1


def test_prepared_again_by_a_worker_it_is_the_same():
    make_use()
    batch = make_batch()
    preparing.prepare.call(batch_id=batch.pk)
    assert Payment.objects.count() == Line.objects.count() == 1


def test_what_is_in_a_batch_cannot_be_undone():
    use = make_use()
    make_batch()
    with pytest.raises(TicketNotUsed):
        services.undo_use(ticket_id=use.ticket_id, actor=make_user())


def test_a_disputed_ticket_waits_alone():
    offer = make_offer()
    make_account(offer.partner)
    doubted, plain = make_use(offer=offer), make_use(offer=offer)
    disputes.raise_one(ticket_id=doubted.ticket_id, doubt=Doubt.OTHER, actor=make_user())

    batch = make_batch()

    assert [line.use for line in Line.objects.all()] == [plain]
    assert batch.payments.get().tickets == 1


def test_a_merged_organisme_is_paid_as_the_one_that_stands():
    kept, double = make_offer(), make_offer("Danse")
    account = make_account(kept.partner)
    make_use("10.00", offer=double)
    double.partner.merged_into = kept.partner
    double.partner.save(update_fields=["merged_into"])

    payment = make_batch().payments.get()

    assert (payment.partner, payment.account) == (kept.partner, account)


def test_corrections_are_lines_of_their_own():
    offer = make_offer()
    make_account(offer.partner)
    make_use("20.00", offer=offer)
    corrections.correct(
        partner_id=offer.partner_id,
        amount=Decimal("-5.00"),
        reason="Utilisé deux fois",
        key=uuid.uuid4(),
        author=make_agent(),
    )

    payment = make_batch().payments.get()

    assert (payment.amount, payment.culture, payment.corrected) == (15, 20, -5)
    assert sorted(line.amount for line in payment.lines.all()) == [-5, 20]


def test_nothing_due_is_an_empty_batch():
    batch = make_batch()
    assert (batch.state, batch.payments.count()) == (BatchState.PREPARED, 0)
