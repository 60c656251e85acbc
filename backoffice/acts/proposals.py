"""Acts that take two agents, and those that take a while: proposed, then confirmed, refused or withdrawn.

Each step is a guarded UPDATE of the proposal: of two agents at the same instant, one is told that it is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from accounts import audit
from accounts.audit import Action, subject_key
from accounts.models import User
from accounts.proposals import Proposal, ProposalState

from .act import Act, facts_of
from .proposal_refusals import AlreadyDecided, AlreadyProposed


def living(act: Act, row: Model) -> Proposal | None:
    of_the_row = Proposal.objects.of(act.name, subject_key(row))
    return of_the_row.select_related("proposed_by", "decided_by").first()


@dataclass(frozen=True)
class Living:
    """What is proposed or on its way about these rows, read in one query at the first question."""

    rows: Sequence[Model]

    def has(self, act: Act, row: Model) -> bool:
        return (act.name, subject_key(row)) in self._known

    @cached_property
    def _known(self) -> set[tuple[str, str]]:
        about = Proposal.objects.living().filter(subject_key__in=[subject_key(row) for row in self.rows])
        return set(about.values_list("act", "subject_key"))


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
        decide(proposal, ProposalState.REFUSED, agent, answer=answer)
        _record(Action.PROPOSAL_REFUSED, act, row, proposal.facts, reason=answer, agent=agent)


def withdraw(*, proposal: Proposal, act: Act, row: Model, agent: User) -> None:
    """By who proposed it; or by whoever gives up what was stopped on its way. Raises AlreadyDecided."""
    with transaction.atomic():
        stopped = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.STOPPED)
        if not stopped.update(state=ProposalState.WITHDRAWN):
            decide(proposal, ProposalState.WITHDRAWN, agent)
        _record(Action.PROPOSAL_WITHDRAWN, act, row, proposal.facts, reason=proposal.reason, agent=agent)


def forget_about(row: Model) -> None:
    """Nothing waits about a row that is gone."""
    Proposal.objects.living().filter(subject_key=subject_key(row)).delete()


def give_up(*, proposal: Proposal, agent: User) -> None:
    """It is no longer what it was proposed for. Raises AlreadyDecided."""
    decide(proposal, ProposalState.OUTDATED, agent)


def decide(proposal: Proposal, state: ProposalState, agent: User, **fields: Any) -> None:
    pending = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.PENDING)
    if not pending.update(state=state, decided_by=agent, decided_at=timezone.now(), **fields):
        raise AlreadyDecided
