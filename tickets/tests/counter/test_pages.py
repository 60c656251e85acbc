"""The pages of a counter: check, confirm, use, undo."""

import re
import uuid

import pytest
from django.urls import reverse

from accounts.tests.factories import make_beneficiary
from core import codes
from core.tests.test_scanner_keyboards import ON_A_PC, garbled
from partners.models import Membership
from partners.tests.factories import make_offer
from partners.tests.members import make_member
from tickets.models import FailedTry, State, Use, Way, Why
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(client) -> Counter:
    counter = Counter()
    client.force_login(counter.member)
    return counter


@pytest.fixture
def wallet():
    child = make_beneficiary(first_name="Inès", last_name="Gauthier", birth_year=2013)
    return make_wallet("60", kind=Kind.CULTURE, beneficiary=child)


def front(counter: Counter) -> str:
    return reverse("tickets:counter", args=[counter.partner.pk])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def fields_of(response) -> dict[str, str]:
    """What the page would send, as it stands."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return dict(found)


def test_from_the_code_to_the_use(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    page = client.post(front(counter), {"code": codes.show_code(ticket.code)}, follow=True)

    assert "Ticket à confirmer" in text_of(page)
    for said in ("Inès Gauthier", "2013", "10,00", "Chant choral", f"n° {ticket.number}"):
        assert said in text_of(page)
    ticket.refresh_from_db()
    assert ticket.state == State.UNUSED

    done = client.post(
        reverse("tickets:use", args=[counter.partner.pk]),
        fields_of(page) | {"offer_culture": counter.offer.pk},
        follow=True,
    )
    ticket.refresh_from_db()
    assert (ticket.state, ticket.used_by, ticket.offer) == (State.USED, counter.member, counter.offer)
    assert Use.objects.get().way == Way.TYPED
    assert "Ticket utilisé" in text_of(done)
    assert "Annuler cette utilisation" in text_of(done)


def test_the_page_sent_twice_uses_once_and_answers_the_same(client, counter, wallet):
    ticket = make_ticket(wallet=wallet, offer=counter.offer)
    page = client.post(front(counter), {"code": ticket.code}, follow=True)
    answers = {
        client.post(reverse("tickets:use", args=[counter.partner.pk]), fields_of(page))["Location"]
        for _ in range(2)
    }

    assert len(answers) == 1
    assert Use.objects.count() == 1


def test_a_wrong_keyboard_is_repaired_and_said(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    page = client.post(front(counter), {"code": garbled(ticket.code, ON_A_PC)}, follow=True)

    assert "Votre lecteur est réglé en clavier américain" in text_of(page)
    assert "Ticket à confirmer" in text_of(page)


def test_a_refusal_stands_beside_the_field(client, counter):
    page = client.post(front(counter), {"code": codes.complete("0" * 12)}, follow=True)

    assert "inconnu" in text_of(page)
    assert 'aria-invalid="true"' in page.content.decode()


def test_a_paper_ticket_asks_for_the_activity_where_there_are_several(client, counter, wallet):
    make_offer("Piano", Kind.CULTURE, partner=counter.partner)
    ticket = make_ticket(wallet=wallet)
    page = client.post(front(counter), {"code": ticket.code}, follow=True)
    again = client.post(reverse("tickets:use", args=[counter.partner.pk]), fields_of(page), follow=True)

    assert "Choisissez l’activité." in text_of(again)
    assert "Ticket à confirmer" in text_of(again)
    assert fields_of(again)["way"] == Way.TYPED
    assert not Use.objects.exists()


def test_the_childs_other_tickets_are_used_with_it(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    waiting = make_ticket("20.00", wallet=wallet, offer=counter.offer)
    page = client.post(front(counter), {"code": ticket.code}, follow=True)
    assert "Ses autres tickets pour vous" in text_of(page)

    sent = fields_of(page) | {"offer_culture": counter.offer.pk, "ticket": waiting.pk}
    done = client.post(reverse("tickets:use", args=[counter.partner.pk]), sent, follow=True)
    assert Use.objects.count() == 2
    assert "2 tickets utilisés, 30,00" in text_of(done)


def test_siblings_of_one_name_are_warned_of(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    guardian = make_beneficiary(last_name="Gauthier").guardianships.create(user=counter.member).user
    wallet.beneficiary.guardianships.create(user=guardian)
    page = client.get(reverse("tickets:to_confirm", args=[counter.partner.pk, ticket.code]))

    assert "2 enfants de cette famille portent ce nom" in text_of(page)


def test_the_camera_of_a_telephone_leads_to_the_ticket_to_confirm(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    page = client.get(reverse("tickets:scan", args=[ticket.code]), follow=True)

    assert "Ticket à confirmer" in text_of(page)
    assert fields_of(page)["way"] == Way.SCANNED


def test_who_acts_for_two_chooses(client, counter, wallet):
    make_member(elsewhere().partner, user=counter.member)
    page = client.get(reverse("tickets:scan", args=[make_ticket(wallet=wallet).code]))

    assert "L’utiliser pour AILLEURS" in text_of(page)
    assert f"L’utiliser pour {counter.partner}" in text_of(page)


def test_a_member_who_is_not_connected_logs_in_first_and_reads_nothing_of_the_ticket(client, wallet):
    page = client.get(reverse("tickets:scan", args=[make_ticket(wallet=wallet).code]))

    assert "Inès" not in text_of(page)
    assert "Gauthier" not in text_of(page)


def test_another_organismes_counter_does_not_exist(client, counter):
    assert client.get(front(elsewhere())).status_code == 404


def test_a_use_is_undone_with_a_reason(client, counter, wallet):
    use = counter.use(make_ticket(wallet=wallet))
    address = reverse("tickets:undo", args=[counter.partner.pk, use.pk])
    assert "Dites pourquoi" in text_of(client.post(address, {"reason": ""}, follow=True))
    page = client.post(address, {"reason": "enfant"}, follow=True)
    use.refresh_from_db()

    assert use.undone_by == counter.member
    assert "est annulée" in text_of(page)
    assert "Utilisation annulée" in text_of(page)


def test_another_organismes_use_does_not_exist(client, counter, wallet):
    use = elsewhere().use(make_ticket(wallet=wallet))

    assert client.get(reverse("tickets:undo", args=[counter.partner.pk, use.pk])).status_code == 404


def test_a_page_of_another_site_is_refused(client, counter):
    nothing = client.post(reverse("tickets:use", args=[counter.partner.pk]), {"key": uuid.uuid4()})

    assert nothing.status_code == 400


def test_a_member_without_children_comes_to_the_counter(client, counter):
    page = client.get("/beneficiaires/", follow=True)

    assert page.redirect_chain[-1][0] == front(counter)


def test_a_visit_is_noted(client, counter):
    client.get(front(counter))

    assert Membership.objects.get().seen_on is not None


def guess(client, counter: Counter, *codes_sent: str):
    """A confirmation that no page of ours shows."""
    sent = {"key": uuid.uuid4(), "way": "saisi", "code": codes_sent, "offer_culture": counter.offer.pk}
    return client.post(reverse("tickets:use", args=[counter.partner.pk]), sent, follow=True)


def test_codes_guessed_in_a_confirmation_are_kept_and_said(client, counter, wallet):
    ticket, unknown = make_ticket(wallet=wallet), codes.complete("0" * 12)
    page = guess(client, counter, ticket.code, unknown)

    assert "Ce code est inconnu" in text_of(page)
    assert [it.why for it in FailedTry.objects.all()] == [Why.UNKNOWN]
    assert [it.ticket for it in Use.objects.all()] == [ticket]


def test_they_close_the_counter_as_others_do(client, counter, wallet):
    ticket, unknown = make_ticket(wallet=wallet), codes.complete("0" * 12)
    for _ in range(5):
        guess(client, counter, unknown)
    page = guess(client, counter, ticket.code, unknown)

    assert "Trop de codes inconnus" in text_of(page)
    assert not Use.objects.exists()


def test_what_was_used_just_before_stands_below(client, counter, wallet):
    before, now = (counter.use(make_ticket(wallet=wallet)) for _ in range(2))
    page = text_of(client.get(reverse("tickets:used", args=[counter.partner.pk, now.key])))
    _, _, below = page.partition("Juste avant")

    assert f"n° {before.ticket_id}" in below
    assert f"n° {now.ticket_id}" not in below


def test_one_that_turned_bad_since_it_was_looked_at_is_a_try_that_failed(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    page = client.post(front(counter), {"code": ticket.code}, follow=True)
    counter.use(ticket)
    sent = fields_of(page) | {"offer_culture": counter.offer.pk}
    again = client.post(reverse("tickets:use", args=[counter.partner.pk]), sent, follow=True)

    assert "déjà utilisé chez vous" in text_of(again)
    [failed] = FailedTry.objects.all()
    assert (failed.why, failed.actor, failed.partner) == (Why.USED_HERE, counter.member, counter.partner)


def test_the_same_confirmation_sent_twice_is_none(client, counter, wallet):
    page = client.post(front(counter), {"code": make_ticket(wallet=wallet).code}, follow=True)
    sent = fields_of(page) | {"offer_culture": counter.offer.pk}
    for _ in range(2):
        done = client.post(reverse("tickets:use", args=[counter.partner.pk]), sent, follow=True)

    assert "Ticket utilisé" in text_of(done)
    assert not FailedTry.objects.exists()
