"""An organisme asks to be affiliated: its SIRET, then what it is, then its papers, saved on the way.

Who asks has an account by then, so that its address is confirmed. Whether another account asks for the same
organisme is not said: an agent sees it.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from partners.accepting import may_join
from partners.models import Commune, Partner
from partners.register import Registered

from . import mail, sending
from .exceptions import (
    MOST_DRAFTS,
    AlreadyAffiliated,
    AlreadyApplied,
    Closed,
    Moved,
    NotDescribed,
    TooManyDrafts,
)
from .models import OPEN_STATES, Application, ApplicationKind, ApplicationState, AskedOffer, Candidacy
from .models.candidacy import CandidacyQuerySet


def may_apply(user: User) -> bool:
    """Who may be its first manager."""
    return may_join(user)


def followed_by(user: User) -> list[Candidacy]:
    """The newest first; until what was said is forgotten."""
    theirs = Candidacy.objects.accessible_to(user).exclude(application__state=ApplicationState.WITHDRAWN)
    return list(theirs.select_related("application").order_by("-pk"))


@transaction.atomic
def start(*, siret: str, account: User, registered: Registered | None = None) -> Candidacy:
    """The draft of this SIRET, that was begun or is. Which organismes are affiliated is public.

    A new one says what the register knows. Raises Closed, AlreadyAffiliated, AlreadyApplied, TooManyDrafts.
    """
    if registered and not registered.is_open:
        raise Closed
    if Partner.objects.affiliated_on(timezone.localdate()).filter(siret=siret).exists():
        raise AlreadyAffiliated
    theirs = Candidacy.objects.filter(account=account)
    if theirs.filter(siret=siret, application__state__in=OPEN_STATES).exists():
        raise AlreadyApplied
    if theirs.drafts().exclude(siret=siret).count() >= MOST_DRAFTS:
        raise TooManyDrafts
    known = _known(registered) if registered else {}
    candidacy, _ = Candidacy.objects.get_or_create(
        account=account, siret=siret, application=None, defaults=known
    )
    return candidacy


def _known(registered: Registered) -> dict[str, Any]:
    """As far as it fits: who asks reads it over before it goes."""
    said = {name: getattr(registered, name) for name in ("name", "address", "postcode", "rna", "legal_form")}
    draft = Candidacy(**said)
    return {
        "commune": Commune.objects.filter(pk=registered.insee_code).first(),
        **{name: value for name, value in said.items() if value and _is_right(draft, name)},
    }


def _is_right(draft: Candidacy, column: str) -> bool:
    try:
        draft.clean_fields(exclude={it.name for it in Candidacy._meta.fields} - {column})
    except ValidationError:
        return False
    return True


@transaction.atomic
def describe(*, candidacy_id: int, said: Mapping[str, Any], offers: Iterable[tuple[int, str]]) -> None:
    """`said` has the columns of `Candidacy`; an offer is an activity's id and a kind. Raises Moved."""
    write(Candidacy.objects.drafts().filter(pk=candidacy_id), candidacy_id, said, offers)


def write(
    which: CandidacyQuerySet, candidacy_id: int, said: Mapping[str, Any], offers: Iterable[tuple[int, str]]
) -> None:
    """If it is still one of `which`. Raises Moved."""
    if not which.update(**said, changed_at=timezone.now()):
        raise Moved
    AskedOffer.objects.filter(candidacy=candidacy_id).delete()
    AskedOffer.objects.bulk_create(
        AskedOffer(candidacy_id=candidacy_id, activity_id=activity, kind=kind)
        for activity, kind in dict.fromkeys(offers)
    )


@transaction.atomic
def send(*, candidacy_id: int, papers: Sequence[bytes]) -> Application:
    """The same draft sent twice asks once. Locks it. Raises NoPaper, TooManyPapers, NotDescribed, Moved."""
    key = uuid.uuid4()
    sealed = sending.sealed_papers(key, papers)
    # Alone: what is joined to a row that waits for its lock is read before it.
    candidacy = Candidacy.objects.select_for_update().filter(pk=candidacy_id).first()
    if candidacy is None:
        raise Moved
    if candidacy.application:
        return candidacy.application
    if not candidacy.is_described:
        raise NotDescribed
    application = Application.objects.create(
        key=key, kind=ApplicationKind.AFFILIATION, sent_by=candidacy.account
    )
    candidacy.application = application
    candidacy.save(update_fields=["application"])
    sending.join(application, sealed)
    mail.sent(application)
    return application


@transaction.atomic
def withdraw(*, candidacy_id: int, actor: User) -> None:
    """A draft is forgotten; what was sent is withdrawn, with its papers. Raises Moved."""
    candidacy = Candidacy.objects.select_for_update().get(pk=candidacy_id)
    if candidacy.application_id is None:
        candidacy.delete()
    else:
        sending.withdraw(application_id=candidacy.application_id, actor=actor)
