"""The acts on a wallet: a correction, the supplement."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import wallets
from core.money import euros
from wallets import services, supplements
from wallets.forms import AmountField
from wallets.models import Entry, Wallet

from .act import Act, AlreadyDone
from .forms import ReasonForm


class CorrectionForm(ReasonForm):
    CREDIT, DEBIT = "credit", "debit"

    way = forms.ChoiceField(
        label="Sens",
        widget=forms.RadioSelect,
        choices=[(CREDIT, "Créditer le porte-monnaie"), (DEBIT, "Débiter le porte-monnaie")],
    )
    amount = AmountField(label="Montant, en euros")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise ValidationError("Saisissez un montant plus grand que zéro.")
        return amount


def _correct(wallet: Wallet, agent: User, said: dict[str, Any]) -> str:
    amount = wallets.correction_in(said)
    Wallet.objects.locked().get(pk=wallet.pk)
    again = Entry.objects.filter(wallet=wallet, grant_key=said["key"].hex).exists()
    services.correct(wallet_id=wallet.pk, amount=amount, key=said["key"], actor=agent)
    if again:
        raise AlreadyDone
    return euros(amount)


def _grant_supplement(wallet: Wallet, agent: User, said: dict[str, Any]) -> str:
    entries = supplements.grant_supplement(
        beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
    )
    return " + ".join(euros(entry.amount) for entry in entries)


def _take_back_supplement(wallet: Wallet, agent: User, said: dict[str, Any]) -> str:
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
        names=lambda wallet: f"{wallet} de {wallet.beneficiary}, {wallet.campaign}",
        idle=wallets.why_no_correction,
        weighs=wallets.of_correction,
        needs_second=wallets.passes_ceiling,
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
    ),
]
