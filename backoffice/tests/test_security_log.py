"""Who failed to come in, what an agent was refused, whose page he opened: known afterwards, by name."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.audit import subject_key
from accounts.security_log import Event, Reading, SecurityEvent, digest, words_of
from accounts.tests.factories import PASSWORD, make_beneficiary, make_telephone, make_user
from privacy import erasure
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
WRONG = "pas le bon"


def role(user, name):
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.fixture
def adviser():
    return role(
        make_user("adviser", first_name="Agnès", last_name="BERNARD", is_staff=True), "téléconseiller"
    )


def sign_in(username, password=WRONG):
    return Client().post("/accueil/", {"username": username, "password": password})


def events():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", "user__username", "page", "times"))


# --- Who failed ---------------------------------------------------------------------------------------


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


# --- Who looked ---------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    "model", ["accounts/user", "accounts/beneficiary", "wallets/wallet", "tickets/ticket"]
)
def test_a_search_is_kept_as_digests_of_its_words(client, enter, adviser, model):
    """security.md F10: a name was looked for in every list, and nobody knew."""
    enter(adviser)
    for typed in ("Dupont  Chloé", "chloe", "", "E0001"):
        assert client.get(f"/admin/{model}/", {"q": typed}).status_code == 200

    label = model.replace("/", ".")
    kept = set(Reading.objects.values_list("subject_key", flat=True))
    assert kept == {f"{label} {word}" for word in words_of("chloe dupont e0001")}
    assert not any("dupont" in key for key in kept)


def test_so_is_one_by_the_address_of_a_menu(client, enter):
    """Its kind: any list answers by /autocomplete/ too."""
    enter(make_user("agent", is_staff=True, is_superuser=True))
    asked = {"app_label": "wallets", "model_name": "wallet", "field_name": "beneficiary", "term": "dupont"}
    client.get("/admin/autocomplete/", asked)

    assert [row.subject_key for row in Reading.objects.all()] == [
        f"accounts.beneficiary {word}" for word in words_of("dupont")
    ]


def test_who_searched_for_a_name_is_found_by_it(client, enter, adviser):
    enter(adviser)
    client.get("/admin/accounts/beneficiary/", {"q": "dupont chloé"})
    client.get("/admin/accounts/beneficiary/", {"q": "martin"})
    enter(role(make_user("chief", is_staff=True), "administrateur"))
    page = client.get("/admin/accounts/reading/", {"q": "Dupont"})

    [found] = page.context["cl"].queryset
    assert (found.agent, "Recherche dans les bénéficiaires" in page.text) == (adviser, True)
    assert client.get(f"/admin/accounts/reading/{found.pk}/change/").status_code == 200
    assert not client.get("/admin/accounts/reading/", {"q": "durand"}).context["cl"].queryset


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


# --- And then -----------------------------------------------------------------------------------------


def test_both_are_forgotten_after_their_time(adviser):
    """security.md F10: kept for a year, by a setting."""
    for age in (settings.KEEP_SECURITY_LOG + dt.timedelta(days=1), dt.timedelta(days=1)):
        at = timezone.now() - age
        Reading.objects.create(agent=adviser, subject_key="accounts.user 1", day=at.date(), at=at)
        SecurityEvent.objects.create(kind=Event.FORBIDDEN, account_digest="0" * 64, hour=at, last_at=at)
    call_command("purge")

    assert (Reading.objects.count(), SecurityEvent.objects.count()) == (1, 1)


def test_refusals_of_who_is_erased_go_too():
    camille, child = make_user("camille"), make_user("enfant")
    make_beneficiary(camille, user=child)
    sign_in("enfant")
    erasure.erase_account(user_id=child.pk)

    assert not SecurityEvent.objects.exists()
