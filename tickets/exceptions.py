"""Refusals to make, cancel or use a ticket. Each has the sentence that a family reads."""

import datetime as dt
import math

from core.exceptions import Refusal
from core.money import euros
from wallets.models import Campaign, Wallet


class OrderRefused(Refusal):
    """The order makes no ticket."""


class CampaignClosed(OrderRefused):
    def __init__(self, campaign: Campaign) -> None:
        super().__init__(
            f"La campagne {campaign.name} ne permet pas de créer de ticket aujourd’hui\N{NO-BREAK SPACE}: "
            f"elle est ouverte du {campaign.opens_on:%d/%m/%Y} au {campaign.last_ticket_on:%d/%m/%Y}."
        )


class AmountNotAllowed(OrderRefused):
    def __init__(self, campaign: Campaign) -> None:
        super().__init__(campaign.ticket_rule)


class NothingToSpend(OrderRefused):
    """The wallet's balance is below the smallest ticket."""

    def __init__(self, wallet: Wallet) -> None:
        minimum = euros(wallet.campaign.ticket_minimum)
        super().__init__(
            f"{wallet}\N{NO-BREAK SPACE}: il reste {euros(wallet.balance)}, "
            f"et un ticket vaut au moins {minimum}."
        )


class PartnerNotAffiliated(OrderRefused):
    sentence = "Cet organisme n’est plus affilié pour cette activité. Choisissez-en un autre."


class OrderKeyReused(OrderRefused):
    sentence = (
        "Ce formulaire a déjà servi à créer un autre ticket. Regardez vos transactions, "
        "puis validez de nouveau si vous voulez aussi créer celui-ci."
    )


class TooManyTickets(OrderRefused):
    """`wait` is how long until there is room for one more."""

    def __init__(self, wait: dt.timedelta) -> None:
        minutes = max(1, math.ceil(wait / dt.timedelta(minutes=1)))
        super().__init__(
            "Beaucoup de tickets viennent d’être créés ou annulés avec votre compte. Attendez "
            f"{minutes}\N{NO-BREAK SPACE}minute{'s' * (minutes > 1)}, puis recommencez."
        )


class TicketNotCancellable(Refusal):
    """The ticket is no longer « Non utilisé », or the campaign says no."""

    sentence = "Seul un ticket « Non utilisé » peut être annulé."


class CancellationTooLate(TicketNotCancellable):
    def __init__(self, campaign: Campaign) -> None:
        super().__init__(f"Ce ticket pouvait être annulé jusqu’au {campaign.last_cancellation_on:%d/%m/%Y}.")


class CreditWouldBeLost(TicketNotCancellable):
    def __init__(self, campaign: Campaign) -> None:
        super().__init__(
            f"Après le {campaign.last_cancellation_on:%d/%m/%Y}, un ticket annulé ne rend plus son crédit. "
            "Confirmez seulement si vous acceptez de le perdre."
        )


class TicketNotUsable(Refusal):
    """The ticket cannot be used there, or no longer."""


class LateUseRefused(TicketNotUsable):
    """It has not expired, or too long ago."""


class TicketNotRemade(Refusal):
    """It was used, has expired, or was made anew already."""


class TicketNotUsed(Refusal):
    """There is no use to undo."""
