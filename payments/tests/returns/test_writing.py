"""A confirmed return is told once, whatever happens meanwhile."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.tests.factories import make_agent
from core import tasks
from core.tests.queue import pass_time, work
from partners.models import Role
from partners.tests.factories import make_offer
from partners.tests.members import make_member
from payments import agreement, outcomes
from payments.models import BatchState, Correction, Fate, Outcome, ReturnState, Verdict
from payments.returns import confirming, refused_lines
from payments.returns.exceptions import AlreadyConfirmed, CountDiffers, ReturnMoved
from payments.tests.factories import make_account, make_use
from payments.tests.paid import make_paid, make_sent
from tickets.models import State, Ticket

from .returning import AMOUNT, BORDEREAU, MANDAT, as_file, bring, confirm, line, receive, told, verdicts

pytestmark = pytest.mark.django_db
CLOSED = {"Motif du rejet": "Compte clos"}


def tell(payment, fate, reason=""):
    on = timezone.localdate()
    outcomes.tell(payment_id=payment.pk, fate=fate, reason=reason, on=on, actor=make_agent())


def all_agree():
    return not any(rows.exists() for rows in agreement.faults().values())


def test_what_it_says_is_told_and_the_batch_settled():
    uses = [make_use("10.00"), make_use("20.00")]
    batch = make_sent()
    paid, rejected = batch.payments.order_by("pk")
    file = bring(
        batch,
        line(paid, **{MANDAT: "M-1", BORDEREAU: "B-1", AMOUNT: "10"}),
        line(rejected, "rejeté", **CLOSED),
    )
    assert not Outcome.objects.exists()
    agent = make_agent()
    confirm(file, actor=agent)
    work()

    file.refresh_from_db()
    assert (file.state, file.confirmed_by) == (ReturnState.DONE, agent)
    assert verdicts(file) == [Verdict.TOLD] * 2
    first, second = Outcome.objects.order_by("pk")
    assert (first.payment, first.fate, first.mandat, first.bordereau) == (paid, Fate.PAID, "M-1", "B-1")
    assert (second.payment, second.fate, second.reason) == (rejected, Fate.REJECTED, "Compte clos")
    assert first.actor == second.actor == agent
    assert [Ticket.objects.get(pk=use.ticket_id).state for use in uses] == [State.PAID, State.USED]
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
    assert all_agree()


def test_the_same_file_again_changes_nothing():
    make_use(), make_use()
    batch = make_sent()
    paid, rejected = batch.payments.order_by("pk")
    content = as_file(line(paid), line(rejected, "rejeté", **CLOSED))
    told(receive(batch, content))
    again = receive(batch, content)

    assert verdicts(again) == [Verdict.NOTHING] * 2
    assert Outcome.objects.count() == 2


def test_two_previews_of_one_file_tell_it_once():
    offer = make_offer()
    make_account(offer.partner)
    make_member(partner=offer.partner, role=Role.MANAGER)
    make_use(offer=offer)
    batch = make_sent()
    content = as_file(line(batch.payments.get()))
    first, second = receive(batch, content), receive(batch, content)
    mail.outbox.clear()
    confirm(first)
    confirm(second)
    work()

    assert Outcome.objects.count() == len(mail.outbox) == 1
    # In the same words it is one.
    assert verdicts(first) == verdicts(second) == [Verdict.TOLD]


def test_rejected_after_paid_the_sum_is_owed_anew():
    use = make_use()
    payment = make_paid(use)
    file = told(bring(payment.batch, line(payment, "rejeté", **CLOSED)))

    assert verdicts(file) == [Verdict.TOLD]
    assert Outcome.objects.latest("pk").fate == Fate.RETURNED
    assert Correction.objects.due().get().amount == payment.amount
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID
    assert all_agree()


def test_the_number_is_typed_again():
    make_use()
    batch = make_sent()
    file = bring(batch, line(batch.payments.get()))
    with pytest.raises(CountDiffers):
        confirm(file, count=2)
    file.refresh_from_db()
    assert file.state == ReturnState.READY
    work()
    assert not Outcome.objects.exists()


def test_confirmed_once():
    make_use()
    batch = make_sent()
    file = bring(batch, line(batch.payments.get()))
    confirm(file)
    with pytest.raises(AlreadyConfirmed):
        confirm(file)


def test_settled_meanwhile_it_is_to_be_read_again():
    make_use(), make_use()
    batch = make_sent()
    first, second = batch.payments.order_by("pk")
    file = bring(batch, line(first), line(second, "rejeté", **CLOSED))
    tell(first, Fate.PAID)
    tell(second, Fate.PAID)
    with pytest.raises(ReturnMoved):
        confirming.look_again(file_id=file.pk)

    now, late = file.lines.order_by("number")
    assert now.verdict == Verdict.NOTHING
    # It was paid in between: to be rejected now, it came back.
    assert (late.verdict, late.fate) == (Verdict.TO_TELL, Fate.RETURNED)
    confirming.look_again(file_id=file.pk)


def test_settled_after_the_confirmation_nobody_read_a_return():
    make_use(), make_use()
    batch = make_sent()
    first, second = batch.payments.order_by("pk")
    file = bring(batch, line(first, **{MANDAT: "M-1"}), line(second, "rejeté", **CLOSED))
    confirm(file)
    tell(first, Fate.PAID)
    tell(second, Fate.PAID)
    work()

    file.refresh_from_db()
    assert file.state == ReturnState.DONE
    assert verdicts(file) == [Verdict.NOTHING, Verdict.REFUSED]
    assert "déjà connue" in file.lines.get(number=3).why
    assert Outcome.objects.count() == 2
    assert not Correction.objects.exists()


def test_a_worker_that_dies_amid_it_is_followed_by_another(monkeypatch):
    for _ in range(3):
        make_use()
    batch = make_sent()
    file = bring(batch, *map(line, batch.payments.order_by("pk")))
    confirm(file)
    tell_one, count = outcomes.tell, []

    def dies(**words):
        count.append(1)
        if len(count) == 2:
            raise KeyboardInterrupt
        return tell_one(**words)

    with monkeypatch.context() as patch:
        patch.setattr(outcomes, "tell", dies)
        with pytest.raises(KeyboardInterrupt):
            work()
    assert Outcome.objects.count() == 1
    pass_time()
    tasks.take_up_again()
    work()

    file.refresh_from_db()
    assert file.state == ReturnState.DONE
    assert Outcome.objects.count() == 3
    assert verdicts(file) == [Verdict.TOLD] * 3


def test_what_is_refused_keeps_nothing_else_and_is_corrected():
    make_use(), make_use()
    batch = make_sent()
    first, second = batch.payments.order_by("pk")
    file = told(bring(batch, line(first), line(second, "encours", **{MANDAT: "+33"})))
    assert verdicts(file) == [Verdict.TOLD, Verdict.REFUSED]

    refused = "".join(refused_lines.as_file(file))
    assert "écrivez payé" in refused
    # Nothing that a spreadsheet would calculate.
    assert ";'+33;" in refused
    corrected = told(receive(batch, refused.replace("encours", "payé").encode()))
    assert verdicts(corrected) == [Verdict.TOLD]
    assert Outcome.objects.get(payment=second).mandat == "+33"
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
