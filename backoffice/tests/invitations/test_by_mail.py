"""E-mails leave in batches, each account once."""

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts import links, services
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import User
from backoffice.invitations.form import AGAIN, NEW

from .families import LONG_AGO, PAGE, journal, make_new

pytestmark = pytest.mark.django_db


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
    response = client.post(PAGE, {"mail-who": NEW, "mail-reason": ""})

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
    ask("mail", AGAIN)
    ask("mail", AGAIN)
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
