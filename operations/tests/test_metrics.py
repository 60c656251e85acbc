"""What is counted, once, and only if it happened; by all workers together."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from accounts import mail
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.models import Import, Sort
from operations import metrics
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Ticket
from wallets.exceptions import InsufficientFunds
from wallets.models import Kind
from wallets.tests.factories import make_wallet

TOKEN = "of-no-use-outside-the-tests"


def read(text):
    """Every number, by its name and labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


@pytest.fixture
def counted():
    """`counted(name, *labels)`: by how much that number has grown during this test."""
    before = read(metrics.reading().decode())

    def grown(*key):
        return read(metrics.reading().decode()).get(key, 0) - before.get(key, 0)

    return grown


# --- Requests ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page(client, counted):
    client.get("/accueil/")

    assert counted("passplus_requests_total", "GET", "accounts:login", "200") == 1
    assert counted("passplus_request_seconds_count", "accounts:login") == 1
    assert 0 < counted("passplus_request_seconds_sum", "accounts:login") < 10


@pytest.mark.django_db
def test_whatever_is_asked_for_there_are_few_labels(client, counted):
    for number in range(20):
        client.get(f"/nulle-part/{number}/")
        client.generic(f"VERB{number}", "/accueil/")
    client.get("/favicon.ico").close()

    assert counted("passplus_requests_total", "GET", "unknown", "404") == 20
    assert counted("passplus_requests_total", "other", "unknown", "405") == 20
    assert counted("passplus_requests_total", "GET", "static", "200") == 1


@pytest.mark.django_db
def test_a_page_that_breaks(counted, monkeypatch):
    monkeypatch.setattr("content.views.render", lambda *_: 1 / 0)
    Client(raise_request_exception=False).get("/aide/")

    assert counted("passplus_requests_total", "GET", "content:help", "500") == 1


# --- What happens -----------------------------------------------------------------------------


def order(wallet, actor, amount="10", **more):
    return services.order(
        key=uuid.uuid4(), wallet_id=wallet.pk, offer_id=None, amount=Decimal(amount), actor=actor, **more
    )


@pytest.fixture
def parent(db):
    return make_user("camille")


@pytest.fixture
def wallet(parent):
    return make_wallet("60", beneficiary=make_beneficiary(parent))


