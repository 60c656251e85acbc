"""The acts on a wallet: a correction, the supplement."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import wallets
from core.money import euros
from core.spelling import of_whom
from wallets import services, supplements
from wallets.models import Entry, Wallet

from .act import Act, AlreadyDone
from .correction_form import CorrectionForm


def name(wallet: Wallet) -> str:
    return f"{wallet} {of_whom(wallet.beneficiary.full_name)}, {wallet.campaign}"


def _correct(wallet: Wallet, agent: User, cleaned: dict[str, Any]) -> str:
    amount = wallets.correction_in(cleaned)
    Wallet.objects.locked().get(pk=wallet.pk)
    again = Entry.objects.filter(wallet=wallet, grant_key=cleaned["key"].hex).exists()
    services.correct(wallet_id=wallet.pk, amount=amount, key=cleaned["key"], actor=agent)
    if again:
        raise AlreadyDone
    return euros(amount)


def _grant_supplement(wallet: Wallet, agent: User, cleaned: dict[str, Any]) -> str:
    entries = supplements.grant_supplement(
        beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
    )
    return " + ".join(euros(entry.amount) for entry in entries)


def _take_back_supplement(wallet: Wallet, agent: User, cleaned: dict[str, Any]) -> str:
    entries = supplements.take_back_supplement(
        beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
    )
    return " + ".join(euros(-entry.amount) for entry in entries)


ACTS = [
    Act(
        "corriger",
        "Créditer ou débiter",
        Action.CORRECTION,
        "wallets.correct_wallet",
        "Une écriture s’ajoute au grand livre, que la famille voit dans ses mouvements.",
        _correct,
        CorrectionForm,
        names=name,
        idle=wallets.why_no_correction,
        weighs=wallets.of_correction,
        needs_second=wallets.passes_ceiling,
        undo="La même page, dans l’autre sens.",
    ),
    Act(
        "supplement",
        "Accorder le supplément boursier",
        Action.SUPPLEMENT_GRANTED,
        "wallets.correct_wallet",
        "Les deux porte-monnaie de l’enfant sont crédités, une fois par campagne.",
        _grant_supplement,
        applies=lambda wallet: wallet.is_open,
        idle=supplements.why_no_supplement,
        names=lambda wallet: f"{wallet.beneficiary}, {wallet.campaign}",
        weighs=wallets.of_supplement,
        needs_second=wallets.supplement_passes_ceiling,
        undo="Retirez-le, tant qu’il n’est pas dépensé.",
    ),
    Act(
        "retirer-le-supplement",
        "Retirer le supplément boursier",
        Action.SUPPLEMENT_TAKEN_BACK,
        "wallets.correct_wallet",
        "Le supplément est repris des deux porte-monnaie, s’il y est encore. Il peut ensuite être "
        "accordé de nouveau.",
        _take_back_supplement,
        applies=supplements.has_supplement,
        names=lambda wallet: f"{wallet.beneficiary}, {wallet.campaign}",
        weighs=wallets.of_taking_back,
        undo="Accordez-le de nouveau.",
    ),
]
