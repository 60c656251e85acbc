"""« Ajouter à mon calendrier »: the deadlines of a child, as a file."""

import datetime as dt

import pytest
from django.utils import timezone
from icalendar import Calendar

from accounts.tests.factories import make_beneficiary, make_user
from tickets import deadlines
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db

NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def garance(client):
    parent = make_user()
    client.force_login(parent)
    return make_beneficiary(parent, first_name="Garance")


def download(client, beneficiary):
    return client.get(f"/beneficiaires/{beneficiary.public_id}/loisirs/echeances/")


def events(response):
    return Calendar.from_ical(response.content).events


def test_it_is_a_calendar_file(client, garance):
    make_wallet(beneficiary=garance)
    response = download(client, garance)

    assert response.headers["Content-Type"].startswith("text/calendar")
    assert response.headers["Content-Disposition"] == 'attachment; filename="echeances-pass-plus.ics"'


def test_three_days_a_campaign_once_for_both_wallets(client, garance):
    """family.md 44: the last day to cancel is one of them, and each says what is lost after it."""
    campaign = make_campaign(
        last_ticket_on=days(30), last_cancellation_on=days(100), last_validation_on=days(200)
    )
    for kind in Kind:
        make_wallet(kind=kind, beneficiary=garance, campaign=campaign)

    found = events(download(client, garance))
    assert [(str(event["summary"]), event.start) for event in found] == [
        (f"Pass+{NBSP}: dernier jour pour créer un ticket de Garance", days(30)),
        (f"Pass+{NBSP}: dernier jour pour annuler un ticket de Garance", days(100)),
        (f"Pass+{NBSP}: dernier jour pour utiliser les tickets de Garance", days(200)),
    ]
    assert all("Après ce jour" in event["description"] for event in found)


def test_a_day_that_has_passed_is_left_out(client, garance):
    make_wallet(beneficiary=garance, campaign=make_closed_campaign(last_validation_on=days(10)))

    assert [event.start for event in events(download(client, garance))] == [days(10)]


def test_each_lasts_a_day_and_rings_in_the_morning_seven_days_before(client, garance):
    make_wallet(beneficiary=garance)
    for event in events(download(client, garance)):
        # cases 46: it says its end, which some programs need.
        assert event["dtend"].dt == event.start + dt.timedelta(days=1)
        [alarm] = event.walk("VALARM")
        assert alarm["trigger"].dt == dt.timedelta(days=-7, hours=9)


def test_brought_in_again_it_replaces_itself(client, garance, monkeypatch):
    """cases 46: and the newer edition says so."""
    wallet = make_wallet(beneficiary=garance)
    before = events(download(client, garance))
    later = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    wallet.campaign.last_ticket_on = days(50)
    wallet.campaign.save()
    after = events(download(client, garance))

    assert [event["uid"] for event in after] == [event["uid"] for event in before]
    assert after[0]["sequence"] > before[0]["sequence"]
    assert after[0].start == days(50)


def test_two_children_do_not_replace_each_other(client, garance):
    lucien = make_beneficiary(garance.guardians.get(), first_name="Lucien")
    campaign = make_campaign()
    for child in (garance, lucien):
        make_wallet(beneficiary=child, campaign=campaign)
    uids = [event["uid"] for child in (garance, lucien) for event in events(download(client, child))]

    assert len(set(uids)) == 6


def test_a_stranger_finds_nothing(client, garance):
    stranger = make_user()
    make_wallet(beneficiary=garance)
    make_wallet(beneficiary=make_beneficiary(stranger))
    client.force_login(stranger)

    assert download(client, garance).status_code == 404


def test_without_a_campaign_there_is_no_file_and_no_link(client, garance):
    assert download(client, garance).status_code == 404
    assert "/echeances/" not in client.get(f"/beneficiaires/{garance.public_id}/").text


@pytest.mark.parametrize("page", ["", "loisirs/porte-monnaie/"])
def test_the_link(client, garance, page):
    make_wallet(beneficiary=garance)
    home = f"/beneficiaires/{garance.public_id}/"

    assert f'href="{home}loisirs/echeances/"' in client.get(home + page).text


@pytest.mark.parametrize(
    ("first_name", "whose"),
    [("Garance", "de Garance"), ("Alice", "d’Alice"), ("Élise", "d’Élise"), ("Hugo", "d’Hugo")],
)
def test_de_or_d(first_name, whose):
    campaign = make_campaign()
    first, *_ = deadlines.events(make_beneficiary(first_name=first_name), [campaign])

    assert str(first["summary"]).endswith(f"un ticket {whose}")
