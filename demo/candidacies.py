"""Organismes that ask to be affiliated."""

from accounts.models import User
from applications.models import ApplicationKind, ApplicationState, AskedOffer, Candidacy, LegalForm
from partners.models import Activity, Commune, Partner, Role
from wallets.models import Kind

from . import convention
from .asked import ask

# By its SIRET, which answers to the rule and is nobody's, for Insee gives no such number: how many days ago,
# and what became of it.
ASKED = {
    "00000000000018": ("ESCALADE CLUB DE LA DÉMONSTRATION", "Escalade", 1, ApplicationState.SENT),
    "00000000000026": ("AVIRON DE LA DÉMONSTRATION", "Aviron", 4, ApplicationState.INCOMPLETE),
    "00000000000034": ("TENNIS DE LA DÉMONSTRATION", "Tennis", 8, ApplicationState.REFUSED),
    "00000000000042": ("VOILE DE LA DÉMONSTRATION", "Voile", 9, ApplicationState.WITHDRAWN),
}
AFFILIATED = "00000000000059"


def load(users: dict[str, User]) -> None:
    if Candidacy.objects.filter(account=users["voisin.test"]).exists():
        return
    for siret, (name, activity, days, state) in ASKED.items():
        _apply(users, siret, name, activity, days=days, state=state)
    partner = Partner.objects.get(memberships__user=users["danse.test"], memberships__role=Role.MANAGER)
    activity = partner.offers.earliest("pk").activity.name
    _apply(
        users, AFFILIATED, partner.name, activity, days=50, state=ApplicationState.ACCEPTED, partner=partner
    )


def _apply(
    users: dict[str, User],
    siret: str,
    name: str,
    activity: str,
    *,
    days: int,
    state: ApplicationState,
    partner: Partner | None = None,
) -> None:
    sender = "danse.test" if partner else "voisin.test"
    application = ask(
        ApplicationKind.AFFILIATION,
        users,
        days=days,
        paper=f"STATUTS (exemple)\n\nAssociation : {name}\n\nTrésorier : {users[sender]}",
        state=state,
        sender=sender,
        partner=partner,
    )
    candidacy = Candidacy.objects.create(
        account=users[sender],
        application=application,
        siret=siret,
        name=name,
        legal_form=LegalForm.ASSOCIATION,
        commune=Commune.objects.get(pk="92002"),
        address="12 rue du Mur",
        postcode="92160",
        capacity="trésorier",
    )
    offered, _ = Activity.objects.get_or_create(name=activity)
    AskedOffer.objects.create(candidacy=candidacy, activity=offered, kind=Kind.SPORT)
    if state == ApplicationState.SENT:
        convention.sign(convention.load(users["agent.test"]), application, candidacy)
