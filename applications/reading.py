"""An application as its family follows it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import Beneficiary, User

from .models import (
    CHANGING_KINDS,
    DECIDED_STATES,
    Application,
    ApplicationKind,
    ApplicationState,
    Paper,
    PaperState,
    Rules,
)


@dataclass(frozen=True)
class Following:
    """`is_theirs` is whether the reader may complete or withdraw it; `rules` are those of today."""

    application: Application
    papers: list[Paper]
    rules: Rules
    is_theirs: bool

    @property
    def is_decided(self) -> bool:
        return self.application.state in DECIDED_STATES

    @property
    def asks(self) -> bool:
        """Something of the reader."""
        return self.is_theirs and self.application.state == ApplicationState.INCOMPLETE

    @property
    def may_be_withdrawn(self) -> bool:
        return self.is_theirs and not self.is_decided

    @property
    def answered_by(self) -> dt.date:
        """The day that the rules promise."""
        since = timezone.localdate(self.application.waiting_since)
        return since + dt.timedelta(days=self.rules.target_days)

    @property
    def is_late(self) -> bool:
        return self.answered_by < timezone.localdate()


def newest_of(child: Beneficiary, user: User, kind: ApplicationKind) -> Application | None:
    """That was not withdrawn."""
    asked = Application.objects.accessible_to(user).filter(beneficiary=child, kind=kind)
    asked = asked.exclude(state=ApplicationState.WITHDRAWN).select_related(
        "sent_by", "beneficiary", "campaign"
    )
    return asked.order_by("-number").first()


@dataclass(frozen=True)
class Asked:
    """What a guardian follows on its account: the enrolments that it sent, the newest first; and what is
    asked to be changed of each child that it guards, by child and kind the newest.
    """

    enrolments: list[Application]
    changes: dict[int, dict[str, Application]]


def asked_by(user: User) -> Asked:
    """One query. An enrolment until what its family said of the child is forgotten."""
    is_enrolment = Q(kind=ApplicationKind.ENROLMENT, newcomer__isnull=False)
    theirs = Application.objects.accessible_to(user).filter(is_enrolment | Q(kind__in=CHANGING_KINDS))
    theirs = theirs.exclude(state=ApplicationState.WITHDRAWN).select_related("newcomer", "beneficiary")
    asked = Asked([], defaultdict(dict))
    for it in theirs.order_by("number"):
        if it.is_enrolment:
            asked.enrolments.insert(0, it)
        elif it.beneficiary_id:
            asked.changes[it.beneficiary_id][it.kind] = it
    return asked


def follow(application: Application, user: User) -> Following:
    papers = application.papers.exclude(state=PaperState.DELETED).defer("sealed").order_by("pk")
    return Following(application, list(papers), Rules.current(), application.may_be_answered_by(user))
