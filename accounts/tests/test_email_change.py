"""Another e-mail address: the link goes to the new one, and works once."""

import base64
import re
import threading
from contextlib import suppress

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from accounts import email_change, recovery, services
from accounts.email_change import REFUSED_WITHIN
from accounts.models import EmailChange, User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "ancienne@famille.example", "nouvelle@famille.example"


@pytest.fixture
def user(client):
    user = make_user("camille", email=OLD)
    client.force_login(user)
    return user


def ask(client, address=NEW, password=PASSWORD):
    return client.post("/mon-compte/e-mail/", {"email": address, "password": password})


def link_to(message):
    return re.search(r"https?://[^/]+(/mon-compte/e-mail/\S+)", message.body)[1]


def confirmation(mailoutbox):
    """The newest that there is."""
    return next(map(link_to, (it for it in reversed(mailoutbox) if "confirm" in it.subject.lower())))


def refusal(mailoutbox):
    """That of the newest message to the old address."""
    told = (message for message in reversed(mailoutbox) if message.to == [OLD])
    return next(link_to(message) for message in told if "ce-n-est-pas-moi" in message.body)


def address_of(user):
    return User.objects.get(pk=user.pk).email


def test_nothing_changes_before_the_new_address_has_answered(client, user, mailoutbox):
    ask(client)

    assert [message.to for message in mailoutbox] == [[NEW], [OLD]]
    assert NEW not in mailoutbox[1].body
    assert address_of(user) == OLD


def test_the_button_behind_the_link_does_it_and_tells_the_old_address(client, user, mailoutbox):
    ask(client)
    link = link_to(mailoutbox[0])
    assert NEW in client.get(link).text
    # A mail server that looks at links has changed nothing.
    assert address_of(user) == OLD

    client.post(link)
    changed = User.objects.get(pk=user.pk)
    assert changed.email == NEW
    assert changed.email_confirmed_at
    assert mailoutbox[2].to == [OLD]
    assert NEW not in mailoutbox[2].body


@pytest.mark.usefixtures("user")
def test_it_works_on_a_device_where_nobody_is_connected(client, user, mailoutbox):
    ask(client)
    response = Client().post(link_to(mailoutbox[0]))

    assert response.status_code == 302
    assert address_of(user) == NEW


def test_twice(client, user, mailoutbox):
    ask(client)
    link = link_to(mailoutbox[0])
    client.post(link)
    ask(client, "encore@famille.example")
    client.post(confirmation(mailoutbox))

    response = client.post(link)
    assert response.status_code == 404
    assert "Ce lien ne fonctionne plus" in response.text
    assert address_of(user) == "encore@famille.example"


def test_too_late(client, user, mailoutbox, settings):
    ask(client)
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert client.post(link_to(mailoutbox[0])).status_code == 404
    assert address_of(user) == OLD


def test_of_an_account_closed_since(client, user, mailoutbox):
    ask(client)
    User.objects.update(is_active=False)

    assert client.get(link_to(mailoutbox[0])).status_code == 404


@pytest.mark.parametrize("spoil", [str.swapcase, str.title, str.upper])
def test_a_link_that_we_did_not_sign(client, user, mailoutbox, spoil):
    ask(client)
    *start, token, end = link_to(mailoutbox[0]).split("/")

    assert client.post("/".join([*start, spoil(token), end])).status_code == 404
    assert address_of(user) == OLD


@pytest.mark.parametrize("address", ["", "camille", "a@b", OLD, OLD.title()])
def test_what_is_no_new_address(client, user, mailoutbox, address):
    assert list(ask(client, address).context["form"].errors) == ["email"]
    assert mailoutbox == []


def test_the_address_of_somebody_else_is_answered_alike(client, user, mailoutbox):
    """Siblings share one; and nobody learns who has an account."""
    make_user(email="autre@famille.example")
    answers = [ask(client, address).headers["Location"] for address in ("autre@famille.example", NEW)]

    assert answers == ["/mon-compte/"] * 2


def test_who_found_an_open_telephone_needs_the_password(client, user, mailoutbox):
    response = ask(client, password="au hasard")

    assert list(response.context["form"].errors) == ["password"]
    assert mailoutbox == []


def test_the_password_is_not_guessed_for_ever(client, user, mailoutbox):
    answers = [ask(client, password="au hasard").status_code for _ in range(7)]

    assert answers[0] == 200
    assert answers[-1] == 429
    assert ask(client).status_code == 429


def new_password(client, user):
    fields = {"old_password": PASSWORD, "new_password1": "tout nouveau secret"}
    client.post("/mon-compte/mot-de-passe/", fields | {"new_password2": "tout nouveau secret"})


