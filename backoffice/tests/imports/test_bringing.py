"""What file may be brought, and by whom."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.tests.factories import make_user
from backoffice.imports import importers
from backoffice.models import Import, Sort, Stage

from .importing import ADD, bring, make_import, work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\0\1\2", "enregistrez la liste en XLSX ou en CSV"), (b"Nom\nJUDO", "Il manque la colonne Commune")],
)
def test_a_file_that_is_none_says_what_to_do(client, agent, content, reason):
    page = bring(client, content, "photo.xlsx").request["PATH_INFO"]
    work()

    read = client.get(page).text
    assert reason in read
    assert "..<" not in read
    job = Import.objects.get()
    assert (job.stage, bytes(job.content)) == (Stage.REFUSED, b"")


def test_fifty_megabytes_do_not_get_in(client, agent):
    assert (
        "dépasse 40\N{NO-BREAK SPACE}Mo" in bring(client, b"x" * 50_000_000).text
        or "40 Mo" in bring(client, b"x" * 50_000_000).text
    )
    assert not Import.objects.exists()


def test_an_adviser_imports_nothing(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)
    job = make_import()

    assert client.get(ADD).status_code == 403
    assert client.get(reverse("admin:backoffice_import_change", args=[job.pk])).status_code == 404
    assert client.get(reverse("admin:backoffice_import_headings", args=["eleves"])).status_code == 404
    assert ">Importer<" not in client.get(reverse("admin:partners_partner_changelist")).text


@pytest.mark.parametrize("sort", Sort)
def test_an_empty_file_with_the_columns(client, agent, sort):
    response = client.get(reverse("admin:backoffice_import_headings", args=[sort]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert text.strip().split(";") == [*importers.importer_of(sort).columns]


def test_the_page_says_how_to_fill_the_columns(client, agent):
    page = client.get(ADD).text

    for sort in Sort:
        assert importers.importer_of(sort).cells_are in page


def test_the_lists_lead_here(client, agent):
    for model, sort in (("partners_partner", "organismes"), ("accounts_beneficiary", "eleves")):
        assert f'{ADD}?sort={sort}"' in client.get(reverse(f"admin:{model}_changelist")).text
