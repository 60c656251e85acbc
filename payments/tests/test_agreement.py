"""What `check_ledger` proves of payments; each proof has a control that breaks it."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_agent
from payments import agreement, approving, outcomes
from payments.files.storing import keep
from payments.models import Batch, BatchState, Fate, FileKind, Line, Outcome, Payment
from payments.models.releasable import ReleasableQuerySet
from tickets.models import State, Ticket

from .factories import make_batch, make_use
from .paid import approve, make_paid, make_sent

pytestmark = pytest.mark.django_db
TRANSFERS = (
    b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">'
    b"<CtrlSum>%s</CtrlSum><InstdAmt>%s</InstdAmt></Document>"
)


def found() -> list[str]:
    return [what for what, rows in agreement.faults().items() if rows.exists()]


def write(statement: str) -> None:
    """As somebody would who comes by the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)


def test_at_each_step_all_agrees():
    make_use(), make_use(), make_use()
    assert found() == []
    batch = make_batch()
    assert found() == []
    approving.take_out(payment_id=batch.payments.first().pk)
    assert found() == []
    approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=make_agent())
    assert found() == []
    first, second, _ = make_sent().payments.order_by("pk")
    outcomes.tell(payment_id=first.pk, fate=Fate.PAID, on=timezone.localdate(), actor=make_agent())
    assert found() == []
    outcomes.tell(
        payment_id=second.pk, fate=Fate.REJECTED, on=timezone.localdate(), reason="Clos", actor=make_agent()
    )
    assert found() == []
    call_command("check_ledger", stdout=io.StringIO())


@pytest.mark.parametrize("state", [State.IN_PAYMENT, State.PAID])
def test_control_a_ticket_that_no_line_holds(state):
    use = make_use()
    Ticket.objects.filter(pk=use.ticket_id).update(state=state)
    assert found() == ["Tickets en paiement ou payés sans ligne de paiement"]
    with pytest.raises(CommandError):
        call_command("check_ledger", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.parametrize("state", [State.USED, State.PAID])
def test_control_a_ticket_in_a_batch_that_is_not_in_payment(state):
    use = make_use()
    make_batch()
    Ticket.objects.filter(pk=use.ticket_id).update(state=state)
    assert found() == ["Lignes de paiement en désaccord avec leur ticket"]


def test_control_a_paid_ticket_in_payment():
    use = make_use()
    make_paid(use)
    Ticket.objects.filter(pk=use.ticket_id).update(state=State.IN_PAYMENT)
    assert found() == ["Lignes de paiement en désaccord avec leur ticket"]


def test_control_a_payment_of_another_amount():
    make_use()
    make_batch()
    write("UPDATE payments_payment SET amount = 11, culture = 11")
    assert found() == ["Paiements dont le montant n’est pas la somme des lignes"]


def test_control_an_approved_total_that_is_not():
    make_use()
    approve(make_batch())
    Batch.objects.update(approved_total=11)
    assert found() == ["Lots dont le total approuvé n’est pas la somme des paiements"]


def test_control_a_rejected_payment_that_holds_its_tickets():
    make_use()
    payment = make_sent().payments.get()
    Outcome.objects.create(
        payment=payment, fate=Fate.REJECTED, on=timezone.localdate(), reason="Clos", actor=make_agent()
    )
    assert found() == ["Paiements payés dont une ligne n’est plus tenue, ou rejetés dont une l’est"]


def test_control_a_payment_that_lost_its_tickets():
    use = make_use()
    make_batch()
    lines: ReleasableQuerySet[Line] = Line.objects.all()
    lines.release(timezone.now())
    Ticket.objects.filter(pk=use.ticket_id).update(state=State.USED)
    assert found() == ["Paiements payés dont une ligne n’est plus tenue, ou rejetés dont une l’est"]
    assert Payment.objects.living().exists()


def store(batch, kind, content):
    keep(batch.pk, kind, "f", content)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (FileKind.CANONICAL, b"montant;devise\r\n12,49;EUR\r\n"),
        (FileKind.TRANSFERS, TRANSFERS % (b"12.50", b"12.49")),
        (FileKind.TRANSFERS, TRANSFERS % (b"12.49", b"12.49")),
    ],
)
def test_control_files_of_another_total(kind, content):
    make_use("12.50")
    batch = approve(make_batch())
    store(batch, kind, content)
    assert found() == ["Lots dont les fichiers ne font pas le total approuvé"]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (FileKind.CANONICAL, b"montant;devise\r\n12,00;EUR\r\n0,50;EUR\r\n"),
        (FileKind.TRANSFERS, TRANSFERS % (b"12.50", b"12.50")),
    ],
)
def test_files_of_the_approved_total(kind, content):
    make_use("12.50")
    store(approve(make_batch()), kind, content)
    assert found() == []


def test_control_a_sent_batch_that_lost_its_files():
    make_use()
    make_sent()
    write("DELETE FROM payments_batchfile")
    assert found() == ["Lots dont les fichiers ne font pas le total approuvé"]
