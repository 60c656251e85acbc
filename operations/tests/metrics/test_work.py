"""What is counted of PDFs, and of what waits."""

from accounts import mail
from backoffice.models import Import, Sort
from operations import metrics
from tickets.models import Ticket

from .ordering import order
from .reading import read


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
    # The message of the password, and what is to be told of the order.
    assert counted("passplus_tasks", "mail", "waiting") == 2
    assert counted("passplus_tasks", "files", "failed") == 0
    assert counted("passplus_tasks_oldest_seconds", "mail") > 0
    assert counted("passplus_tasks_oldest_seconds", "files") == 0
    assert read(metrics.reading().decode())["passplus_database_up",] == 1


def test_which_version_answers(db, settings):
    """newcomer.md 29 f"""
    settings.VERSION = "2026.11.0"

    assert read(metrics.reading().decode())["passplus_info", "2026.11.0"] == 1
