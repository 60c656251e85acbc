"""The second factor of who acts for an organisme."""

import base64
import re

import pytest
from django.core import mail
from django.urls import reverse
from django_otp.oath import totp

from accounts import second_factor
from accounts.audit import AuditEntry
from accounts.models import Telephone, User
from accounts.tests.factories import make_agent, make_telephone, make_user

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/second-facteur/"
CODES = f"{PAGE}codes/"


@pytest.fixture
def member(client) -> User:
    member = make_user("membre", is_member=True)
    client.force_login(member)
    return member


def code_of(page) -> str:
    """Of the telephone that has just scanned the square."""
    key = page.context["key"].replace(" ", "")
    return f"{totp(base64.b32decode(key)):06}"


def test_a_telephone_is_prepared_then_the_codes_are_shown_once(client, member):
    code = code_of(client.get(PAGE))
    page = client.post(f"{PAGE}?next=/organismes/", {"code": code})

    assert len(page.context["codes"]) == second_factor.RECOVERY_CODES
    assert page.context["next"] == "/organismes/"
    assert Telephone.objects.get(user=member).confirmed
    assert client.get(PAGE).status_code == 302
    [told] = mail.outbox
    assert told.subject.startswith("Un téléphone a été préparé pour votre compte")
    assert "administrateur" not in told.body
    # The journal is of agents' acts.
    assert not AuditEntry.objects.exists()


def test_a_wrong_code_prepares_nothing(client, member):
    client.get(PAGE)
    page = client.post(PAGE, {"code": "000000"}, follow=True)

    assert "Ce code n’est pas le bon" in page.text
    assert not Telephone.objects.exists()


def test_the_next_time_a_code_opens_and_leads_back(client, member):
    make_telephone(member)
    [paper, *_] = second_factor.new_recovery_codes(member)
    assert "QR code" not in client.get(PAGE).text
    page = client.post(f"{PAGE}?next=/organismes/", {"code": paper})

    assert page["Location"] == "/organismes/"


def test_it_leads_to_no_other_site(client, member):
    make_telephone(member)
    [paper, *_] = second_factor.new_recovery_codes(member)
    page = client.post(f"{PAGE}?next=https://ailleurs.example/", {"code": paper})

    assert page["Location"] == reverse("accounts:account")


def test_recovery_codes_are_made_anew_with_the_telephone_alone(client, member):
    assert client.get(CODES)["Location"] == PAGE
    page = client.get(PAGE)
    first = client.post(PAGE, {"code": code_of(page)}).context["codes"]
    refused = client.post(CODES, {"code": first[0]}, follow=True)

    assert "Ce code n’est pas le bon" in refused.text
    assert second_factor.verify(member, first[1])


def test_who_guesses_waits(client, member):
    make_telephone(member)
    pages = [client.post(PAGE, {"code": "000000"}, follow=True) for _ in range(8)]

    assert "Trop d’essais" in pages[-1].text


@pytest.mark.parametrize("make", [make_user, make_agent])
@pytest.mark.parametrize("page", [PAGE, CODES])
def test_it_is_for_who_acts_for_an_organisme(client, enter, make, page):
    enter(make())

    assert client.get(page).status_code == 404


def test_the_account_page_leads_there(client, member):
    assert re.search(f'href="{PAGE}"', client.get(reverse("accounts:account")).text)
