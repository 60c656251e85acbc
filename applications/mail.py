"""What becomes of an application is told to who sent it alone: a ruling may part two parents."""

from typing import Any

from core import mail
from core.spelling import of_whom

from .models import Application, Rules


def sent(application: Application) -> None:
    _write("mail/application_sent", application, days=Rules.current().target_days)


def incomplete(application_id: int) -> None:
    application = _read(application_id)
    _write("mail/application_incomplete", application, reason=application.reason)


def accepted(application_id: int) -> None:
    application = _read(application_id)
    _write("mail/application_accepted", application, supplement=application.campaign.supplement)


def refused(application_id: int) -> None:
    application = _read(application_id)
    words = {"reason": application.reason, "appeal": Rules.current().appeal}
    _write("mail/application_refused", application, **words)


def reopened(application_id: int) -> None:
    _write("mail/application_reopened", _read(application_id))


def _read(application_id: int) -> Application:
    found = Application.objects.select_related("sent_by__merged_into", "beneficiary", "campaign")
    return found.get(pk=application_id)


def _write(template: str, application: Application, **words: Any) -> None:
    child = application.beneficiary
    reader = application.sent_by.merged_into or application.sent_by
    if not child.guardianships.filter(user=reader).exists():
        return
    mail.send(
        template,
        reader.email,
        account_ids=[reader.pk],
        reader=reader.first_name,
        first_name=child.first_name,
        whose=of_whom(child.first_name),
        campaign=application.campaign.name,
        url=mail.link("applications:scholarship", child.public_id, application.campaign_id),
        **words,
    )
