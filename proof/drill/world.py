"""What families need before a drill, and what is there after it: by `proof.servers.inside`."""

from typing import Any

from post_office.models import STATUS, Email

from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from tickets.models import Ticket
from wallets import campaigns
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_campaign

# Enough for any number of orders.
GIVEN = 10_000


def main(what: str, *arguments: str) -> Any:
    return globals()[what](*arguments)


def make(families: str) -> list[dict[str, Any]]:
    """So many families of one guardian and one child, and a campaign that is generous to both wallets."""
    campaign = make_campaign(larger_share=GIVEN, smaller_share=GIVEN)
    return [_family(number, campaign.pk) for number in range(int(families))]


def _family(number: int, campaign: int) -> dict[str, Any]:
    guardian = make_user(f"famille{number}")
    child = make_beneficiary(guardian)
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign, preferred=Kind.SPORT, actor=guardian
    )
    return {
        "number": number,
        "username": guardian.username,
        "password": PASSWORD,
        "child": child.public_id,
        "wallets": list(child.wallets.order_by("pk").values_list("pk", flat=True)),
        "given": str(GIVEN),
    }


def look() -> dict[str, Any]:
    """Every ticket, and every balance."""
    tickets = Ticket.objects.order_by("pk").values_list("order__key", "wallet_id", "amount")
    balances = Wallet.objects.order_by("pk").values_list("pk", "balance")
    return {
        "tickets": [(str(key), wallet, str(amount)) for key, wallet, amount in tickets],
        "balances": [(wallet, str(balance)) for wallet, balance in balances],
    }


def sent() -> int:
    """How many messages have left."""
    number: int = Email.objects.filter(status=STATUS.sent).count()
    return number
