"""Two rows that are one child: one grant a campaign, all tickets, nothing rewritten."""

import io
import threading
from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.exceptions import NotMergeable
from accounts.models import Beneficiary, EndedGuardianship
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.child_merge import merge_children
from tickets.models import State, Ticket
from wallets import campaigns, merging
from wallets import services as wallet_services
from wallets.models import Entry, Kind, Nature, Wallet
from wallets.tests.factories import make_campaign, make_wallet
from wallets.tests.unguarded import patience

from .factories import make_ticket, make_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother():
    return make_user("mere")


@pytest.fixture
def double(mother):
    return make_beneficiary(mother, pupil_number="123456")


@pytest.fixture
def kept():
    return make_beneficiary(make_user("pere"), pupil_number="0123456")


@pytest.fixture
def campaign():
    return make_campaign()


@pytest.fixture
def both(double, kept, campaign):
    """A wallet of 60 euros each, in the same campaign: 120 for one child."""
    return [make_wallet("60", beneficiary=child, campaign=campaign) for child in (double, kept)]


def merge(double, kept):
    merged = merge_children(double_id=double.pk, kept_id=kept.pk)
    double.refresh_from_db()
    kept.refresh_from_db()
    call_command("check_ledger", stdout=io.StringIO())
    return merged


def balances(wallets):
    return [Wallet.objects.get(pk=wallet.pk).balance for wallet in wallets]


def test_the_grant_is_not_kept_twice(double, kept, both):
    """admin.md 28, 40: « 160 € for one child »."""
    [pair] = merge(double, kept).pairs

    assert balances(both) == [0, 60]
    assert (pair.taken_back, pair.spent, pair.overspent, pair.left) == (60, 0, 0, 60)
    assert [(it.nature, it.amount) for it in Entry.objects.filter(wallet=both[0]).order_by("pk")] == [
        (Nature.GRANT, 60),
        (Nature.CORRECTION, -60),
    ]


def test_what_the_double_spent_is_spent_by_the_kept_one(double, kept, both, mother):
    ticket = make_ticket("20", wallet=both[0], actor=mother)
    used = make_ticket("15", wallet=both[0], offer=make_offer(kind=Kind.CULTURE), actor=mother)
    services.use(ticket_id=used.pk, actor=mother)

    [pair] = merge(double, kept).pairs

    assert balances(both) == [0, 25]
    assert (pair.spent, pair.taken_back, pair.overspent) == (35, 60, 0)
    tickets = list(Ticket.objects.select_related("entry", "order").order_by("pk"))
    assert {it.wallet_id for it in tickets} == {it.order.wallet_id for it in tickets} == {both[1].pk}
    assert [(it.state, it.code) for it in tickets] == [(State.UNUSED, ticket.code), (State.USED, used.code)]
    assert tickets[0].entry.actor == mother


def test_what_both_spent_beyond_one_grant_is_shown_and_nobody_owes(double, kept, both):
    make_ticket("50", wallet=both[0])
    make_ticket("45", wallet=both[1])

    [pair] = merge(double, kept).pairs

    assert balances(both) == [0, 0]
    assert (pair.spent, pair.overspent, pair.taken_back, pair.left) == (50, 35, 25, 0)
    told = Entry.objects.get(wallet=both[1], nature=Nature.CORRECTION)
    assert (told.amount, told.label) == (35, "Dépensé en trop par la fiche en double")


def test_a_ticket_of_the_double_that_is_cancelled_afterwards_comes_back(double, kept, both, mother):
    ticket = make_ticket("20", wallet=both[0])
    merge(double, kept)

    assert services.cancel(ticket_id=ticket.pk, actor=mother)

    assert balances(both) == [0, 60]
    assert not Ticket.objects.at_odds_with_ledger().exists()


def test_those_that_were_cancelled_before_go_with_their_order(double, kept, both, mother):
    first, second = make_tickets(2, "10", wallet=both[0])
    services.cancel(ticket_id=first.pk, actor=mother)

    merge(double, kept)

    assert balances(both) == [0, 50]
    assert {it.wallet_id for it in Ticket.objects.all()} == {both[1].pk}
    assert not Ticket.objects.at_odds_with_ledger().exists()
    assert second.state == State.UNUSED


def test_where_the_kept_one_was_given_nothing_the_wallet_itself_moves(double, kept):
    wallet = make_wallet("60", beneficiary=double)
    ticket = make_ticket("20", wallet=wallet)

    [pair] = merge(double, kept).pairs

    wallet.refresh_from_db()
    assert (wallet.beneficiary, wallet.balance) == (kept, 40)
    assert (pair.moves_whole, pair.left, pair.taken_back) == (True, 40, 0)
    assert Entry.objects.count() == 2
    ticket.refresh_from_db()
    assert ticket.wallet == wallet


