"""What waits for an agent in the small demonstration: an organisme asks to be affiliated."""

import datetime as dt
import uuid

from django.utils import timezone

from accounts.models import User
from applications.models import (
    Application,
    ApplicationKind,
    AskedOffer,
    Candidacy,
    LegalForm,
    Paper,
    PaperState,
)
from core.papers.formats import PaperFormat
from partners.models import Activity, Commune
from wallets.models import Kind

from .enrolments import page

SINCE = dt.timedelta(days=1)
# It answers to the rule, and is nobody's: Insee gives no such number.
SIRET = "00000000000018"


def load(users: dict[str, User]) -> None:
    sender = users["voisin.test"]
    if Candidacy.objects.filter(account=sender).exists():
        return
    sent_at = timezone.now() - SINCE
    application = Application.objects.create(
        key=uuid.uuid4(),
        kind=ApplicationKind.AFFILIATION,
        sent_by=sender,
        sent_at=sent_at,
        waiting_since=sent_at,
    )
    candidacy = Candidacy.objects.create(
        account=sender,
        application=application,
        siret=SIRET,
        name="ESCALADE CLUB DE LA DÉMONSTRATION",
        legal_form=LegalForm.ASSOCIATION,
        commune=Commune.objects.get(pk="92002"),
        address="12 rue du Mur",
        postcode="92160",
        capacity="trésorier",
    )
    activity, _ = Activity.objects.get_or_create(name="Escalade")
    AskedOffer.objects.create(candidacy=candidacy, activity=activity, kind=Kind.SPORT)
    paper = Paper(
        application=application,
        key=application.key,
        place=0,
        state=PaperState.READABLE,
        format=PaperFormat.JPEG.value,
        sent_at=sent_at,
    )
    paper.sealed = paper.seal(page(f"STATUTS (exemple)\n\nAssociation : {candidacy}\n\nTrésorier : {sender}"))
    paper.save()
