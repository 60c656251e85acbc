"""The effect of an act on a wallet, in euros, shown before it is done."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.money import NBSP, ZERO, euros
from wallets.models import SUPPLEMENT, Entry, Wallet
from wallets.reading import WalletBreakdown, breakdown, breakdowns

from .about import About, Facts


def of_correction(wallet: Wallet, cleaned: dict[str, Any] | None) -> About:
    campaign, amount, before = wallet.campaign, ZERO, wallet.balance
    facts, warnings = _whose(wallet), []
    if cleaned:
        amount = correction_in(cleaned)
        # Sent twice, the form tells twice of the same.
        before -= sum((entry.amount for entry in breakdown(wallet).granted_under(cleaned["key"].hex)), ZERO)
    facts.append((str(wallet), euros(before)))
    if cleaned:
        facts += [("Correction", euros(amount)), ("Solde après", euros(before + amount))]
    if timezone.localdate() > campaign.last_ticket_on:
        warnings.append(
            f"La campagne {campaign} ne prend plus de tickets{NBSP}: un crédit y serait perdu, il est refusé."
        )
    if cleaned and passes_ceiling(wallet, cleaned):
        ceiling = euros(campaign.correction_ceiling)
        warnings.append(
            f"Avec les corrections d’avant, plus que le plafond, {ceiling}{NBSP}: "
            "un second agent doit confirmer."
        )
    return About(facts=facts, warnings=warnings)


def why_no_correction(wallet: Wallet) -> str:
    """A campaign that is over takes no credit, and what is empty no debit."""
    is_over = timezone.localdate() > wallet.campaign.last_ticket_on
    return "campagne finie, porte-monnaie vide" if is_over and not wallet.balance else ""


def _whose(wallet: Wallet) -> Facts:
    child = wallet.beneficiary
    return [
        ("Enfant", f"{child}, né(e) en {child.birth_year}, {child.school}"),
        ("Numéro d’élève", child.pupil_number),
        ("Campagne", f"{wallet.campaign}, tickets jusqu’au {wallet.campaign.last_ticket_on:%d/%m/%Y}"),
    ]


def correction_in(cleaned: dict[str, Any]) -> Decimal:
    """Signed: what the form of a correction says."""
    amount: Decimal = cleaned["amount"]
    return amount if cleaned["way"] == "credit" else -amount


def passes_ceiling(wallet: Wallet, cleaned: dict[str, Any]) -> bool:
    """Whether this correction and those before it, of the same sign, pass what one agent may do alone.

    Of the wallet, not of the form: a ceiling on each alone would be passed in slices.
    """
    amount = correction_in(cleaned)
    before = Entry.objects.corrections_like(wallet.pk, amount).exclude(grant_key=cleaned["key"].hex)
    so_far = before.aggregate(total=Coalesce(Sum("amount"), ZERO))["total"]
    return bool(abs(so_far + amount) > wallet.campaign.correction_ceiling)


def supplement_passes_ceiling(wallet: Wallet, cleaned: dict[str, Any]) -> bool:
    """A supplement is set by one agent, in the campaign, and may be of one child: it is no way round."""
    return bool(wallet.campaign.supplement > wallet.campaign.correction_ceiling)


def _on_both(wallet: Wallet, change: Callable[[WalletBreakdown], Decimal]) -> About:
    theirs = Wallet.objects.filter(beneficiary=wallet.beneficiary_id, campaign=wallet.campaign_id)
    both = breakdowns(theirs.in_order())
    lines = [(str(one.wallet), _before_and_after(one.wallet.balance, change(one))) for one in both]
    return About(facts=[*_whose(wallet), *lines])


def _before_and_after(balance: Decimal, change: Decimal) -> str:
    return f"{euros(balance)} → {euros(balance + change)}"


def of_supplement(wallet: Wallet, cleaned: dict[str, Any] | None) -> About:
    return _on_both(wallet, lambda one: wallet.campaign.supplement)


def of_taking_back(wallet: Wallet, cleaned: dict[str, Any] | None) -> About:
    return _on_both(wallet, lambda one: -sum((entry.amount for entry in one.standing(SUPPLEMENT)), ZERO))
