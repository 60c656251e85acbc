"""What a ticket leaves in its wallet that no other ticket could ever take."""

from decimal import Decimal

from core.money import NBSP, ZERO, euros
from wallets.models import Wallet


def dead_rest(wallet: Wallet, total: Decimal) -> Decimal:
    """Of the `total` euros that are about to be spent, what remains and is worth less than any ticket.

    Nothing if it could not be helped: where tickets go by steps, the last cents of an odd balance.
    """
    rest = wallet.balance - total
    unavoidable = wallet.balance % wallet.campaign.ticket_step
    return rest if unavoidable < rest < wallet.campaign.ticket_minimum else ZERO


def warning(wallet: Wallet, amount: Decimal, quantity: int = 1) -> str:
    """« 0,50 € ne pourront plus servir : mettez 8,00 €, ou 7,00 € au plus. »; nothing if all is well."""
    rest = dead_rest(wallet, amount * quantity)
    if not rest:
        return ""
    lost = f"{euros(rest)} ne pourront plus servir"
    if quantity > 1:
        return f"{lost}{NBSP}: changez le nombre de tickets ou leur montant."
    campaign = wallet.campaign
    everything = wallet.balance - wallet.balance % campaign.ticket_step
    less = everything - campaign.ticket_minimum
    or_less = f", ou {euros(less)} au plus" if less >= campaign.ticket_minimum else ""
    return f"{lost}{NBSP}: mettez {euros(everything)}{or_less}."
