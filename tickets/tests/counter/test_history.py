"""« Tickets », those that were used: by period, on paper, as a file."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_beneficiary
from tickets.models import State, Use
from tickets.tests.counter.counters import Counter, elsewhere
from tickets.tests.counter.test_pages import text_of
from tickets.tests.factories import make_ticket
from tickets.tests.states import put_into
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(client) -> Counter:
    counter = Counter()
    client.force_login(counter.member)
    return counter


@pytest.fixture
def wallet():
    child = make_beneficiary(first_name="=Inès", last_name="Gauthier")
    return make_wallet("600", kind=Kind.CULTURE, beneficiary=child)


def used_on(counter: Counter, wallet, day: dt.date, amount: str = "10.00") -> Use:
    use = counter.use(make_ticket(amount, wallet=wallet))
    noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    Use.objects.filter(pk=use.pk).update(used_at=noon)
    return use


def address(name: str, counter: Counter, *more: str) -> str:
    return reverse(f"tickets:{name}", args=[counter.partner.pk, *more])


def csv_of(client, counter, **period) -> list[list[str]]:
    response = client.get(address("download_uses", counter, "csv"), period)
    lines = b"".join(response).decode("utf-8-sig").splitlines()
    return [line.split(";") for line in lines]


def test_a_period_has_both_its_days_and_a_sum_without_what_was_undone(client, counter, wallet):
    for day, amount in ((days(-9), "1.00"), (days(-5), "2.00"), (days(-3), "3.00"), (days(-1), "4.00")):
        used_on(counter, wallet, day, amount)
    counter.undo(counter.use(make_ticket("50.00", wallet=wallet)))
    page = client.get(address("history", counter), {"du": days(-5).isoformat(), "au": days(-3).isoformat()})

    assert "2 · 5,00" in text_of(page)
    assert [row[5] for row in csv_of(client, counter, du=days(-5), au=days(-3))[1:]] == ["3,00", "2,00"]


def test_all_of_it_where_there_is_no_period(client, counter, wallet):
    used_on(counter, wallet, days(-400))
    counter.undo(counter.use(make_ticket("50.00", wallet=wallet)))

    assert len(csv_of(client, counter)) == 3
    assert "1 · 10,00" in text_of(client.get(address("history", counter)))


def test_nothing_of_another_organisme(client, counter, wallet):
    elsewhere().use(make_ticket(wallet=wallet))

    assert len(csv_of(client, counter)) == 1
    assert "Aucun ticket utilisé" in text_of(client.get(address("history", counter)))


def test_a_file_says_first_name_and_initial_and_calculates_nothing(client, counter, wallet):
    counter.use(make_ticket(wallet=wallet))
    [_, row] = csv_of(client, counter)
    assert row[2] == "'=Inès G."

    content = b"".join(client.get(address("download_uses", counter, "xlsx")))
    _, cells = openpyxl.load_workbook(io.BytesIO(content)).active.values
    assert cells[2:6] == ("'=Inès G.", "Culture", "Chant choral", 10)


def test_a_year_after_the_campaign_only_the_number_is_left(client, counter, wallet):
    use = counter.use(make_ticket(wallet=wallet))
    Campaign.objects.update(
        opens_on=days(-900),
        last_ticket_on=days(-400),
        last_cancellation_on=days(-400),
        last_validation_on=days(-366),
    )
    [_, row] = csv_of(client, counter)

    assert row[1:3] == [str(use.ticket_id), ""]
    assert "Inès" not in text_of(client.get(address("history", counter)))


def test_once_it_is_in_a_payment_the_list_says_so_and_no_longer_takes_it_back(client, counter, wallet):
    ticket = make_ticket(wallet=wallet)
    counter.use(ticket)
    assert "Annuler cette utilisation" in text_of(client.get(address("history", counter)))

    for state, told in ((State.IN_PAYMENT, "En paiement"), (State.PAID, "Payé")):
        put_into(state, ticket)
        page = text_of(client.get(address("history", counter)))
        assert told in page
        assert "Annuler cette utilisation" not in page
        [heading, row] = csv_of(client, counter)
        assert row[heading.index("État")] == told


def test_the_sheet_of_a_day(client, counter, wallet):
    used_on(counter, wallet, days(-1), "4.00")
    used_on(counter, wallet, days(-2), "5.00")
    page = text_of(client.get(address("day_sheet", counter, days(-1).isoformat())))

    assert "1 ticket, 4,00" in page
    assert "Inès G." in page


@pytest.mark.parametrize("day", ["hier", "2026-13-01", "2026-1-1x"])
def test_a_day_that_is_none(client, counter, day):
    assert client.get(address("day_sheet", counter, day)).status_code == 404


def test_another_kind_of_file(client, counter):
    assert client.get(address("download_uses", counter, "pdf")).status_code == 404


def test_a_period_that_ends_before_it_begins_has_no_sum_of_another(client, counter, wallet):
    used_on(counter, wallet, days(-1), "4.00")
    page = text_of(client.get(address("history", counter), {"du": "2026-11-02", "au": "2026-11-01"}))

    assert "Le dernier jour est avant le premier." in page
    assert "Utilisés sur la période 0 · 0,00" in page
    assert csv_of(client, counter, du="2026-11-02", au="2026-11-01")[1:] == []
