"""A campaign that opens while it ends, or while children leave."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.erasure import anonymise_children
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from wallets import campaigns
from wallets.exceptions import (
    CampaignOver,
)
from wallets.models import Wallet
from wallets.tests.factories import make_closed_campaign

from .batches import run

pytestmark = pytest.mark.django_db


def test_a_campaign_that_is_over_opens_no_more(agent):
    make_beneficiary()
    with pytest.raises(CampaignOver):
        run(campaigns.open_campaign, make_closed_campaign(), agent)


@pytest.mark.parametrize("fields", [{"is_enrolled": False}, None], ids=["struck off", "erased"])
def test_who_is_struck_off_or_erased_meanwhile_is_given_nothing(agent, campaign, monkeypatch, fields):
    """code.md 3.19: the list of children was read before the transaction, and never again."""
    child, lock = make_beneficiary(), campaigns._lock_children

    def meanwhile(ids):
        if fields:
            Beneficiary.objects.filter(pk=child.pk).update(**fields)
        else:
            with transaction.atomic():
                anonymise_children([child.pk], refuse_again=False)
        return lock(ids)

    monkeypatch.setattr(campaigns, "_lock_children", meanwhile)

    assert run(campaigns.open_campaign, campaign, agent) == (0, 0)
    assert not Wallet.objects.exists()


def test_no_child_is_compared_with_all_that_the_campaign_gave(agent, campaign):
    """While a département is opened, PostgreSQL believes that the campaign has hardly a wallet: to look for
    those of two thousand children it read through all of them, two thousand times."""
    make_beneficiary()
    with CaptureQueriesContext(connection) as asked:
        run(campaigns.open_campaign, campaign, agent)

    of_these = [it["sql"] for it in asked.captured_queries if re.search(r" IN \(\d| = ANY\(", it["sql"])]
    assert len(of_these) > 2
    assert [sql for sql in of_these if "EXISTS" in sql] == []
