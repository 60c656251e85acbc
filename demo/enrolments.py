"""What waits for an agent in the small demonstration: a parent enrols a child that no list has brought."""

import datetime as dt
import io
import uuid

from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import Grade, School, User
from applications.models import Application, ApplicationKind, Newcomer, Paper, PaperState
from core.papers.formats import PaperFormat
from wallets.models import Campaign

SINCE = dt.timedelta(days=2)


def load(users: dict[str, User], campaign: Campaign, school: School) -> None:
    sender = users["voisin.test"]
    if Application.objects.enrolments_of(sender).exists():
        return
    newcomer = Newcomer(
        first_name="Naïm",
        last_name=sender.last_name,
        birth_year=campaign.opens_on.year - 13,
        grade=Grade.QUATRIEME,
        school=school,
        insee_code=school.insee_code,
    )
    sent_at = timezone.now() - SINCE
    newcomer.application = Application.objects.create(
        key=uuid.uuid4(),
        kind=ApplicationKind.ENROLMENT,
        campaign=campaign,
        child_key=newcomer.key,
        sent_by=sender,
        sent_at=sent_at,
        waiting_since=sent_at,
    )
    newcomer.save()
    paper = Paper(
        application=newcomer.application,
        key=newcomer.application.key,
        place=0,
        state=PaperState.READABLE,
        format=PaperFormat.JPEG.value,
        sent_at=sent_at,
    )
    paper.sealed = paper.seal(
        page(f"LIVRET DE FAMILLE (exemple)\n\nEnfant : {newcomer}\n\nParent : {sender}")
    )
    paper.save()


def page(text: str) -> bytes:
    page = Image.new("RGB", (620, 876), "white")
    ImageDraw.Draw(page).multiline_text((60, 80), text, fill="black")
    file = io.BytesIO()
    page.save(file, "JPEG")
    return file.getvalue()
