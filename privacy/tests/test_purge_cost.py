"""How often a night reads the texts, and asks who is due."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from privacy import free_texts
from privacy.retention import families, sweeps

from .leaving import gone, make_former

pytestmark = pytest.mark.django_db


def readings(run):
    """How many pages of each table of texts it reads."""
    with CaptureQueriesContext(connection) as asked:
        run()
    sizes = rf"LIMIT ({free_texts.PAGE}|{free_texts.PAGE_OF_REPORTS})$"
    pages = [query["sql"] for query in asked if re.search(sizes, query["sql"])]
    return Counter(re.search(r'FROM "(\w+)"', sql)[1] for sql in pages)


def test_texts_are_read_once_for_the_night(purge, monkeypatch):
    """code.md 3.17: each batch read the whole journal, outbox and reports again."""
    monkeypatch.setattr(sweeps, "AT_ONCE", 1)

    def leave(families):
        for number in range(families):
            make_former(make_user(f"parent{families}{number}", last_name=f"Zwyck{number}"))
        agent = make_user(is_staff=True)
        audit.record(action=Action.ACCESS_RESET, subject=agent, reason="Appel de Zwyck0", actor=agent)

    leave(1)
    once = readings(purge)
    leave(6)
    assert readings(purge) == once
    # Its name and reason, its report, the lines it refused.
    assert once.pop("passplus_import") == 3
    # Twice a suggestion: what it says, and who to answer.
    assert once.pop("partners_suggestion") == 2
    # Twice who is to act for a child: its address, and its name.
    assert once.pop("applications_otherguardian") == 2
    # Twice an account: what was written of it, and whose it is.
    assert once.pop("payments_bankaccount") == 2
    assert once == dict.fromkeys(
        [
            "accounts_auditentry",
            "accounts_forgottenrequest",
            "accounts_proposal",
            "accounts_signup",
            "applications_application",
            "partners_invitation",
            "backoffice_writtenrows",
            "django_admin_log",
            "post_office_email",
            "payments_accountreading",
            "payments_correction",
            "payments_hold",
            "payments_outcome",
            "payments_returnline",
        ],
        1,
    )
    assert not AuditEntry.objects.filter(reason__contains="Zwyck").exists()
    assert len(gone()) == 7


def test_a_parent_is_still_written_to_about_the_child_that_stays(purge):
    """code.md 3.17: of all who go in a night, only the first name of its own child is looked for there."""
    staying, other = make_user("parent"), make_user("autre")
    for parent in (staying, other):
        make_beneficiary(parent)
    make_former(staying, first_name="Paul")
    make_former(other, first_name="Emma")
    for subject in ("Ticket de Paul", "Ticket de Emma"):
        Email.objects.create(from_email="nous@pass.example", to=[staying.email], subject=subject)
    purge()

    assert [mail.subject for mail in Email.objects.all()] == ["Ticket de Emma"]


def test_who_is_due_is_asked_once_a_batch(monkeypatch):
    """code.md 3.17: it was asked three times; and once for the list."""
    monkeypatch.setattr(sweeps, "AT_ONCE", 1)
    for _ in range(4):
        make_former()
    sweep = sweeps.Sweep("x", families.children_due, len)
    with CaptureQueriesContext(connection) as asked:
        assert sweep.run(timezone.now()) == 4
    assert len([query for query in asked if "last_validation_on" in query["sql"]]) == 4 + 2
