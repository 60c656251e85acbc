"""A confirmed proposal is done: at once, or batch by batch.

Each step is a guarded UPDATE of the proposal, as those before it.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Model

from accounts import audit
from accounts.models import User
from accounts.proposals import Proposal, ProposalState

from .act import Act, AlreadyDone, LongAct, facts_of
from .proposal_refusals import AnotherIsRunning, NoLongerSo, SecondAgentNeeded, Stopped
from .proposals import decide

ALONE = "sans second agent"


def is_still_so(proposal: Proposal, act: Act, row: Model) -> bool:
    """Whether its form is still a good one, and tells of the same euros and persons."""
    form = act.form(proposal.said, subject=row)
    return form.is_valid() and facts_of(act, row, form.cleaned_data) == proposal.facts


def confirm(*, proposal: Proposal, act: Act, row: Model, agent: User) -> None:
    """Do it, or begin to. Raises AlreadyDecided, SecondAgentNeeded, NoLongerSo, AnotherIsRunning, and what
    the act itself refuses: then the proposal waits on.
    """
    alone = proposal.proposed_by_id == agent.pk
    if alone and settings.SECOND_AGENT:
        raise SecondAgentNeeded
    long = isinstance(act, LongAct)
    try:
        with transaction.atomic():
            state = ProposalState.RUNNING if long else ProposalState.DONE
            decide(proposal, state, agent, alone=alone)
            if not is_still_so(proposal, act, row):
                raise NoLongerSo
            if not long:
                _do(proposal, act, row, agent)
    except IntegrityError as error:
        raise AnotherIsRunning from error


def _do(proposal: Proposal, act: Act, row: Model, agent: User) -> None:
    try:
        said = cleaned_of(proposal, act, row) | {"proposed_by": proposal.proposed_by}
        details = act.run(row, agent, said)
    except AlreadyDone:
        return
    _journal(proposal.pk, act, row, details)


def cleaned_of(proposal: Proposal, act: Act, row: Model) -> dict[str, Any]:
    form = act.form(proposal.said, subject=row)
    return form.cleaned_data if form.is_valid() else {}


def go_on(*, proposal: Proposal, act: LongAct, row: Model, agent: User) -> int:
    """Do the next batch, in a transaction of its own, and return how many are left.

    What was stopped begins again. Stopped meanwhile, the batch is taken back: what the journal tells is what
    was done. Raises Stopped, AnotherIsRunning.
    """
    this = Proposal.objects.filter(pk=proposal.pk)
    try:
        with transaction.atomic():
            this.filter(state=ProposalState.STOPPED).update(state=ProposalState.RUNNING)
    except IntegrityError as error:
        raise AnotherIsRunning from error
    running = this.filter(state=ProposalState.RUNNING)
    by = running.select_related("decided_by").first()
    if not by or not act.applies(row):
        raise Stopped
    with transaction.atomic():
        number, euros = act.run(row, by.decided_by or agent, cleaned_of(proposal, act, row))
        if not running.update(count=F("count") + number, euros=F("euros") + euros):
            raise Stopped
        left = act.left(row)
        if not left and running.update(state=ProposalState.DONE):
            _notify(proposal.pk, act, row)
    return left


def stop(*, proposal: Proposal, act: LongAct, row: Model) -> None:
    """After the batch that is being done, if one is: the journal tells how far it came."""
    with transaction.atomic():
        running = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.RUNNING)
        if running.update(state=ProposalState.STOPPED):
            _notify(proposal.pk, act, row)


def _notify(pk: int, act: LongAct, row: Model) -> None:
    """One line of the journal for all the batches since the last one."""
    proposal = Proposal.objects.get(pk=pk)
    stopped = " – arrêté en route" if proposal.state == ProposalState.STOPPED else ""
    if proposal.count or not stopped:
        _journal(pk, act, row, f"{act.tells(proposal.count, proposal.euros)}{stopped}")
    Proposal.objects.filter(pk=pk).update(count=0, euros=Decimal(0))


def _journal(pk: int, act: Act, row: Model, details: str) -> None:
    proposal = Proposal.objects.select_related("proposed_by", "decided_by").get(pk=pk)
    by = ALONE if proposal.alone else f"proposé par {proposal.proposed_by}"
    audit.record(
        action=act.action,
        subject=row,
        name=act.names(row),
        reason=proposal.reason,
        actor=proposal.decided_by,
        details=f"{details} – {by}" if details else by,
    )
