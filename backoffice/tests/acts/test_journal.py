"""The journal of acts is read and searched, never changed."""

import uuid

import pytest
from django.urls import reverse

from accounts.audit import AuditEntry
from wallets.tests.factories import make_wallet

from .journal import WHY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("change", ["change", "delete"])
def test_nothing_in_the_journal_can_be_changed_from_the_admin(client, act, administrator, change):
    act(make_wallet("60"), "corriger", way="credit", amount="5", key=uuid.uuid4())
    entry = AuditEntry.objects.get()
    address = reverse(f"admin:accounts_auditentry_{change}", args=[entry.pk])

    assert client.post(address, {"reason": "Autre", "post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().reason == WHY


def test_the_journal_is_searched(client, act, administrator):
    act(make_wallet("60"), "corriger", way="credit", amount="5", key=uuid.uuid4())

    assert WHY in client.get(reverse("admin:accounts_auditentry_changelist"), {"q": "famille"}).text
