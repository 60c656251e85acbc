"""The verdict of each line, and its true reason."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import make_agent
from partners.tests.factories import make_offer
from payments import approving, corrections, outcomes, sending
from payments.models import Fate, Payment, Verdict
from payments.returns import totals
from payments.tests.factories import make_batch, make_use
from payments.tests.paid import approve, make_paid, make_sent
from payments.tests.stored import make_files

from .returning import AMOUNT, BORDEREAU, DATE, MANDAT, REFERENCE, bring, line, verdicts, why

pytestmark = pytest.mark.django_db
CLOSED = {"Motif du rejet": "Compte clos"}


def tell(payment, fate, reason=""):
    on = timezone.localdate()
    return outcomes.tell(payment_id=payment.pk, fate=fate, reason=reason, on=on, actor=make_agent())


def only_payment() -> Payment:
    make_use("12.50")
    return make_sent().payments.get()


def test_paid_and_rejected_are_counted_in_euros():
    make_use("10.00"), make_use("20.00"), make_use("5.50")
    batch = make_sent()
    first, second, third = batch.payments.order_by("pk")
    file = bring(batch, line(first), line(second, "rejeté", **CLOSED), line(third, "payée"))
    assert verdicts(file) == [Verdict.TO_TELL] * 3
    assert totals.by_fate(file) == [
        (Fate.PAID, 2, first.amount + third.amount),
        (Fate.REJECTED, 1, second.amount),
    ]


def test_nobody_knows_the_reference():
    payment = only_payment()
    file = bring(payment.batch, line(payment, **{REFERENCE: f"PASS-{payment.batch_id}-999999"}))
    assert verdicts(file) == [Verdict.REFUSED]
    assert "Aucun paiement n’a la référence" in why(file)


def test_of_another_batch():
    before = only_payment()
    payment = only_payment()
    file = bring(payment.batch, line(before))
    assert verdicts(file) == [Verdict.REFUSED]
    assert "est du lot" in why(file)
    assert file.lines.get().payment is None


def test_a_batch_s_number_on_a_payment_of_another_one():
    before = only_payment()
    payment = only_payment()
    cells = {REFERENCE: f"PASS-{payment.batch_id}-{before.pk}"}
    assert "Aucun paiement" in why(bring(payment.batch, line(payment, **cells)))


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        ("12,50", Verdict.TO_TELL),
        ("12.5 €", Verdict.TO_TELL),
        ("12,51", Verdict.REFUSED),
        ("12,49", Verdict.REFUSED),
        ("1250", Verdict.REFUSED),
    ],
)
def test_an_amount_is_compared_to_the_cent(amount, verdict):
    payment = only_payment()
    file = bring(payment.batch, line(payment, **{AMOUNT: amount}))
    assert verdicts(file) == [verdict]
    assert (verdict == Verdict.REFUSED) == ("Le fichier dit" in why(file))


def test_before_the_approval():
    payment = only_payment()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    file = bring(payment.batch, line(payment, **{DATE: f"{yesterday:%d/%m/%Y}"}))
    assert "avant l’approbation" in why(file)


def test_taken_out_before_the_approval():
    make_use(), make_use()
    batch = make_batch()
    out, _ = batch.payments.order_by("pk")
    approving.take_out(payment_id=out.pk)
    make_files(approve(batch))
    sending.send(batch_id=batch.pk, actor=make_agent())
    assert "a été retiré du lot" in why(bring(batch, line(out)))


def test_settled_by_what_was_owed_nothing_is_rejected():
    offer = make_offer()
    make_use("10.00", offer=offer)
    corrections.correct(
        partner_id=offer.partner_id,
        amount=Decimal("-10.00"),
        reason="Trop payé",
        key=uuid.uuid4(),
        author=make_agent(),
    )
    batch = make_sent()
    payment = batch.payments.get()
    assert "réglé par compensation" in why(bring(batch, line(payment, "rejeté", **CLOSED)))
    assert verdicts(bring(batch, line(payment))) == [Verdict.NOTHING]


# What is known of the payment, what the file says: the verdict, and the fate that would be told.
@pytest.mark.parametrize(
    ("known", "status", "verdict", "fate"),
    [
        ([], "payé", Verdict.TO_TELL, Fate.PAID),
        ([], "rejeté", Verdict.TO_TELL, Fate.REJECTED),
        ([Fate.PAID], "payé", Verdict.NOTHING, Fate.PAID),
        ([Fate.PAID], "rejeté", Verdict.TO_TELL, Fate.RETURNED),
        ([Fate.REJECTED], "payé", Verdict.REFUSED, Fate.PAID),
        ([Fate.REJECTED], "rejeté", Verdict.NOTHING, Fate.REJECTED),
        ([Fate.PAID, Fate.RETURNED], "payé", Verdict.NOTHING, Fate.PAID),
        ([Fate.PAID, Fate.RETURNED], "rejeté", Verdict.NOTHING, Fate.REJECTED),
    ],
)
def test_beside_what_was_told_already(known, status, verdict, fate):
    payment = only_payment()
    for one in known:
        tell(payment, one, "" if one == Fate.PAID else "Compte clos")
    found = bring(payment.batch, line(payment, status, **CLOSED)).lines.get()
    assert (found.verdict, found.fate) == (verdict, fate)


def test_what_was_told_in_other_words_stays():
    payment = make_paid(make_use())
    file = bring(payment.batch, line(payment, **{MANDAT: "M-9"}))
    assert verdicts(file) == [Verdict.NOTHING]
    assert "rien ne change" in why(file)


def test_a_reason_of_a_paid_one_is_shown_and_not_kept():
    payment = only_payment()
    found = bring(payment.batch, line(payment, **CLOSED)).lines.get()
    assert (found.verdict, found.reason) == (Verdict.TO_TELL, "")
    assert "Compte clos" in found.why


def test_the_same_line_twice_is_one():
    payment = only_payment()
    file = bring(payment.batch, line(payment), line(payment))
    assert verdicts(file) == [Verdict.TO_TELL, Verdict.NOTHING]
    assert "ligne 2" in file.lines.get(number=3).why


def test_lines_that_contradict_each_other_are_refused_all():
    make_use(), make_use()
    batch = make_sent()
    first, other = batch.payments.order_by("pk")
    file = bring(batch, line(first), line(first, "rejeté", **CLOSED), line(other))
    assert verdicts(file) == [Verdict.REFUSED, Verdict.REFUSED, Verdict.TO_TELL]
    assert "ligne 3" in file.lines.get(number=2).why


def test_a_payment_of_two_mandats_is_told_whole():
    """A file with a line for each wallet: the finance software makes a mandat of each."""
    payment = only_payment()
    day = timezone.localdate()
    papers = {BORDEREAU: "B-1"}
    file = bring(
        payment.batch,
        line(payment, **{MANDAT: "M-1", AMOUNT: "10,00"}, **papers),
        line(payment, **{MANDAT: "M-2", AMOUNT: "2,50"}, **papers),
    )
    assert verdicts(file) == [Verdict.TO_TELL, Verdict.NOTHING]
    whole = file.lines.get(number=2)
    assert (whole.on, whole.mandat, whole.bordereau) == (day, "M-1 + M-2", "B-1")
    assert totals.by_fate(file) == [(Fate.PAID, 1, payment.amount)]


@pytest.mark.parametrize(
    ("second", "status"),
    [
        pytest.param("2,40", "payé", id="they do not add up"),
        pytest.param("2,50", "rejeté", id="one of them did not arrive"),
        pytest.param("", "payé", id="one says no amount"),
    ],
)
def test_parts_that_are_not_of_one_payment(second, status):
    payment = only_payment()
    file = bring(
        payment.batch,
        line(payment, **{MANDAT: "M-1", AMOUNT: "10,00"}),
        line(payment, status, **{MANDAT: "M-2", AMOUNT: second}, **CLOSED),
    )
    assert verdicts(file) == [Verdict.REFUSED] * 2


def test_a_part_alone_is_not_the_payment():
    payment = only_payment()
    file = bring(payment.batch, line(payment, **{MANDAT: "M-1", AMOUNT: "10,00"}))
    assert "le paiement est de" in why(file)


def test_as_many_queries_for_ten_lines_as_for_two():
    for _ in range(10):
        make_use()
    batch = make_sent()
    payments = list(batch.payments.order_by("pk"))
    asked = []
    for some in (payments[:2], payments):
        with CaptureQueriesContext(connection) as queries:
            bring(batch, *map(line, some))
        asked.append(len(queries))
    assert asked[0] == asked[1]
