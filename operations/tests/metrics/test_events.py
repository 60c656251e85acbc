"""What is counted of tickets, refusals and PDFs: once, and only if it happened; and what waits."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

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

from .reading import read


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