def test_a_ticket_from_beginning_to_end(parent, wallet, counted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        order(wallet, parent, quantity=3)
        first, second, _ = Ticket.objects.order_by("number")
        services.cancel(ticket_id=first.pk, actor=parent)
        services.use(ticket_id=second.pk, actor=parent, offer_id=make_offer(kind=wallet.kind).pk)

        assert counted("passplus_tickets_total", "created") == 0  # not before it is sure
    assert counted("passplus_tickets_total", "created") == 3
    assert counted("passplus_tickets_total", "cancelled") == 1
    assert counted("passplus_tickets_total", "used") == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_did_not_happen(counted):
    parent = make_user("camille")
    wallet = make_wallet("60", beneficiary=make_beneficiary(parent))
    with transaction.atomic():
        order(wallet, parent)
        transaction.set_rollback(True)
    assert counted("passplus_tickets_total", "created") == 0

    order(wallet, parent)
    assert counted("passplus_tickets_total", "created") == 1


def test_sent_twice_counts_once(parent, wallet, counted, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        key = uuid.uuid4()
        for _ in range(2):
            services.order(
                key=key, wallet_id=wallet.pk, offer_id=None, amount=Decimal(10), actor=parent, quantity=1
            )

    assert counted("passplus_tickets_total", "created") == 1


def test_a_refusal_is_counted_by_its_kind(client, parent, wallet, counted):
    client.force_login(parent)
    page = reverse("tickets:create_paper", args=[wallet.beneficiary.public_id, wallet.pk])
    response = client.post(page, {"key": uuid.uuid4(), "amount": "100"})

    assert "Il ne reste que" in response.text
    assert counted("passplus_refusals_total", "InsufficientFunds") == 1


def test_a_page_that_says_what_cannot_be_done_is_no_refusal(client, parent, counted):
    """code.md 3.15: one look at the paper page with an empty wallet was two refusals."""
    child = make_beneficiary(parent)
    client.force_login(parent)
    for kind, balance in ((Kind.SPORT, "0"), (Kind.CULTURE, "0.50")):
        make_wallet(balance, kind=kind, beneficiary=child)
    response = client.get(reverse("tickets:paper", args=[child.public_id]))

    assert "Ce porte-monnaie est vide." in response.text
    for refusal in ("InsufficientFunds", "AmountNotAllowed"):
        assert counted("passplus_refusals_total", refusal) == 0


@pytest.mark.django_db
def test_to_make_an_exception_counts_nothing(counted):
    """code.md 3.15."""
    assert InsufficientFunds(Decimal(0)).sentence == InsufficientFunds.said_of(Decimal(0))
    assert counted("passplus_refusals_total", "InsufficientFunds") == 0


@pytest.mark.django_db(transaction=True)
def test_a_throttle_is_counted_by_its_door(client, counted):
    form = {"username": "camille", "password": "trois tulipes mauves"}
    statuses = [client.post("/accueil/", form).status_code for _ in range(7)]

    assert statuses.count(429) == counted("passplus_throttled_total", "login") == 2


def test_a_pdf(client, parent, wallet, counted):
    order(wallet, parent)
    client.force_login(parent)
    number = Ticket.objects.get().number
    client.get(
        f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/transactions/impression/?ticket={number}"
    )

    assert counted("passplus_pdf_seconds_count", "tickets/pdf.html") == 1
    assert counted("passplus_pdf_seconds_sum", "tickets/pdf.html") > 0


# --- What waits -------------------------------------------------------------------------------


def test_what_waits(parent, wallet, settings, counted):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    mail.password_changed(parent)
    order(wallet, parent)
    Import.objects.create(sort=Sort.ROSTER, name="eleves.csv", content=b"", owner=parent)

    assert counted("passplus_outbox_messages", "queued") == 1
    assert counted("passplus_outbox_messages", "failed") == 0
    assert counted("passplus_outbox_oldest_seconds") > 0
    assert counted("passplus_notices_waiting") == 1
    assert counted("passplus_imports_waiting") == 1
    assert read(metrics.reading().decode())["passplus_database_up",] == 1


# --- Several workers --------------------------------------------------------------------------


@pytest.fixture
def gunicorn(tmp_path):
    """Two workers on an empty database; yields its process and its port."""
    environment = os.environ | {
        "DEBUG": "false",
        "HTTPS": "false",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'passplus.sqlite3'}",
        "WEB_CONCURRENCY": "2",
        "METRICS_TOKEN": TOKEN,
        "LOG_LEVEL": "ERROR",
    }
    with socket.create_server(("127.0.0.1", 0)) as door:
        process = subprocess.Popen(  # noqa: S603 – our own command
            [
                *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
                *("--bind", f"fd://{door.fileno()}", "--log-level", "error"),
            ],
            cwd=settings.BASE_DIR,
            env=environment,
            pass_fds=[door.fileno()],
        )
        port = door.getsockname()[1]
    yield process, port
    counted = counters(process)
    process.terminate()
    process.wait(timeout=30)
    assert not any(file.parent.exists() for file in counted)


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def alive(port):
    return read(ask(port, "/metrics"))["passplus_requests_total", "GET", "/healthz", "200"]


def children(process):
    path = f"/proc/{process.pid}/task/{process.pid}/children"
    with open(path) as file:  # noqa: PTH123 – the kernel's
        return file.read().split()


def counters(process):
    """The files where the workers count."""
    maps = [Path(f"/proc/{worker}/maps").read_text() for worker in children(process)]
    return {Path(found) for found in re.findall(r"/\S*passplus-metrics-\S+", "".join(maps))}


@pytest.mark.any_database
def test_workers_count_together_and_outlive_one_another(gunicorn):
    process, port = gunicorn
    for _ in range(40):
        ask(port, "/healthz")
    assert {alive(port) for _ in range(10)} == {40}

    old = children(process)
    for worker in old:
        os.kill(int(worker), signal.SIGKILL)
    while len(set(children(process)) - set(old)) < 2:
        time.sleep(0.1)
    for _ in range(20):
        ask(port, "/healthz")

    assert {alive(port) for _ in range(10)} == {60}
    [directory] = {file.parent for file in counters(process)}
    assert {file.name for file in directory.iterdir()} <= {
        f"{kind}_{place}.db" for kind in ("counter", "histogram") for place in (0, 1)
    }


@pytest.mark.any_database
def test_a_full_disk_does_not_keep_workers_from_counting(gunicorn):
    """A mapped page that the disk cannot give is the death of who touches it."""
    process, port = gunicorn
    ask(port, "/healthz")

    assert {file.parts[:3] for file in counters(process)} == {("/", "dev", "shm")}