def other_devices(client, user):
    client.post("/mon-compte/appareils/")


def closed_and_opened_again(client, user):
    recovery.close_account(user_id=user.pk, actor=make_user(is_staff=True))
    recovery.reopen_account(user_id=user.pk)


def another_one(client, user):
    ask(client, "encore@famille.example")


def there_and_back_by_an_agent(client, user):
    User.objects.filter(pk=user.pk).update(email="agent@famille.example")
    email_change.close(user_id=user.pk)
    User.objects.filter(pk=user.pk).update(email=OLD)


def there_and_back(client, user):
    for address in ("encore@famille.example", OLD):
        ask(client, address)
        email_change.confirm(token=email_change.confirm_path(newest(user)).split("/")[-2])


def newest(user):
    return EmailChange.objects.filter(user=user).latest("pk")


@pytest.mark.parametrize(
    "since",
    [
        *(new_password, other_devices, closed_and_opened_again, another_one),
        *(there_and_back, there_and_back_by_an_agent),
    ],
    ids=lambda since: since.__name__,
)
def test_what_ends_the_link(client, user, mailoutbox, since):
    """code.md 3.2 and 3.22, security.md F3."""
    ask(client)
    link = link_to(mailoutbox[0])
    assert client.get(link).status_code == 200
    since(client, user)

    response = Client().post(link)
    assert response.status_code == 404
    assert "le compte a changé depuis" in response.text
    assert address_of(user) == OLD


@pytest.mark.usefixtures("user")
def test_neither_link_tells_who_it_is_about(client, user, mailoutbox):
    """security.md F20: base64 was read by whoever got the message by mistake."""
    ask(client)
    for message in mailoutbox:
        key, _, _ = link_to(message).split("/")[-2].partition(":")
        assert key == newest(user).key
        assert OLD.encode() not in base64.urlsafe_b64decode(key + "==")
    assert OLD not in mailoutbox[0].body


@pytest.mark.usefixtures("user")
def test_what_follows_does_not_learn_the_address_of_either(client, mailoutbox):
    ask(client)
    for message in mailoutbox:
        response = Client().get(link_to(message))
        assert response.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response.headers["Cache-Control"]


