"""The acts on a batch. The rules are those of `payments`."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import batches as about
from core.formats import counted_in_french
from core.money import NBSP, euros
from payments import approving, files, outcomes, sending, settling
from payments.models import UNSENT_STATES, Batch, BatchState

from .act import Act
from .batch_forms import AllPaidForm, ApproveForm, ShownForm
from .forms import PlainForm

PREPARE, APPROVE = "payments.prepare_batch", "payments.approve_batch"


def _approve(batch: Batch, agent: User, said: dict[str, Any]) -> str:
    approving.approve(
        batch_id=batch.pk, total=said["total"], count=said["count"], last4=said["last4"], actor=agent
    )
    return f"{counted_in_french(said['count'], 'paiement')}, {euros(said['total'])}"


def _drop(batch: Batch, agent: User, said: dict[str, Any]) -> str:
    true = approving.totals(batch.pk)
    approving.drop(batch_id=batch.pk, shown=BatchState(said["shown"]), actor=agent)
    return f"{counted_in_french(true.payments, 'paiement')}, {euros(true.amount)}"


def _send(batch: Batch, agent: User, said: dict[str, Any]) -> str:
    sending.send(batch_id=batch.pk, actor=agent)
    return euros(approving.totals(batch.pk).amount)


def _tell_all_paid(batch: Batch, agent: User, said: dict[str, Any]) -> str:
    outcomes.check_day(batch, said["on"])
    settling.tell_all_paid.enqueue(
        batch_id=batch.pk,
        on=said["on"].isoformat(),
        mandat=said["mandat"],
        bordereau=said["bordereau"],
        actor_id=agent.pk,
    )
    return f"{counted_in_french(said['count'], 'paiement')}, le {said['on']:%d/%m/%Y}"


def _files_are_missing(batch: Batch) -> str:
    return "" if files.whole(batch.pk) else "ses fichiers ne sont pas tous faits"


ACTS = [
    Act(
        "approuver",
        "Approuver",
        Action.BATCH_APPROVED,
        APPROVE,
        "Un autre agent que celui qui l’a préparé relit le lot, retape son total et le nombre de ses "
        "paiements, et donne le code de son téléphone. Ses fichiers se font ensuite, à côté des pages.",
        _approve,
        ApproveForm,
        applies=lambda batch: batch.state == BatchState.PREPARED,
        about=about.approving_it,
        takes_code=True,
        undo=f"Abandonnez le lot, tant qu’il n’est pas transmis{NBSP}: ses tickets attendent le suivant.",
    ),
    Act(
        "transmettre",
        "Transmettre",
        Action.BATCH_SENT,
        PREPARE,
        "Vous avez remis ses fichiers au service des finances. Dès lors il ne s’abandonne plus, et les "
        "organismes lisent qu’il est transmis. Ce qui se compense exactement est soldé. "
        "Cela ne se défait pas.",
        _send,
        PlainForm,
        applies=lambda batch: batch.state == BatchState.APPROVED,
        idle=_files_are_missing,
        about=about.sending_it,
        is_final=True,
    ),
    Act(
        "solder",
        "Dire payés",
        Action.BATCH_PAID,
        PREPARE,
        "Tous les paiements du lot dont rien n’est revenu sont dits payés ce jour-là, à côté des pages. "
        "Dites d’abord, un par un, ceux qui sont rejetés. Cela ne se défait pas.",
        _tell_all_paid,
        AllPaidForm,
        applies=lambda batch: batch.state == BatchState.SENT,
        about=about.settling_it,
        is_final=True,
    ),
    Act(
        "abandonner",
        "Abandonner le lot",
        Action.BATCH_DROPPED,
        PREPARE,
        "Rien n’en sera payé. Ses tickets sont de nouveau utilisés, et le prochain lot les prend.",
        _drop,
        ShownForm,
        applies=lambda batch: batch.state in UNSENT_STATES,
        about=about.dropping_it,
        undo=f"Préparez un lot{NBSP}: il reprend les mêmes tickets.",
    ),
]
