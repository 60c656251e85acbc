"""Above the ceiling another agent confirms; there is no way round."""

import uuid
from decimal import Decimal

import pytest

from accounts.audit import Action
from accounts.proposals import Proposal
from accounts.tests.factories import make_beneficiary
from wallets import services
from wallets.tests.factories import make_campaign, make_wallet

from .desk import journal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("amount", "waits"), [("200", False), ("200,01", True), ("5000", True)])
def test_above_the_ceiling_another_agent_confirms(one, other, amount, waits):
    """admin.md 5, security.md F8: 5 000 € on a wallet of 20 €, 900 000 € by one gestionnaire."""
    wallet = make_wallet("20")
    one.fill(wallet, "corriger", way="credit", amount=amount, key=uuid.uuid4())

    wallet.refresh_from_db()
    assert (wallet.balance == 20) == waits
    if waits:
        other.confirm(wallet, "corriger")
        wallet.refresh_from_db()
        assert wallet.balance == 20 + Decimal(amount.replace(",", "."))
        assert journal()[-1][:2] == (Action.CORRECTION, "basile")
        assert "proposé par agnes" in journal()[-1][2]


def test_the_ceiling_is_not_passed_in_slices(one):
    """security.md F8: twice 150 € is as much as 300 €."""
    wallet = make_wallet("20")
    for _ in range(2):
        one.fill(wallet, "corriger", way="credit", amount="150", key=uuid.uuid4())

    wallet.refresh_from_db()
    assert wallet.balance == 170
    assert Proposal.objects.get().act == "corriger"
    assert "Correction\N{NO-BREAK SPACE}: 150,00\N{NO-BREAK SPACE}€" in journal()[-1][2]


def test_two_windows_of_one_agent_do_not_pass_it(one, monkeypatch):
    """security.md F8: each of the two corrections, judged before the other was written, is below it."""
    wallet, correct = make_wallet("20"), services.correct

    def after_another(**said):
        correct(**said | {"key": uuid.uuid4()})
        return correct(**said)

    monkeypatch.setattr(services, "correct", after_another)
    page = one.fill(wallet, "corriger", way="credit", amount="150", key=uuid.uuid4())

    assert "les chiffres ont changé" in page.text
    wallet.refresh_from_db()
    assert wallet.balance == 20
    assert journal() == []


@pytest.mark.parametrize(("supplement", "waits"), [("200", False), ("200.01", True)])
def test_a_supplement_is_no_way_round_the_ceiling(one, other, supplement, waits):
    """security.md F8: its amount is set by one agent, and it goes to one child."""
    campaign = make_campaign(supplement=supplement)
    child = make_beneficiary()
    wallet = make_wallet("60", campaign=campaign, beneficiary=child)
    one.fill(wallet, "supplement")

    wallet.refresh_from_db()
    assert (wallet.balance == 60) == waits
    if waits:
        other.confirm(wallet, "supplement")
        wallet.refresh_from_db()
        assert wallet.balance == Decimal("260.01")
        assert journal()[-1][1] == "basile"
