"""Families that ask, for tests."""

import io
import uuid
from typing import Any

from django.utils import timezone
from PIL import Image

from accounts.models import Beneficiary, Grade, School, User
from accounts.tests.factories import make_beneficiary, make_user
from applications import asking, enrolling, inviting, renewing, sending
from applications.models import Application, NewSchool, OtherGuardian, Paper, PaperState
from core.papers.formats import PaperFormat
from partners.tests.factories import make_commune
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet


def make_photo(side: int = 40) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, side), "white").save(file, "JPEG")
    return file.getvalue()


def make_child(*guardians: User, campaign: Campaign | None = None, **fields: Any) -> Beneficiary:
    """With both wallets of a campaign that is open."""
    child = make_beneficiary(*(guardians or [make_user()]), **fields)
    campaign = campaign or make_campaign()
    for kind in Kind:
        make_wallet("60", kind=kind, beneficiary=child, campaign=campaign)
    return child


def campaign_of(child: Beneficiary) -> Campaign:
    return child.wallets.in_order()[0].campaign


def send(child: Beneficiary, *papers: bytes, **fields: Any) -> Application:
    """As its first guardian does, by a form of its own."""
    return sending.send(
        **{
            "beneficiary_id": child.pk,
            "campaign_id": campaign_of(child).pk,
            "key": uuid.uuid4(),
            "papers": papers or [make_photo()],
            "actor": child.guardians.order_by("pk")[0],
            **fields,
        }
    )


def make_readable(application: Application) -> None:
    """As the worker leaves them, without its process."""
    for paper in application.papers.all():
        Paper.objects.filter(pk=paper.pk).update(
            state=PaperState.READABLE, format=PaperFormat.JPEG, sealed=paper.seal(make_photo())
        )


def make_application(child: Beneficiary | None = None, **fields: Any) -> Application:
    """That an agent may accept."""
    application = send(child or make_child(), **fields)
    make_readable(application)
    return application


def said_of(**fields: Any) -> dict[str, Any]:
    """A child, as its family says it."""
    school, _ = School.objects.get_or_create(
        uai="0920001X", defaults={"name": "Collège", "insee_code": "92002"}
    )
    said = {"first_name": "Maël", "last_name": "LEROY", "birth_year": 2014, "grade": Grade.SIXIEME}
    return {**said, "school": school, "insee_code": make_commune().pk, **fields}


def enrol(guardian: User | None = None, *papers: bytes, **fields: Any) -> Application:
    """As a guardian does, by a form of its own."""
    if not Campaign.objects.open_on(timezone.localdate()).exists():
        make_campaign()
    return enrolling.enrol(
        key=fields.pop("key", None) or uuid.uuid4(),
        papers=papers or [make_photo()],
        actor=guardian or make_user(),
        child=said_of(**fields),
    )


def make_last_year_s(*guardians: User, **fields: Any) -> Beneficiary:
    """A child that had wallets in a campaign that is over, and has none in the one that is open."""
    child = make_child(
        *guardians, campaign=make_closed_campaign(opens_on=days(-400)), **{"is_enrolled": False, **fields}
    )
    if not Campaign.objects.open_on(timezone.localdate()).exists():
        make_campaign()
    return child


def make_renewal(child: Beneficiary, guardian: User | None = None, **fields: Any) -> Application:
    """That an agent may accept."""
    said = {**renewing.said_of(child), **renewing.prefilled(child), "grade": Grade.QUATRIEME}
    said["school"] = child.school
    application = enrolling.enrol(
        key=uuid.uuid4(),
        child={**said, "insee_code": make_commune().pk, **fields},
        papers=[make_photo()],
        actor=guardian or child.guardians.order_by("pk")[0],
        beneficiary_id=child.pk,
    )
    make_readable(application)
    return application


def make_enrolment(guardian: User | None = None, **fields: Any) -> Application:
    """That an agent may accept."""
    application = enrol(guardian, **fields)
    make_readable(application)
    return application


def ask_for_school(child: Beneficiary | None = None, *papers: bytes, **fields: Any) -> Application:
    """As its first guardian does: it goes to another collège of the list, in 5e."""
    child = child or make_child()
    if not Campaign.objects.open_on(timezone.localdate()).exists():
        make_campaign()
    school, _ = School.objects.get_or_create(
        uai="0920002Y", defaults={"name": "Collège Marie Curie", "insee_code": "92071"}
    )
    key, actor = fields.pop("key", None), fields.pop("actor", None)
    asked = {"school": school, "grade": Grade.CINQUIEME, "since": timezone.localdate(), **fields}
    return asking.ask(
        beneficiary_id=child.pk,
        said=NewSchool(**asked),
        key=key or uuid.uuid4(),
        papers=papers or [make_photo()],
        actor=actor or child.guardians.order_by("pk")[0],
    )


def make_school_change(child: Beneficiary | None = None, **fields: Any) -> Application:
    """That an agent may accept."""
    application = ask_for_school(child, **fields)
    make_readable(application)
    return application


def ask_for_guardian(child: Beneficiary | None = None, *papers: bytes, **fields: Any) -> Application:
    """As its first guardian does."""
    child = child or make_child()
    if not Campaign.objects.open_on(timezone.localdate()).exists():
        make_campaign()
    key, actor = fields.pop("key", None), fields.pop("actor", None)
    asked = {"first_name": "Dominique", "last_name": "LEROY", "email": "dominique@famille.example", **fields}
    return asking.ask(
        beneficiary_id=child.pk,
        said=OtherGuardian(**asked),
        key=key or uuid.uuid4(),
        papers=papers or [make_photo()],
        actor=actor or child.guardians.order_by("pk")[0],
    )


def make_guardian_request(child: Beneficiary | None = None, **fields: Any) -> Application:
    """That an agent may accept."""
    application = ask_for_guardian(child, **fields)
    make_readable(application)
    return application


def make_invited(child: Beneficiary | None = None, **fields: Any) -> OtherGuardian:
    """Whose link is on its way."""
    application = make_guardian_request(child, **fields)
    return inviting.accept_guardian(application_id=application.pk, actor=make_decider())


def token_of(other: OtherGuardian) -> str:
    return inviting.path(other).split("/")[-2]


def make_decider() -> User:
    return make_user(is_staff=True)
