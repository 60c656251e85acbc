"""What the database refuses of a candidacy, by name, whatever the services do."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from applications.models import Application, ApplicationState, AskedOffer, Candidacy
from partners.tests.factories import make_partner
from wallets.tests.factories import make_campaign

from .factories import make_application
from .organismes import make_activity, make_candidacy, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return make_candidacy()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("sent_means_described", {"name": ""}),
        ("sent_means_described", {"legal_form": ""}),
        ("sent_means_described", {"capacity": ""}),
        ("sent_means_described", {"commune": None}),
        ("has_a_siret", {"siret": ""}),
        ("legal_form_is_known", {"legal_form": "x"}),
    ],
)
@pytest.mark.usefixtures("application")
def test_of_a_candidacy(refused_by, constraint, fields):
    with refused_by(f"applications_candidacy_{constraint}"):
        Candidacy.objects.update(**fields)


def test_one_draft_of_an_account_and_a_siret(refused_by):
    draft = make_draft()
    Candidacy.objects.create(account=make_user("dominique"), siret=draft.siret)
    with refused_by("applications_candidacy_one_draft"):
        Candidacy.objects.create(account=draft.account, siret=draft.siret)


def test_of_an_offer(refused_by):
    draft = make_draft()
    with refused_by("applications_askedoffer_once"):
        AskedOffer.objects.create(candidacy=draft, activity=make_activity(), kind="sport")
    with refused_by("applications_askedoffer_kind_is_known"):
        AskedOffer.objects.create(candidacy=draft, activity=make_activity(), kind="x")


def test_it_is_of_no_child_and_no_campaign(refused_by, application):
    with refused_by("applications_application_of_a_campaign_but_an_organisme"):
        Application.objects.filter(pk=application.pk).update(campaign=make_campaign())
    with refused_by("applications_application_of_a_child"):
        Application.objects.filter(pk=application.pk).update(child_key="x")
    family = make_application()
    with refused_by("applications_application_of_a_campaign_but_an_organisme"):
        Application.objects.filter(pk=family.pk).update(campaign=None)


def test_accepted_it_has_its_organisme_and_only_then(refused_by, application):
    decided = {"decided_at": timezone.now(), "decided_by": make_user()}
    with refused_by("applications_application_accepted_means_of_somebody"):
        Application.objects.update(state=ApplicationState.ACCEPTED, **decided)
    with refused_by("applications_application_partner_means_affiliated"):
        Application.objects.update(partner=make_partner())
