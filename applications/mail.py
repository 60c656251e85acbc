"""What becomes of an application is told to who sent it alone: a ruling may part two parents."""

from typing import Any

from accounts.models import Beneficiary
from core import mail
from core.spelling import of_whom

from . import candidacy_mail, sheet_mail
from .models import Application, ApplicationKind, OtherGuardian, Rules

REFUSED = {
    ApplicationKind.SCHOLARSHIP: "Supplément boursier refusé",
    ApplicationKind.ENROLMENT: "Inscription refusée",
    ApplicationKind.SCHOOL: "Changement de collège refusé",
    ApplicationKind.GUARDIAN: "Autre responsable refusé",
    ApplicationKind.AFFILIATION: "Affiliation refusée",
    ApplicationKind.SHEET: "Changement de fiche refusé",
}


def sent(application: Application) -> None:
    _write("mail/application_sent", application, days=Rules.current().target_days)


def incomplete(application_id: int) -> None:
    application = _read(application_id)
    _write("mail/application_incomplete", application, reason=application.reason)


def accepted(application_id: int, **words: Any) -> None:
    _write("mail/application_accepted", _read(application_id), **words)


def enrolled(application_id: int, child: Beneficiary) -> None:
    _write("mail/enrolled", _read(application_id), home_url=mail.link("tickets:home", child.public_id))


def school_changed(application_id: int) -> None:
    application = _read(application_id)
    _write("mail/school_changed", application, place=str(application.new_school))


def guardian_accepted(application_id: int) -> None:
    application = _read(application_id)
    _write("mail/guardian_accepted", application, other=application.other_guardian)


def guardian_invited(other: OtherGuardian, path: str) -> None:
    """To an address that nobody has proved yet. Of the child it tells the first name alone."""
    application = _read(other.application_id)
    child = application.beneficiary
    mail.send(
        "mail/guardian_invited",
        other.email,
        account_ids=[],
        reader=other.first_name,
        inviter=str(application.sent_by.merged_into or application.sent_by),
        first_name=child.first_name if child else "",
        last_day=other.last_day,
        url=mail.absolute(path),
    )


def refused(application_id: int) -> None:
    application = _read(application_id)
    _write(
        "mail/application_refused",
        application,
        refused=REFUSED[ApplicationKind(application.kind)],
        reason=application.reason,
        appeal=Rules.current().appeal,
    )


def reopened(application_id: int) -> None:
    _write("mail/application_reopened", _read(application_id))


def _read(application_id: int) -> Application:
    found = Application.objects.select_related(
        *("sent_by__merged_into", "beneficiary", "newcomer", "candidacy", "campaign", "partner")
    )
    return found.get(pk=application_id)


def _page(application: Application, child: Beneficiary) -> str:
    if application.is_scholarship:
        return mail.link("applications:scholarship", child.public_id, application.campaign_id)
    return mail.link(f"applications:{application.kind}", child.public_id)


def _write(template: str, application: Application, **words: Any) -> None:
    if application.is_affiliation:
        candidacy_mail.tell(template.rpartition("_")[2], application, **words)
    elif application.is_of_a_sheet:
        sheet_mail.tell(template.rpartition("_")[2], application, **words)
    else:
        _to_a_family(template, application, **words)


def _to_a_family(template: str, application: Application, **words: Any) -> None:
    child, campaign = application.beneficiary, application.campaign
    reader = application.sent_by.merged_into or application.sent_by
    if campaign is None:
        return
    if application.is_enrolment:
        first_name = child.first_name if child else application.newcomer.first_name
        url = mail.link("applications:enrolment", application.pk)
    elif child and child.guardianships.filter(user=reader).exists():
        first_name = child.first_name
        url = _page(application, child)
    else:
        return
    mail.send(
        template,
        reader.email,
        account_ids=[reader.pk],
        reader=reader.first_name,
        asks_for=application.asks_for,
        first_name=first_name,
        whose=of_whom(first_name),
        campaign=campaign.name,
        supplement=campaign.supplement,
        url=url,
        **words,
    )
