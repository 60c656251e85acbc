"""The administration is reached with a password and a second factor, and not without."""

import base64
import datetime as dt
import io
from urllib.parse import quote

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken

from accounts import second_factor
from accounts.audit import Action, AuditEntry
from accounts.models import Telephone, User
from accounts.tests.factories import make_telephone, make_user, shown_by

pytestmark = pytest.mark.django_db
FACTOR = reverse("admin:second_factor")
INDEX = reverse("admin:index")
CODES = reverse("admin:recovery_codes")


@pytest.fixture
def agent(client):
    """Who has given the password, and nothing else."""
    agent = make_user("agent", is_staff=True, is_superuser=True)
    client.force_login(agent)
    return agent


@pytest.fixture
def telephone(agent):
    return make_telephone(agent)


def secret_on(page):
    """What the page of the first time says, as a telephone keeps it."""
    return base64.b32decode(page.context["secret"].replace(" ", ""))


def code_of(secret, *, later=0):
    return f"{totp(secret, t0=-later):06}"


def later_code(telephone):
    """The next one: the code of now has opened the session."""
    return code_of(telephone.bin_key, later=30)


def other_browser(agent):
    client = Client()
    client.force_login(agent)
    return client


@pytest.mark.parametrize("address", [INDEX, reverse("admin:tickets_ticket_changelist")])
def test_a_password_alone_leads_to_the_second_factor_and_back(client, telephone, address):
    response = client.get(address, follow=True)

    assert response.redirect_chain[-1][0].startswith(FACTOR)
    entered = client.post(response.redirect_chain[-1][0], {"code": shown_by(telephone)})
    assert entered.url == address
    assert client.get(address).status_code == 200


def test_a_telephone_is_enrolled_the_first_time(client, agent):
    page = client.get(FACTOR)
    assert "data:image/svg+xml" in page.text
    assert client.get(INDEX).status_code == 302

    codes = client.post(FACTOR, {"code": code_of(secret_on(page))}).context["codes"]

    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert client.get(INDEX).status_code == 200
    assert second_factor.telephone_of(agent).bin_key == secret_on(page)


class TestTheFirstTime:
    """security.md F4: the secret belongs to one session, and its owner is told."""

    def test_another_session_is_shown_another_secret(self, client, agent):
        assert secret_on(client.get(FACTOR)) != secret_on(other_browser(agent).get(FACTOR))

    def test_a_secret_seen_before_opens_nothing_once_the_agent_has_enrolled(self, client, agent):
        thief = other_browser(agent)
        seen = secret_on(thief.get(FACTOR))
        client.post(FACTOR, {"code": code_of(secret_on(client.get(FACTOR)))})

        for later in (0, 31):
            assert thief.post(FACTOR, {"code": code_of(seen, later=later)}).status_code == 200
        assert thief.get(INDEX).status_code == 302
        assert Telephone.objects.filter(user=agent).count() == 1

    def test_nothing_is_in_the_database_before(self, client, agent):
        client.post(FACTOR, {"code": "000000"})
        client.get(FACTOR)

        assert not Telephone.objects.exists()

    def test_again_after_it_was_forgotten(self, client, agent):
        before = secret_on(client.get(FACTOR))
        client.post(FACTOR, {"code": code_of(before)})
        second_factor.forget(agent)

        assert secret_on(client.get(FACTOR)) != before

    def test_its_owner_is_told(self, client, agent, mailoutbox):
        client.post(FACTOR, {"code": code_of(secret_on(client.get(FACTOR)))})

        assert [message.to for message in mailoutbox] == [[agent.email]]
        assert "Un téléphone a été préparé" in mailoutbox[0].subject
        assert AuditEntry.objects.get().action == Action.TELEPHONE_ENROLLED

    @pytest.mark.parametrize(
        ("locked", "enrolled"),
        [
            pytest.param(True, 1, id="the lock makes the second one see the first"),
            # The control. On SQLite whoever writes is alone from the beginning.
            pytest.param(False, 2 if connection.vendor == "postgresql" else 1, id="without it both enrol"),
        ],
    )
    def test_of_two_sessions_at_once_one_enrols(
        self, agent, at_once, meeting_before, monkeypatch, locked, enrolled
    ):
        sessions = [SessionStore(), SessionStore()]
        secrets = [second_factor.telephone_to_enrol(agent, session).bin_key for session in sessions]
        meeting_before(Telephone, "save")
        if not locked:
            monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())

        def enrol(session, secret):
            if not second_factor.enrol(agent, session, code_of(secret)):
                raise LookupError

        calls = [lambda pair=pair: enrol(*pair) for pair in zip(sessions, secrets, strict=True)]
        assert at_once(*calls) == ["LookupError"] * (2 - enrolled) + ["done"] * enrolled
        assert Telephone.objects.count() == enrolled


