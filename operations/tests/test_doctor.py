"""Whatever an operator can get wrong, `manage.py doctor` says so, and what to do."""

import datetime as dt
import os
import socketserver
import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import MagicMock, Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from post_office.models import STATUS, Email

from accounts.models import SignIn
from accounts.tests.factories import make_user
from backoffice.models import Import, Sort, Stage
from core.models import CommandRun
from operations import backup_signatures, doctor, runs
from operations.doctor import Wrong

STRONG = "kJ8-s9Qe_2LmPz7Xv4Rt6Yw1Ub3Nc5Hd0Ga-Fi_oTqWxEyZrSu"


@contextmanager
def wrong(fault, remedy=""):
    with pytest.raises(Wrong) as found:
        yield
    assert fault in found.value.fault
    assert remedy in found.value.remedy


@contextmanager
def listening(handle):
    """A server that does `handle(stream)` for each who comes; yields its port."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            handle(self)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


NOBODY = 9  # a port where nobody listens


# --- Settings ---------------------------------------------------------------------------------


def test_debug(settings):
    settings.DEBUG, settings.HTTPS = False, True
    assert doctor.debug()

    settings.HTTPS = False
    with wrong("HTTPS=false"):
        doctor.debug()
    settings.DEBUG = True
    with wrong("DEBUG est activé", "DEBUG=false"):
        doctor.debug()


@pytest.mark.parametrize("key", ["court", "a" * 60, "ab" * 30, f"django-insecure-{STRONG}"])
def test_a_weak_secret(settings, key):
    settings.SECRET_KEY = key
    with wrong("trop faible", "secrets.token_urlsafe"):
        doctor.secret_key()


def test_a_strong_secret_is_not_shown(settings):
    settings.SECRET_KEY = STRONG

    assert doctor.secret_key() == f"SECRET_KEY de {len(STRONG)} caractères"


@pytest.mark.parametrize(
    ("site", "hosts", "fault"),
    [
        ("https://pass.example", ["pass.example"], None),
        ("https://www.pass.example", [".pass.example"], None),
        ("https://pass.example", ["pass.test"], "pass.example, de SITE_URL, n’est pas dans ALLOWED_HOSTS"),
        ("http://pass.example", ["pass.example"], "n’est pas l’adresse d’un site"),
        ("https://pass.example/passplus", ["pass.example"], "n’est pas l’adresse d’un site"),
        ("pass.example", ["pass.example"], "n’est pas l’adresse d’un site"),
    ],
)
def test_an_address(settings, site, hosts, fault):
    settings.HTTPS, settings.SITE_URL, settings.ALLOWED_HOSTS = True, site, hosts
    if fault is None:
        assert site in doctor.site_url()
        return
    with wrong(fault):
        doctor.site_url()


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("200 OK", None),
        ("301 Moved Permanently", "SECURE_PROXY=true"),
        ("400 Bad Request", "transmettre Host"),
        ("502 Bad Gateway", "lancez gunicorn"),
        ("500 Internal Server Error", "lisez le journal"),
        ("503 Service Unavailable", "lisez le journal"),
    ],
)
def test_what_a_family_would_meet(settings, status, remedy):
    def answer(stream):
        assert stream.rfile.readline().startswith(b"GET /accueil/ ")
        while stream.rfile.readline().strip():
            pass
        stream.wfile.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    with listening(answer) as port:
        settings.SITE_URL = f"http://127.0.0.1:{port}"
        if remedy is None:
            assert "répond 200" in doctor.front()
            return
        with wrong(f"répond {status[:3]}", remedy):
            doctor.front()
        settings.MAINTENANCE = True
        if status.startswith("503"):
            assert "répond 503" in doctor.front()


@pytest.mark.parametrize("site", [f"http://127.0.0.1:{NOBODY}", f"https://127.0.0.1:{NOBODY}"])
def test_a_site_that_is_not_there(settings, site):
    settings.SITE_URL = site
    with wrong("ne répond pas (ConnectionRefusedError)", "gunicorn"):
        doctor.front()


def test_a_site_that_speaks_no_http(settings):
    with listening(lambda stream: stream.wfile.write(b"220 pass.example ESMTP\r\n")) as port:
        settings.SITE_URL = f"http://127.0.0.1:{port}"
        with wrong("ne répond pas (BadStatusLine)"):
            doctor.front()


# --- The database -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_database_in_order():
    assert doctor.database().startswith("SQLite" if connection.vendor == "sqlite" else "PostgreSQL")
    assert doctor.migrations() == "toutes faites"
    assert doctor.clock()
    assert doctor.connection_numbers()


@pytest.mark.parametrize("check", ["Base de données", "Migrations", "check_ledger"])
def test_a_database_that_is_away(monkeypatch, check):
    def refuse(*args):
        raise OperationalError("connection refused\nIs the server running?")

    for door in ("cursor", "ensure_connection"):
        monkeypatch.setattr(f"django.db.backends.base.base.BaseDatabaseWrapper.{door}", refuse)
    monkeypatch.setattr(doctor, "CHECKS", {check: doctor.CHECKS[check]})
    [found] = doctor.examine()

    assert found.seen == "la base ne répond pas (connection refused)"
    assert "DATABASE_URL" in found.remedy


@pytest.mark.django_db
def test_a_migration_that_is_missing():
    MigrationRecorder(connection).record_unapplied("tickets", "0001_initial")

    with wrong("1 migrations manquent, dont tickets.0001_initial", "manage.py migrate"):
        doctor.migrations()


@pytest.fixture
def on_postgresql(monkeypatch):
    """`on_postgresql(*row, pool=8)`: whatever this database is, it answers that row to any question."""

    def pretend(*row, pool=8):
        facts = {"OPTIONS": {"pool": {"max_size": pool}}}
        monkeypatch.setattr(doctor, "connection", SimpleNamespace(vendor="postgresql", settings_dict=facts))
        monkeypatch.setattr(doctor, "_row", lambda query: row)
        monkeypatch.setenv("DATABASE_URL", "postgres://passplus@127.0.0.1/passplus")

    return pretend


@pytest.mark.parametrize("drift", [-60, 60])
def test_clocks_that_differ(on_postgresql, drift):
    on_postgresql(time.time() + drift)

    with wrong("60 s d’écart", "chrony"):
        doctor.clock()


@pytest.mark.django_db
def test_a_clock_that_was_ahead():
    """security.md F18."""
    user = make_user()
    SignIn.objects.create(user=user, device="x")
    assert doctor.dates() == "aucune après maintenant"
    SignIn.objects.create(user=user, device="x", at=timezone.now() + dt.timedelta(days=1))

    with wrong("1 dates sont à venir", "chrony"):
        doctor.dates()


def test_more_connections_than_postgresql_gives(on_postgresql, monkeypatch):
    monkeypatch.setenv("WEB_CONCURRENCY", "12")
    on_postgresql("100", "3")
    with wrong("101 connexions au plus (12 processus × 8, + 5), PostgreSQL en donne 97", "WEB_CONCURRENCY"):
        doctor.connection_numbers()

    on_postgresql("104", "3")
    assert doctor.connection_numbers() == "101 au plus, sur 101"


def test_fewer_connections_than_threads(on_postgresql):
    on_postgresql("100", "3", pool=2)
    with wrong("DATABASE_POOL=2, mais un processus a 4 fils", "DATABASE_POOL=4"):
        doctor.connection_numbers()


@pytest.fixture
def behind_a_pooler(settings, on_postgresql, monkeypatch):
    """`behind_a_pooler(mode="session")`: PgBouncer says so, PostgreSQL gives 97 connections."""

    def pretend(mode="transaction", clients=200, size=20):
        settings.DATABASE_POOLER = True
        on_postgresql("100", "3")
        monkeypatch.setenv("WEB_CONCURRENCY", "3")
        told = {
            "SHOW CONFIG": [
                {"key": "pool_mode", "value": mode},
                {"key": "max_client_conn", "value": str(clients)},
            ],
            "SHOW DATABASES": [
                {"name": "passplus", "pool_size": size, "reserve_pool": 0},
                {"name": "passplus_replica", "pool_size": size, "reserve_pool": 0},
                {"name": "pgbouncer", "pool_size": 2, "reserve_pool": 0},
            ],
        }
        monkeypatch.setattr(doctor, "_ask_pooler", told.__getitem__)

    return pretend


def test_a_pooler(behind_a_pooler):
    behind_a_pooler()

    assert doctor.connection_numbers() == (
        "29 au plus vers PgBouncer, 40 de lui vers PostgreSQL, qui en donne 97\N{NO-BREAK SPACE}: "
        "2 machines au plus"
    )


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"mode": "session"}, "PgBouncer est en mode session"),
        ({"clients": 28}, "29 connexions au plus vers PgBouncer, qui en accepte 28"),
        ({"size": 50}, "PgBouncer ouvre jusqu’à 100 connexions, PostgreSQL en donne 97"),
    ],
)
def test_a_pooler_that_is_not_as_we_need_it(behind_a_pooler, facts, fault):
    behind_a_pooler(**facts)

    with wrong(fault, "pgbouncer.ini" if "mode" not in facts else "pool_mode = transaction"):
        doctor.connection_numbers()


@pytest.mark.parametrize("told", [("0", "5s"), ("10s", "0")])
def test_limits_that_nobody_has_set(on_postgresql, told):
    on_postgresql(*told)
    with wrong(f"statement_timeout={told[0]}, lock_timeout={told[1]}", "deploy/cluster/database.sql"):
        doctor.limits()

    on_postgresql("10s", "5s")
    assert doctor.limits() == "10s par instruction, 5s pour un verrou"


@pytest.mark.django_db
def test_the_limits_of_this_database():
    assert doctor.limits() == (
        "10s par instruction, 5s pour un verrou" if connection.vendor == "postgresql" else "sans objet"
    )


@pytest.mark.parametrize("follows", [True, False])
def test_a_replica(settings, monkeypatch, follows):
    assert doctor.replica().startswith("aucune")

    settings.REPLICA = "replica"
    cursor = MagicMock()
    cursor.__enter__.return_value.fetchone.return_value = (follows,)
    monkeypatch.setattr(doctor, "connections", {"replica": Mock(cursor=lambda: cursor)})
    if follows:
        assert doctor.replica() == "répond"
        return
    with wrong("mène au serveur principal", "patronictl list"):
        doctor.replica()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="saves PostgreSQL")
def test_who_signs_the_backups(settings):
    """security.md F24."""
    settings.BACKUP_DIR, settings.BACKUP_SIGNING_KEY = "", ""
    assert doctor.backups() == "cette machine n’en fait pas"

    settings.BACKUP_DIR = "somewhere"
    with wrong("ne sont pas signées", "openssl rand -base64 32"):
        doctor.backups()
    settings.BACKUP_SIGNING_KEY = "court"
    with wrong("BACKUP_SIGNING_KEY n’est pas une clé"):
        doctor.backups()
    settings.BACKUP_SIGNING_KEY = "b2" * 21 + "8="
    assert settings.BACKUP_SIGNING_KEY not in doctor.backups()
    assert backup_signatures.public_key() in doctor.backups()


# --- This machine -----------------------------------------------------------------------------


def test_a_disk_that_is_full(monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=2**29))

    with wrong("il ne reste que 0.5 Gio", "libérez 1.0 Gio"):
        doctor.disk()


def test_room_for_a_copy_of_the_database(monkeypatch, tmp_path):
    file = tmp_path / "passplus.sqlite3"
    with file.open("wb") as sparse:
        sparse.truncate(3 * 2**30)
    here = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": str(file)})
    monkeypatch.setattr(doctor, "connection", here)
    monkeypatch.setattr("shutil.disk_usage", lambda place: SimpleNamespace(free=2 * 2**30))

    with wrong(f"il ne reste que 2.0 Gio sous {tmp_path}", "libérez 4.0 Gio"):
        doctor.disk()


def test_a_place_that_is_not_ours(monkeypatch):
    monkeypatch.setattr("os.access", lambda place, mode: False)

    with wrong("ne s’ouvre pas à l’écriture"):
        doctor.disk()


def test_there_is_room():
    assert "Gio sous" in doctor.disk()


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    def collect():
        call_command("collectstatic", interactive=False, verbosity=0)
        return tmp_path / "static" / "staticfiles.json"

    return collect


@pytest.mark.any_database
def test_static_files(collected):
    with wrong("rien n’est rassemblé", "collectstatic"):
        doctor.static_files()

    manifest = collected()
    assert "rassemblés" in doctor.static_files()

    whole = manifest.read_text()
    manifest.write_text(whole.replace('"css/pass.css"', '"css/old.css"'))
    with wrong("css/pass.css a changé depuis", "collectstatic"):
        doctor.static_files()

    manifest.write_text(whole)
    os.utime(manifest, (0, 0))
    with wrong("a changé depuis", "collectstatic"):
        doctor.static_files()


def test_paper_is_drawn():
    assert "dessine" in doctor.pdf()


def test_a_font_that_is_missing(monkeypatch):
    monkeypatch.setattr(doctor, "PAPER", "<p style='font-family: DejaVu Sans'>Sans chiffres")

    with wrong("DejaVu-Sans-Mono : police absente", "fonts-dejavu-core"):
        doctor.pdf()


def test_no_font_at_all(monkeypatch):
    monkeypatch.setattr(doctor, "PAPER", "")

    with wrong("DejaVu-Sans et DejaVu-Sans-Mono : police absente"):
        doctor.pdf()


def test_paper_that_takes_three_times_as_long(monkeypatch):
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)

    with wrong("harfbuzz-subset", "libharfbuzz-subset0"):
        doctor.pdf()


# --- E-mails ----------------------------------------------------------------------------------


@pytest.fixture
def mail_server(settings):
    """`mail_server(port)`: the settings lead there."""

    def lead(port):
        settings.POST_OFFICE = settings.POST_OFFICE | {
            "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"}
        }
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "passplus", "secret"
        settings.EMAIL_TIMEOUT = 5

    return lead


def smtp(*, knows_us):
    def talk(stream):
        stream.wfile.write(b"220 mail.example\r\n")
        while line := stream.rfile.readline():
            answers = {b"EHLO": b"250-mail.example\r\n250 AUTH PLAIN", b"QUIT": b"221 bye"}
            login = b"235 welcome" if knows_us else b"535 unknown"
            stream.wfile.write(answers.get(line[:4].upper(), login) + b"\r\n")

    return talk


def test_a_mail_server_that_answers(mail_server):
    with listening(smtp(knows_us=True)) as port:
        mail_server(port)
        assert doctor.mail() == f"127.0.0.1:{port} répond"


def test_a_mail_server_that_does_not_know_us(mail_server):
    with listening(smtp(knows_us=False)) as port:
        mail_server(port)
        with wrong("refuse l’identifiant", "EMAIL_URL"):
            doctor.mail()


def test_a_mail_server_that_is_away(mail_server):
    mail_server(NOBODY)
    with wrong("127.0.0.1:9 ne répond pas (ConnectionRefusedError)", "EMAIL_URL"):
        doctor.mail()


def test_no_mail_server(settings):
    settings.POST_OFFICE = settings.POST_OFFICE | {
        "BACKENDS": {"default": "django.core.mail.backends.console.EmailBackend"}
    }
    with wrong("aucun e-mail ne part", "smtp+tls"):
        doctor.mail()


# --- Commands ---------------------------------------------------------------------------------


def ran(name, **ago):
    CommandRun.objects.create(name=name, succeeded_at=timezone.now() - dt.timedelta(**ago))


@pytest.mark.django_db
@pytest.mark.parametrize("name", runs.DUTIES)
def test_a_command_that_never_ran(name):
    with wrong("n’a encore jamais réussi", f"manage.py {name}"):
        doctor.command(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "ago", "too_long"),
    [
        ("deliver", {"minutes": 14}, False),
        ("deliver", {"minutes": 16}, True),
        ("run_imports", {"minutes": 16}, True),
        ("expire_tickets", {"hours": 35}, False),
        ("expire_tickets", {"hours": 37}, True),
        ("send_reminders", {"hours": 37}, True),
        ("check_ledger", {"hours": 37}, True),
    ],
)
def test_a_command_that_has_not_run_lately(name, ago, too_long):
    ran(name, **ago)
    if not too_long:
        assert "a réussi le" in doctor.command(name)
        return
    with wrong("n’a plus réussi depuis le", f"manage.py {name}"):
        doctor.command(name)


@pytest.mark.django_db
def test_a_worker_amid_a_long_round():
    for name in ("deliver", "run_imports"):
        ran(name, hours=3)
    Email.objects.create(from_email="a@pass.example", to=["b@pass.example"], status=STATUS.sent)
    agent = make_user("agent")
    Import.objects.create(
        sort=Sort.ROSTER, name="eleves.csv", content=b"", stage=Stage.RUNNING, owner=agent, confirmed_by=agent
    )

    assert "a réussi" in doctor.command("deliver")
    assert "a réussi" in doctor.command("run_imports")


# --- The whole --------------------------------------------------------------------------------


def examined(monkeypatch, capsys, **checks):
    monkeypatch.setattr(doctor, "CHECKS", checks)
    try:
        call_command("doctor", no_color=True)
    finally:
        said = capsys.readouterr().out
    return said


def test_one_line_each(monkeypatch, capsys):
    assert examined(monkeypatch, capsys, Un=lambda: "bien", Deux=lambda: "bien aussi") == (
        "OK       Un : bien.\nOK       Deux : bien aussi.\n"
    )


def test_exit_with_1_if_something_is_wrong(monkeypatch, capsys):
    def broken():
        raise Wrong("cassé", "réparez-le")

    def unforeseen():
        raise LookupError("quoi ?")

    with pytest.raises(CommandError, match=r"2 points à corriger\.") as refusal:
        examined(monkeypatch, capsys, Un=broken, Deux=lambda: "bien", Trois=unforeseen)
    assert refusal.value.returncode == 1

    monkeypatch.setattr(doctor, "CHECKS", {"Un": broken, "Deux": lambda: "bien", "Trois": unforeseen})
    assert [(it.seen, bool(it.remedy)) for it in doctor.examine()] == [
        ("cassé", True),
        ("bien", False),
        ("LookupError: quoi ?", True),
    ]


@pytest.mark.django_db
def test_each_check_is_there(monkeypatch):
    # Of all of them only this one would leave the machine.
    monkeypatch.setattr(doctor, "_ask", lambda address: 200)
    names = [finding.name for finding in doctor.examine()]

    assert names == list(doctor.CHECKS)
    assert set(runs.DUTIES) < set(names)


@pytest.mark.django_db
def test_an_account_of_the_demonstration(settings):
    """security.md F23: `agent.test`, a superuser with the password of the README, went unsaid."""
    assert doctor.demonstration() == "aucun compte de démonstration ouvert"

    agent = make_user("agent.test", password="demo-passplus-92", is_staff=True)
    with wrong("agent.test : le mot de passe de la démonstration", "fermez ces comptes"):
        doctor.demonstration()

    agent.set_password("another-one-of-theirs")
    agent.save(update_fields=["password"])
    assert doctor.demonstration() == "aucun compte de démonstration ouvert"
