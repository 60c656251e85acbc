"""« Plusieurs tickets »: what a list is worth, and the one confirmation of its good lines."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import codes
from core.tests.test_scanner_keyboards import ON_A_PC, garbled
from partners.tests.factories import make_offer
from tickets.counter import looking_at_many, refusals
from tickets.counter.pasted import written_in
from tickets.models import FailedTry, State, Use, Way, Why
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.counter.test_pages import text_of
from tickets.tests.factories import make_ticket
from tickets.tests.states import put_into
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
    return make_wallet("200", kind=Kind.CULTURE)


def look(counter: Counter, text: str):
    return looking_at_many.look(written_in(text), partner=counter.partner, actor=counter.member)


def nobodys(number: int) -> str:
    return codes.complete(f"{number:012}")


def address(counter: Counter) -> str:
    return reverse("tickets:many", args=[counter.partner.pk])


def fields_of(response) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.text):
        found.setdefault(name, []).append(value)
    return found


def test_each_line_stands_for_itself(counter, wallet):
    good, used, cancelled = (make_ticket(wallet=wallet) for _ in range(3))
    elsewhere().use(used)
    put_into(State.CANCELLED, cancelled)
    looked = look(counter, "\n".join([used.code, good.code, "bonjour 1", cancelled.code, nobodys(1)]))

    assert looked.usable == [good]
    assert looked.total == good.amount
    said = [one.sentence for one in looked.refused]
    for sentence, words in zip(said, ["déjà utilisé", "mal recopié", "annulé", "inconnu"], strict=True):
        assert words in sentence
    assert {one.why for one in FailedTry.objects.all()} == {
        *(Why.USED_ELSEWHERE, Why.MISCOPIED, Why.CANCELLED, Why.UNKNOWN)
    }


def test_a_double_counts_once_and_is_said_once(counter, wallet):
    ticket = make_ticket(wallet=wallet)
    written = [ticket.code, codes.show_code(ticket.code).lower(), garbled(ticket.code, ON_A_PC)]
    looked = look(counter, "\n".join([*written, nobodys(1), nobodys(1)]))

    assert (looked.usable, len(looked.refused), looked.doubles) == ([ticket], 1, 3)


def test_two_hundred_codes_cost_as_many_queries_as_two(counter, wallet, django_assert_num_queries):
    """One query finds them all, and the verdicts are no query each."""
    paper = [make_ticket(wallet=wallet) for _ in range(4)]
    used = [make_ticket(wallet=wallet) for _ in range(4)]
    for ticket in used:
        counter.use(ticket)
    for number in (1, 4):
        lines = [*(it.code for it in [*paper[:number], *used[:number]]), *map(nobodys, range(number * 48))]
        # Two ask whether one may try; the tickets, the uses, the offers; the tries are kept.
        with django_assert_num_queries(6):
            looked = look(counter, "\n".join(lines))
        assert len(looked.usable) == number
        FailedTry.objects.all().delete()


def test_sixty_unknown_codes_of_two_hundred_lock_no_honest_treasurer_out(client, counter, wallet):
    tickets = [make_ticket("1.00", wallet=wallet) for _ in range(140)]
    lines = [*(it.code for it in tickets), *map(nobodys, range(60))]
    page = client.post(address(counter), {"codes": "\n".join(lines)})

    assert "140 · 140,00" in text_of(page)
    assert FailedTry.objects.filter(why=Why.UNKNOWN).count() == 60
    assert counter.look(tickets[0].code) == tickets[0]


def test_five_lists_with_unknown_codes_close_the_counter(counter, wallet):
    ticket = make_ticket(wallet=wallet)
    for number in range(5):
        look(counter, f"{nobodys(2 * number)}\n{nobodys(2 * number + 1)}")
    with pytest.raises(refusals.TooManyTries, match="Attendez"):
        look(counter, ticket.code)
    FailedTry.objects.update(at=FailedTry.objects.latest("at").at - dt.timedelta(minutes=11))

    assert look(counter, ticket.code).usable == [ticket]


@pytest.mark.parametrize(
    ("lines", "says"), [(201, "200 tickets au plus à la fois"), (0, "Écrivez ou collez les codes")]
)
def test_a_list_too_long_or_empty_has_its_sentence(client, counter, lines, says):
    page = client.post(address(counter), {"codes": "\n".join(map(nobodys, range(lines)))}, follow=True)

    assert says in text_of(page)
    assert not FailedTry.objects.exists()


def test_a_list_is_used_by_one_confirmation(client, counter, wallet):
    assigned = make_ticket("20.00", wallet=wallet, offer=counter.offer)
    paper = make_ticket(wallet=wallet)
    page = client.post(address(counter), {"codes": f"{assigned.code}\n{paper.code}\n{nobodys(1)}"})
    assert "2 · 30,00" in text_of(page)
    assert "Utiliser les 2 tickets" in text_of(page)
    assert wallet.beneficiary.last_name not in text_of(page)

    sent = fields_of(page) | {"offer_culture": counter.offer.pk}
    answers = {
        client.post(reverse("tickets:use", args=[counter.partner.pk]), sent)["Location"] for _ in range(2)
    }
    assert len(answers) == 1
    assert set(Use.objects.values_list("ticket", "way")) == {(assigned.pk, Way.MANY), (paper.pk, Way.MANY)}
    assert "2 tickets utilisés, 30,00" in text_of(client.get(answers.pop()))


def test_one_that_was_used_meanwhile_hinders_no_other(client, counter, wallet):
    tickets = [make_ticket(wallet=wallet, offer=counter.offer) for _ in range(3)]
    page = client.post(address(counter), {"codes": "\n".join(it.code for it in tickets)})
    counter.use(tickets[1])
    done = client.post(reverse("tickets:use", args=[counter.partner.pk]), fields_of(page), follow=True)

    assert Use.objects.filter(way=Way.MANY).count() == 2
    assert f"Ticket n° {tickets[1].number} : Ce ticket est déjà utilisé chez vous" in text_of(done)


@pytest.mark.parametrize("number", [1, 2])
def test_the_list_stays_where_the_activity_was_forgotten(client, counter, wallet, number):
    make_offer("Piano", Kind.CULTURE, partner=counter.partner)
    tickets = [make_ticket(wallet=wallet) for _ in range(number)]
    page = client.post(address(counter), {"codes": "\n".join(it.code for it in tickets)})
    again = client.post(reverse("tickets:use", args=[counter.partner.pk]), fields_of(page))

    assert "Choisissez l’activité." in text_of(again)
    assert "Tickets à confirmer" in text_of(again)
    assert fields_of(again)["code"] == [it.code for it in tickets]
    assert not Use.objects.exists()


def test_a_csv_file(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    file = SimpleUploadedFile("tickets.csv", f"Prénom;Code\nZoé;{ticket.code}\n".encode("cp1252"))
    page = client.post(address(counter), {"codes": "", "file": file})

    assert "1 · 10,00" in text_of(page)


def test_a_file_that_is_none_says_so_beside_its_field(client, counter):
    file = SimpleUploadedFile("tickets.csv", b"%PDF-1.7")
    page = client.post(address(counter), {"file": file}, follow=True)

    assert "Ce fichier est un PDF" in text_of(page)


def test_a_wrong_keyboard_is_said_once(client, counter, wallet):
    lines = [garbled(make_ticket(wallet=wallet).code, ON_A_PC) for _ in range(2)]
    page = client.post(address(counter), {"codes": "\n".join(lines)})

    assert text_of(page).count("clavier américain") == 1
    assert "2 · 20,00" in text_of(page)


def test_another_organismes_list_does_not_exist(client, counter):
    assert client.post(address(elsewhere()), {"codes": nobodys(1)}).status_code == 404
    assert not FailedTry.objects.exists()
