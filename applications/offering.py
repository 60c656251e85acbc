"""Which campaigns a child may ask the supplement of, and what became of it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.models import Beneficiary, User
from accounts.models.child import acts_as_a_family
from core.compiled_query import CompiledQuery
from wallets.models import SUPPLEMENT, Campaign
from wallets.reading import WalletBreakdown

from .models import Application, ApplicationKind, ApplicationState

# Asked by a child's home, which most visits begin with.
_scholarships = CompiledQuery(
    lambda user_id, child, campaigns: (
        Application.objects.followed_by(user_id)
        .filter(beneficiary=child, kind=ApplicationKind.SCHOLARSHIP, campaign__pk__in=campaigns)
        .exclude(state=ApplicationState.WITHDRAWN)
        .select_related("sent_by", "beneficiary")
        .order_by("number")
    )
)


@dataclass(frozen=True)
class Offer:
    """`application` is the newest that was not withdrawn, if any."""

    campaign: Campaign
    application: Application | None

    @property
    def state(self) -> str:
        return self.application.state if self.application else ""


def may_be_asked(wallets: Sequence[WalletBreakdown], today: dt.date) -> bool:
    """Of a child's wallets of one campaign."""
    return bool(wallets) and all(
        one.wallet.campaign.supplement
        and one.wallet.campaign.takes_tickets_on(today)
        and not one.wallet.undone_at
        and not one.standing(SUPPLEMENT)
        for one in wallets
    )


def newest(child: Beneficiary, user: User, campaigns: Iterable[Campaign]) -> dict[int, Application]:
    """By campaign."""
    if not acts_as_a_family(user):
        return {}
    asked = _scholarships(user.pk, child.pk, [it.pk for it in campaigns])
    return {it.campaign_id: it for it in asked if it.campaign_id}


def offers(child: Beneficiary, user: User, wallets: Sequence[WalletBreakdown], today: dt.date) -> list[Offer]:
    """One query. Of what was given otherwise, and asked by nobody, nothing is told."""
    campaigns = list(dict.fromkeys(one.wallet.campaign for one in wallets))
    asked = newest(child, user, campaigns) if campaigns else {}
    return [
        Offer(campaign, asked.get(campaign.pk))
        for campaign in campaigns
        if campaign.pk in asked
        or may_be_asked([one for one in wallets if one.wallet.campaign_id == campaign.pk], today)
    ]
