"""The journal is searched and narrowed."""

import pytest

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

from .edits import JOURNAL, edit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "said",
    [
        "ROUX",
        "inès roux",
        "0920000123",
        "Agnès",
        "Bernard agnès",
        "parent.roux",
        "12,50",
        "Courrier du 3",
        "ticket n° {number}",
    ],
)
def test_it_is_found_by(client, agent, said):
    """admin.md 15: child, agent, identifiant, amount, motif, number of the ticket."""
    child = make_beneficiary(first_name="Inès", last_name="ROUX", pupil_number="0920000123")
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    audit.record(
        action=Action.TICKET_CANCELLED,
        subject=ticket,
        reason="Courrier du 3 mars",
        actor=agent,
        details="12,50 € à parent.roux",
    )
    audit.record(action=Action.CAMPAIGN_OPENED, subject=make_campaign(), reason="Rentrée", actor=None)
    found = client.get(JOURNAL, {"q": said.format(number=ticket.number)}).context["cl"].queryset

    assert [line.action for line in found] == [Action.TICKET_CANCELLED]


def test_it_is_found_by_what_was_before(client, agent):
    """admin.md 15: an address that is no longer anybody's."""
    edit(client, make_user("camille"), email="autre@famille.example", reason="Courrier")

    for address in ("camille@famille.example", "AUTRE@famille.example"):
        assert client.get(JOURNAL, {"q": address}).context["cl"].queryset.count() == 1


def test_it_is_narrowed_by_agent_action_and_date(client, agent):
    """admin.md 15: only by action."""
    other = make_user("paul", is_staff=True)
    make_user("zebulon")
    for actor in (agent, other, None):
        audit.record(action=Action.ACCOUNT_CLOSED, subject=make_user(), reason="Départ", actor=actor)

    def count(**asked):
        return client.get(JOURNAL, asked).context["cl"].queryset.count()

    assert (count(agent=other.pk), count(agent="commande"), count(agent="x")) == (1, 1, 3)
    assert count(action__exact=Action.ERASED) == 0
    assert count(at__year=AuditEntry.objects.first().at.year) == 3
    assert "zebulon" not in client.get(JOURNAL).text
