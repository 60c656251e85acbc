"""A refusal is kept by name where there is one."""

import json

import pytest
from django.utils import timezone

from accounts.security_log import Event, SecurityEvent, digest
from accounts.tests.factories import PASSWORD, make_beneficiary, make_telephone, make_user
from privacy import erasure

from .agents import events, sign_in

pytestmark = pytest.mark.django_db


def test_a_failed_sign_in_is_known_by_name(client):
    """security.md F10: a failed password left a route and a status."""
    make_user("camille")
    sign_in("Camille ")
    sign_in("camille")
    sign_in("camille", PASSWORD)

    # Two in one hour are one row.
    assert events() == [(Event.SIGN_IN_FAILED, "camille", "", 2)]


def test_of_an_account_that_is_none_only_a_digest_stays():
    """security.md F10: what is typed there may be a password."""
    sign_in("mon mot de passe")

    event = SecurityEvent.objects.get()
    assert (event.user, event.account_digest) == (None, digest("mon mot de passe"))
    assert "mot de passe" not in str(SecurityEvent.objects.values().get())


def test_a_refused_second_factor_too(client, adviser):
    """security.md F10: a refused TOTP."""
    make_telephone(adviser)
    client.force_login(adviser)
    client.post("/admin/second-facteur/", {"code": "000000"})

    assert events() == [(Event.SECOND_FACTOR_FAILED, "adviser", "", 1)]


@pytest.mark.parametrize(
    ("address", "status", "page"),
    [
        ("/admin/accounts/auditentry/", 403, "admin:accounts_auditentry_changelist"),
        ("/admin/accounts/user/?password__startswith=a", 400, "admin:accounts_user_changelist"),
    ],
)
def test_a_page_that_an_agent_is_refused_too(client, enter, adviser, address, status, page):
    """security.md F1, F10: a forbidden page, and a question that a list does not answer."""
    enter(adviser)

    assert client.get(address).status_code == status
    assert events() == [(Event.FORBIDDEN, "adviser", page, 1)]


def test_the_logs_say_it_without_a_name(written, client):
    """security.md F10: an event of a closed list, which a machine may count."""
    make_user("camille")
    sign_in("camille")

    [line] = [json.loads(line) for line in written().splitlines() if "security event" in line]
    assert (line["event"], line["account"]) == ("sign_in", digest("camille")[:16])
    assert "camille" not in written()


def test_rows_hold_by_name_what_they_must(refused_by):
    now = timezone.now()
    fields = {"kind": Event.FORBIDDEN, "account_digest": "0" * 64, "hour": now}
    with refused_by("accounts_securityevent_kind_is_known"):
        SecurityEvent.objects.create(**fields | {"kind": "rien"})
    with refused_by("accounts_securityevent_account_is_a_digest"):
        SecurityEvent.objects.create(**fields | {"account_digest": "camille"})
    SecurityEvent.objects.create(**fields)
    with refused_by("accounts_securityevent_once_an_hour"):
        SecurityEvent.objects.create(**fields)


def test_refusals_of_who_is_erased_go_too():
    camille, child = make_user("camille"), make_user("enfant")
    make_beneficiary(camille, user=child)
    sign_in("enfant")
    erasure.erase_account(user_id=child.pk)

    assert not SecurityEvent.objects.exists()
