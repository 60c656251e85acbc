"""Acts that take two agents, and those that take a while: proposed, confirmed, then done batch by batch.

Each step is a guarded UPDATE of the proposal: of two agents at the same instant, one is told that it is over.
"""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Model
from django.utils import timezone

from accounts import audit
from accounts.audit import Action, subject_key
from accounts.models import User
from accounts.proposals import Proposal, ProposalState
from core.exceptions import Refusal

from .acts import Act, AlreadyDone, LongAct, facts_of

ALONE = "sans second agent"


class AlreadyProposed(Refusal):
    sentence = "Cet acte est déjà proposé. Relisez la page\N{NO-BREAK SPACE}: il attend d’être confirmé."


class AlreadyDecided(Refusal):
    sentence = "Cette proposition n’attend plus\N{NO-BREAK SPACE}: elle a été confirmée, refusée ou retirée."


class SecondAgentNeeded(Refusal):
    sentence = "Un acte se confirme par un autre agent que celui qui l’a proposé."


class NotYours(Refusal):
    sentence = "Un acte se retire par celui qui l’a proposé. Un autre le refuse, avec un motif."


class NoLongerSo(Refusal):
    sentence = (
        "Ce n’est plus ce qui a été proposé\N{NO-BREAK SPACE}: les chiffres ont changé. "
        "Relisez-les et proposez l’acte de nouveau."
    )


class AnotherIsRunning(Refusal):
    sentence = "Un autre acte est en cours ici. Attendez qu’il finisse, ou arrêtez-le."


class Stopped(Refusal):
    sentence = "Cet acte a été arrêté."


def living(act: Act, row: Model) -> Proposal | None:
    of_the_row = Proposal.objects.of(act.name, subject_key(row))
    return of_the_row.select_related("proposed_by", "decided_by").first()


@transaction.atomic
def propose(
    *, act: Act, row: Model, said: dict[str, Any], asked: dict[str, Any], page: str, agent: User
) -> None:
    """Keep the form as it was `said`, and what the page told of it. `asked` is the same form, judged.

    Raises AlreadyProposed.
    """
    try:
        with transaction.atomic():
            Proposal.objects.create(
                act=act.name,
                label=act.label,
                subject=act.names(row)[:160],
                subject_key=subject_key(row),
                page=page,
                said=said,
                facts=facts_of(act, row, asked),
                reason=asked["reason"],
                permission=act.permission,
                proposed_by=agent,
            )
    except IntegrityError as error:
        raise AlreadyProposed from error
    _record(Action.PROPOSED, act, row, facts_of(act, row, asked), reason=asked["reason"], agent=agent)


def _record(
    action: Action, act: Act, row: Model, facts: list[list[str]], *, reason: str, agent: User
) -> None:
    """What was only proposed is told with its euros too."""
    told = [act.label, *(f"{label}\N{NO-BREAK SPACE}: {value}" for label, value in facts if "€" in value)]
    audit.record(
        action=action,
        subject=row,
        name=act.names(row),
        reason=reason,
        actor=agent,
        details=", ".join(told),
    )


def refuse(*, proposal: Proposal, act: Act, row: Model, answer: str, agent: User) -> None:
    """Raises AlreadyDecided."""
    with transaction.atomic():
        _decide(proposal, ProposalState.REFUSED, agent, answer=answer)
        _record(Action.PROPOSAL_REFUSED, act, row, proposal.facts, reason=answer, agent=agent)


def withdraw(*, proposal: Proposal, act: Act, row: Model, agent: User) -> None:
    """By who proposed it; or by whoever gives up what was stopped on its way. Raises AlreadyDecided."""
    with transaction.atomic():
        stopped = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.STOPPED)
        if not stopped.update(state=ProposalState.WITHDRAWN):
            _decide(proposal, ProposalState.WITHDRAWN, agent)
        _record(Action.PROPOSAL_WITHDRAWN, act, row, proposal.facts, reason=proposal.reason, agent=agent)


def forget_about(row: Model) -> None:
    """Nothing waits about a row that is gone."""
    Proposal.objects.living().filter(subject_key=subject_key(row)).delete()


def give_up(*, proposal: Proposal, agent: User) -> None:
    """It is no longer what it was proposed for. Raises AlreadyDecided."""
    _decide(proposal, ProposalState.OUTDATED, agent)


def _decide(proposal: Proposal, state: ProposalState, agent: User, **fields: Any) -> None:
    pending = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PENDING)
    if not pending.update(state=state, decided_by=agent, decided_at=timezone.now(), **fields):
        raise AlreadyDecided


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
            _decide(proposal, state, agent, alone=alone)
            if not is_still_so(proposal, act, row):
                raise NoLongerSo
            if not long:
                _do(proposal, act, row, agent)
    except IntegrityError as error:
        raise AnotherIsRunning from error


def _do(proposal: Proposal, act: Act, row: Model, agent: User) -> None:
    try:
        details = act.run(row, agent, said_in(proposal, act, row))
    except AlreadyDone:
        return
    _journal(proposal.pk, act, row, details)


def said_in(proposal: Proposal, act: Act, row: Model) -> dict[str, Any]:
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
        number, euros = act.run(row, by.decided_by or agent, said_in(proposal, act, row))
        if not running.update(count=F("count") + number, euros=F("euros") + euros):
            raise Stopped
        left = act.left(row)
        if not left and running.update(state=ProposalState.DONE):
            _tell(proposal.pk, act, row)
    return left


def stop(*, proposal: Proposal, act: LongAct, row: Model) -> None:
    """After the batch that is being done, if one is: the journal tells how far it came."""
    with transaction.atomic():
        running = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.RUNNING)
        if running.update(state=ProposalState.STOPPED):
            _tell(proposal.pk, act, row)


def _tell(pk: int, act: LongAct, row: Model) -> None:
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
