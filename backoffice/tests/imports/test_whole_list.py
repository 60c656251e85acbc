"""A roster is said to be the whole list; organismes never are."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from backoffice.facts import campaigns as about
from backoffice.models import Import, Sort
from backoffice.tests.roster.rosters import ANNE, LINA, roster
from wallets.tests.factories import make_campaign

from .importing import bring, confirm, make_manager, work

pytestmark = pytest.mark.django_db


def test_the_roster_knows_the_communes(client, agent):
    page = bring(client, roster(LINA | ANNE), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    confirm(client, page)
    work()

    assert Beneficiary.objects.get().insee_code == "92071"


def test_a_whole_list_is_said_so(client, agent, enter):
    leaver = make_beneficiary()
    page = bring(client, roster(LINA | ANNE), sort=Sort.ROSTER, is_complete="on").request["PATH_INFO"]
    work()
    assert "1 désinscrit" in client.get(page).text
    confirm(client, page, number=1)
    enter(make_manager())
    confirm(client, page, number=1)
    work()

    leaver.refresh_from_db()
    assert not leaver.is_enrolled
    # admin.md 4: who opens a campaign is told when the last one came.
    told = dict(about.of_opening(make_campaign(), None).facts)
    assert told["Dernière liste complète des élèves"] == f"importée le {timezone.localdate():%d/%m/%Y}"
    assert told["dont en 3e"] == str(Beneficiary.objects.filter(is_enrolled=True, grade="3").count())


def test_organismes_are_never_a_whole_list(client, agent):
    assert "un organisme ne s’enlève pas" in bring(client, is_complete="on").text
    assert not Import.objects.exists()
