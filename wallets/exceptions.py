"""Why the ledger says no. Each refusal has the sentence that a family reads."""

from decimal import Decimal

from .money import euros


class Refusal(Exception):
    """A rule said no and nothing was written. `sentence` is French, and says what to do."""

    sentence = "Cette opération est impossible."

    def __init__(self, sentence: str = "") -> None:
        self.sentence = sentence or self.sentence
        super().__init__(self.sentence)


class InsufficientFunds(Refusal):
    """The wallet holds less than what is asked. `balance` is in euros."""

    def __init__(self, balance: Decimal) -> None:
        self.balance = balance
        super().__init__(f"Il ne reste que {euros(balance)} dans ce porte-monnaie.")


class AlreadyReversed(Refusal):
    sentence = "Cette écriture a déjà été annulée."
