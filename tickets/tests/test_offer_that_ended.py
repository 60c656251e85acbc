"""An organisme gives an activity up: no ticket is made for it any more, those that were made are honoured."""

import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.tests.factories import make_beneficiary, make_user
from partners.directory_index import Wanted
from partners.search import search
from partners.services import directory_changed
from partners.tests.factories import make_offer, make_partner
from tickets import services
from tickets.exceptions import PartnerNotAffiliated
from tickets.models import State
from tickets.partner_merge import merge_partners
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


def end(offer, day):
    offer.ends_on = day
    offer.save(update_fields=["ends_on"])
    directory_changed()


def order(wallet, offer):
    return services.order(
        key=uuid.uuid4(), wallet_id=wallet.pk, offer_id=offer.pk, amount=Decimal(10), actor=make_user()
    )


@pytest.mark.parametrize(("day", "is_taken"), [(0, True), (-1, False)])
def test_its_last_day_is_one_and_the_next_is_not(day, is_taken):
    wallet, offer = make_wallet(), make_offer()
    end(offer, days(day))

    if is_taken:
        assert order(wallet, offer).tickets.count() == 1
    else:
        with pytest.raises(PartnerNotAffiliated):
            order(wallet, offer)


def test_a_ticket_made_before_is_honoured():
    """admin.md 27: an activity that a club gave up could neither be ended nor removed."""
    wallet, offer = make_wallet(), make_offer()
    ticket = make_ticket("10", wallet=wallet, offer=offer)
    end(offer, days(-1))

    services.use(ticket_id=ticket.pk, actor=make_user())

    ticket.refresh_from_db()
    assert ticket.state == State.USED


def test_families_no_longer_meet_it(client):
    parent = make_user()
    client.force_login(parent)
    wallet = make_wallet("60", kind=Kind.CULTURE, beneficiary=make_beneficiary(parent))
    club = make_partner("CLUB DES ARTS")
    kept, gone = make_offer("Théâtre", partner=club), make_offer("Chant choral", partner=club)
    end(gone, days(-1))

    page = client.get(reverse("partners:partner", args=[club.pk])).text
    form = client.get(
        reverse("tickets:create_assigned", args=[wallet.beneficiary.public_id, club.pk, wallet.pk])
    ).text

    assert "Théâtre" in page
    assert "Chant choral" not in page
    assert kept.activity.name in form
    assert "Chant choral" not in form
    assert search(Wanted(on=days(0), activity=gone.activity_id)) == []
    csv = client.get("/donnees-ouvertes/organismes/csv/")
    assert "Chant choral" not in b"".join(csv).decode()


def test_tomorrow_the_search_knows_that_it_ended(monkeypatch):
    offer = make_offer("Poterie")
    end(offer, days(0))
    assert [one.pk for one in search(Wanted(on=days(0), words="poterie"))] == [offer.partner_id]

    tomorrow = days(1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)

    assert search(Wanted(on=tomorrow, words="poterie")) == []


def test_of_two_that_are_merged_the_later_end_counts():
    double, kept = make_partner(), make_partner()
    end(make_offer("Judo", partner=kept), days(-1))
    make_offer("Judo", partner=double)

    merge_partners(double_id=double.pk, kept_id=kept.pk)

    assert kept.offers.get().ends_on is None
