"""Who tries again and again has to wait, longer and longer, and never for good."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import identifiers
from accounts.models import ForgottenRequest
from accounts.tests.factories import PASSWORD, make_user
from core import throttle
from core.models import Attempts
from core.throttle import CODE, FORGOTTEN, LOGIN, MINUTE, SECOND, TooManyAttempts

pytestmark = pytest.mark.django_db

HOME, SCHOOL, ELSEWHERE = "192.0.2.1", "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """`clock.wait(delay)` lets time pass; nothing else does."""

    class Clock:
        now = timezone.now()

        def wait(self, delay):
            self.now += delay

    stopped = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: stopped.now)
    return stopped


@pytest.fixture
def come(rf):
    """`come(door, account, address)`: somebody tries. The attempt, or for how many seconds they must wait."""

    def attempt(door=LOGIN, account="camille", address=HOME):
        try:
            return throttle.count(door, rf.get("/", REMOTE_ADDR=address), account=account)
        except TooManyAttempts as refusal:
            return refusal.retry_after

    return attempt


def is_in(outcome):
    return isinstance(outcome, throttle.Attempt)


class TestWaits:
    def test_the_first_ones_are_free_then_each_waits_twice_as_long(self, come, clock):
        waits = []
        for _ in range(14):
            if is_in(refused := come()):
                waits.append(0)
                continue
            waits.append(refused)
            clock.wait(refused * SECOND)
            assert is_in(come())

        assert waits[:12] == [0, 0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640]
        assert max(waits) <= LOGIN.own.longest / SECOND

    def test_five_then_ten_seconds(self, come, clock):
        assert all(is_in(come()) for _ in range(5))
        assert come() == 10
        clock.wait(9 * SECOND)
        assert come() == 1
        clock.wait(SECOND)
        assert is_in(come())
        assert come() == 20

    def test_hammering_prolongs_nothing(self, come, clock):
        for _ in range(100):
            come()
        clock.wait(10 * SECOND)

        assert is_in(come())

    def test_it_is_never_for_good(self, come, clock):
        for _ in range(300):
            come()
            clock.wait(MINUTE)
        clock.wait(LOGIN.own.longest)

        assert is_in(come())

    def test_it_is_forgotten_by_itself(self, come, clock):
        for _ in range(5):
            come()
        clock.wait(5 * LOGIN.own.memory)

        assert all(is_in(come()) for _ in range(5))
        assert come() == 10

    def test_one_is_forgotten_after_the_other(self, come, clock):
        for _ in range(5):
            come()
        clock.wait(2 * LOGIN.own.memory)

        assert [is_in(come()) for _ in range(3)] == [True, True, False]

    def test_who_never_stops_ends_up_at_the_pace_of_forgetting(self, come, clock):
        guesses, tomorrow = 0, clock.now + dt.timedelta(days=1)
        while clock.now < tomorrow:
            if is_in(refused := come()):
                guesses += 1
            else:
                clock.wait(refused * SECOND)

        assert 96 <= guesses <= 110

    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (0.2, "1 seconde"),
            (9.5, "10 secondes"),
            (59, "59 secondes"),
            (60, "1 minute"),
            (61, "2 minutes"),
            (900, "15 minutes"),
        ],
    )
    def test_how_it_is_said(self, seconds, said):
        refusal = TooManyAttempts(dt.timedelta(seconds=seconds))

        assert refusal.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
            f"Trop d’essais. Attendez {said}, puis recommencez."
        )


class TestScopes:
    def test_what_happens_elsewhere_does_not_keep_me_out(self, come):
        for _ in range(20):
            come(address=ELSEWHERE)

        assert is_in(come(address=HOME))

    def test_what_is_tried_on_others_does_not_keep_me_out(self, come):
        for _ in range(20):
            come(account="dominique")

        assert is_in(come(account="camille"))

    def test_many_places_against_one_account_wait_a_minute_at_most(self, come, clock):
        places = [come(address=f"203.0.113.{number}") for number in range(30)]
        assert all(map(is_in, places))
        assert come(address=HOME) == 5
        for number in range(30, 90):
            clock.wait(MINUTE)
            assert is_in(come(address=f"203.0.113.{number}"))
        clock.wait(MINUTE)
        assert is_in(come(address=HOME))

    def test_one_place_against_many_accounts(self, come):
        tried = [come(account=f"compte{number}") for number in range(301)]

        assert all(map(is_in, tried[:300]))
        assert tried[300] == 1

    def test_a_refused_attempt_is_counted_nowhere(self, come):
        for _ in range(5):
            come()
        before = list(Attempts.objects.order_by("pk").values())
        assert not is_in(come())

        assert list(Attempts.objects.order_by("pk").values()) == before

    def test_doors_do_not_mix(self, come):
        for _ in range(10):
            come(LOGIN)

        assert is_in(come(CODE))
        assert is_in(come(FORGOTTEN))

    @pytest.mark.parametrize("written", ["CAMILLE", " camille ", "Camille", "camılle", "camILLe"])
    def test_an_account_written_otherwise_is_the_same(self, come, written):
        for _ in range(5):
            come(account="camille")

        assert not is_in(come(account=written))

    def test_a_clock_that_is_late(self, come, clock):
        """That of another host; or of who looked at it, then waited for the row."""
        for _ in range(5):
            assert is_in(come())
            clock.wait(dt.timedelta(milliseconds=-100))

        assert come() == 11

    def test_a_success_closes_no_late_clock_out(self, come, clock):
        come(account="camille").forgive()
        clock.wait(dt.timedelta(milliseconds=-100))

        assert is_in(come(account="dominique"))


class TestForgiving:
    def test_a_success_wipes_the_failures_before_it(self, come):
        for _ in range(4):
            come()
        come().forgive()

        assert all(is_in(come()) for _ in range(5))

    def test_a_success_does_not_count_for_the_network(self, come):
        for number in range(400):
            come(account=f"compte{number}").forgive()

        assert is_in(come(account="camille"))

    def test_but_it_wipes_no_failure_of_others(self, come):
        for number in range(299):
            come(account=f"compte{number}")
        come(account="mine").forgive()

        assert is_in(come(account="last"))
        assert not is_in(come(account="one too many"))

    def test_my_own_code_does_not_buy_me_guesses(self, come):
        for _ in range(19):
            come(CODE)
        come(CODE).forgive()

        assert is_in(come(CODE))
        assert not is_in(come(CODE))

    def test_two_successes_that_overlap(self, come, clock):
        first = come(account="camille")
        clock.wait(SECOND)
        second = come(account="dominique")
        first.forgive()
        second.forgive()

        assert not Attempts.objects.filter(forgotten_at__gt=clock.now).exists()


class TestNetwork:
    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("fe80::1%eth0", "fe80::/64"),
            ("", ""),
            ("unix:", ""),
        ],
    )
    def test_an_address_is_a_network(self, rf, address, network):
        assert throttle.network_of(rf.get("/", REMOTE_ADDR=address)) == network

    @pytest.mark.parametrize(
        ("forwarded", "network"),
        [
            ("192.0.2.1", "192.0.2.1"),
            ("203.0.113.66, 192.0.2.1", "192.0.2.1"),
            ("203.0.113.66,203.0.113.67,2001:db8::1", "2001:db8::/64"),
            ("", "10.0.0.1"),
        ],
    )
    def test_behind_our_proxy_the_last_address_is_its_own_word(self, rf, settings, forwarded, network):
        settings.SECURE_PROXY = True
        request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})

        assert throttle.network_of(request) == network

    def test_without_a_proxy_the_header_is_anybodys_word(self, rf):
        request = rf.get("/", REMOTE_ADDR=HOME, headers={"X-Forwarded-For": ELSEWHERE})

        assert throttle.network_of(request) == HOME

    @pytest.mark.parametrize("behind_proxy", [True, False])
    def test_a_forged_header_gives_no_fresh_attempts(self, client, settings, behind_proxy):
        settings.SECURE_PROXY = behind_proxy
        statuses = [
            log_in(client, "camille", "faux", headers={"X-Forwarded-For": f"203.0.113.{number}{real}"})
            for number in range(6)
            for real in [f", {HOME}" if behind_proxy else ""]
        ]

        assert [response.status_code for response in statuses] == [200] * 5 + [429]


class TestTable:
    def test_nothing_in_it_is_clear(self, come):
        come()
        rows = list(Attempts.objects.values())

        assert len(rows) == 3
        for word in ("camille", HOME, "login"):
            assert word not in str(rows)

    def test_another_secret_another_key(self, come, settings):
        come()
        settings.SECRET_KEY = "another"
        come()

        assert Attempts.objects.count() == 6

    def test_what_is_forgotten_is_removed(self, come, clock):
        for number in range(6):
            come(account=f"compte{number}")
        clock.wait(dt.timedelta(days=1))
        come(account="camille")

        assert Attempts.objects.count() == 3

    @pytest.mark.parametrize("key", ["192.0.2.1", "camille", ""])
    def test_no_clear_key(self, refused_by, key):
        now = timezone.now()
        with refused_by("accounts_attempts_key_is_a_digest"):
            Attempts.objects.create(key=key, open_at=now, forgotten_at=now)

    def test_no_wait_that_is_not_remembered(self, refused_by, come):
        come()
        with refused_by("accounts_attempts_wait_is_remembered"):
            Attempts.objects.update(open_at=F("forgotten_at") + SECOND)

    def test_one_row_a_key(self, refused_by, come):
        come()
        with refused_by("accounts_attempts_pkey"):
            Attempts.objects.bulk_create([Attempts.objects.earliest("pk")])


def log_in(client, username="camille", password=PASSWORD, address=HOME, **more):
    fields = {"username": username, "password": password}
    return client.post("/accueil/", fields, REMOTE_ADDR=address, **more)


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords have been hashed."""
    work = SimpleNamespace(count=0)
    encode = MD5PasswordHasher.encode

    def count(self, *args):
        work.count += 1
        return encode(self, *args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", count)
    return work


class TestLogin:
    def test_the_page_stays_and_says_how_long(self, client):
        make_user("camille")
        for _ in range(5):
            assert log_in(client, password="faux").status_code == 200
        response = log_in(client)

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "10"
        assert "Trop d’essais. Attendez 10\N{NO-BREAK SPACE}secondes, puis recommencez." in response.text
        assert "/accueil/identifiants-oublies/" in response.text
        assert "_auth_user_id" not in client.session

    def test_after_the_wait_the_right_password_opens(self, client, clock):
        make_user("camille")
        for _ in range(6):
            log_in(client, password="faux")
        clock.wait(10 * SECOND)

        assert log_in(client).status_code == 302

    def test_who_waits_costs_no_hash(self, client, hashed):
        make_user("camille")
        for _ in range(5):
            log_in(client, password="faux")
        before = hashed.count
        log_in(client)

        assert hashed.count == before

    def test_a_known_account_and_an_unknown_one_are_alike(self, client, hashed):
        """The same texts, statuses, queries and hashes, from the first attempt to the refused ones."""
        make_user("camille")
        make_user("fermee", is_active=False)

        def seen(username):
            for _ in range(7):
                before = hashed.count
                with CaptureQueriesContext(connection) as queries:
                    response = log_in(Client(), username, "faux", address=f"2001:db8:{len(username)}::1")
                text = response.text.replace(username, "X").partition("csrfmiddlewaretoken")[0]
                yield response.status_code, text, len(queries), hashed.count - before

        known = list(seen("camille"))
        assert [status for status, *_ in known] == [200] * 5 + [429] * 2
        assert list(seen("personne")) == known
        assert list(seen("fermee")) == known

    def test_a_whole_class_behind_one_address(self):
        """Thirty pupils in one minute, each of whom mistypes four times."""
        for number in range(30):
            pupil, browser = make_user(f"eleve{number}"), Client()
            failures = [log_in(browser, pupil.username, "faux", SCHOOL).status_code for _ in range(4)]

            assert failures == [200] * 4
            assert log_in(browser, pupil.username, address=SCHOOL).status_code == 302

    def test_the_administration_has_the_same_door(self, client):
        make_user("agent", is_staff=True)
        for _ in range(5):
            log_in(client, "agent", "faux")
        response = client.post("/admin/login/", {"username": "Agent", "password": PASSWORD}, REMOTE_ADDR=HOME)

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "10"
        assert "Trop d’essais de suite" in response.text


class TestKnownDevice:
    @pytest.fixture
    def known(self):
        make_user("camille")
        browser = Client()
        log_in(browser)
        browser.post("/deconnexion/")
        return browser

    def test_it_comes_in_while_the_whole_world_tries(self, known, come):
        for number in range(60):
            come(address=f"203.0.113.{number}")
        for number in range(400):
            come(account=f"compte{number}")
        for _ in range(10):
            come()

        assert log_in(Client()).status_code == 429
        assert log_in(known).status_code == 302

    def test_so_does_who_chose_a_new_password_from_the_e_mail(self, client, mailoutbox, come):
        make_user("camille")
        for _ in range(5):
            come()
        client.post("/accueil/identifiants-oublies/", {"contact": "camille"})
        identifiers.compose()
        link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
        client.post(link, {"new_password1": "trois tulipes mauves", "new_password2": "trois tulipes mauves"})

        assert log_in(client, password="trois tulipes mauves").status_code == 302

    def test_it_waits_for_its_own_failures(self, known):
        statuses = [log_in(known, password="faux").status_code for _ in range(6)]

        assert statuses == [200] * 5 + [429]

    def test_it_is_known_for_its_own_account_only(self, known, come):
        for _ in range(10):
            come(account="dominique")

        assert log_in(known, "dominique", "faux").status_code == 429

    @pytest.mark.parametrize("forge", ["", "made-up", "{}?", "x{}"])
    def test_a_forged_cookie_is_no_device(self, known, come, settings, forge):
        cookie = known.cookies[settings.DEVICE_COOKIE_NAME]
        known.cookies[settings.DEVICE_COOKIE_NAME] = forge.format(cookie.value)
        for _ in range(10):
            come()

        assert log_in(known).status_code == 429

    def test_the_cookie_says_nothing_and_no_script_reads_it(self, known, settings):
        cookie = known.cookies[settings.DEVICE_COOKIE_NAME]

        assert "camille" not in cookie.value
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


class TestForgotten:
    def ask(self, client, contact):
        return client.post("/accueil/identifiants-oublies/", {"contact": contact})

    @pytest.mark.parametrize("contact", ["camille@famille.example", "personne@famille.example"])
    def test_the_fourth_letter_waits_whoever_it_is_for(self, client, contact):
        make_user("camille")
        for _ in range(3):
            assert self.ask(client, contact).status_code == 302
        response = self.ask(client, contact.upper())

        assert response.status_code == 429
        assert response.headers["Retry-After"] == "60"
        assert "Attendez 1\N{NO-BREAK SPACE}minute, puis recommencez." in response.text
        assert ForgottenRequest.objects.count() == 3

    def test_one_place_that_writes_to_everybody(self, client):
        statuses = [self.ask(client, f"compte{number}").status_code for number in range(101)]

        assert statuses == [302] * 100 + [429]


def read_then_write(counter, now):
    """`_note` as one would write it first."""
    row = Attempts.objects.get(key=counter.key)
    if row.open_at > now:
        raise TooManyAttempts(row.open_at - now)
    Attempts.objects.filter(key=row.key).update(
        open_at=counter.limit.opens_after(now), forgotten_at=F("forgotten_at") + counter.limit.memory
    )


@pytest.mark.parametrize(
    ("note", "outcomes"),
    [
        pytest.param(throttle._note, ["TooManyAttempts", "done"], id="the second one sees the first"),
        # The control. On SQLite the one who writes is alone from the beginning, so nobody can race.
        pytest.param(
            read_then_write,
            ["done", "done"] if connection.vendor == "postgresql" else ["TooManyAttempts", "done"],
            id="read, then write",
        ),
    ],
)
def test_two_at_once_for_the_last_free_attempt(at_once, meeting_before, monkeypatch, rf, note, outcomes):
    request = rf.get("/", REMOTE_ADDR=HOME)
    for _ in range(LOGIN.own.free - 1):
        throttle.count(LOGIN, request, account="camille")
    monkeypatch.setattr(throttle, "_note", note)
    meeting_before(type(Attempts.objects.all()), "update")

    def attempt():
        throttle.count(LOGIN, request, account="camille")

    # The fifth is free; the sixth waits, whichever it is.
    assert at_once(attempt, attempt) == outcomes


def test_many_at_once_are_all_counted(at_once, rf):
    request = rf.get("/", REMOTE_ADDR=HOME)

    def attempt():
        throttle.count(LOGIN, request, account="camille")

    outcomes = at_once(*[attempt] * 12)

    assert outcomes == ["TooManyAttempts"] * 7 + ["done"] * 5


class TestAClockThatWasAhead:
    """security.md F18: each single failure closed the door of a whole network until the day had come."""

    @pytest.mark.parametrize("tries", [1, 5, 12])
    def test_a_day_later_it_is_right_again(self, come, clock, tries):
        clock.wait(dt.timedelta(days=1))
        for _ in range(tries):
            come()
        clock.wait(dt.timedelta(days=-1))

        assert all(is_in(come()) for _ in range(LOGIN.own.free - 1))
        assert is_in(come(account="dominique"))
        assert is_in(come(account="claude"))

    def test_then_it_counts_as_ever(self, come, clock):
        clock.wait(dt.timedelta(days=1))
        come()
        clock.wait(dt.timedelta(days=-1))

        assert [is_in(come()) for _ in range(6)] == [True] * 5 + [False]

    @pytest.mark.parametrize(
        "door",
        [door for door in vars(throttle).values() if isinstance(door, throttle.Door)],
        ids=lambda door: door.name,
    )
    def test_nobody_who_only_never_stops_is_forgotten_by_it(self, come, clock, door):
        """The control: what is remembered of them never lies as far ahead."""
        limits = [limit for limit in (door.own, door.account, door.network) if limit]
        furthest = max(limit.remembered_at_most for limit in limits)
        for _ in range(60):
            if not is_in(wait := come(door)):
                clock.wait(wait * SECOND)

        row = Attempts.objects.order_by("-forgotten_at").first()
        assert row.forgotten_at - clock.now <= furthest
