"""Two organismes that are one: what one of them has goes to the other."""

import threading
from contextlib import suppress
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from partners.exceptions import NotMergeable
from partners.models import DirectoryVersion, Offer, Partner
from partners.tests.factories import make_offer, make_partner
from tickets import partner_merge, services
from tickets.exceptions import PartnerNotAffiliated
from tickets.models import Ticket
from tickets.partner_merge import Held, merge_partners
from tickets.tests.unguarded import unlock_tickets
from wallets import services as wallet_services
from wallets.models import Entry, Kind
from wallets.tests.factories import make_wallet
from wallets.tests.unguarded import patience

from .factories import make_ticket

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"


@pytest.fixture
def double():
    return make_partner("JUDO CLUB BAGNEUX", siret=SIRET, phone="01 40 00 00 01", email="judo@club.example")


@pytest.fixture
def kept():
    return make_partner("JUDO CLUB DE BAGNEUX", phone="01 40 00 00 02")


def merge(double, kept):
    held = merge_partners(double_id=double.pk, kept_id=kept.pk)
    double.refresh_from_db()
    kept.refresh_from_db()
    return held


def test_tickets_and_offers_go_to_the_kept_one(double, kept):
    """admin.md 26: no merge."""
    both, alone = make_offer("Judo", Kind.CULTURE, partner=double), make_offer("Taïso", partner=double)
    own = make_offer("Judo", Kind.CULTURE, partner=kept)
    wallet = make_wallet("60")
    first, _ = (
        make_ticket("10", wallet=wallet, offer=both),
        make_ticket("20", wallet=wallet, offer=alone),
    )
    services.use(ticket_id=first.pk, actor=first.order.actor)

    held = merge(double, kept)

    assert held == Held(tickets=2, euros=Decimal(30), used=1, used_euros=Decimal(10))
    tickets = Ticket.objects.select_related("order", "offer").order_by("pk")
    assert [(it.offer, it.order.offer_id == it.offer_id) for it in tickets] == [(own, True), (alone, True)]
    assert set(Offer.objects.values_list("partner", "activity__name")) == {
        (kept.pk, "Judo"),
        (kept.pk, "Taïso"),
    }
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert Entry.objects.count() == 3, "the ledger is not touched"


def test_what_the_kept_one_does_not_say_is_taken_and_nothing_is_written_over(double, kept):
    merge(double, kept)

    assert (kept.name, kept.phone) == ("JUDO CLUB DE BAGNEUX", "01 40 00 00 02")
    assert (kept.siret, kept.email) == (SIRET, "judo@club.example")
    assert (double.name, double.siret, double.merged_into) == ("JUDO CLUB BAGNEUX", "", kept)


def test_the_directory_has_one_and_the_old_page_leads_there(double, kept, client):
    make_offer("Judo", partner=double)
    page = reverse("partners:partner", args=[double.pk])
    version = DirectoryVersion.current()
    merge(double, kept)

    assert DirectoryVersion.current() != version
    found = client.get("/partenaires/?nom=judo").context["partners"]
    assert [one.partner for one in found] == [kept]
    answer = client.get(page)
    assert (answer.status_code, answer["Location"]) == (301, reverse("partners:partner", args=[kept.pk]))


def test_a_page_to_make_a_ticket_that_was_open_makes_it_for_the_kept_one(double, kept, client):
    offer = make_offer("Judo", partner=double)
    wallet = make_wallet("60")
    parent = make_ticket("10", wallet=wallet).order.actor
    wallet.beneficiary.guardians.add(parent)
    client.force_login(parent)
    page = reverse("tickets:create_assigned", args=[wallet.beneficiary.public_id, double.pk, wallet.pk])
    key = client.get(page).context["form"]["key"].value()
    merge(double, kept)

    client.post(page, {"key": key, "amount": "20", "offer": offer.pk})

    assert Ticket.objects.latest("pk").offer.partner == kept
    answer = client.get(reverse("tickets:create_here", args=[double.pk]))
    assert kept.name in client.get(answer["Location"]).text if answer.status_code == 302 else answer.text


