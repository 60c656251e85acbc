"""The acts on one payment, on what is held, and on what is due to an organisme."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import batches as about
from backoffice.facts.about import About
from core.money import NBSP, euros
from partners.models import Partner
from payments import approving, corrections, outcomes, preparing
from payments.models import (
    CLEARABLE,
    BatchState,
    Correction,
    Fate,
    Hold,
    Payment,
    Rules,
)

from .act import Act, AlreadyDone
from .batch_forms import DueForm, PaidForm, RefusedForm
from .batches import PREPARE

Run = Callable[[Payment, User, dict[str, Any]], str]


def _tell(fate: Fate) -> Run:
    def tell(payment: Payment, agent: User, said: dict[str, Any]) -> str:
        outcomes.tell(
            payment_id=payment.pk,
            fate=fate,
            on=said["on"],
            reason=said["reason"],
            mandat=said["mandat"],
            bordereau=said["bordereau"],
            actor=agent,
        )
        return f"{fate.label} le {said['on']:%d/%m/%Y}, {euros(payment.amount)}"

    return tell


def _take_out(payment: Payment, agent: User, said: dict[str, Any]) -> str:
    approving.take_out(payment_id=payment.pk)
    return euros(payment.amount)


def _is_awaited(payment: Payment) -> bool:
    return Payment.objects.awaited().filter(pk=payment.pk).exists()


def _was_paid(payment: Payment) -> bool:
    fates = set(payment.outcomes.values_list("fate", flat=True))
    return fates == {Fate.PAID} and payment.amount > 0


PAYMENT = [
    Act(
        "paye",
        "Payé",
        Action.PAYMENT_TOLD,
        PREPARE,
        "Ses tickets sont payés, et l’organisme le lit. Cela ne se défait pas.",
        _tell(Fate.PAID),
        PaidForm,
        applies=_is_awaited,
        about=about.of_payment,
        is_final=True,
    ),
    Act(
        "rejete",
        "Rejeté",
        Action.PAYMENT_TOLD,
        PREPARE,
        "Ses tickets attendent un prochain lot. Son compte bancaire est à vérifier de nouveau, en rappelant "
        "l’organisme, qui lit le motif.",
        _tell(Fate.REJECTED),
        RefusedForm,
        applies=_is_awaited,
        about=about.of_payment,
        undo=f"Ses tickets sont dans le prochain lot, dès que le compte est vérifié{NBSP}: rien n’est perdu.",
    ),
    Act(
        "revenu",
        "Revenu après paiement",
        Action.PAYMENT_TOLD,
        PREPARE,
        "Le virement était payé, la banque l’a rendu. La somme est due de nouveau, par une correction, et le "
        "compte bancaire est à vérifier de nouveau.",
        _tell(Fate.RETURNED),
        RefusedForm,
        applies=_was_paid,
        about=about.of_payment,
        undo="Corrigez ce qui est dû à l’organisme, dans l’autre sens.",
    ),
    Act(
        "retirer",
        "Retirer du lot",
        Action.PAYMENT_TAKEN_OUT,
        PREPARE,
        "Ses tickets sont de nouveau utilisés, et attendent un prochain lot.",
        _take_out,
        applies=lambda payment: payment.batch.state == BatchState.PREPARED and payment.released_at is None,
        about=about.of_payment,
        undo="Abandonnez le lot et préparez-en un autre.",
    ),
]


def _clear(hold: Hold, agent: User, said: dict[str, Any]) -> str:
    joined = preparing.clear(hold_id=hold.pk, reason=said["reason"], actor=agent)
    return "payé dans ce lot" if joined else "autre chose le retient"


HOLD = [
    Act(
        "lever",
        "Lever la retenue",
        Action.HOLD_CLEARED,
        PREPARE,
        "Vous avez vérifié auprès de l’organisme. Si rien d’autre ne le retient, il est payé dans ce lot.",
        _clear,
        applies=lambda hold: (
            hold.cleared_at is None and hold.anomaly in CLEARABLE and hold.batch.state == BatchState.PREPARED
        ),
        about=about.of_hold,
        undo="Retirez son paiement du lot, tant qu’il n’est pas approuvé.",
    )
]


def _signed(said: dict[str, Any]) -> Decimal:
    amount: Decimal = said["amount"]
    return amount if said["way"] == DueForm.MORE else -amount


def _correct(partner: Partner, agent: User, said: dict[str, Any]) -> str:
    author = said.get("proposed_by") or agent
    if Correction.objects.filter(key=said["key"]).exists():
        raise AlreadyDone
    corrections.correct(
        partner_id=partner.pk,
        amount=_signed(said),
        reason=said["reason"],
        key=said["key"],
        author=author,
        second=agent if agent != author else None,
    )
    return euros(_signed(said))


def _of_correction(partner: Partner, said: dict[str, Any] | None) -> About:
    due = Correction.objects.due().filter(partner=partner)
    facts = [("Organisme", partner), ("Corrections qui attendent un lot", euros(sum_of(due)))]
    if said:
        facts.append(("Correction", euros(_signed(said))))
    return About(facts)


def sum_of(rows: Any) -> Decimal:
    return sum((row.amount for row in rows), Decimal("0.00"))


PARTNER = [
    Act(
        "corriger-le-du",
        "Corriger ce qui lui est dû",
        Action.DUE_CORRECTED,
        "payments.correct_payment",
        "Une ligne de plus, signée, dans le prochain lot. Ce que l’organisme doit se retient sur ce qu’on "
        "lui doit.",
        _correct,
        DueForm,
        applies=lambda partner: partner.merged_into_id is None,
        weighs=_of_correction,
        needs_second=lambda partner, said: said["amount"] > Rules.current().second_agent_above,
        undo="La même page, dans l’autre sens.",
    )
]
