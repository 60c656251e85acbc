"""« Inviter les comptes jamais activés »: whole sets, in batches, each account once."""

import datetime as dt
import io
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts import links, services
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import Grade, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.invitations import pages
from core import codes

pytestmark = pytest.mark.django_db
PAGE = "/admin/accounts/user/invitations/"
LONG_AGO = dt.timedelta(days=62)


@pytest.fixture(autouse=True)
def agent(enter, monkeypatch):
    monkeypatch.setattr(pages, "MAILS", 2)
    monkeypatch.setattr(pages, "LETTERS", 2)
    agent = make_user("agent", is_staff=True, is_superuser=True)
    enter(agent)
    return agent


def make_new(username="", **fields):
    return make_user(username, password=None, **fields)


@pytest.fixture
def families():
    """Three that have an address, and three in the three classes of a collège that have none."""
    with_address = [make_new(f"avec{number}") for number in range(3)]
    without = [make_new(f"sans{number}", email="") for number in range(3)]
    for parent, grade in zip(without, [Grade.TROISIEME, Grade.CINQUIEME, Grade.SIXIEME], strict=True):
        make_beneficiary(parent, grade=grade)
    return with_address, without


@pytest.fixture
def ask(client):
    """`ask("mail")`: press « Envoyer les e-mails »; `ask("lettre")`: « Imprimer 200 lettres »."""

    def send(form, who=pages.NEW, **more):
        return client.post(PAGE, {f"{form}-who": who, f"{form}-reason": "Rentrée"} | more)

    return send


def journal():
    return [(entry.subject, entry.reason, entry.details) for entry in AuditEntry.objects.order_by("pk")]


def letters_in(response):
    """The identifiants of its pages."""
    assert response.headers["Content-Type"] == "application/pdf"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages]
    users = {
        user.username: links.access_code(user, Channel.HAND)
        for user in User.objects.exclude(access_code_at=None)
    }
    return [name for page in pages for name, code in users.items() if codes.show_code(code) in page]


# --- By e-mail --------------------------------------------------------------------------------


@pytest.mark.usefixtures("families")
def test_e_mails_leave_in_batches_and_one_sees_how_far_they_are(ask, mailoutbox):
    first = ask("mail")
    assert (first.context["done"], first.context["left"]) == (0, 1)
    assert 'name="mail-who" value="nouveaux"' in first.text
    assert 'name="mail-reason" value="Rentrée"' in first.text

    assert ask("mail", total=3).headers["Location"] == PAGE
    assert [message.to for message in mailoutbox] == [[f"avec{n}@famille.example"] for n in range(3)]
    assert journal() == [("Comptes jamais activés", "Rentrée", f"{n} e-mails") for n in (2, 1)]
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {Action.ACCESS_RESET}


@pytest.mark.usefixtures("families")
def test_sent_again_nothing_leaves_twice(ask, mailoutbox):
    for _ in range(4):
        ask("mail")

    assert len(mailoutbox) == 3
    assert len(journal()) == 2


def test_each_link_is_its_own_and_works(client, families, ask, mailoutbox):
    for _ in range(2):
        ask("mail")

    for user, message in zip(families[0], mailoutbox, strict=True):
        user.refresh_from_db()
        path = links.access_path(user, Channel.MAIL)
        assert path in message.body
        assert client.get(path).status_code == 302


def test_without_a_reason_nothing_leaves(client, families, mailoutbox):
    response = client.post(PAGE, {"mail-who": pages.NEW, "mail-reason": ""})

    assert response.status_code == 200
    assert response.context["by_mail"].form.errors
    assert not response.context["on_paper"].form.errors
    assert mailoutbox == []
    assert journal() == []


NOT_INVITED: dict[str, dict[str, Any]] = {
    "came in once": {"last_login": timezone.now()},
    "has a password": {"password": "md5$x$y"},
    "closed": {"is_active": False},
    "an agent": {"is_staff": True},
    "invited": {"access_code_at": timezone.now()},
}


@pytest.mark.parametrize("why", NOT_INVITED)
@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("email", ["", "camille@famille.example"])
def test_who_is_not_invited(why, again, email):
    make_new("camille", email=email)
    User.objects.filter(username="camille").update(**NOT_INVITED[why])

    assert not services.to_invite(again=again, by_mail=bool(email)).exists()


