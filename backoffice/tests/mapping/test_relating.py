"""A file whose titles nobody knows: an agent says once which column is which."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from backoffice.models import ColumnMapping, Import, Sort, Stage, Verdict
from backoffice.tests.files.workbooks import xlsx
from backoffice.tests.imports.importing import confirm
from core.tests.queue import work
from partners.models import Partner

from .relating import CLUBS, COLUMNS, LINE, LOGIN, OF_CLUBS, TITLES, bring, chosen_in, page_of, relate, said

pytestmark = pytest.mark.django_db


def told(job):
    return " ".join(job.report["of_the_file"]).replace("\N{NO-BREAK SPACE}", " ")


def created(job):
    return [*job.lines.filter(verdict=Verdict.CREATED).order_by("number").values_list("name", flat=True)]


def test_it_waits_for_an_agent_and_is_read_with_the_columns_that_he_says(client, agent):
    """cases B, admin.md § 2: a file with other titles was refused, to be retyped by hand."""
    job = bring(client, CLUBS)
    assert (job.stage, bytes(job.content)) == (Stage.UNMAPPED, CLUBS.encode())
    page = reverse("admin:backoffice_import_change", args=[job.pk])
    read = client.get(page).text
    assert "Il manque les colonnes Nom et Commune" in read
    assert page_of(job) in read

    shown = client.get(page_of(job)).text
    for part in ("A : Club", "B : Ou cela", "JUDO CLUB", "Colonnes obligatoires"):
        assert part in shown.replace("\N{NO-BREAK SPACE}", " ")

    relate(client, job, OF_CLUBS)
    assert job.stage == Stage.READY
    assert created(job) == ["JUDO CLUB, Antony"]
    assert f"Colonnes reliées par {agent} le " in told(job)
    assert "Club pour Nom, Ou cela pour Commune, On y fait pour Activités Sport" in told(job)
    confirm(client, page)
    assert page_of(job) not in client.get(page).text


def test_the_next_file_of_that_shape_is_read_so(client, agent):
    relate(client, bring(client, CLUBS), OF_CLUBS)
    other = bring(client, "CLUB; ou  cela;On y fait;;\nDANSE;Sceaux;Danse;;\n")

    assert other.stage == Stage.READY
    assert created(other) == ["DANSE, Sceaux"]
    assert "Colonnes reliées par" in told(other)


def test_another_shape_or_another_list_is_not(client, agent):
    relate(client, bring(client, CLUBS), OF_CLUBS)

    assert bring(client, CLUBS.replace("On y fait", "Discipline")).stage == Stage.UNMAPPED
    assert bring(client, CLUBS, Sort.ROSTER).stage == Stage.REFUSED


def test_a_whole_roster(client, agent):
    job = bring(client, f"{TITLES};Son compte\n{LINE};oui\n", Sort.ROSTER)
    relate(client, job, COLUMNS | {LOGIN: 9})

    assert created(job) == ["Lina MARTIN"]


def test_the_journal_says_which(client, agent):
    job = bring(client, CLUBS)
    relate(client, job, OF_CLUBS)
    first, *_ = AuditEntry.objects.filter(action=Action.COLUMNS_MAPPED)
    assert (first.actor, first.subject) == (agent, "liste.csv")
    assert first.changes == [
        ["Nom", "", "Club"],
        ["Commune", "", "Ou cela"],
        ["Activités Sport", "", "On y fait"],
    ]

    relate(client, job, {"Nom": 0, "Commune": 1, "Activités Culture": 2})
    assert AuditEntry.objects.filter(action=Action.COLUMNS_MAPPED).latest("pk").changes == [
        ["Activités Sport", "On y fait", ""],
        ["Activités Culture", "", "On y fait"],
    ]
    assert ColumnMapping.objects.count() == 1


def test_titles_that_are_found_may_be_related_otherwise(client, agent):
    """« Ville » is the town of the seat; the agent knows that the club is where « Lieu » says."""
    job = bring(client, "Nom;Ville;Lieu;Sport\nJUDO CLUB;Sceaux;Antony;Judo\n")
    assert "Relier autrement" in client.get(reverse("admin:backoffice_import_change", args=[job.pk])).text
    shown = client.get(page_of(job)).context["form"]
    assert shown.initial["titles"] == "0-1"
    assert chosen_in(shown)["Commune"] == "1"

    relate(client, job, {"Nom": 0, "Commune": 2, "Activités Sport": 3})
    assert created(job) == ["JUDO CLUB, Antony"]
    # What was said is what is shown when the page is opened again.
    assert chosen_in(client.get(page_of(job)).context["form"])["Commune"] == "2"


def test_a_title_that_stands_twice_is_related_by_its_place(client, agent):
    job = bring(client, "Nom;Nom;Ville;Sport\nJUDO CLUB;x;Antony;Judo\n")
    assert job.stage == Stage.UNMAPPED
    assert "plusieurs fois" in job.report["told"]

    relate(client, job, {"Nom": 0, "Commune": 2, "Activités Sport": 3})
    assert created(job) == ["JUDO CLUB, Antony"]


def test_a_list_without_titles_is_related_by_places(client, agent):
    job = bring(client, "JUDO CLUB;Antony;Judo;0199001058\nDANSE;Sceaux;Danse;0199001059\n")
    assert job.stage == Stage.UNMAPPED
    page = client.get(page_of(job))
    assert page.context["form"].initial["titles"] == "0-0"
    assert "A : JUDO CLUB" in page.text.replace("\N{NO-BREAK SPACE}", " ")

    relate(client, job, OF_CLUBS | {"Téléphone": 3}, "0-0")
    assert created(job) == ["JUDO CLUB, Antony", "DANSE, Sceaux"]
    assert "colonne A pour Nom" in told(job)
    assert "JUDO" not in str(ColumnMapping.objects.get().columns)
    again = bring(client, "ESCRIME;Sceaux;Escrime;0199001060\n")
    assert created(again) == ["ESCRIME, Sceaux"]
    assert bring(client, "ESCRIME;Sceaux;Escrime\n").stage == Stage.UNMAPPED


def test_a_list_with_titles_is_not_read_as_one_without(client, agent):
    relate(client, bring(client, "JUDO CLUB;Antony;Judo;0199001058\n"), OF_CLUBS, "0-0")
    job = bring(client, "Nom;Nom;Ville;Sport\nJUDO CLUB;x;Antony;Judo\n")

    assert job.stage == Stage.UNMAPPED


def test_of_a_workbook_below_a_cover(client, agent):
    rows = [["Clubs de la rentrée"], [], ["Club", "Ou cela", "On y fait"], ["JUDO CLUB", "Antony", "Judo"]]
    book = xlsx({"Garde": [["Rentrée"]], "Clubs": rows})
    job = bring(client, book, name="clubs.xlsx")
    assert client.get(page_of(job)).context["form"].initial["titles"] == "1-3"

    relate(client, job, OF_CLUBS, "1-3")
    assert created(job) == ["JUDO CLUB, Antony"]
    assert "La feuille lue est « Clubs »" in told(job)


def test_whatever_is_related_is_written_only_when_it_is_confirmed(client, agent):
    job = bring(client, CLUBS)
    relate(client, job, OF_CLUBS)
    assert not Partner.objects.exists()

    confirm(client, reverse("admin:backoffice_import_change", args=[job.pk]))
    work()
    assert Partner.objects.get().name == "JUDO CLUB"
    assert Import.objects.get(pk=job.pk).stage == Stage.DONE


def test_what_is_likely_is_chosen_but_not_done(client, agent):
    job = bring(client, "Nom du club;Commune;Sports proposés\nJUDO CLUB;Antony;Judo\n")
    chosen = chosen_in(client.get(page_of(job)).context["form"])

    assert chosen.pop("Commune") == "1"
    assert chosen.get("Activités Sport") in {"2", None}
    assert job.stage == Stage.UNMAPPED
    assert not ColumnMapping.objects.exists()


def test_what_was_read_before_goes_with_it(client, agent):
    """Else a file that is refused the second time shows the lines of the first."""
    job = bring(client, CLUBS)
    relate(client, job, OF_CLUBS)
    assert job.lines.count() == 1

    client.post(page_of(job), said(job, OF_CLUBS))
    job.refresh_from_db()
    assert (job.stage, job.lines.count()) == (Stage.RECEIVED, 0)
