"""A batch from its preparation to its end, by the pages of two agents."""

import datetime as dt
import re
import uuid

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.audit import Action, AuditEntry
from accounts.models import Telephone, User
from accounts.tests.factories import make_agent, make_telephone, shown_by
from partners.tests.factories import make_offer
from payments.models import Batch, BatchState, Correction, Fate, Outcome, Payment
from payments.tests.factories import make_account, make_batch, make_use
from payments.tests.paid import approve, make_sent
from payments.tests.stored import make_files
from tickets.models import State, Ticket

pytestmark = pytest.mark.django_db
ADD = "/admin/payments/batch/add/"


@pytest.fixture
def preparer() -> Client:
    return _in(Client(), make_agent("paiements"))


@pytest.fixture
def approver() -> Client:
    return _in(Client(), make_agent("ordonnateur"))


def _in(client: Client, agent: User) -> Client:
    client.force_login(agent)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = make_telephone(agent).persistent_id
    session.save()
    return client


def code_of(client: Client) -> str:
    return shown_by(Telephone.objects.get(user=client.session["_auth_user_id"]))


def act(client: Client, row, name, **said):
    opts = row._meta
    page = reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[row.pk])
    # A form without a field has its token still.
    return client.post(page, {"csrfmiddlewaretoken": "x"} | said, follow=True)


def today() -> str:
    return timezone.localdate().isoformat()


def prepared(client: Client) -> Batch:
    client.post(ADD, {"cut_off": today(), "key": uuid.uuid4()})
    call_command("run_tasks")
    return Batch.objects.get()


def test_from_end_to_end(preparer, approver):
    use = make_use("12.50")
    batch = prepared(preparer)
    page = preparer.get(reverse("admin:payments_batch_change", args=[batch.pk])).text
    assert "1 paiement</a>, 1 ticket, <b>12,50" in page
    assert "Approuver" not in page
    assert "soldé le" not in page, "what has not happened has no row"
    assert "Préparer un lot" in preparer.get(reverse("admin:payments_batch_changelist")).text

    said = {"total": "12,50", "count": 1, "code": code_of(approver)}
    assert "lot approuvé" in act(approver, batch, "approuver", **said).text
    batch.refresh_from_db()
    assert batch.state == BatchState.APPROVED
    make_files(batch)

    assert "lot transmis" in act(preparer, batch, "transmettre").text
    answer = act(preparer, batch, "solder", on=today(), count=1, mandat="M-7", bordereau="B-2")
    assert "dits payés" in answer.text
    call_command("run_tasks")

    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID
    assert Outcome.objects.get().mandat == "M-7"
    written = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert written == [
        Action.BATCH_PREPARED,
        Action.BATCH_APPROVED,
        Action.BATCH_SENT,
        Action.BATCH_PAID,
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"total": "13,50"}, "ne sont pas ceux du lot"),
        ({"count": 2}, "ne sont pas ceux du lot"),
        ({"code": "000000"}, "Ce code"),
    ],
)
def test_what_is_mistyped_approves_nothing(approver, wrong, told):
    make_use("12.50")
    batch = make_batch()
    said = {"total": "12,50", "count": 1, "code": code_of(approver)} | wrong
    assert told in act(approver, batch, "approuver", **said).text
    batch.refresh_from_db()
    assert batch.state == BatchState.PREPARED


def test_who_prepared_it_does_not_approve_it():
    agent = make_agent("paiements")
    client = _in(Client(), agent)
    agent.groups.add(make_agent("ordonnateur").groups.get())
    make_use("12.50")
    batch = make_batch(actor=agent)
    said = {"total": "12,50", "count": 1, "code": code_of(client)}
    assert "demandez à un autre agent" in act(client, batch, "approuver", **said).text
    batch.refresh_from_db()
    assert batch.state == BatchState.PREPARED


def test_the_last_four_of_a_new_account(preparer, approver):
    offer = make_offer()
    make_account(offer.partner)
    make_use(offer=offer)
    paid = make_sent().payments.get()
    act(preparer, paid, "paye", on=today())
    make_account(offer.partner, last4="4567", active_from="2020-09-09")
    make_use(offer=offer)
    batch = make_batch()
    payment = batch.payments.get()
    page = approver.get(reverse("admin:payments_batch_approuver", args=[batch.pk])).text
    assert "compte nouveau" in page
    said = {"total": "10", "count": 1, "code": code_of(approver), f"last4_{payment.pk}": "4567"}
    act(approver, batch, "approuver", **said)
    batch.refresh_from_db()
    assert batch.state == BatchState.APPROVED


