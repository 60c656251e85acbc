"""The acts on a bank account of an organisme. The rules are those of `payments.bank_accounts`."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import bank_accounts as about
from core.money import NBSP
from payments.bank_accounts import checking, numbers, stopping
from payments.models import AccountState, BankAccount

from .act import Act
from .bank_account_forms import CallForm, SharingForm


def _call(account: BankAccount, agent: User, said: dict[str, Any]) -> str:
    checking.call_back(
        account_id=account.pk,
        number=said["number"],
        person=said["person"],
        at=said["at"],
        foreign_reason=said.get("foreign_reason", ""),
        sharing_reason=said.get("sharing_reason", account.sharing_reason),
        actor=agent,
    )
    return f"{said['person']}, au {said['number']}"


def _confirm(account: BankAccount, agent: User, said: dict[str, Any]) -> str:
    made = checking.confirm(account_id=account.pk, sharing_reason=said.get("sharing_reason", ""), actor=agent)
    return f"il sert à partir du {made.active_from:%d/%m/%Y}"


def _refuse(account: BankAccount, agent: User, said: dict[str, Any]) -> str:
    stopping.refuse(account_id=account.pk, reason=said["reason"], actor=agent)
    return ""


def _freeze(account: BankAccount, agent: User, said: dict[str, Any]) -> str:
    stopping.freeze(account_id=account.pk, reason=said["reason"], actor=agent)
    return ""


def _unfreeze(account: BankAccount, agent: User, said: dict[str, Any]) -> str:
    stopping.unfreeze(account_id=account.pk)
    return ""


def _is(*states: AccountState) -> Any:
    return lambda account: account.state in states


RIGHT = "payments.verify_account"
SHOWN: dict[str, Any] = {"names": about.name, "about": about.about}

ACTS = [
    Act(
        "rappeler",
        "Noter l’appel",
        Action.BANK_CALLED,
        RIGHT,
        "Vous avez appelé l’organisme à un numéro connu d’avant la demande, et il a confirmé le titulaire et "
        "les quatre derniers chiffres. Ne donnez ni ne demandez l’IBAN. Un autre agent confirme ensuite.",
        _call,
        CallForm,
        applies=_is(AccountState.ASKED),
        idle=lambda account: "" if numbers.on_file(account) else "aucun numéro n’est connu",
        undo="Refusez le compte.",
        **SHOWN,
    ),
    Act(
        "confirmer",
        "Confirmer le compte",
        Action.BANK_CONFIRMED,
        RIGHT,
        "L’organisme est prévenu. Le compte sert après le délai des règles de paiement, et celui d’avant "
        f"jusque-là{NBSP}; le premier compte d’un organisme sert aussitôt.",
        _confirm,
        SharingForm,
        applies=_is(AccountState.CALLED),
        undo="Bloquez le compte.",
        **SHOWN,
    ),
    Act(
        "refuser",
        "Refuser le compte",
        Action.BANK_REFUSED,
        RIGHT,
        "L’organisme en est prévenu et lit votre motif. Il peut en demander un autre.",
        _refuse,
        applies=_is(*stopping.REFUSABLE),
        undo="L’organisme le demande de nouveau.",
        **SHOWN,
    ),
    Act(
        "bloquer",
        "Bloquer le compte",
        Action.BANK_FROZEN,
        RIGHT,
        f"Dès maintenant, plus rien n’y est versé{NBSP}: celui d’avant sert de nouveau, s’il y en a un. "
        "L’organisme en est prévenu et lit votre motif.",
        _freeze,
        applies=_is(*stopping.LIVING),
        undo="Débloquez-le.",
        **SHOWN,
    ),
    Act(
        "debloquer",
        "Débloquer le compte",
        Action.BANK_UNFROZEN,
        RIGHT,
        f"Il est de nouveau à vérifier{NBSP}: un agent rappelle l’organisme, un autre confirme.",
        _unfreeze,
        applies=_is(AccountState.FROZEN),
        undo="Bloquez-le de nouveau.",
        **SHOWN,
    ),
]
