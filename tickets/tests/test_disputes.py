"""« Ce n’est pas normal »: what a family does not recognise, and what becomes of it."""

import re

import pytest
from django.urls import reverse

from accounts.tests.factories import make_agent, make_beneficiary, make_user
from core.money import NBSP
from partners.models import Partner, Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member
from tickets import disputes, paying, services
from tickets.disputes import AlreadyDecided, BeingPaid, NothingToDecide, NothingToDispute
from tickets.models import Dispute, Doubt, Happened, Notice, State
from tickets.tests.counter.counters import Counter
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent():
    return make_user("camille")


@pytest.fixture
def ticket(parent):
    wallet = make_wallet("60", kind=Kind.CULTURE, beneficiary=make_beneficiary(parent))
    ticket = make_ticket(wallet=wallet)
    Counter().use(ticket)
    ticket.refresh_from_db()
    return ticket


def raised(ticket, parent):
    return disputes.raise_one(ticket_id=ticket.pk, doubt=Doubt.NOT_THERE, actor=parent)


def address(ticket, name: str = "dispute") -> str:
    return reverse(f"tickets:{name}", args=[ticket.wallet.beneficiary.public_id, ticket.pk])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_from_the_ticket_to_what_is_said_of_it(client, ticket, parent):
    client.force_login(parent)
    assert "Ce n’est pas normal" in text_of(client.get(address(ticket, "detail")))
    page = client.post(address(ticket), {"doubt": "absent"}, follow=True)

    dispute = Dispute.objects.get()
    assert (dispute.use.ticket, dispute.doubt, dispute.actor) == (ticket, Doubt.NOT_THERE, parent)
    assert "Vous avez signalé cette utilisation" in text_of(page)


def test_another_familys_ticket_does_not_exist(client, ticket):
    client.force_login(make_user())

    assert client.get(address(ticket)).status_code == 404


def test_a_reason_is_asked_for(client, ticket, parent):
    client.force_login(parent)

    assert "Dites ce qui ne va pas." in text_of(client.post(address(ticket), {"doubt": ""}, follow=True))
    assert not Dispute.objects.exists()


def test_said_twice_it_is_one(ticket, parent):
    assert raised(ticket, parent) == raised(ticket, parent)


def test_what_is_not_used_is_not_disputed(parent):
    with pytest.raises(NothingToDispute):
        raised(make_ticket(), parent)


def test_where_the_family_is_right_the_use_is_undone_and_it_is_told(ticket, parent):
    agent = make_agent()
    raised(ticket, parent)
    Notice.objects.all().delete()
    dispute = disputes.decide(ticket_id=ticket.pk, is_founded=True, actor=agent)
    ticket.refresh_from_db()

    assert (ticket.state, dispute.is_founded, dispute.decided_by) == (State.UNUSED, True, agent)
    assert dispute.use.undo_reason == "Mon enfant n’y est pas inscrit"
    assert [it.happened for it in Notice.objects.all()] == [Happened.USE_UNDONE]


def test_its_managers_are_told_that_it_will_not_be_paid(ticket, parent, mailoutbox):
    manager = make_member(ticket.offer.partner, Role.MANAGER).user
    raised(ticket, parent)
    disputes.decide(ticket_id=ticket.pk, is_founded=True, actor=make_agent())

    [message] = mailoutbox
    assert message.to == [manager.email]
    assert f"10,00{NBSP}€ ne vous seront pas payés" in message.body


def test_merged_meanwhile_those_of_the_kept_organisme(ticket, parent, mailoutbox):
    kept = make_member(make_partner("Danse"), Role.MANAGER)
    Partner.objects.filter(pk=ticket.offer.partner_id).update(merged_into=kept.partner)
    raised(ticket, parent)
    services.undo_use(ticket_id=ticket.pk, actor=make_agent(), reason="Le club en convient")

    assert [message.to for message in mailoutbox] == [[kept.user.email]]


@pytest.mark.parametrize("decided", ["for the organisme", "by the organisme", "nothing was disputed"])
def test_of_nothing_else(ticket, parent, mailoutbox, decided):
    manager = make_member(ticket.offer.partner, Role.MANAGER).user
    if decided != "nothing was disputed":
        raised(ticket, parent)
    if decided == "for the organisme":
        disputes.decide(ticket_id=ticket.pk, is_founded=False, actor=make_agent())
    else:
        by = manager if decided == "by the organisme" else make_agent()
        services.undo_use(ticket_id=ticket.pk, actor=by)

    assert mailoutbox == []


def test_in_a_batch_the_use_stays_and_the_agent_is_told_what_to_do(ticket, parent):
    dispute = raised(ticket, parent)
    paying.enter_batch([ticket.pk])
    with pytest.raises(BeingPaid, match="lot de paiement"):
        disputes.decide(ticket_id=ticket.pk, is_founded=True, actor=make_agent())

    dispute.refresh_from_db()
    assert dispute.decided_at is None


def test_where_it_is_not_the_ticket_stays_used_and_it_is_told(client, ticket, parent):
    raised(ticket, parent)
    Notice.objects.all().delete()
    dispute = disputes.decide(ticket_id=ticket.pk, is_founded=False, actor=make_agent())
    ticket.refresh_from_db()

    assert (ticket.state, dispute.is_founded) == (State.USED, False)
    assert [it.happened for it in Notice.objects.all()] == [Happened.USE_CONFIRMED]
    with pytest.raises(AlreadyDecided):
        raised(ticket, parent)
    client.force_login(parent)
    assert "elle est exacte" in text_of(client.get(address(ticket, "detail")))


def test_an_organisme_that_takes_it_back_settles_it(ticket, parent):
    member = make_user()
    raised(ticket, parent)
    services.undo_use(ticket_id=ticket.pk, actor=member, reason="Ce n’était pas le bon enfant")

    assert Dispute.objects.get().is_founded
    with pytest.raises(NothingToDecide):
        disputes.decide(ticket_id=ticket.pk, is_founded=False, actor=make_agent())


def test_a_new_use_may_be_disputed_anew(ticket, parent):
    raised(ticket, parent)
    disputes.decide(ticket_id=ticket.pk, is_founded=True, actor=make_agent())
    Counter().use(ticket)
    raised(ticket, parent)

    assert Dispute.objects.filter(decided_at=None).count() == 1


def test_an_agent_decides_on_the_page_of_the_ticket(client, agent, ticket, parent):
    raised(ticket, parent)
    page = reverse("admin:tickets_ticket_decider-la-contestation", args=[ticket.pk])
    assert "Mon enfant n’y est pas inscrit" in text_of(client.get(page))
    client.post(page, {"reason": "Le club confirme", "decision": "organisme"})

    assert Dispute.objects.get().is_founded is False


def test_the_list_of_agents_leads_to_the_ticket(client, agent, ticket, parent):
    raised(ticket, parent)
    page = client.get(reverse("admin:tickets_dispute_changelist"), {"reponse": "attendue"})

    assert reverse("admin:tickets_ticket_change", args=[ticket.pk]) in page.content.decode()


def test_constraints(refused_by, ticket, parent):
    dispute = raised(ticket, parent)
    with refused_by("tickets_dispute_use_id_key"):
        Dispute.objects.create(use=dispute.use, actor=parent, doubt=Doubt.OTHER)
    with refused_by("tickets_dispute_doubt_is_known"):
        Dispute.objects.update(doubt="humeur")
    with refused_by("tickets_dispute_decided_means_dated_and_signed"):
        Dispute.objects.update(is_founded=True)
