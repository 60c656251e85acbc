"""A version of the convention that comes into force is written to who may sign it: the managers of each
organisme that is affiliated and has not, beside the pages.
"""

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from core import mail
from core.outbox import Urgency
from core.tasks import Priority, Queue
from partners.models import Membership, Partner, Role

from .models import Convention, Signature

# Whose e-mails one task writes, in one transaction with its end: each is written to once.
AT_ONCE = 100


def to_sign(convention: Convention) -> QuerySet[Membership]:
    """Who is written to: of those organismes, each open manager that has an address."""
    signed = Signature.objects.filter(convention=convention).organismes()
    organismes = Partner.objects.affiliated_on(timezone.localdate()).exclude(pk__in=signed)
    managers = Membership.objects.open().filter(role=Role.MANAGER, partner__in=organismes)
    return managers.filter(user__is_active=True, user__is_staff=False).exclude(user__email="")


def to_tell(convention: Convention) -> QuerySet[Membership]:
    """Who will be written to when it comes into force: once, though it may come back later."""
    return to_sign(convention) if convention.is_draft else Membership.objects.none()


@task(queue_name=Queue.MAIL, priority=Priority.BULK)
def propose(*, convention_id: int, after_id: int) -> None:
    """To the next of them, by the number of their membership. Nothing once another version is in force."""
    convention = Convention.objects.in_force().filter(pk=convention_id).first()
    if convention is None:
        return
    following = to_sign(convention).filter(pk__gt=after_id).select_related("user", "partner").order_by("pk")
    some = list(following[:AT_ONCE])
    for membership in some:
        _write(membership, convention)
    if len(some) == AT_ONCE:
        propose.enqueue(convention_id=convention_id, after_id=some[-1].pk)


def _write(membership: Membership, convention: Convention) -> None:
    mail.send(
        "mail/convention_to_sign",
        membership.user.email,
        account_ids=[membership.user_id],
        reader=membership.user.first_name,
        urgency=Urgency.BULK,
        name=membership.partner.name,
        title=convention.title,
        url=mail.link("applications:organisme_convention", membership.partner_id),
    )
