"""What a parent asks for a child that is there: the supplement, another collège, another guardian."""

import datetime as dt

from django.utils import timezone

from accounts.models import Beneficiary, School, User, new_link_key
from applications.models import Application, ApplicationKind, ApplicationState, NewSchool, OtherGuardian
from wallets.models import Campaign

from .asked import ask

STATES = ApplicationState
# Of each kind how many days ago, and what became of it. A supplement that is granted would be money.
ASKED = {
    ApplicationKind.SCHOLARSHIP: {1: STATES.SENT, 14: STATES.REFUSED, 16: STATES.WITHDRAWN},
    ApplicationKind.SCHOOL: {
        1: STATES.SENT,
        20: STATES.ACCEPTED,
        24: STATES.REFUSED,
        25: STATES.WITHDRAWN,
    },
    ApplicationKind.GUARDIAN: {
        1: STATES.SENT,
        30: STATES.REFUSED,
        35: STATES.ACCEPTED,
        37: STATES.WITHDRAWN,
    },
}
PAPERS = {
    ApplicationKind.SCHOLARSHIP: "NOTIFICATION DE BOURSE (exemple)",
    ApplicationKind.SCHOOL: "CERTIFICAT DE SCOLARITÉ (exemple)",
    ApplicationKind.GUARDIAN: "JUGEMENT (exemple)",
}
OTHER_SCHOOL = "Collège de l’Exemple, Antony"


def load(users: dict[str, User], campaign: Campaign, child: Beneficiary, school: School) -> None:
    if Application.objects.filter(beneficiary=child, kind__in=ASKED).exists():
        return
    for kind, examples in ASKED.items():
        for days, state in sorted(examples.items(), reverse=True):
            application = ask(
                kind,
                users,
                days=days,
                paper=f"{PAPERS[kind]}\n\nEnfant : {child}",
                state=state,
                beneficiary=child,
                campaign=campaign,
            )
            if kind == ApplicationKind.SCHOOL:
                _to_a_school(application, school if state == STATES.ACCEPTED else None, child.grade)
            elif kind == ApplicationKind.GUARDIAN:
                _by_another(application)


def _to_a_school(application: Application, school: School | None, grade: str) -> None:
    NewSchool.objects.create(
        application=application,
        school=school,
        other_school="" if school else OTHER_SCHOOL,
        grade=grade,
        since=timezone.localdate(application.sent_at) - dt.timedelta(days=3),
    )


def _by_another(application: Application) -> None:
    """Of one that is accepted the invitation is too old by now: it may be sent again."""
    OtherGuardian.objects.create(
        application=application,
        first_name="Andrea",
        last_name="EXEMPLE",
        email="andrea.exemple@passplus.example",
        key=new_link_key() if application.state == STATES.ACCEPTED else "",
        invited_at=application.decided_at if application.state == STATES.ACCEPTED else None,
    )
