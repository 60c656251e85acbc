"""A campaign's acts, batch after batch, and what they left."""

from wallets.models import Entry, Wallet


def run(do, campaign, agent, limit=10):
    return do(campaign_id=campaign.pk, limit=limit, actor=agent)


def balances():
    assert not Wallet.objects.out_of_balance().exists()
    assert not Entry.objects.ill_reversed().exists()
    return sorted(Wallet.objects.values_list("kind", "balance"))
