"""What a counter reads of a code before it uses anything: the ticket, or why not."""

import datetime as dt

import pytest

from core import codes
from core.tests.test_scanner_keyboards import ON_A_MAC, ON_A_PC, garbled
from partners.models import Partner
from partners.tests.factories import make_offer
from tickets import services
from tickets.counter import refusals
from tickets.counter.typed import readings
from tickets.models import FailedTry, State, Use, Why
from tickets.qr import address
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.factories import make_ticket
from tickets.tests.states import put_into
from wallets.models import Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def ticket():
    return make_ticket(wallet=make_wallet("60", kind=Kind.CULTURE))


WRITINGS = {
    "as it is printed": codes.show_code,
    "in small letters": str.lower,
    "with spaces": lambda code: f"  {' '.join(code)} ",
    "the address of the QR": address,
    "with a slash too many": lambda code: f"{address(code)}/",
    "a scanner on a PC": lambda code: garbled(code, ON_A_PC),
    "a scanner on a Mac": lambda code: garbled(code, ON_A_MAC),
    "the address, by a scanner on a PC": lambda code: garbled(address(code), ON_A_PC),
    "the address, by a scanner on a Mac": lambda code: garbled(address(code), ON_A_MAC),
}


@pytest.mark.parametrize("written", WRITINGS.values(), ids=WRITINGS)
def test_a_code_in_every_writing(counter, ticket, written):
    assert counter.look(written(ticket.code)) == ticket


def refused(counter, text, why, says):
    """That very refusal, its sentence, and that the try is kept."""
    with pytest.raises(refusals.NotAtTheCounter, match=says) as refusal:
        counter.look(text)
    assert refusal.value.why == why
    kept = FailedTry.objects.get()
    assert (kept.why, kept.actor, kept.partner) == (why, counter.member, counter.partner)
    assert text not in kept.code_digest


def miscopied(code: str) -> str:
    """A wrong character, by which a wrong keyboard would make no other code either."""
    wrong = (it + code[1:] for it in codes.ALPHABET if it != code[0])
    return next(it for it in wrong if not readings(it))


@pytest.mark.parametrize(
    "garble",
    [
        miscopied,
        lambda code: code[:-1],
        lambda _: "A" * 10_000,
        lambda _: "https://autre.example/x",
    ],
    ids=["another sign", "too short", "very long", "another site's"],
)
def test_what_is_no_code_is_miscopied(counter, ticket, garble):
    refused(counter, garble(ticket.code), Why.MISCOPIED, "mal recopié")


def test_a_code_that_is_nobodys(counter):
    refused(counter, codes.complete("0" * 12), Why.UNKNOWN, "inconnu")


def test_one_that_was_used_here_says_by_whom_and_when(counter, ticket):
    counter.use(ticket)
    refused(counter, ticket.code, Why.USED_HERE, "déjà utilisé chez vous, par Sophie Martin, le")


def test_one_that_was_used_elsewhere_says_only_the_day(counter, ticket):
    other = elsewhere()
    other.use(ticket)
    with pytest.raises(refusals.UsedElsewhere, match="déjà utilisé, depuis le") as refusal:
        counter.look(ticket.code)
    assert "Sophie" not in refusal.value.sentence
    assert other.partner.name not in refusal.value.sentence


def test_a_cancelled_one(counter, ticket):
    put_into(State.CANCELLED, ticket)
    refused(counter, ticket.code, Why.CANCELLED, "annulé")


def test_one_whose_last_day_has_passed(counter, ticket):
    put_into(State.EXPIRED, ticket)
    refused(counter, ticket.code, Why.EXPIRED, "expiré")


def test_one_for_another_organisme_which_is_not_named(counter):
    other = make_offer("Piano", Kind.CULTURE)
    ticket = make_ticket(offer=other, wallet=make_wallet("60", kind=Kind.CULTURE))
    refused(counter, ticket.code, Why.FOR_ANOTHER, "affecté à un autre organisme")


def test_a_paper_ticket_of_the_other_wallet(counter):
    sport = make_ticket(wallet=make_wallet("60", kind=Kind.SPORT))
    refused(counter, sport.code, Why.OTHER_KIND, "C’est un ticket Sport")


def test_a_paper_ticket_once_the_affiliation_has_ended_last_night(counter, ticket):
    Partner.objects.filter(pk=counter.partner.pk).update(affiliated_until=days(-1))
    counter.partner.refresh_from_db()
    refused(counter, ticket.code, Why.NOT_IN_FORCE, "affiliation")


def test_an_assigned_one_is_honoured_all_the_same(counter):
    ticket = make_ticket(offer=counter.offer, wallet=make_wallet("60", kind=Kind.CULTURE))
    Partner.objects.filter(pk=counter.partner.pk).update(affiliated_until=days(-1))
    counter.partner.refresh_from_db()

    assert counter.look(ticket.code) == ticket


def test_nothing_while_the_organisme_is_suspended(counter, ticket):
    counter.partner.suspended_on = days(0)
    refused(counter, ticket.code, Why.SUSPENDED, "ne peut plus utiliser de ticket")


def test_suspended_from_tomorrow_is_not_suspended_today(counter, ticket):
    counter.partner.suspended_on = days(1)
    assert counter.look(ticket.code) == ticket


def test_five_unknown_codes_close_the_counter_for_this_member_alone(counter, ticket):
    for _ in range(5):
        with pytest.raises(refusals.Unknown):
            counter.look(codes.complete("0" * 12))
    with pytest.raises(refusals.TooManyTries, match=r"Attendez \d+\N{NO-BREAK SPACE}minutes?"):
        counter.look(ticket.code)
    assert elsewhere().look(ticket.code) == ticket


def test_they_are_forgotten_after_ten_minutes(counter, ticket):
    for _ in range(5):
        with pytest.raises(refusals.Unknown):
            counter.look(codes.complete("0" * 12))
    long_ago = FailedTry.objects.latest("at").at - dt.timedelta(minutes=11)
    FailedTry.objects.update(at=long_ago)

    assert counter.look(ticket.code) == ticket


def test_the_hour_of_a_use_is_written_as_on_the_pages(counter, ticket):
    counter.use(ticket)
    Use.objects.update(used_at=dt.datetime(2026, 11, 29, 8, 5, tzinfo=dt.UTC))

    with pytest.raises(refusals.UsedHere, match="le 29/11/2026 à 9\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05"):
        counter.look(ticket.code)


def test_miscopied_codes_close_nothing(counter, ticket):
    for _ in range(9):
        with pytest.raises(refusals.Miscopied):
            counter.look(miscopied(ticket.code))

    assert counter.look(ticket.code) == ticket


def test_thirty_unknown_codes_close_it_for_the_whole_organisme(counter, ticket):
    FailedTry.objects.bulk_create(
        FailedTry(partner=counter.partner, actor=elsewhere().member, why=Why.UNKNOWN, code_digest="x")
        for _ in range(30)
    )
    with pytest.raises(refusals.TooManyTries):
        counter.look(ticket.code)


def test_why_is_known(refused_by, counter):
    with refused_by("tickets_failedtry_why_is_known"):
        FailedTry.objects.create(partner=counter.partner, actor=counter.member, why="humeur", code_digest="x")


def test_a_ticket_that_an_agent_used_is_told_as_the_departements(counter, ticket, agent):
    services.use(ticket_id=ticket.pk, offer_id=counter.offer.pk, actor=agent)
    with pytest.raises(refusals.UsedHere, match="par le département"):
        counter.look(ticket.code)