def test_a_page_opened_twice_shows_the_same_square(client, agent):
    assert client.get(FACTOR).context["secret"] == client.get(FACTOR).context["secret"]


def test_who_is_enrolled_is_not_shown_a_square_again(client, telephone):
    """Else a password alone would do: it would enrol another telephone."""
    assert "qr" not in client.get(FACTOR).context


def test_a_code_as_telephones_write_it(client, telephone):
    code = shown_by(telephone)

    assert client.post(FACTOR, {"code": f" {code[:3]} {code[3:]} "}).url == INDEX


@pytest.mark.parametrize("code", ["000000", "", "bidon", "٣٤٥٦٧٨", "1" * 21])
def test_a_wrong_code_opens_nothing(client, telephone, code):
    Telephone.objects.update(key=make_telephone(make_user()).key)
    response = client.post(FACTOR, {"code": code})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert client.get(INDEX).status_code == 302


def test_a_code_serves_once(client, agent, telephone):
    code = shown_by(telephone)
    client.post(FACTOR, {"code": code})
    client.logout()
    client.force_login(agent)

    assert "a déjà servi" in client.post(FACTOR, {"code": code}).text
    assert client.get(INDEX).status_code == 302


def test_a_recovery_code_serves_once(client, agent, telephone):
    code, *_ = second_factor.new_recovery_codes(agent)
    assert client.post(FACTOR, {"code": code.upper()}).url == INDEX
    client.logout()
    client.force_login(agent)

    assert client.post(FACTOR, {"code": code}).status_code == 200
    assert client.get(INDEX).status_code == 302


def test_new_recovery_codes_take_the_place_of_the_old_ones(client, agent, telephone):
    old = second_factor.new_recovery_codes(agent)
    client.post(FACTOR, {"code": shown_by(telephone)})

    assert f'href="{CODES}"' in client.get(INDEX).text
    assert "ne vaudront plus rien" in client.get(CODES).text
    new = client.post(CODES, {"code": later_code(telephone)}).context["codes"]

    assert not set(old) & set(new)
    assert not second_factor.verify(agent, old[0])
    assert second_factor.verify(agent, new[0])


class TestRemakingThem:
    """security.md F13, admin.md 19: one click in an open session made the printed ones worthless."""

    @pytest.fixture(autouse=True)
    def codes(self, client, agent, telephone):
        codes = second_factor.new_recovery_codes(agent)
        client.post(FACTOR, {"code": shown_by(telephone)})
        return codes

    def test_not_without_a_code(self, client, agent, codes):
        assert "codes" not in client.post(CODES).context
        assert "codes" not in client.post(CODES, {"code": "000000"}).context
        assert second_factor.verify(agent, codes[0])

    def test_not_with_the_code_that_opened_the_session(self, client, telephone):
        assert "codes" not in client.post(CODES, {"code": shown_by(telephone)}).context

    def test_not_with_a_recovery_code(self, client, codes):
        assert "codes" not in client.post(CODES, {"code": codes[0]}).context

    def test_its_owner_is_told_and_the_journal_too(self, client, agent, telephone, mailoutbox):
        client.post(CODES, {"code": later_code(telephone)})

        assert [message.to for message in mailoutbox] == [[agent.email]]
        assert AuditEntry.objects.get().action == Action.RECOVERY_CODES_MADE
        assert AuditEntry.objects.get().actor == agent

    def test_one_may_not_try_for_ever(self, client, telephone):
        for _ in range(6):
            response = client.post(CODES, {"code": "000000"})

        assert "Trop d’essais" in response.text
        assert "codes" not in client.post(CODES, {"code": later_code(telephone)}).context


class TestInTheDatabase:
    """security.md F13: neither a key nor a code can be read in a backup."""

    def test_no_recovery_code(self, agent):
        codes = second_factor.new_recovery_codes(agent)

        assert not set(codes) & set(StaticToken.objects.values_list("token", flat=True))

    def test_no_key_of_a_telephone_nor_of_one_to_enrol(self, client, agent):
        page = client.get(FACTOR)
        secret = secret_on(page)
        waiting = str(dict(client.session))
        client.post(FACTOR, {"code": code_of(secret)})
        kept = Telephone.objects.get().key

        for text in (waiting, kept):
            assert secret.hex() not in text
            assert base64.b32encode(secret).decode() not in text
            assert base64.b64encode(secret).decode()[:-2] not in text

    def test_that_of_one_agent_is_none_of_another(self, agent, telephone):
        """Who writes in the database does not come in as somebody else."""
        Telephone.objects.create(user=make_user("autre", is_staff=True), key=telephone.key)
        assert not Telephone.objects.get(user__username="autre").is_readable

    def test_a_new_secret_of_the_site_takes_over_at_the_next_code(self, client, agent, telephone, settings):
        codes = second_factor.new_recovery_codes(agent)
        former = settings.SECRET_KEY
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[former]):
            assert second_factor.verify(agent, shown_by(telephone))
            assert second_factor.verify(agent, codes[0])
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
            assert second_factor.telephone_of(agent).is_readable
            assert not second_factor.verify(agent, codes[1])

    def test_without_the_secret_that_sealed_it_nobody_comes_in(self, client, agent, telephone):
        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[]):
            assert second_factor.verify(agent, "123456") is None