def test_no_chains(double, kept):
    third = make_partner("DOJO DE BAGNEUX")
    merge(double, kept)
    merge(kept, third)

    assert {*Partner.objects.exclude(merged_into=None).values_list("merged_into", flat=True)} == {third.pk}


def test_never_itself_nor_one_that_is_merged_already(double, kept):
    third = make_partner()
    merge(double, kept)
    for one, other in ((kept, kept), (third, double), (double, third), (kept, double)):
        with pytest.raises(NotMergeable):
            merge_partners(double_id=one.pk, kept_id=other.pk)


def test_it_takes_no_ticket_any_more(double, kept):
    merge(double, kept)

    assert not double.is_affiliated_on(double.affiliated_from)
    assert double not in Partner.objects.affiliated_on(double.affiliated_from)


@pytest.mark.django_db(transaction=True)
def test_a_ticket_is_made_at_that_instant_for_an_offer_that_goes(double, kept, monkeypatch):
    """It was read a moment before, and is gone by the time the ticket is written: refused in words."""
    offer = make_offer("Judo", partner=double)
    make_offer("Judo", partner=kept)
    wallet = make_wallet("60")
    merge(double, kept)
    monkeypatch.setattr(services, "_accepts_today", lambda *_: True)

    with pytest.raises(PartnerNotAffiliated):
        make_ticket("10", wallet=wallet, offer=offer)
    assert not Ticket.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_ticket_is_made_while_it_is_merged(double, kept, at_once, meeting_before):
    """Before: it moves with the others. After: it is refused. It never stays behind."""
    offer = make_offer("Judo", partner=double)
    own = make_offer("Judo", partner=kept)
    wallet, parent = make_wallet("60"), make_user()
    meeting_before(wallet_services, "write_spending")

    outcomes = at_once(
        lambda: merge_partners(double_id=double.pk, kept_id=kept.pk),
        lambda: make_ticket("10", wallet=wallet, offer=offer, actor=parent),
    )

    assert outcomes in (["done", "done"], ["PartnerNotAffiliated", "done"])
    assert {*Ticket.objects.values_list("offer", flat=True)} <= {own.pk}
    assert not Ticket.objects.at_odds_with_ledger().exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "locked",
    [
        pytest.param(True, id="the offer stays until the ticket is used"),
        # The control: it is gone by then. (SQLite lets one write.)
        pytest.param(False, id="without"),
    ],
)
def test_a_paper_ticket_is_used_there_while_it_is_merged(
    double, kept, at_once, without_lock, monkeypatch, locked
):
    offer = make_offer("Judo", partner=double)
    own = make_offer("Judo", partner=kept)
    ticket = make_ticket("10", wallet=make_wallet("60"))
    # Of the merge, the offer that goes; of the use, the ticket: each has decided by then.
    meeting = threading.Barrier(2, timeout=1 if locked else patience())

    def meet_before(owner, method):
        original = getattr(owner, method)

        def wait_then_go_on(*args, **kwargs):
            with suppress(threading.BrokenBarrierError):
                meeting.wait()
            return original(*args, **kwargs)

        monkeypatch.setattr(owner, method, wait_then_go_on)

    meet_before(partner_merge, "filled")
    meet_before(services, "_leave_unused")
    if not locked:
        without_lock()
        unlock_tickets(monkeypatch.setattr)

    outcomes = at_once(
        lambda: merge_partners(double_id=double.pk, kept_id=kept.pk),
        lambda: services.use(ticket_id=ticket.pk, offer_id=offer.pk, actor=ticket.order.actor),
    )

    refused_in_words = outcomes in (["done", "done"], ["TicketNotUsable", "done"])
    assert refused_in_words is locked
    assert {*Ticket.objects.values_list("offer", flat=True)} <= {own.pk, None}
