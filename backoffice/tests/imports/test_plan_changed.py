"""What is done is what was read, or it is read again."""

import pytest

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary
from backoffice.imports import importers
from backoffice.models import Import, Sort, Stage
from partners.models import Partner

from .importing import JUDO, bring, confirm, work
from .whole_lists import enrolled, only, whole_list

pytestmark = pytest.mark.django_db


def test_a_plan_that_is_no_longer_what_was_read_goes_back_to_be_read(client, agent, staying, settings):
    """code.md 3.12, admin.md 49: the agent confirmed « 1 désinscrit », 31 were."""
    settings.SECOND_AGENT = False
    make_beneficiary(pupil_number="P0001")
    page = whole_list(client)
    confirm(client, page, number=1)
    for number in range(30):
        make_beneficiary(pupil_number=f"R{number:04}")
    before = enrolled()
    assert work() == 1

    job = only()
    assert (job.stage, job.confirmed_by, job.proposed_by) == (Stage.READY, None, None)
    assert enrolled() == before
    assert not AuditEntry.objects.filter(action=Action.FILE_IMPORTED).exists()
    read = client.get(page).text
    assert "Ce n’est plus ce que vous avez lu" in read
    assert "31 désinscrits" in read
    confirm(client, page, number=31)
    work()
    assert enrolled() == {"E0001"}


def test_so_does_one_of_organismes(client, agent):
    """code.md 3.12"""
    page = bring(client).request["PATH_INFO"]
    work()
    confirm(client, page)
    importers.importer_of(Sort.DIRECTORY).apply(lambda: JUDO, lambda done, rows: None)
    work()

    assert only().stage == Stage.READY
    assert "ne changerait rien" in client.get(page).text
    assert Partner.objects.count() == 1


def test_what_became_another_plan_while_the_page_was_open_is_not_confirmed(client, agent):
    page = bring(client).request["PATH_INFO"]
    work()
    told = client.post(page, {"reason": "Rentrée", "as_read": "0" * 64}, follow=True).text

    assert "n’est plus ce que vous avez lu" in told
    assert only().stage == Stage.READY


def test_the_same_plan_has_the_same_mark(client, agent, leavers):
    for _ in range(2):
        whole_list(client)
    first, second = Import.objects.order_by("pk")

    assert first.fingerprint == second.fingerprint != ""
