"""An agent decides of a use that a family disputes, when its ticket is in a payment, or paid."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import AuditEntry
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from payments import outcomes, taking_back
from payments.models import Correction, Fate, Rules
from payments.tests.factories import make_use
from payments.tests.paid import make_paid, make_sent
from tickets import disputes
from tickets.models import Dispute, Doubt
from wallets.models import Campaign, Entry, Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def parent():
    return make_user("camille")


@pytest.fixture
def use(parent):
    use = make_use(wallet=make_wallet("60", kind=Kind.CULTURE, beneficiary=make_beneficiary(parent)))
    make_paid(use)
    disputes.raise_one(ticket_id=use.ticket_id, doubt=Doubt.NOT_THERE, actor=parent)
    return use


def said(decision="famille"):
    return {"decision": decision, "key": str(uuid.uuid4()), "reason": "Le club en convient"}


def page_of(use):
    return reverse("admin:tickets_ticket_regler-la-contestation", args=[use.ticket_id])


def decide(client, use, form):
    read = client.post(page_of(use), form)
    return read, client.post(page_of(use), form | {"seen": read.context["seen"]}, follow=True)


def test_its_total_is_read_before_it_is_done(client, agent, use, parent):
    assert "Mon enfant n’y est pas inscrit" in client.get(page_of(use)).text
    read, done = decide(client, use, said())

    assert f"10,00{NBSP}€, sur son prochain paiement" in read.text
    assert f"50,00{NBSP}€ → 60,00{NBSP}€" in read.text
    assert Correction.objects.get().amount == -10
    told = AuditEntry.objects.latest("pk").details
    assert told.endswith(f"10,00{NBSP}€ repris à l’organisme, rendus à la famille")
    assert told in done.text
    client.force_login(parent)
    detail = reverse("tickets:detail", args=[use.ticket.wallet.beneficiary.public_id, use.ticket_id])
    assert "vous aviez raison" in client.get(detail).text


def test_where_the_use_is_exact_no_euro_moves(client, agent, use):
    client.post(page_of(use), said("organisme"))
    client.post(
        page_of(use), said("organisme") | {"seen": client.get(page_of(use)).context["seen"]}, follow=True
    )

    assert Dispute.objects.get().is_founded is False
    assert not Correction.objects.exists()


def test_sent_twice_it_is_one(client, agent, use):
    form = said()
    decide(client, use, form)
    again = client.post(page_of(use), form, follow=True)

    assert "Ce n’est plus possible" in again.text
    assert Correction.objects.count() == 1


def test_a_balance_that_moved_is_read_again(client, agent, use):
    form = said()
    read = client.post(page_of(use), form)
    make_use(wallet=use.ticket.wallet, offer=use.offer)
    again = client.post(page_of(use), form | {"seen": read.context["seen"]})

    assert f"40,00{NBSP}€ → 50,00{NBSP}€" in again.text
    assert not Correction.objects.exists()


def test_too_late_for_the_wallet_the_page_says_so(client, agent, use):
    Campaign.objects.update(last_ticket_on=days(-1), last_cancellation_on=days(-1))
    read, _ = decide(client, use, said())

    assert "rien ne revient au porte-monnaie" in read.text
    assert Correction.objects.get().amount == -10
    assert not Entry.objects.filter(nature="correction").exists()


@pytest.mark.parametrize("ceiling", ["of what is owed", "of the wallet"])
def test_above_a_ceiling_another_agent_confirms(client, agent, enter, use, ceiling):
    if ceiling == "of the wallet":
        Campaign.objects.update(correction_ceiling=Decimal("5.00"))
    else:
        Rules.objects.update(second_agent_above=Decimal("9.99"))
    decide(client, use, said())
    assert not Correction.objects.exists()
    other = make_agent()
    enter(other)
    client.post(page_of(use), {"step": "confirm"})

    made = Correction.objects.get()
    assert (made.author, made.second) == (agent, other)


def test_before_a_payment_holds_it_the_use_is_undone_instead(client, agent, parent):
    use = make_use()
    disputes.raise_one(ticket_id=use.ticket_id, doubt=Doubt.OTHER, actor=parent)
    page = reverse("admin:tickets_ticket_decider-la-contestation", args=[use.ticket_id])
    client.post(page, said() | {"seen": ""})

    assert Dispute.objects.get().use.undone_at is not None
    assert not Correction.objects.exists()


@pytest.mark.parametrize("is_taken_back", [True, False])
def test_of_a_rejected_payment_the_use_is_offered_to_be_undone_unless_taken_back(
    client, agent, parent, is_taken_back
):
    use = make_use(wallet=make_wallet("60", kind=Kind.CULTURE, beneficiary=make_beneficiary(parent)))
    payment = make_sent().payments.get()
    if is_taken_back:
        disputes.raise_one(ticket_id=use.ticket_id, doubt=Doubt.OTHER, actor=parent)
        taking_back.take_back(ticket_id=use.ticket_id, key=uuid.uuid4(), actor=agent)
    outcomes.tell(
        payment_id=payment.pk, fate=Fate.REJECTED, on=timezone.localdate(), reason="Clos", actor=agent
    )
    undo = reverse("admin:tickets_ticket_annuler-l-utilisation", args=[use.ticket_id])
    page = client.get(reverse("admin:tickets_ticket_change", args=[use.ticket_id])).text
    family = reverse("admin:accounts_beneficiary_famille", args=[use.ticket.wallet.beneficiary_id])

    assert ("sa somme est déjà reprise à l’organisme" in page) == is_taken_back
    for shown in (page, client.get(family).text):
        assert (f'href="{undo}"' in shown) == (not is_taken_back)
    assert ("sa somme est déjà reprise" in client.get(undo, follow=True).text) == is_taken_back
