"""Papers go two months after the decision, and what was said beside them; what nobody completed is withdrawn
after as long, and what an organisme never sent forgotten.
"""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q, QuerySet

from .models import (
    Application,
    ApplicationState,
    Candidacy,
    Newcomer,
    NewSchool,
    NewSheet,
    OtherGuardian,
    Paper,
    Signature,
    SigningCode,
)
from .models.application import KEPT_FOR
from .models.paper import KEPT_STATES
from .models.signature import FORGOTTEN
from .signing import VALID_FOR


def papers_due(now: dt.datetime) -> QuerySet[Paper]:
    return Paper.objects.filter(_closed(now), state__in=KEPT_STATES)


def delete(papers: Collection[Paper]) -> int:
    return Paper.objects.filter(pk__in=[paper.pk for paper in papers]).delete_content()


def newcomers_due(now: dt.datetime) -> QuerySet[Newcomer]:
    return Newcomer.objects.filter(_closed(now))


def new_schools_due(now: dt.datetime) -> QuerySet[NewSchool]:
    return NewSchool.objects.filter(_closed(now))


def new_sheets_due(now: dt.datetime) -> QuerySet[NewSheet]:
    return NewSheet.objects.filter(_closed(now))


def forget(newcomers: Collection[Newcomer]) -> int:
    """Who it was; that somebody was enrolled, and what was decided, stays."""
    theirs = Newcomer.objects.filter(pk__in=[it.pk for it in newcomers])
    Application.objects.filter(newcomer__in=theirs).update(child_key="")
    return theirs.delete()[0]


def candidacies_due(now: dt.datetime) -> QuerySet[Candidacy]:
    return Candidacy.objects.filter(
        Q(application__decided_at__lt=now - KEPT_FOR)
        | Q(application__state=ApplicationState.WITHDRAWN)
        | Q(application=None, changed_at__lt=now - KEPT_FOR)
    )


def codes_due(now: dt.datetime) -> QuerySet[SigningCode]:
    return SigningCode.objects.filter(sent_at__lt=now - VALID_FOR)


def signatures_due(now: dt.datetime) -> QuerySet[Signature]:
    """Those that bind nobody, as long as what was said beside them."""
    return Signature.objects.exclude(**FORGOTTEN).filter(
        Q(application__state=ApplicationState.REFUSED, application__decided_at__lt=now - KEPT_FOR)
        | Q(application__state=ApplicationState.WITHDRAWN)
    )


def forget_signatures(signatures: Collection[Signature]) -> int:
    return Signature.objects.filter(pk__in=[it.pk for it in signatures]).forget()


def abandoned(now: dt.datetime) -> QuerySet[Application]:
    return Application.objects.filter(state=ApplicationState.INCOMPLETE, waiting_since__lt=now - KEPT_FOR)


def withdraw(applications: Collection[Application]) -> int:
    """Unless it was completed meanwhile: that one waits, with its papers."""
    theirs = Application.objects.filter(pk__in=[it.pk for it in applications])
    withdrawn = theirs.filter(state=ApplicationState.INCOMPLETE).update(
        state=ApplicationState.WITHDRAWN, reason=""
    )
    Paper.objects.filter(application__in=theirs.filter(state=ApplicationState.WITHDRAWN)).delete_content()
    return withdrawn


def other_guardians_due(now: dt.datetime) -> QuerySet[OtherGuardian]:
    return OtherGuardian.objects.filter(_closed(now))


def _closed(now: dt.datetime) -> Q:
    return Q(application__decided_at__lt=now - KEPT_FOR) | Q(application__state=ApplicationState.WITHDRAWN)
