"""Children with two wallets, and the formula that their family prefers."""

from decimal import Decimal
from uuid import uuid4

from accounts.tests.factories import make_beneficiary, make_user
from wallets import campaigns, formulas, services
from wallets.models import Campaign, Kind, Wallet
from wallets.reading import breakdowns
from wallets.tests.factories import make_campaign


def opened(campaign=None, *, preferred=Kind.CULTURE):
    campaign = campaign or make_campaign()
    child = make_beneficiary()
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=preferred, actor=None
    )
    return child


def prefer(child, kind):
    formulas.switch_formula(
        beneficiary_id=child.pk,
        campaign_id=Campaign.objects.get(wallets__beneficiary=child, wallets__kind=kind).pk,
        preferred=kind,
        actor=make_user(),
    )


def correct(child, kind, amount):
    wallet = child.wallets.get(kind=kind)
    services.correct(wallet_id=wallet.pk, amount=Decimal(amount), key=uuid4(), actor=make_user())


def shares(child):
    assert not Wallet.objects.out_of_balance().exists()
    wallets = {wallet.kind: wallet for wallet in child.wallets.all()}
    assert all(one.granted == one.wallet.balance for one in breakdowns(wallets.values()))
    return wallets[Kind.SPORT].balance, wallets[Kind.CULTURE].balance
