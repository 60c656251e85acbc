"""The agent says which address a stolen account has."""

import pytest
from django.urls import reverse

from accounts import recovery
from accounts.audit import Action, AuditEntry
from accounts.exceptions import NoFormerAddress, OwnAccount
from accounts.models import User
from accounts.recovery import Address
from accounts.tests.factories import make_user

from .thefts import NEW, OLD, stop, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "after"), [(Address.KEPT, NEW), (Address.FORMER, OLD), (Address.NONE, "")]
)
def test_the_agent_says_which_address_it_has(act, agent, stolen, address, after):
    """admin.md 16: else « identifiants oubliés » goes to the thief's address."""
    act(stolen, "compte-vole", address=address)

    stolen.refresh_from_db()
    assert stolen.email == after
    assert told() == sorted([OLD, NEW]), "whoever may be the owner"
    [line] = AuditEntry.objects.filter(action=Action.ACCOUNT_STOLEN)
    assert address.label in line.details
    assert OLD in line.details
    assert NEW in line.details


def test_the_page_offers_no_address_that_is_not_known(client, agent):
    page = client.get(reverse("admin:accounts_user_compte-vole", args=[make_user(email="").pk]))

    assert [value for value, _ in page.context["form"].fields["address"].choices] == [Address.KEPT]
    with pytest.raises(NoFormerAddress):
        recovery.stop_theft(user_id=make_user().pk, address=Address.FORMER, actor=agent)


def test_an_agent_asks_another_one(agent):
    with pytest.raises(OwnAccount):
        recovery.stop_theft(user_id=agent.pk, address=Address.KEPT, actor=agent)


def test_such_an_account_is_not_taken_for_one_never_activated(act, agent, stolen):
    stop(act, stolen)

    assert stolen not in User.objects.never_activated()
