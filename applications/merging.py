"""What becomes of the applications of a child that has two rows."""

from django.db import transaction

from wallets.models import SUPPLEMENT, Wallet
from wallets.reading import breakdowns

from .models import LIVING_STATES, OPEN_STATES, Application, ApplicationState


@transaction.atomic
def move(*, double_id: int, kept_id: int) -> None:
    """Once the wallets are merged, and the children locked. What the kept child asks for too is asked once.

    One that was accepted comes along with what it gave, and stays where that was taken back.
    """
    for application in Application.objects.filter(beneficiary=double_id).order_by("number"):
        same = Application.objects.filter(pk=application.pk, state=application.state)
        is_asked_too = _is_asked_too(application, kept_id)
        if application.state in OPEN_STATES and is_asked_too:
            application.papers.all().delete_content()
            same.update(beneficiary=kept_id, state=ApplicationState.WITHDRAWN, reason="")
        elif (
            not application.is_scholarship
            or application.state != ApplicationState.ACCEPTED
            or (not is_asked_too and _has_supplement(kept_id, application.campaign_id))
        ):
            same.update(beneficiary=kept_id)


def _is_asked_too(application: Application, kept_id: int) -> bool:
    """Of the kept child, so that two would live."""
    same = Application.objects.filter(beneficiary=kept_id, kind=application.kind)
    if application.is_scholarship:
        return same.filter(campaign=application.campaign_id, state__in=LIVING_STATES).exists()
    return same.filter(state__in=OPEN_STATES).exists()


def _has_supplement(beneficiary_id: int, campaign_id: int | None) -> bool:
    theirs = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign_id).in_order()
    return any(one.standing(SUPPLEMENT) for one in breakdowns(theirs))
