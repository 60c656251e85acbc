"""Both addresses are told."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_user

from .thefts import NEW, OLD, WHY, told

pytestmark = pytest.mark.django_db


def test_an_access_to_a_new_address_is_told_to_the_one_before(act, agent, stolen):
    """admin.md 16: the journal showed « E-mail envoyé à gest.perso@x » alone."""
    act(stolen, "rendre-l-acces")

    assert told() == sorted([OLD, NEW])
    assert OLD in AuditEntry.objects.get(action=Action.ACCESS_RESET).details


@pytest.mark.parametrize(("address", "expected"), [(NEW, [OLD, NEW]), ("", [OLD])])
def test_both_addresses_are_told_of_a_change_by_an_agent(client, agent, address, expected):
    """admin.md 16: only the old one was told."""
    user = make_user("mere", email=OLD)
    page = reverse("admin:accounts_user_change", args=[user.pk])
    client.post(page, {"username": "mere", "email": address, "reason": WHY})

    assert told() == sorted(expected)
    assert all("Appelez-nous" in message.body for message in mail.outbox)
