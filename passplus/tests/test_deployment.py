"""What deploy/ says is what the program needs: nothing is forgotten there when it changes here."""

import datetime as dt
import re
import runpy
import subprocess
import sys
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from applications.forms import LARGEST_OF_ALL
from core import pictures
from core.spreadsheet_files.reading import LARGEST_FILE
from operations import runs
from operations.doctor import env_names

DEPLOY = settings.BASE_DIR / "deploy"
UNITS = DEPLOY / "systemd"
due = runpy.run_path(str(DEPLOY / "scheduler.py"))["due"]


def in_paris(hour, minute):
    return dt.datetime(2026, 11, 25, hour, minute, tzinfo=ZoneInfo("Europe/Paris")).astimezone(dt.UTC)


def started():
    """The units that come with passplus.target."""
    return set(re.findall(r"passplus-\S+", (UNITS / "passplus.target").read_text()))


def test_every_duty_is_started_by_systemd():
    names = {re.sub(r".*@|\..*", "", unit) for unit in started()}

    # A worker's unit is called by its queue.
    assert {duty.removeprefix("run_tasks --queue ") for duty in runs.DUTIES} <= names


def test_every_timer_is_started():
    assert {path.name for path in UNITS.glob("*.timer")} == {
        unit for unit in started() if unit.endswith(".timer")
    }


def test_every_duty_is_done_in_containers():
    compose = (settings.BASE_DIR / "compose.yaml").read_text()
    timed = {path.stem.partition("@")[2] for path in UNITS.glob("*.timer")}

    assert {name for name in runs.DUTIES if f"manage.py, {name.replace(' ', ', ')}," not in compose} <= timed


@pytest.mark.parametrize(
    ("moment", "commands"),
    [
        (in_paris(0, 10), ["expire_tickets"]),
        (in_paris(8, 10), ["send_reminders"]),
        (in_paris(8, 11), []),
        (in_paris(8, 40), ["backup"]),
        (in_paris(23, 40), ["backup"]),
    ],
)
def test_without_systemd_the_timers_are_read(moment, commands):
    assert list(due(moment)) == commands


def test_nginx_lets_in_the_largest_import_a_photograph_papers_and_no_other_large_thing():
    configuration = (DEPLOY / "nginx" / "passplus.conf").read_text()
    import_page = configuration.partition(f"location = {reverse('admin:backoffice_import_add')} {{")[2]
    [limit] = re.findall(r"client_max_body_size (\d+)m;", import_page.partition("}")[0])

    [photographs, photograph] = re.findall(
        r"location ~ (\S+photographier\S+) \{[^}]+client_max_body_size (\d+)m;", configuration
    )[0]
    assert re.fullmatch(photographs, reverse("tickets:photograph", args=[12345]))
    assert int(photograph) * 2**20 > pictures.LARGEST
    assert LARGEST_FILE < int(limit) * 2**20 < 1.2 * LARGEST_FILE
    [papers, together] = re.findall(
        r"location ~ (\S+bourse\S+) \{[^}]+client_max_body_size (\d+)m;", configuration
    )[0]
    for page, where in (
        ("scholarship", ["a" * 10, 12345]),
        ("enrol", []),
        ("enrolment", [12345]),
        ("school", ["a" * 10]),
        ("guardian", ["a" * 10]),
        ("renew", ["a" * 10]),
    ):
        assert re.fullmatch(papers, reverse(f"applications:{page}", args=where))
    for page, where in (("candidacy", [12345]), ("candidacy_papers", [12345])):
        assert re.fullmatch(papers, reverse(f"applications:{page}", args=where))
    assert int(together) * 2**20 > LARGEST_OF_ALL * 1.2
    limits = sorted(re.findall(r"client_max_body_size (\w+);", configuration))
    assert limits == ["0", "16m", "1m", f"{together}m", f"{limit}m"]


def value(name, key):
    """Of a setting in an example of deploy/cluster."""
    [found] = re.findall(rf"(?m)^\s*{key}\s*[:=]\s*(\d+)", (DEPLOY / "cluster" / name).read_text())
    return int(found)


def test_poolers_ask_no_more_of_postgresql_than_it_gives():
    databases = re.findall(r"(?m)^passplus\w* = ", (DEPLOY / "cluster" / "pgbouncer.ini").read_text())
    hosts = re.findall(r"(?m)^    server ", (DEPLOY / "cluster" / "upstream.conf").read_text())
    taken = len(databases) * len(hosts) * value("pgbouncer.ini", "default_pool_size")

    # Three are kept for its superuser, some for Patroni and the two that follow.
    assert taken <= value("patroni.yml", "max_connections") - 10


def test_a_primary_is_given_up_only_after_it_has_tried():
    """What Patroni asks of these three."""
    waited = value("patroni.yml", "loop_wait") + 2 * value("patroni.yml", "retry_timeout")

    assert value("patroni.yml", "ttl") >= waited


