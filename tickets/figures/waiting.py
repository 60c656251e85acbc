"""What waits for an agent, that no index answers: each number is read from all children or all accounts."""

from accounts import invitations
from accounts.models import Beneficiary
from wallets.campaigns import without_wallets
from wallets.models import Campaign

# Of the whole département, whichever campaign they are kept with.
TO_INVITE, WITHOUT_GUARDIAN = "to_invite", "without_guardian"
WITHOUT_WALLETS = "without_wallets"


def count_people() -> dict[str, int]:
    return {
        TO_INVITE: invitations.invitable(invitations.WHOLE).filter(access_code_at=None).count(),
        WITHOUT_GUARDIAN: Beneficiary.objects.without_guardian().count(),
    }


def count(campaign: Campaign) -> dict[str, int]:
    return {**count_people(), WITHOUT_WALLETS: without_wallets(campaign.pk).count()}
