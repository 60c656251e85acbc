"""What becomes of the applications of a child that has two rows."""

from django.db import transaction

from wallets.models import SUPPLEMENT, Wallet
from wallets.reading import breakdowns

from .models import OPEN_STATES, Application, ApplicationState


@transaction.atomic
def move(*, double_id: int, kept_id: int) -> None:
    """Once the wallets are merged, and the children locked. What the kept child asks for too is asked once.

    One that was accepted comes along with what it gave, and stays where that was taken back.
    """
    for application in Application.objects.filter(beneficiary=double_id).order_by("number"):
        same = Application.objects.filter(pk=application.pk, state=application.state)
        living = Application.objects.filter(
            beneficiary=kept_id, campaign=application.campaign_id, kind=application.kind
        ).filter(state__in=[*OPEN_STATES, ApplicationState.ACCEPTED])
        if application.is_enrolment:
            # Of this child already: nothing waits, nor is anything to be taken back.
            same.update(beneficiary=kept_id)
        elif application.state in OPEN_STATES and living.exists():
            application.papers.all().delete_content()
            same.update(beneficiary=kept_id, state=ApplicationState.WITHDRAWN, reason="")
        elif application.state != ApplicationState.ACCEPTED or (
            not living.exists() and _has_supplement(kept_id, application.campaign_id)
        ):
            same.update(beneficiary=kept_id)


def _has_supplement(beneficiary_id: int, campaign_id: int) -> bool:
    theirs = Wallet.objects.filter(beneficiary=beneficiary_id, campaign=campaign_id).in_order()
    return any(one.standing(SUPPLEMENT) for one in breakdowns(theirs))