def test_nginx_finds_the_door_that_systemd_opens():
    [port] = re.findall(r"ListenStream=@HERE@:(\d+)", (DEPLOY / "cluster" / "web.socket.conf").read_text())
    doors = re.findall(r"(?m)^    server \S+:(\d+) ", (DEPLOY / "cluster" / "upstream.conf").read_text())

    assert set(doors) == {port}


def test_the_upstream_of_one_machine_can_be_left_out():
    """As docs/plusieurs-machines.md does by sed, and the drill too."""
    site = (DEPLOY / "nginx" / "passplus.conf").read_text()

    assert re.findall(r"(?ms)^upstream passplus \{.*?^\}$", site)


def test_nginx_loses_patience_before_it_knows_which_name_is_asked_for():
    """security.md F6: in the named server alone, a header that trickled was cut after 60 s, not 10."""
    site = (DEPLOY / "nginx" / "passplus.conf").read_text()
    default, _, named = site.partition("return 444;")

    for setting in (r"client_header_timeout \w+;", r"ssl_protocols [\w. ]+;"):
        assert re.findall(setting, default.partition("default_server")[2]) == re.findall(setting, named)


def test_nginx_counts_a_subscriber_of_ipv6_as_one():
    """security.md F6: a /64 holds 2⁶⁴ addresses, and each was a visitor."""
    site = (DEPLOY / "nginx" / "passplus.conf").read_text()

    assert re.findall(r"(?m)^limit_\w+_zone (\S+) ", site) == ["$passplus_network"] * 3
    four, short = (
        re.compile(written.replace("(?<", "(?P<")) for written in re.findall(r'"~(\^[^"]+)" \$', site)
    )
    assert four.match("2001:db8:a:b:1:2:3:4")["four"] == four.match("2001:db8:a:b::1")["four"]
    assert short.match("2001:db8::1")["short"] == short.match("2001:db8::ffff:1")["short"] == "2001:db8"
    assert not four.match("192.0.2.1")
    assert not short.match("192.0.2.1")


def test_nginx_holds_more_connections_than_one_computer_opens():
    """security.md F6: Debian's 768 are gone after 1,530 slow ones. (`make drill` holds 1,700.)"""
    guide = (settings.BASE_DIR / "docs" / "deploiement.md").read_text()
    [connections] = re.findall(r"worker_connections (\d+);/\"", guide)
    [files] = re.findall(r"(?m)^worker_rlimit_nofile (\d+);", (DEPLOY / "nginx" / "workers.conf").read_text())

    assert int(connections) == 8192
    # One for the visitor, one for the page behind.
    assert int(files) > 2 * int(connections)


def test_nginx_and_gunicorn_take_addresses_of_the_same_length():
    """security.md F25: what one takes and the other refuses is refused in English."""
    [buffers] = re.findall(
        r"large_client_header_buffers 4 (\d+)k;", (DEPLOY / "nginx" / "passplus.conf").read_text()
    )
    [line] = re.findall(r"(?m)^limit_request_line = (\d+)", (DEPLOY / "gunicorn.conf.py").read_text())

    assert 1024 * int(buffers) - 2 <= int(line)


@pytest.mark.parametrize(
    "day", ["2027-03-28", "2027-10-31", "2027-06-01"], ids=["23 hours", "25 hours", "24"]
)
def test_each_nightly_command_runs_once_a_day(day):
    """code.md 3.18: at 2:10 of the last Sunday of March nothing ran; in October a command ran twice."""
    date, paris = dt.datetime.fromisoformat(day), ZoneInfo("Europe/Paris")
    start, end = (one.replace(tzinfo=paris).astimezone(dt.UTC) for one in (date, date + dt.timedelta(days=1)))
    minutes = (end - start) // dt.timedelta(minutes=1)
    ran = Counter(name for minute in range(minutes) for name in due(start + dt.timedelta(minutes=minute)))

    assert ran.pop("backup") == ran.pop("doctor") == minutes // 60
    assert ran == dict.fromkeys(["check_ledger", "expire_tickets", "purge", "send_reminders"], 1)


def test_a_wrong_setting_is_seen_before_a_reload():
    """newcomer.md 1: its workers would not start, and the master would go with them."""
    reloads = re.findall(r"(?m)^ExecReload=(.*)$", (UNITS / "passplus-web.service").read_text())

    assert [re.search(r"manage.py check --deploy|kill -HUP", line)[0] for line in reloads] == [
        "manage.py check --deploy",
        "kill -HUP",
    ]


def test_an_image_whose_step_fails_is_none():
    """newcomer.md 2: the format that podman writes by default knows no SHELL."""
    dockerfile = (settings.BASE_DIR / "Dockerfile").read_text()
    steps = re.findall(r"(?m)^RUN (.*)$", dockerfile)

    assert steps
    assert [step for step in steps if not step.startswith("set -eu;")] == []
    assert "\nSHELL" not in dockerfile


