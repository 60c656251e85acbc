"""The choice between one paper ticket and a series."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from core.forms import LineField
from core.money import NBSP, ZERO, euros, short_euros
from wallets.exceptions import InsufficientFunds
from wallets.models import Wallet

from . import rest
from .forms import OrderForm


@dataclass(frozen=True)
class PaperOption:
    """One of the things that can be done on paper; `quantity` is None where the amount is asked next."""

    wallet: Wallet
    quantity: int | None
    label: str
    reason: str = ""
    # What to know before one chooses it.
    note: str = ""

    @property
    def value(self) -> str:
        return f"{self.wallet.pk}" if self.quantity is None else f"{self.wallet.pk}-{self.quantity}"

    @property
    def kind(self) -> str:
        return self.wallet.kind

    @property
    def disabled(self) -> bool:
        return bool(self.reason)


def too_little(wallet: Wallet) -> str:
    """Why no ticket at all can be paid from it; nothing if one can."""
    if wallet.balance >= wallet.campaign.ticket_minimum:
        return ""
    if wallet.balance:
        return wallet.campaign.ticket_rule
    return InsufficientFunds.said_of(wallet.balance)


def paper_options(wallets: Sequence[Wallet]) -> list[PaperOption]:
    """The four choices of the guide: one ticket from each wallet, then a series from each."""
    return [_single(wallet) for wallet in wallets] + [_series(wallet) for wallet in wallets]


def _single(wallet: Wallet) -> PaperOption:
    label = (
        f"Je souhaite créer un ticket sur le porte-monnaie {wallet.get_kind_display()} "
        f"(solde{NBSP}:{NBSP}{euros(wallet.balance)})"
    )
    return PaperOption(wallet, None, label, too_little(wallet))


def _series(wallet: Wallet) -> PaperOption:
    amount = wallet.campaign.series_amount
    quantity = int(wallet.balance // amount)
    tickets = "des tickets" if not quantity else f"{quantity}{NBSP}ticket" + ("s" if quantity > 1 else "")
    label = (
        f"Je souhaite créer {tickets} de {short_euros(amount)} "
        f"sur le porte-monnaie {wallet.get_kind_display()}"
    )
    reason = "" if quantity else InsufficientFunds.said_of(wallet.balance)
    left = rest.dead_rest(wallet, quantity * amount) if quantity else ZERO
    note = f"Il restera {euros(left)}, qui ne pourront plus servir." if left else ""
    return PaperOption(wallet, quantity, label, reason, note)


class PaperForm(OrderForm):
    """One of the four options.

    A series keeps the number that the page announced, whatever the balance has become since:
    sent twice it must find its first order again, and too large it must be refused.
    """

    choice = LineField(
        label=f"Sélectionnez une action en cochant la case appropriée{NBSP}:",
        error_messages={"required": "Cochez l’une des actions."},
    )

    def __init__(self, *args: Any, wallets: Sequence[Wallet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wallets = {str(wallet.pk): wallet for wallet in wallets}

    def clean_choice(self) -> tuple[Wallet, int | None]:
        match = re.fullmatch(r"([0-9]+)(?:-([1-9][0-9]{0,2}))?", self.cleaned_data["choice"])
        if not match or match[1] not in self.wallets:
            raise ValidationError("Cochez l’une des actions proposées.")
        return self.wallets[match[1]], int(match[2]) if match[2] else None