def test_a_right_code_after_wrong_ones_is_right(client, telephone):
    """security.md F14: django-otp's own brake refused it, for ever longer."""
    for _ in range(4):
        client.post(FACTOR, {"code": "000000"})

    assert client.post(FACTOR, {"code": shown_by(telephone)}).url == INDEX


class TestHalfWayIn:
    """security.md F22: who has only an agent's password reaches the second factor and nothing else."""

    @pytest.mark.parametrize("path", ["/mon-compte/", "/mon-compte/e-mail/", "/mon-compte/mot-de-passe/"])
    def test_pages_of_the_account_ask_for_it(self, client, telephone, path):
        response = client.get(path)
        assert response.url == f"{FACTOR}?next={quote(path, safe='')}"

        assert client.post(response.url, {"code": shown_by(telephone)}).url == path
        assert client.get(path).status_code == 200

    def test_what_is_sent_is_said_to_have_done_nothing(self, client, agent, telephone):
        response = client.post("/mon-compte/appareils/", follow=True)

        assert response.redirect_chain[-1][0].startswith(FACTOR)
        assert "pas été enregistré" in response.text
        assert type(agent).objects.get(pk=agent.pk).session_salt == agent.session_salt

    def test_one_may_leave(self, client, telephone):
        client.post("/deconnexion/")

        assert "_auth_user_id" not in client.session

    def test_families_are_asked_for_nothing(self, client):
        client.force_login(make_user("camille"))

        assert client.get("/mon-compte/").status_code == 200


def test_they_are_not_given_to_who_has_only_the_password(client, agent, telephone):
    codes = second_factor.new_recovery_codes(agent)
    client.post(CODES, {"code": shown_by(telephone)})

    assert second_factor.verify(agent, codes[0])


def test_one_may_not_try_for_ever(client, telephone):
    for _ in range(6):
        response = client.post(FACTOR, {"code": "000000"})

    assert "Trop d’essais" in response.text
    assert "Trop d’essais" in client.post(FACTOR, {"code": shown_by(telephone)}).text


def test_the_session_ends_with_the_browser_whatever_was_ticked(client, agent, telephone):
    session = client.session
    session.set_expiry(dt.timedelta(days=30))
    session.save()
    before = session.session_key

    client.post(FACTOR, {"code": shown_by(telephone)})

    assert client.session.get_expire_at_browser_close()
    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:a"])
def test_it_leads_nowhere_else(client, telephone, wanted):
    assert client.post(f"{FACTOR}?next={wanted}", {"code": shown_by(telephone)}).url == INDEX


@pytest.mark.parametrize("fields", [{}, {"is_staff": True, "is_active": False}])
def test_it_is_not_there_for_others(client, fields):
    client.force_login(make_user("camille", **fields))

    assert client.get(FACTOR).status_code in {302, 404}
    assert not Telephone.objects.exists()


def test_the_telephone_of_another_agent_is_worth_nothing(client, agent):
    other = make_telephone(make_user("autre", is_staff=True))
    make_telephone(agent)
    assert client.post(FACTOR, {"code": shown_by(other)}).status_code == 200

    session = client.session
    session["otp_device_id"] = other.persistent_id
    session.save()
    assert client.get(INDEX).status_code == 302


def test_forgotten_by_an_administrator_it_is_enrolled_anew(client, agent, telephone):
    second_factor.new_recovery_codes(agent)
    second_factor.forget(agent)

    assert "qr" in client.get(FACTOR).context
    assert not StaticToken.objects.exists()


def test_before_it_nothing_is_told_of_what_is_behind(client, telephone):
    assert "Bénéficiaires" not in client.get(FACTOR).text


class TestTheCommand:
    """Once the secret that sealed the telephones has leaked, no administrator comes in to forget them."""

    def test_it_lets_an_agent_enrol_anew(self, client, agent, telephone):
        """security.md F4, its kind: whoever was inside by a lost telephone is out, as by the act."""
        call_command("forget_second_factor", "agent", stdout=io.StringIO())

        assert client.get(FACTOR).status_code == 302
        client.force_login(User.objects.get(pk=agent.pk))
        assert "qr" in client.get(FACTOR).context
        assert AuditEntry.objects.get().action == Action.SECOND_FACTOR_FORGOTTEN

    def test_of_nobody(self):
        make_user("camille")
        with pytest.raises(CommandError, match="Aucun agent"):
            call_command("forget_second_factor", "camille")