def test_who_did_not_come_is_invited_again_but_only_if_asked_for(families, ask, mailoutbox):
    for _ in range(2):
        ask("mail")
    late, activated = families[0][:2]
    User.objects.filter(pk__in=[late.pk, activated.pk]).update(access_code_at=timezone.now() - LONG_AGO)
    activated.set_password("un bon mot de passe")
    User.objects.filter(pk=activated.pk).update(password=activated.password)
    mailoutbox.clear()

    ask("mail")
    assert mailoutbox == []
    ask("mail", pages.AGAIN)
    ask("mail", pages.AGAIN)
    assert [message.to for message in mailoutbox] == [[late.email]]


def lock_nobody(users):
    return list(users.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("lock", "sent"),
    [
        pytest.param(services._lock, 4, id="what one has, the other passes over"),
        # The control. On SQLite the one who writes is alone from the beginning, so nobody can race.
        pytest.param(lock_nobody, 8 if connection.vendor == "postgresql" else 4, id="without the lock"),
    ],
)
def test_two_agents_at_once_write_to_each_once(at_once, meeting_before, monkeypatch, mailoutbox, lock, sent):
    for _ in range(4):
        make_new()
    monkeypatch.setattr(services, "_lock", lock)
    meeting_before(QuerySet, "update")
    invite = partial(services.invite_by_mail, again=False, limit=500)

    assert at_once(invite, invite) == ["done", "done"]
    assert len(mailoutbox) == sent


def test_what_fails_half_way_has_invited_nobody(families, monkeypatch):
    monkeypatch.setattr("accounts.mail.activation", lambda user, urgency: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.invite_by_mail(again=False, limit=2)

    assert not User.objects.exclude(access_code_at=None).exists()


# --- On paper ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("families")
def test_letters_come_out_by_class_until_the_last(ask):
    assert letters_in(ask("lettre")) == ["sans2", "sans1"]
    assert letters_in(ask("lettre")) == ["sans0"]
    assert "Personne n’attend plus de lettre." in ask("lettre").text
    assert journal() == [("Comptes jamais activés", "Rentrée", f"{n} lettres") for n in (2, 1)]


@pytest.mark.usefixtures("families")
def test_letters_that_a_printer_ate_come_out_again_as_they_were(client, ask):
    first = ask("lettre")
    series, label = client.get(PAGE).context["on_paper"].form.fields["who"].choices[-1]
    assert label.endswith(": 2")
    again = ask("lettre", series)

    assert letters_in(again) == letters_in(first) == ["sans2", "sans1"]
    assert journal()[-1] == ("Comptes jamais activés", "Rentrée", "2 lettres, à nouveau")


@pytest.mark.parametrize("who", ["2026-11-24T10:00:00+00:00", "hier", ""])
def test_a_series_that_never_was(ask, families, who):
    assert ask("lettre", who).context["on_paper"].form.errors
    assert journal() == []


def test_two_agents_make_one_letter_for_each(families):
    ids = [user.pk for user in families[1]]
    with transaction.atomic():
        first = services.invite_by_letter(user_ids=ids, again=False)
        second = services.invite_by_letter(user_ids=ids, again=False)

    assert (len(first), second) == (3, [])


# --- The page and the list --------------------------------------------------------------------


def test_the_page_counts_both(client, families):
    families[0][0].access_code_at = families[1][0].access_code_at = timezone.now() - LONG_AGO
    for user in (families[0][0], families[1][0]):
        user.save()
    context = client.get(PAGE).context

    for form in (context["by_mail"].form, context["on_paper"].form):
        assert [label[-3:] for _, label in form.fields["who"].choices] == [": 2", ": 1"]


def test_it_is_for_those_who_import_lists(client, enter, families):
    adviser = make_user(is_staff=True)
    adviser.user_permissions.add(Permission.objects.get(codename="view_user"))
    enter(adviser)
    accounts = reverse("admin:accounts_user_changelist")

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"mail-who": "nouveaux", "mail-reason": "x"}).status_code == 403
    assert PAGE not in client.get(accounts).text

    adviser.user_permissions.add(Permission.objects.get(codename="import_lists"))
    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get(accounts).text


def test_the_list_shows_who_never_came(client, families):
    make_user("venue")
    found = client.get(reverse("admin:accounts_user_changelist"), {"activation": "jamais"}).context["cl"]

    assert {user.username for user in found.queryset} == {
        *(f"avec{number}" for number in range(3)),
        *(f"sans{number}" for number in range(3)),
    }
