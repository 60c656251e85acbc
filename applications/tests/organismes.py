"""Organismes that ask to be affiliated, for tests."""

from typing import Any

from accounts.models import User
from accounts.tests.factories import make_user
from applications import candidacies
from applications.models import Application, Candidacy, LegalForm
from partners.models import Activity
from partners.tests.factories import make_commune
from wallets.models import Kind

from .factories import make_photo, make_readable

SIRET, OTHER_SIRET, THIRD_SIRET = "73282932000074", "55208131766522", "00000000000018"


def said_of(**fields: Any) -> dict[str, Any]:
    """An organisme, as its form reads it."""
    return {
        "name": "JUDO CLUB D’ANTONY",
        "legal_form": LegalForm.ASSOCIATION,
        "rna": "W922001234",
        "address": "3 rue des Sports",
        "postcode": "92160",
        "commune": make_commune(),
        "phone": "0140960000",
        "email": "contact@judo.example",
        "website": "",
        "capacity": "présidente",
        "other_activities": "",
        **fields,
    }


def make_activity(name: str = "Judo") -> Activity:
    return Activity.objects.get_or_create(name=name)[0]


def make_draft(account: User | None = None, *, siret: str = SIRET, **fields: Any) -> Candidacy:
    """Described, with one offer, and no papers yet."""
    draft = candidacies.start(siret=siret, account=account or make_user())
    offers = [(make_activity().pk, Kind.SPORT)]
    candidacies.describe(candidacy_id=draft.pk, said=said_of(**fields), offers=offers)
    draft.refresh_from_db()
    return draft


def apply(account: User | None = None, **fields: Any) -> Application:
    return candidacies.send(candidacy_id=make_draft(account, **fields).pk, papers=[make_photo()])


def make_candidacy(account: User | None = None, **fields: Any) -> Application:
    """That an agent may accept."""
    application = apply(account, **fields)
    make_readable(application)
    return Application.objects.get(pk=application.pk)
