"""The small demonstration: the families of the guide, and the organismes around them."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from accounts.demonstration import PASSWORD
from accounts.models import Beneficiary, Grade, Guardianship, School, User
from partners.models import Activity, Commune, Offer, Partner
from partners.services import directory_changed, load_communes
from wallets import campaigns
from wallets.models import Campaign, Kind

from . import bank_accounts, candidacies, changes, enrolments, members, news, sheets

ANTONY = "92002"


@dataclass(frozen=True)
class Login:
    username: str
    who: str
    first_name: str
    last_name: str
    # Of an agent: a group of `backoffice.roles`, or everything.
    role: str = ""
    is_superuser: bool = False


PAYMENT_ROLES = ("paiements", "ordonnateur")
LOGINS = [
    Login("parent.test", "parent de Garance et de Lucien", "Camille", "TEST CD 92"),
    Login("garance.test", "Garance, avec son propre compte", "Garance", "TEST CD 92"),
    Login("parent2.test", "autre parent de Garance", "Dominique", "TEST CD 92"),
    Login("voisin.test", "parent d’une autre famille", "Sacha", "VOISIN CD 92"),
    Login("guichet.test", "guichet de la MAITRISE STE MARIE D ANTONY", "Gilles", "GUICHET CD 92"),
    Login("responsable.test", "responsable de la même", "Rose", "RESPONSABLE CD 92"),
    Login("danse.test", "responsable d’un organisme de danse", "Dina", "DANSE CD 92"),
    Login("agent.test", "agent du département (/admin/)", "Agnès", "AGENT CD 92", is_superuser=True),
    Login("agent2.test", "second gestionnaire (/admin/)", "Basile", "AGENT CD 92", role="gestionnaire"),
]
# Nobody has come in by it: an agent invites it by letter, for it has no e-mail address.
NOT_ACTIVATED = "voisine.test"


@dataclass(frozen=True)
class Child:
    pupil_number: str
    first_name: str
    last_name: str
    birth_year: int
    grade: Grade
    preferred: Kind
    guardians: tuple[str, ...]
    username: str = ""


CHILDREN = [
    Child(
        "920000001", "Garance", "TEST CD 92", 2013, Grade.CINQUIEME, Kind.CULTURE,
        ("parent.test", "parent2.test"), "garance.test",
    ),
    Child("920000002", "Lucien", "TEST CD 92", 2015, Grade.SIXIEME, Kind.SPORT, ("parent.test",)),
    Child(
        "920000003", "Maël", "VOISIN CD 92", 2014, Grade.SIXIEME, Kind.SPORT, ("voisin.test", NOT_ACTIVATED)
    ),
]  # fmt: skip

# For whom something of each kind is asked: those that the guide shows ask for nothing.
ASKS = "920000003"


@transaction.atomic
def load() -> None:
    """Create what is missing of the demonstration, and leave the rest as it is."""
    today = timezone.localdate()
    load_communes()
    _load_partners(affiliated_from=dt.date(today.year - 2, 9, 1))
    campaign = current_campaign(today)
    news.load(campaign)
    users = {login.username: _user(login) for login in LOGINS}
    users[NOT_ACTIVATED] = _not_activated()
    members.load(users)
    bank_accounts.load(users)
    school, _ = School.objects.get_or_create(
        uai="0920000A", defaults={"name": "Collège de la Démonstration", "insee_code": ANTONY}
    )
    for child in CHILDREN:
        beneficiary, _ = Beneficiary.objects.get_or_create(
            pupil_number=child.pupil_number,
            defaults={
                "first_name": child.first_name,
                "last_name": child.last_name,
                "birth_year": child.birth_year,
                "grade": child.grade,
                "school": school,
                "insee_code": ANTONY,
                "user": users.get(child.username),
            },
        )
        for username in child.guardians:
            Guardianship.objects.get_or_create(user=users[username], beneficiary=beneficiary)
        campaigns.open_wallets(
            beneficiary_ids=[beneficiary.pk], campaign_id=campaign.pk, preferred=child.preferred, actor=None
        )
    asks = Beneficiary.objects.get(pupil_number=ASKS)
    enrolments.load(users, campaign, asks, school)
    changes.load(users, campaign, asks, school)
    candidacies.load(users)
    sheets.load(users)


def current_campaign(today: dt.date) -> Campaign:
    """The campaign that contains today: from 1 June to 30 June of the next year; the newer one in June."""
    year = today.year if today.month >= 6 else today.year - 1
    campaign, _ = Campaign.objects.get_or_create(
        name=f"{year}-{year + 1}",
        defaults={
            "opens_on": dt.date(year, 6, 1),
            "last_ticket_on": dt.date(year + 1, 6, 30),
            "last_cancellation_on": dt.date(year + 1, 6, 30),
            "last_validation_on": dt.date(year + 2, 6, 30),
        },
    )
    return campaign


def _user(login: Login) -> User:
    user, created = User.objects.get_or_create(
        username=login.username,
        defaults={
            "first_name": login.first_name,
            "last_name": login.last_name,
            "email": f"{login.username}@passplus.example",
            "is_staff": login.is_superuser or bool(login.role),
            "is_superuser": login.is_superuser,
        },
    )
    if created:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        # In a small team the same agents prepare and approve: never one batch.
        roles = [login.role, *PAYMENT_ROLES] if login.role == "gestionnaire" else [login.role]
        user.groups.set(Group.objects.filter(name__in=roles))
    return user


def _not_activated() -> User:
    user, _ = User.objects.get_or_create(
        username=NOT_ACTIVATED,
        defaults={
            "first_name": "Lou",
            "last_name": "VOISIN CD 92",
            "password": make_password(None),
            "address": "2 place du Marché",
            "postcode": "92160",
            "city": "ANTONY",
        },
    )
    return user


def _load_partners(*, affiliated_from: dt.date) -> None:
    with Path(__file__).with_name("partners.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    towns = Commune.objects.in_bulk()
    for number, row in enumerate(rows, start=1):
        town = towns[row["insee_code"]]
        partner, _ = Partner.objects.get_or_create(
            name=row["name"],
            commune=town,
            defaults={
                "address": row["address"],
                "postcode": town.postcode,
                "phone": f"01 99 00 10 {number:02}",
                "email": f"contact{number:02}@organisme.example",
                "affiliated_from": affiliated_from,
                **address_in(town, number),
            },
        )
        for offer in row["offers"].split(","):
            kind, _, activity_name = offer.partition(":")
            activity, _ = Activity.objects.get_or_create(name=activity_name)
            Offer.objects.get_or_create(partner=partner, activity=activity, kind=kind)
    directory_changed()


def address_in(town: Commune, number: int) -> dict[str, object]:
    """A place less than a kilometre from the middle of the town; two in five are fit for wheelchairs."""
    rng = Random(number)  # noqa: S311 – where a club stands is no secret
    north, east = (round(rng.uniform(-0.008, 0.008), 6) for _ in range(2))
    return {
        "latitude": town.latitude + Decimal(str(north)),
        "longitude": town.longitude + Decimal(str(east)),
        "accessible": rng.random() < 0.4,
    }