def test_a_form_sent_twice_prepares_one(preparer):
    said = {"cut_off": today(), "key": uuid.uuid4()}
    for _ in range(2):
        preparer.post(ADD, said)
    assert Batch.objects.count() == AuditEntry.objects.count() == 1


def test_another_one_waits(preparer):
    make_batch()
    answer = preparer.post(ADD, {"cut_off": today(), "key": uuid.uuid4()})
    assert "Un lot est déjà en cours" in answer.text
    assert Batch.objects.count() == 1


def test_dropped_from_the_page_that_shows_it(preparer):
    use = make_use()
    batch = make_batch()
    page = preparer.get(reverse("admin:payments_batch_abandonner", args=[batch.pk])).text
    shown = re.search(r'name="shown" value="(\w+)"', page)[1]
    approve(batch)
    answer = act(preparer, batch, "abandonner", shown=shown, reason="Erreur de date")
    assert "n’est plus dans l’état" in answer.text
    answer = act(preparer, batch, "abandonner", shown=BatchState.APPROVED, reason="Erreur de date")
    assert "lot abandonné" in answer.text
    assert Ticket.objects.get(pk=use.ticket_id).state == State.USED


def test_not_sent_before_its_files_are_made(preparer):
    make_use()
    batch = approve(make_batch())
    page = preparer.get(reverse("admin:payments_batch_change", args=[batch.pk])).text
    assert "ne sont pas tous faits" in page


def test_a_payment_is_rejected(preparer):
    use = make_use()
    payment = make_sent().payments.get()
    assert "issue d’un paiement" in act(preparer, payment, "rejete", on=today(), reason="Compte clos").text
    assert Outcome.objects.get().fate == Fate.REJECTED
    assert Ticket.objects.get(pk=use.ticket_id).state == State.USED


def test_not_in_the_future(preparer):
    make_use()
    payment = make_sent().payments.get()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert "pas encore venu" in act(preparer, payment, "paye", on=tomorrow.isoformat()).text
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("whose", ["solder", "paye"])
def test_not_before_the_approval(preparer, whose):
    make_use()
    batch = make_sent()
    row = batch if whose == "solder" else batch.payments.get()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert "avant l’approbation" in act(preparer, row, whose, on=yesterday.isoformat(), count=1).text
    assert not Outcome.objects.exists()


def test_taken_out_before_approval(preparer):
    make_use()
    payment = make_batch().payments.get()
    assert "retiré d’un lot" in act(preparer, payment, "retirer", reason="À revoir").text
    assert not Payment.objects.living().exists()


def test_what_is_held_is_cleared(preparer, nights):
    offer = make_offer()
    make_account(offer.partner)
    make_use(offer=offer, at=timezone.localtime().replace(hour=3) - dt.timedelta(days=1))
    hold = make_batch().holds.get()
    assert "payé dans ce lot" in act(preparer, hold, "lever", reason="Gala de nuit").text
    assert Payment.objects.get().amount == 10


def test_a_small_correction_alone_and_a_large_one_by_two(preparer):
    partner = make_offer().partner
    page = reverse("admin:partners_partner_corriger-le-du", args=[partner.pk])

    def correct(client, amount):
        said = {"way": "less", "amount": amount, "key": uuid.uuid4(), "reason": "Trop payé"}
        seen = client.post(page, said)
        seal = re.search(r'name="seen" value="(\w+)"', seen.text)[1]
        return client.post(page, said | {"seen": seal}, follow=True)

    correct(preparer, "50")
    assert Correction.objects.get().amount == -50
    correct(preparer, "300")
    assert Correction.objects.count() == 1
    other = _in(Client(), make_agent("paiements"))
    confirming = other.get(page).text
    assert "300,00" in confirming
    other.post(page, {"step": "confirm"}, follow=True)
    second = Correction.objects.get(amount=-300)
    assert second.second
    assert second.author != second.second


def test_who_prepared_it_reads_who_approves(preparer):
    """An agent of both roles is offered no act that would be refused."""
    preparer_ = User.objects.get(pk=preparer.session["_auth_user_id"])
    preparer_.groups.add(Group.objects.get(name="ordonnateur"))
    make_use()
    page = reverse("admin:payments_batch_change", args=[prepared(preparer).pk])
    assert "Approuver : vous l’avez préparé" in preparer.get(page).text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"{page[:-7]}approuver/" not in preparer.get(page).text