def test_what_fails_is_told():
    """newcomer.md 9"""
    for unit in ("passplus-job@.service", "passplus-worker@.service", "passplus-web.service"):
        assert "OnFailure=passplus-alert@%n.service" in (UNITS / unit).read_text()
    assert "passplus-job@doctor.timer" in started()


@pytest.mark.parametrize(("status", "told"), [(0, ""), (1, "alert backup | 2\n3\n")])
def test_what_fails_in_containers_is_told_too(monkeypatch, tmp_path, capfd, status, told):
    """newcomer.md 9: where there is no systemd, nobody heard of it."""
    noted = tmp_path / "noted"
    (tmp_path / "manage.py").write_text(
        "import sys\nfrom pathlib import Path\n"
        "if sys.argv[1] == 'alert':\n"
        f"    Path({str(noted)!r}).write_text(' '.join(sys.argv[1:]) + ' | ' + sys.stdin.read())\n"
        f"else:\n    print(1, 2, 3, sep='\\n')\n    sys.exit({status})\n"
    )
    scheduler = runpy.run_path(str(DEPLOY / "scheduler.py"))
    monkeypatch.setitem(scheduler["run"].__globals__, "HERE", tmp_path / "deploy")
    monkeypatch.setitem(scheduler["run"].__globals__, "LINES_TOLD", 2)
    scheduler["run"]("backup")

    assert capfd.readouterr().out == "1\n2\n3\n"
    assert (noted.read_text() if noted.exists() else "") == told


def test_what_compose_reads_in_env_is_no_mistake():
    """newcomer.md 28: the doctor names what nothing reads."""
    read = set(re.findall(r"\$\{(\w+)", (settings.BASE_DIR / "compose.yaml").read_text()))

    # Which version is built is said on the line that builds it.
    assert read - {"VERSION"} <= env_names.ELSEWHERE


def test_containers_keep_no_line_for_ever():
    """newcomer.md 27: Docker's own default has no limit, and nginx wrote into its container."""
    services = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())["services"]

    assert {name: one["logging"]["driver"] for name, one in services.items()} == dict.fromkeys(
        services, "local"
    )
    site = (DEPLOY / "nginx" / "passplus.conf").read_text()
    for log in re.findall(r"(?:access|error)_log (/\S+)", site):
        assert re.search(rf"/dev/std(out|err) {re.escape(log)} ", services["nginx"]["command"])


def test_a_prometheus_comes_to_a_door_of_its_own_in_containers():
    """newcomer.md 28: nobody is 127.0.0.1 there, and nginx opens /metrics to no one else."""
    door = (DEPLOY / "nginx" / "probes.conf").read_text()
    [port] = re.findall(r"listen (\d+);", door)
    nginx = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())["services"]["nginx"]

    assert f"127.0.0.1:{port}:{port}" in nginx["ports"]
    assert "./deploy/nginx/probes.conf:/etc/nginx/conf.d/probes.conf:ro" in nginx["volumes"]
    assert set(re.search(r"\^/\(([\w|]+)\)\$", door)[1].split("|")) == {"healthz", "readyz", "metrics"}


@pytest.mark.parametrize("path", ["docs/deploiement.md", "compose.yaml", "deploy/cluster/patroni.yml"])
def test_the_log_of_postgresql_names_nobody(path):
    """newcomer.md 29 d: by default it cites the row that is refused, and the statement with its values."""
    text = (settings.BASE_DIR / path).read_text()

    assert re.search(r"log_error_verbosity( =|=|:) ?terse", text)
    assert re.search(r"log_min_error_statement( =|=|:) ?panic", text)


def test_what_is_started_again_never_stays_down():
    """newcomer.md 29 g: five deaths in ten seconds were its last; and no e-mail for each of many."""
    units = {
        unit: re.findall(r"(?m)^StartLimit\w+=.*$", (UNITS / unit).read_text())
        for unit in ("passplus-web.service", "passplus-worker@.service", "passplus-alert@.service")
    }

    assert units == {
        "passplus-web.service": ["StartLimitIntervalSec=0"],
        "passplus-worker@.service": ["StartLimitIntervalSec=0"],
        "passplus-alert@.service": ["StartLimitIntervalSec=1h", "StartLimitBurst=3"],
    }


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", "abc", "n’est pas un port"),
        ("127.0.0.1", "99999", "Un port va"),
        ("192.0.2.1", "8000", "n’est pas une adresse de cette machine"),
    ],
)
def test_why_a_trial_cannot_listen(host, port, said):
    """newcomer.md 18: « est déjà pris » was said of each."""
    asked = [sys.executable, "deploy/can_listen.py", host, port]
    done = subprocess.run(  # noqa: S603 – its own words
        asked, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert said in done.stderr
