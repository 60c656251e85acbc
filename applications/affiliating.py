"""An agent accepts a candidacy: organisme, offers and first manager are there at once, or nothing is.

Lock order: the directory, the organisme, then the application.
"""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from partners import memberships
from partners.accepting import may_join
from partners.models import Offer, Partner, Role
from partners.services import directory_changed, lock_directory

from . import candidacy_mail, countersigning, deciding
from .exceptions import HasMembers, Moved, SenderGone, SiretTaken
from .models import Application, ApplicationKind, ApplicationState, Candidacy

# Which the organisme has from what was said of it.
SAID = (
    *("name", "siret", "rna", "commune_id", "address", "postcode", "phone", "email"),
    "website",
)


@transaction.atomic
def accept_affiliation(
    *, application_id: int, actor: User, partner_id: int | None = None, offer_ids: Collection[int] = ()
) -> Partner:
    """Affiliate from today the organisme `partner_id`, that nobody acts for; or without one a new one. Of the
    offers that were asked for, those of `offer_ids`.

    It countersigns the convention in force. Locks the directory, the organisme, the application. Raises
    Moved, BeingRead, PapersUnread, NoReadablePaper, SiretTaken, HasMembers, SenderGone, NotSigned.
    """
    asked = _read(application_id)
    manager = asked.sent_by.merged_into or asked.sent_by
    if not manager.is_active or not may_join(manager):
        raise SenderGone
    lock_directory()
    candidacy = asked.candidacy
    partner = _make(asked) if partner_id is None else _renew(partner_id, candidacy)
    for offer in candidacy.offers.filter(pk__in=offer_ids):
        Offer.objects.update_or_create(
            partner=partner, activity_id=offer.activity_id, kind=offer.kind, defaults={"ends_on": None}
        )
    directory_changed()
    memberships.join(user_id=manager.pk, partner_id=partner.pk, role=Role.MANAGER)
    deciding.accept_for(application_id, actor, partner=partner)
    countersigning.countersign(application_id=application_id, actor=actor)
    candidacy_mail.affiliated(asked, partner)
    return partner


def _read(application_id: int) -> Application:
    """Raises Moved, for one that was withdrawn and forgotten meanwhile."""
    candidacies = Application.objects.filter(kind=ApplicationKind.AFFILIATION, candidacy__isnull=False)
    found = candidacies.select_related("candidacy", "sent_by__merged_into")
    asked = found.filter(pk=application_id, state=ApplicationState.SENT).first()
    if asked is None:
        raise Moved
    return asked


def _make(asked: Application) -> Partner:
    said = {name: getattr(asked.candidacy, name) for name in SAID}
    try:
        with transaction.atomic():
            return Partner.objects.create(**said, affiliated_from=timezone.localdate())
    except IntegrityError:
        if not Application.objects.filter(pk=asked.pk, state=ApplicationState.SENT).exists():
            # By another agent, a moment ago.
            raise Moved from None
        raise SiretTaken from None


def _renew(partner_id: int, candidacy: Candidacy) -> Partner:
    """Locked. What its page says stays, and what it does not say is filled in; it is affiliated again."""
    partner = Partner.objects.standing().select_for_update(of=("self",)).filter(pk=partner_id).first()
    if partner is None:
        raise Moved
    if partner.memberships.open().exists():
        raise HasMembers
    missing = {name: getattr(candidacy, name) for name in SAID if not getattr(partner, name)}
    today = timezone.localdate()
    if not partner.is_affiliated_on(today):
        missing |= {"affiliated_from": min(today, partner.affiliated_from), "affiliated_until": None}
    try:
        with transaction.atomic():
            Partner.objects.filter(pk=partner.pk).update(**missing)
    except IntegrityError:
        raise SiretTaken from None
    return partner