def test_the_guardians_are_united_and_the_double_is_nobody_s(double, kept, mother, client):
    client.force_login(mother)

    merged = merge(double, kept)

    assert merged.came == [mother]
    assert {*kept.guardians.values_list("username", flat=True)} == {"mere", "pere"}
    assert (double.merged_into, double.is_enrolled, double.guardians.count()) == (kept, False, 0)
    assert client.get(reverse("tickets:home", args=[kept.public_id])).status_code == 200
    assert client.get(reverse("tickets:home", args=[double.public_id])).status_code == 404
    assert double not in Beneficiary.objects.without_guardian()


def test_whom_an_agent_took_away_does_not_come_back(double, kept, mother):
    EndedGuardianship.objects.create(user=mother, beneficiary=kept)
    gone = make_user()
    EndedGuardianship.objects.create(user=gone, beneficiary=double)

    assert merge(double, kept).came == []

    assert list(kept.guardians.values_list("username", flat=True)) == ["pere"]
    assert EndedGuardianship.objects.filter(user=gone, beneficiary=kept).exists()


@pytest.mark.parametrize("has_one", [True, False])
def test_the_child_keeps_one_login(double, kept, has_one):
    login, own = make_user("garance"), make_user("garance2") if has_one else None
    Beneficiary.objects.filter(pk=double.pk).update(user=login)
    Beneficiary.objects.filter(pk=kept.pk).update(user=own)

    merge(double, kept)

    login.refresh_from_db()
    assert kept.user == (own or login)
    assert login.is_active is not has_one
    assert login.has_usable_password() is not has_one


def test_the_school_is_that_of_who_is_enrolled(double, kept):
    Beneficiary.objects.filter(pk=kept.pk).update(is_enrolled=False, grade="6")
    Beneficiary.objects.filter(pk=double.pk).update(grade="5")

    merge(double, kept)

    assert (kept.is_enrolled, kept.grade) == (True, "5")


def test_no_chains(double, kept):
    third = make_beneficiary()
    merge(double, kept)
    merge(kept, third)

    assert {*Beneficiary.objects.exclude(merged_into=None).values_list("merged_into", flat=True)} == {
        third.pk
    }


def test_never_itself_nor_one_that_is_merged_or_erased(double, kept):
    third = make_beneficiary()
    merge(double, kept)
    for one, other in ((kept, kept), (third, double), (double, third), (kept, double)):
        with pytest.raises(NotMergeable):
            merge_children(double_id=one.pk, kept_id=other.pk)


def test_a_campaign_that_opens_or_reopens_gives_the_double_nothing(double, kept, campaign):
    wallet = make_wallet("60", beneficiary=double, campaign=campaign)
    make_wallet("60", beneficiary=kept, campaign=campaign)
    Entry.objects.create(wallet=wallet, amount=Decimal(-60), nature=Nature.LAPSE, label="Crédit non utilisé")
    Wallet.objects.filter(pk=wallet.pk).update(balance=0)
    merge(double, kept)

    campaigns.reopen_campaign(campaign_id=campaign.pk, limit=10, actor=make_user())
    opened = campaigns.open_campaign(campaign_id=make_campaign().pk, limit=10, actor=make_user())

    assert Wallet.objects.get(pk=wallet.pk).balance == 0
    assert opened.number == 1


def merging_call(double, kept):
    return lambda: merge_children(double_id=double.pk, kept_id=kept.pk)


@pytest.fixture
def meet_within(monkeypatch):
    """The merge has read the euros when the ticket is about to be written, if nothing keeps them apart."""

    def arrange(seconds):
        meeting = threading.Barrier(2, timeout=seconds)
        read, write = merging.pairs, wallet_services.write_spending

        def meet():
            with suppress(threading.BrokenBarrierError):
                meeting.wait()

        def read_then_meet(**said):
            pairs = read(**said)
            meet()
            return pairs

        def meet_then_write(**said):
            meet()
            return write(**said)

        monkeypatch.setattr(merging, "pairs", read_then_meet)
        monkeypatch.setattr(wallet_services, "write_spending", meet_then_write)

    return arrange


def euros_agree(both):
    in_step = (
        not Wallet.objects.out_of_balance().exists() and not Ticket.objects.at_odds_with_ledger().exists()
    )
    left_behind = Ticket.objects.exclude(wallet=both[1]).exists()
    return in_step and not left_behind and sum(balances(both)) in (Decimal(60), Decimal(40))


@pytest.mark.django_db(transaction=True)
def test_a_ticket_is_made_while_it_is_merged(double, kept, both, mother, at_once, meet_within):
    """Before: it goes with the others. After: the wallet is empty. The euros always agree."""
    meet_within(1)
    outcomes = at_once(merging_call(double, kept), lambda: make_ticket("20", wallet=both[0], actor=mother))

    assert outcomes in (["done", "done"], ["InsufficientFunds", "done"])
    assert euros_agree(both)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_euros_of_that_ticket_would_be_lost(
    double, kept, both, mother, at_once, meet_within, without_lock
):
    """The control of the test above."""
    meet_within(patience())
    without_lock()
    outcomes = at_once(merging_call(double, kept), lambda: make_ticket("20", wallet=both[0], actor=mother))

    assert outcomes != ["done", "done"] or not euros_agree(both)
    assert "InsufficientFunds" not in outcomes
