"""60/20 or 20/60: settled by the first ticket, and by the end of the campaign."""

import pytest
from django.db import connection

from accounts.tests.factories import make_user
from wallets import services
from wallets.exceptions import FormulaSettled
from wallets.models import Entry, Kind, Wallet, WalletQuerySet
from wallets.tests.factories import make_closed_campaign, spend
from wallets.tests.preferences import opened, prefer, shares

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", Kind)
def test_the_first_ticket_settles_it_whichever_wallet_paid(kind):
    child = opened(preferred=Kind.CULTURE)
    spend(child.wallets.get(kind=kind), "10")

    with pytest.raises(FormulaSettled):
        prefer(child, Kind.SPORT)
    assert Entry.objects.filter(grant_key__startswith="formule-").count() == 0


def test_a_ticket_that_was_cancelled_has_settled_it_too():
    child = opened(preferred=Kind.CULTURE)
    [entry] = spend(child.wallets.get(kind=Kind.CULTURE), "10")
    services.reverse(entry_id=entry.pk, label="Ticket annulé", actor=make_user())

    with pytest.raises(FormulaSettled):
        prefer(child, Kind.SPORT)
    assert shares(child) == (20, 60)


def test_not_once_the_campaign_takes_no_more_tickets():
    child = opened(make_closed_campaign(), preferred=Kind.CULTURE)

    with pytest.raises(FormulaSettled, match="ne prend plus de tickets"):
        prefer(child, Kind.SPORT)


@pytest.mark.parametrize(
    ("locked", "outcomes"),
    [
        pytest.param(True, [["FormulaSettled", "done"], ["InsufficientFunds", "done"]], id="one waits"),
        # The control: were nothing locked, the database alone would keep the balance from going below 0.
        # On SQLite what writes is alone: it depends on who comes first whether the other sees it.
        pytest.param(
            False,
            [["IntegrityError", "done"]]
            if connection.vendor == "postgresql"
            else [["OperationalError", "done"], ["FormulaSettled", "done"]],
            id="without the lock only the database refuses",
        ),
    ],
)
def test_the_first_ticket_and_a_switch_at_once(at_once, meeting_before, without_lock, locked, outcomes):
    child = opened(preferred=Kind.CULTURE)
    meeting_before(WalletQuerySet, "update")
    if not locked:
        without_lock()

    seen = at_once(
        lambda: spend(child.wallets.get(kind=Kind.CULTURE), "60"), lambda: prefer(child, Kind.SPORT)
    )
    assert sorted(seen) in outcomes
    assert not Wallet.objects.out_of_balance().exists()
