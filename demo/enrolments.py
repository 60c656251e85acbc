"""A parent enrols children that no list has brought, and one anew that was there last year."""

from accounts.models import Beneficiary, Grade, School, User
from applications.models import Application, ApplicationKind, ApplicationState, Newcomer
from wallets.models import Campaign

from .asked import ask

# By what its family calls it: how many days ago, and what became of it.
CHILDREN = {
    "Naïm": (2, ApplicationState.SENT),
    "Lila": (5, ApplicationState.INCOMPLETE),
    "Noé": (9, ApplicationState.REFUSED),
    "Jade": (12, ApplicationState.WITHDRAWN),
}
LONG_AGO = 100


def load(users: dict[str, User], campaign: Campaign, known: Beneficiary, school: School) -> None:
    """`known` was enrolled so, long ago, and is enrolled again."""
    if Application.objects.enrolments_of(users["voisin.test"]).exists():
        return
    for first_name, (days, state) in CHILDREN.items():
        newcomer = Newcomer(
            first_name=first_name,
            last_name=known.last_name,
            birth_year=campaign.opens_on.year - 13,
            grade=Grade.QUATRIEME,
            school=school,
            insee_code=school.insee_code,
        )
        _enrol(newcomer, users, campaign, days=days, state=state)
    again = {name: getattr(known, name) for name in ("first_name", "last_name", "birth_year", "insee_code")}
    newcomer = Newcomer(**again, grade=Grade.CINQUIEME, school=school)
    _enrol(newcomer, users, campaign, days=1, state=ApplicationState.SENT, beneficiary=known)
    # What its family said is forgotten by now.
    ask(
        ApplicationKind.ENROLMENT,
        users,
        days=LONG_AGO,
        paper="",
        state=ApplicationState.ACCEPTED,
        beneficiary=known,
        campaign=campaign,
    ).papers.all().delete_content()


def _enrol(
    newcomer: Newcomer,
    users: dict[str, User],
    campaign: Campaign,
    *,
    days: int,
    state: ApplicationState,
    beneficiary: Beneficiary | None = None,
) -> None:
    newcomer.application = ask(
        ApplicationKind.ENROLMENT,
        users,
        days=days,
        paper=f"LIVRET DE FAMILLE (exemple)\n\nEnfant : {newcomer}\n\nParent : {users['voisin.test']}",
        state=state,
        beneficiary=beneficiary,
        campaign=campaign,
        child_key=newcomer.key,
    )
    newcomer.save()
