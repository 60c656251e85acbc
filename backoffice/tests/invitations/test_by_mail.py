"""E-mails leave beside the pages, to each account once."""

from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts import invitations, links
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import User
from backoffice.invitations import jobs
from backoffice.invitations.form import AGAIN, NEW
from core import prepared, tasks
from core.models import PreparedFile, Stage
from core.tests.queue import pass_time, work

from .families import EVERYWHERE, LONG_AGO, PAGE, journal, make_new, press

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("families")
def test_one_confirm_and_the_worker_sends_them_all(client, ask, mailoutbox):
    """admin.md 34: the page sent them itself, 500 a time, and its bar began where 500 had gone."""
    page = client.get(press(client, "mail")["Location"])
    assert "En attente" in page.text
    assert "Arrêter" in page.text
    assert mailoutbox == []

    file = ask("mail")
    assert (file.stage, file.rows_done, file.rows) == (Stage.READY, 3, 3)
    assert {message.to[0] for message in mailoutbox} == {f"avec{n}@famille.example" for n in range(3)}
    assert journal() == [("Comptes jamais activés", "Rentrée", f"3 e-mails ({EVERYWHERE})")]
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {Action.ACCESS_RESET}
    listed = b"".join(prepared.read(file)).decode("utf-8-sig").splitlines()
    assert listed[1:] == [f"avec{n};avec{n}@famille.example" for n in range(3)]


@pytest.mark.usefixtures("families")
def test_the_bar_begins_at_nothing_and_its_total_is_right(client, monkeypatch):
    """admin.md 34: « 0 sur 39544 » when 500 have gone."""
    press(client, "mail")
    told = []
    send = invitations.invite_by_mail

    def look(**asked):
        told.append(PreparedFile.objects.values_list("rows_done", "rows").get())
        return send(**asked)

    monkeypatch.setattr(invitations, "invite_by_mail", look)
    work()

    assert told == [(0, 3), (2, 3), (3, 3)]


@pytest.mark.usefixtures("families")
def test_sent_again_nothing_leaves_twice(ask, mailoutbox):
    ask("mail")
    again = ask("mail")

    assert again.trouble == "Personne n’attend plus d’e-mail."
    assert (len(mailoutbox), len(journal())) == (3, 1)


@pytest.mark.usefixtures("families")
def test_stopped_it_sends_no_more_and_the_journal_has_the_count(client, monkeypatch, mailoutbox):
    """admin.md 34: between two batches."""
    answer = press(client, "mail")
    send = invitations.invite_by_mail

    def stop_after(**asked):
        count = send(**asked)
        prepared.stop(file_id=PreparedFile.objects.get().pk)
        return count

    monkeypatch.setattr(invitations, "invite_by_mail", stop_after)
    work()

    assert len(mailoutbox) == 2
    assert "Arrêté à votre demande." in client.get(answer["Location"]).text
    assert journal() == [("Comptes jamais activés", "Rentrée", f"2 e-mails, arrêté ({EVERYWHERE})")]


@pytest.mark.usefixtures("families")
def test_the_button_stops_what_waits(client, mailoutbox):
    address = press(client, "mail")["Location"].replace("change/", "arreter/")
    assert client.get(address).status_code == 405
    client.post(address)
    work()

    assert (mailoutbox, journal()) == ([], [])
    assert "rien à arrêter" in client.post(address, follow=True).text


@pytest.mark.usefixtures("families")
def test_a_worker_killed_amid_them_writes_to_nobody_twice(client, monkeypatch, mailoutbox):
    press(client, "mail")
    send = invitations.invite_by_mail

    def die_after(**asked):
        if User.objects.exclude(access_code_at=None).exists():
            raise GeneratorExit
        return send(**asked)

    with monkeypatch.context() as patched:
        patched.setattr(invitations, "invite_by_mail", die_after)
        with pytest.raises(GeneratorExit):
            work()
    pass_time()
    tasks.take_up_again()
    work()

    assert sorted(message.to[0] for message in mailoutbox) == [f"avec{n}@famille.example" for n in range(3)]
    assert [line[-1] for line in journal()] == [f"3 e-mails ({EVERYWHERE})"]


@pytest.mark.usefixtures("families")
def test_who_lost_the_right_meanwhile_invites_nobody(client, agent, mailoutbox):
    press(client, "mail")
    User.objects.filter(pk=agent.pk).update(is_superuser=False)
    work()

    assert (PreparedFile.objects.get().trouble, mailoutbox) == (jobs.NOT_ANY_MORE, [])


def test_each_link_is_its_own_and_works(client, families, ask, mailoutbox):
    ask("mail")

    sent = sorted(mailoutbox, key=lambda message: message.to)
    for user, message in zip(families[0], sent, strict=True):
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

    assert not invitations.to_invite(again=again, by_mail=bool(email)).exists()


def test_who_did_not_come_is_invited_again_but_only_if_asked_for(families, ask, mailoutbox):
    ask("mail")
    late, activated = families[0][:2]
    User.objects.filter(pk__in=[late.pk, activated.pk]).update(access_code_at=timezone.now() - LONG_AGO)
    activated.set_password("un bon mot de passe")
    User.objects.filter(pk=activated.pk).update(password=activated.password)
    mailoutbox.clear()

    ask("mail")
    assert mailoutbox == []
    ask("mail", AGAIN)
    assert [message.to for message in mailoutbox] == [[late.email]]


def lock_nobody(users):
    return list(users.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("lock", "sent"),
    [
        pytest.param(invitations._lock, 4, id="what one has, the other passes over"),
        # The control. On SQLite the one who writes is alone from the beginning, so nobody can race.
        pytest.param(lock_nobody, 8 if connection.vendor == "postgresql" else 4, id="without the lock"),
    ],
)
def test_two_agents_at_once_write_to_each_once(at_once, meeting_before, monkeypatch, mailoutbox, lock, sent):
    for _ in range(4):
        make_new()
    monkeypatch.setattr(invitations, "_lock", lock)
    meeting_before(QuerySet, "update")
    invite = partial(invitations.invite_by_mail, again=False, limit=500)

    assert at_once(invite, invite) == ["done", "done"]
    assert len(mailoutbox) == sent


def test_what_fails_half_way_has_invited_nobody(families, monkeypatch):
    monkeypatch.setattr("accounts.mail.activation", lambda user, urgency: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        invitations.invite_by_mail(again=False, limit=2)

    assert not User.objects.exclude(access_code_at=None).exists()
