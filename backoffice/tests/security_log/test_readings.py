"""Which agent opened which page of a family."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from accounts.audit import subject_key
from accounts.security_log import Event, Reading, SecurityEvent
from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .agents import role

pytestmark = pytest.mark.django_db


def test_opening_a_family_s_page_is_kept_once_a_day(client, enter, adviser):
    """security.md F10: searches and pages of children left no trace."""
    enter(adviser)
    parent = make_user("parent")
    child = make_beneficiary(parent)
    wallet = make_wallet("50", beneficiary=child)
    ticket = make_ticket(wallet=wallet)
    rows = [child, parent, wallet, ticket]
    for row in (*rows, child):
        assert (
            client.get(f"/admin/{row._meta.label_lower.replace('.', '/')}/{row.pk}/change/").status_code
            == 200
        )

    read = Reading.objects.order_by("pk").values_list("agent__username", "subject_key")
    assert list(read) == [("adviser", subject_key(row)) for row in rows]


def test_so_is_the_page_of_an_act(client, enter):
    """security.md F10, its kind: it names the child, its guardians, their towns and addresses."""
    enter(role(make_user("agent", is_staff=True), "gestionnaire"))
    parent = make_user("parent")
    child = make_beneficiary(parent)
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    acts = {child: "retirer-un-responsable", parent: "rendre-l-acces", ticket: "annuler"}
    for row, act in acts.items():
        assert (
            client.get(f"/admin/{row._meta.label_lower.replace('.', '/')}/{row.pk}/{act}/").status_code == 200
        )

    read = Reading.objects.order_by("pk").values_list("agent__username", "subject_key")
    assert list(read) == [("agent", subject_key(row)) for row in acts]


def test_an_agent_s_own_account_and_a_list_are_nobody_s_page(client, enter, adviser):
    enter(adviser)
    for address in (f"accounts/user/{adviser.pk}/change/", "accounts/beneficiary/", "wallets/campaign/"):
        client.get(f"/admin/{address}")

    assert not Reading.objects.exists()


def test_administrators_see_who_opened_it(client, enter, adviser):
    """security.md F10: on the child's own history, and in a list."""
    child = make_beneficiary()
    Reading.objects.create(agent=adviser, subject_key=subject_key(child), day=timezone.localdate())
    enter(role(make_user("chef", is_staff=True), "administrateur"))

    assert "Agnès BERNARD" in client.get(f"/admin/accounts/beneficiary/{child.pk}/history/").text
    page = client.get("/admin/accounts/reading/").text
    assert f"/admin/accounts/beneficiary/{child.pk}/change/" in page
    assert "Agnès BERNARD" in page


@pytest.mark.parametrize("name", ["téléconseiller", "gestionnaire"])
def test_nobody_else_does(client, enter, name):
    child = make_beneficiary()
    reader = make_user("lecteur", first_name="Zoé", is_staff=True)
    Reading.objects.create(agent=reader, subject_key=subject_key(child), day=timezone.localdate())
    enter(role(make_user("agent", is_staff=True), name))

    assert client.get("/admin/accounts/reading/").status_code == 403
    assert client.get("/admin/accounts/securityevent/").status_code == 403
    assert "Zoé" not in client.get(f"/admin/accounts/beneficiary/{child.pk}/history/").text


def test_a_day_is_one_row(refused_by, adviser):
    seen = {"agent": adviser, "subject_key": "accounts.user 1", "day": timezone.localdate()}
    Reading.objects.create(**seen)
    with refused_by("accounts_reading_once_a_day"):
        Reading.objects.create(**seen)


def test_both_are_forgotten_after_their_time(adviser):
    """security.md F10: kept for a year, by a setting."""
    for age in (settings.KEEP_SECURITY_LOG + dt.timedelta(days=1), dt.timedelta(days=1)):
        at = timezone.now() - age
        Reading.objects.create(agent=adviser, subject_key="accounts.user 1", day=at.date(), at=at)
        SecurityEvent.objects.create(kind=Event.FORBIDDEN, account_digest="0" * 64, hour=at, last_at=at)
    call_command("purge")

    assert (Reading.objects.count(), SecurityEvent.objects.count()) == (1, 1)