class TestNotMe:
    """security.md F3: the owner is told when it is asked for, and has a way back."""

    def refuse(self, link):
        """By whoever reads the old address, on a device where nobody is connected."""
        owner = Client()
        assert "Ce n’est pas moi" in owner.get(link).text
        return owner.post(link)

    def test_to_look_changes_nothing(self, client, user, mailoutbox):
        ask(client)
        Client().get(refusal(mailoutbox))

        assert client.get("/mon-compte/").status_code == 200
        assert newest(user).is_open

    def test_before_it_is_done(self, client, user, mailoutbox):
        ask(client)
        response = self.refuse(refusal(mailoutbox))

        assert Client().get(link_to(mailoutbox[0])).status_code == 404
        assert client.get("/mon-compte/").status_code == 302
        assert authenticate(username="camille", password=PASSWORD) is None
        assert response.context["password_path"] in response.text
        assert Client().get(response.context["password_path"], follow=True).context["validlink"]

    @pytest.mark.parametrize("told", [1, -1], ids=["when it was asked for", "when it was done"])
    def test_after_it_was_done(self, client, user, mailoutbox, told):
        ask(client)
        client.post(link_to(mailoutbox[0]))
        assert mailoutbox[told].to == [OLD]
        self.refuse(link_to(mailoutbox[told]))

        assert address_of(user) == OLD
        assert client.get("/mon-compte/").status_code == 302
        assert authenticate(username="camille", password=PASSWORD) is None
        assert mailoutbox[-1].to == [NEW]
        assert OLD not in mailoutbox[-1].body

    @pytest.mark.parametrize("is_known", [True, False])
    def test_what_was_made_for_a_child_falls_too(self, client, user, mailoutbox, is_known):
        """admin.md 12, security.md F5, its kind: whoever had the password saw that link."""
        child = make_beneficiary(user, first_name="Inès")
        login, path = services.make_child_login(beneficiary_id=child.pk, actor=user)
        if not is_known:
            # As it was before makers were kept.
            type(child).objects.update(login_made_by=None)
        ask(client)
        assert Client().get(path).context["validlink"]
        assert login.first_name in Client().get(refusal(mailoutbox)).text
        response = self.refuse(refusal(mailoutbox))

        assert not Client().get(path).context["validlink"]
        assert login.first_name in response.text

    def test_a_childs_login_by_another_stays(self, client, user, mailoutbox):
        other = make_user()
        child = make_beneficiary(user, other)
        _, path = services.make_child_login(beneficiary_id=child.pk, actor=other)
        ask(client)
        self.refuse(refusal(mailoutbox))

        assert Client().get(path).context["validlink"]

    def test_after_two_of_them(self, client, user, mailoutbox):
        ask(client)
        link = refusal(mailoutbox)
        for address in (NEW, "encore@ailleurs.example"):
            ask(client, address)
            client.post(confirmation(mailoutbox))
        self.refuse(link)

        assert address_of(user) == OLD

    def test_the_thief_has_none_left_afterwards(self, client, user, mailoutbox):
        ask(client)
        owners = refusal(mailoutbox)
        client.post(confirmation(mailoutbox))
        ask(client, "encore@ailleurs.example")
        [thiefs] = [it for it in map(link_to, mailoutbox[-1:]) if "ce-n-est-pas-moi" in it]
        self.refuse(owners)

        assert Client().post(thiefs).status_code == 404
        assert address_of(user) == OLD

    def test_nor_once_an_agent_wrote_the_right_address(self, client, user, mailoutbox):
        ask(client)
        client.post(confirmation(mailoutbox))
        ask(client, "encore@ailleurs.example")
        User.objects.filter(pk=user.pk).update(email="guichet@famille.example")

        assert Client().post(link_to(mailoutbox[-1])).status_code == 404
        assert address_of(user) == "guichet@famille.example"

    def test_it_works_once(self, client, user, mailoutbox):
        ask(client)
        self.refuse(refusal(mailoutbox))

        assert Client().post(refusal(mailoutbox)).status_code == 404

    def test_it_is_no_link_to_confirm(self, client, user, mailoutbox):
        ask(client)
        token = refusal(mailoutbox).split("/")[-2]

        assert Client().post(f"/mon-compte/e-mail/{token}/").status_code == 404

    def test_too_late(self, client, user, mailoutbox):
        ask(client)
        EmailChange.objects.update(asked_at=timezone.now() - REFUSED_WITHIN)

        assert Client().post(refusal(mailoutbox)).status_code == 404

    def test_of_an_account_closed_since(self, client, user, mailoutbox):
        ask(client)
        recovery.close_account(user_id=user.pk, actor=make_user(is_staff=True))

        assert Client().post(refusal(mailoutbox)).status_code == 404

    def test_an_account_without_an_address_has_nobody_to_tell(self, client, user, mailoutbox):
        User.objects.update(email="")
        ask(client)

        assert [message.to for message in mailoutbox] == [[NEW]]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("accounts_emailchange_one_is_open", {}),
        ("accounts_emailchange_key_is_unique", {"key": "same", "is_open": False}),
        ("accounts_emailchange_done_is_closed", {"done_at": timezone.now()}),
    ],
)
def test_what_the_database_holds(refused_by, name, fields):
    user = make_user()
    user.email_changes.create(new=NEW, is_open=name == "accounts_emailchange_one_is_open", key="same")
    with refused_by(name):
        user.email_changes.create(new=NEW, **fields)


@pytest.mark.parametrize(
    ("locked", "told"),
    [
        pytest.param(True, 1, id="the lock makes the second one find it done"),
        # The control. On SQLite whoever writes is alone from the beginning.
        pytest.param(False, 2 if connection.vendor == "postgresql" else 1, id="without it both do it"),
    ],
)
def test_a_link_pressed_twice_at_once(at_once, monkeypatch, mailoutbox, locked, told):
    user = make_user("camille", email=OLD)
    token = email_change.confirm_path(email_change.ask(user_id=user.pk, address=NEW)).split("/")[-2]
    meeting, read = threading.Barrier(2), email_change.to_confirm
    asked: dict[int, int] = {}

    def to_confirm(said):
        """Both have read it before either goes on, as far as nothing keeps them apart."""
        change = read(said)
        me = threading.get_ident()
        asked[me] = asked.get(me, 0) + 1
        if asked[me] == 2:
            with suppress(threading.BrokenBarrierError):
                meeting.wait(timeout=1)
        return change

    monkeypatch.setattr(email_change, "to_confirm", to_confirm)
    if not locked:
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
    outcomes = at_once(*[lambda: email_change.confirm(token=token)] * 2)

    assert outcomes == ["LinkOutOfUse"] * (2 - told) + ["done"] * told
    assert address_of(user) == NEW
    assert len([message for message in mailoutbox if "a changé" in message.subject]) == told
