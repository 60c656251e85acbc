"""`forget_second_factor`."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.audit import Action, AuditEntry
from accounts.models import User
from accounts.tests.factories import make_user

from .telephones import FACTOR

pytestmark = pytest.mark.django_db


class TestTheCommand:
    """Once the secret that sealed the telephones has leaked, no administrator comes in to forget them."""

    def test_it_lets_an_agent_enrol_anew(self, client, agent, telephone):
        """security.md F4, its kind: whoever was inside by a lost telephone is out, as by the act."""
        call_command("forget_second_factor", "agent", stdout=io.StringIO())

        assert client.get(FACTOR).status_code == 302
        client.force_login(User.objects.get(pk=agent.pk))
        assert "qr" in client.get(FACTOR).context
        assert AuditEntry.objects.get().action == Action.SECOND_FACTOR_FORGOTTEN

    def test_of_nobody(self):
        make_user("camille")
        with pytest.raises(CommandError, match="Aucun agent"):
            call_command("forget_second_factor", "camille")
