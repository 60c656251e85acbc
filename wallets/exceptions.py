"""Refusals of the ledger. Each has the sentence that a family reads."""

from decimal import Decimal

from core.exceptions import Refusal
from core.money import euros


class InsufficientFunds(Refusal):
    """The wallet holds less than what is asked. `balance` is in euros."""

    def __init__(self, balance: Decimal) -> None:
        self.balance = balance
        super().__init__(self.said_of(balance))

    @staticmethod
    def said_of(balance: Decimal) -> str:
        left = f"Il ne reste que {euros(balance)} dans ce porte-monnaie."
        return left if balance else "Ce porte-monnaie est vide."


class AlreadyReversed(Refusal):
    sentence = "Cette écriture a déjà été annulée."


class FormulaSettled(Refusal):
    sentence = "Un ticket a déjà été créé\N{NO-BREAK SPACE}: la formule de cette campagne ne change plus."


class CampaignStillOpen(Refusal):
    sentence = (
        "Cette campagne prend encore des tickets\N{NO-BREAK SPACE}: son crédit ne peut pas encore s’éteindre."
    )


class CampaignOver(Refusal):
    sentence = "Cette campagne ne prend plus de tickets\N{NO-BREAK SPACE}: un crédit n’y servirait plus."


class CampaignHasTickets(Refusal):
    sentence = (
        "Un ticket de cette campagne existe déjà\N{NO-BREAK SPACE}: son ouverture ne s’annule plus. "
        "Corrigez les porte-monnaie, ou attendez la clôture."
    )


class CeilingNotRaised(Refusal):
    sentence = (
        "Ce n’est pas plus que le plafond d’aujourd’hui\N{NO-BREAK SPACE}: il baisse sur la page de la "
        "campagne."
    )


class OpeningUndone(Refusal):
    sentence = (
        "L’ouverture de cette campagne a été annulée\N{NO-BREAK SPACE}: ce porte-monnaie attend qu’elle "
        "ouvre de nouveau."
    )


class NoSupplement(Refusal):
    sentence = "Cette campagne ne donne pas de supplément boursier."


class SupplementGranted(Refusal):
    sentence = "Cet enfant a déjà reçu le supplément boursier de cette campagne."


class SupplementNotGranted(Refusal):
    sentence = "Cet enfant n’a pas le supplément boursier de cette campagne."


class SupplementSpent(Refusal):
    """`left` is in euros."""

    def __init__(self, wallet: str, left: Decimal) -> None:
        super().__init__(
            f"{wallet}\N{NO-BREAK SPACE}: il ne reste que {euros(left)}. Le supplément est déjà dépensé."
        )


class BalanceChanged(Refusal):
    """The balance about to be given up has changed. `left` is in euros."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(
            f"L’argent qui reste a changé\N{NO-BREAK SPACE}: il y a {euros(left)}. Relisez la page."
        )


class CorrectionKeyReused(Refusal):
    sentence = "Ce formulaire a déjà servi à une autre correction. Rouvrez-le pour en faire une nouvelle."
