"""All the lines of a file are there to be read: counted, filtered, by pages, with every column."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.tests.factories import in_letters, make_beneficiary, make_user
from backoffice.imports import forgetting, jobs, line_page, plans, worker
from backoffice.imports.importers import importer_of
from backoffice.models import Import, ImportLine, Sort, Stage
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, roster

from .importing import JUDO, bring, confirm, work
from .whole_lists import only

pytestmark = pytest.mark.django_db
NEW = LINA | {"Numéro d’élève": "E0002", "Nom": "LEROY", "Prénom": "Mia"} | ANNE


def plain(text):
    return " ".join(text.split())


def brought(client, *lines):
    page = bring(client, roster(*lines), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    return page


def names(client, page, **asked):
    return [shown.row.name for shown in client.get(page, asked).context["lines"].lines]


def test_their_counts_add_up_to_the_lines_of_the_file(client, agent, staying):
    """admin.md 43: 300 lines of each kind, « … et 99700 autres »."""
    page = brought(client, LINA | ANNE, NEW, NEW | {"Numéro d’élève": "E0003", "Niveau": "CM2"})
    read = plain(client.get(page).text)

    assert "3 lignes lues</b> =" in read
    assert ">1 créé</a> + " in read
    assert ">1 modifié</a> + " in read
    assert "0 inchangé + " in read
    assert ">1 refusé</a>" in read
    assert [*only().lines.values_list("number", "verdict")] == [(2, "modifie"), (3, "cree"), (4, "refuse")]


def test_a_plan_that_loses_a_line_is_never_shown(client, agent, monkeypatch):
    monkeypatch.setattr(plans, "_judge", lambda row, change, plan: None)
    page = bring(client).request["PATH_INFO"]
    work()

    assert "Une erreur imprévue" in client.get(page).text
    assert not ImportLine.objects.exists()


def test_they_are_filtered_by_what_comes_of_them(client, agent, staying):
    page = brought(client, LINA, NEW, NEW | {"Numéro d’élève": "E0003", "Niveau": "CM2"})
    page_of = {
        "": ["Mia LEROY", ""],
        "toutes": ["Lina MARTIN", "Mia LEROY", ""],
        "cree": ["Mia LEROY"],
        "inchange": ["Lina MARTIN"],
        "refuse": [""],
        "modifie": [],
        "a-verifier": [],
        "n-importe-quoi": ["Mia LEROY", ""],
    }

    assert {name: names(client, page, lignes=name) for name in page_of} == page_of


def test_one_that_changes_nothing_is_shown_first_where_it_is_to_check(client, agent, staying):
    page = brought(client, LINA | {"Responsable 1 ville": "Antony"})

    assert only().lines.get().verdict == "inchange"
    assert names(client, page) == ["Lina MARTIN"]


def test_they_come_by_pages(client, agent, monkeypatch):
    monkeypatch.setattr(line_page, "AT_ONCE", 2)
    lines = "".join(f"\nCLUB {number};Antony;Judo" for number in range(5))
    page = bring(client, f"Nom;Commune;Activités Sport{lines}".encode()).request["PATH_INFO"]
    work()

    assert names(client, page) == ["CLUB 0, Antony", "CLUB 1, Antony"]
    second = client.get(page, {"lignes": "cree", "page": 2}).text
    assert "Page 2 sur 3" in second
    assert "?lignes=cree&amp;page=3#lines" in second
    assert names(client, f"{page}?page=3") == ["CLUB 4, Antony"]
    assert names(client, f"{page}?page=x") == ["CLUB 0, Antony", "CLUB 1, Antony"]


def test_of_a_new_child_every_column_is_shown_and_of_its_guardians(client, agent):
    """admin.md 43: of a 1904 workbook the year 2010 was written for 2014, and could not be seen."""
    said = {"Responsable 1 téléphone": "0699000001", "Responsable 1 adresse": "1 rue du Bac"}
    page = brought(
        client, NEW | said | {"Responsable 1 code postal": "92160", "Responsable 1 ville": "Antony"}
    )
    [shown] = client.get(page).context["lines"].lines

    [child, anne] = shown.row.said["made"]
    assert child == [
        "Enfant",
        [
            ["numéro d’élève", "E0002"],
            ["prénom", "Mia"],
            ["nom", "LEROY"],
            ["année de naissance", str(BIRTH)],
            ["niveau", "5e"],
            ["collège", "Descartes (0920001X)"],
            ["code INSEE de la commune", "Sceaux (92071)"],
            ["inscrit", "oui"],
        ],
    ]
    assert anne[0] == "Responsable légal nouveau\N{NO-BREAK SPACE}: Anne MARTIN"
    assert dict(anne[1]) == {
        "nom": "MARTIN",
        "prénom": "Anne",
        "e-mail": "anne@famille.example",
        "téléphone": "06 99 00 00 01",
        "adresse": "1 rue du Bac",
        "code postal": "92160",
        "ville": "Antony",
    }
    read = client.get(page).text
    assert "1 rue du Bac" in read
    assert f"</i> {BIRTH}" in read


def test_of_what_changes_both_values_are_shown(client, agent, staying):
    """admin.md 43: « prénom », not « Lucien → Lucie »."""
    page = brought(client, LINA | {"Prénom": "Lucie", "Niveau": "4e"})

    [line] = only().lines.all()
    assert ["prénom", "Lina", "Lucie"] in line.said["edits"]
    assert ["niveau", "5e", "4e"] in line.said["edits"]
    assert "<td>Lina</td><td>Lucie</td>" in client.get(page).text


def test_of_an_organisme_too(client, agent):
    page = bring(client, JUDO).request["PATH_INFO"]
    work()
    [line] = only().lines.all()

    [[title, cells]] = line.said["made"]
    assert (title, dict(cells)["nom"], dict(cells)["activités"]) == ("Organisme", "JUDO CLUB", "Judo (Sport)")
    assert "affilié depuis le" in client.get(page).text


def test_what_is_noted_stands_beside_its_line(client, agent):
    page = brought(client, NEW | {"Responsable 1 téléphone": "néant"})

    assert names(client, page, lignes="a-verifier") == ["Mia LEROY"]
    assert "À savoir : Responsable 1, néant n’est pas un téléphone" in plain(client.get(page).text)


def test_every_account_that_is_linked_is_on_some_page(client, agent, monkeypatch):
    """admin.md 43"""
    monkeypatch.setattr(line_page, "AT_ONCE", 2)
    make_user("anne92", first_name="Anne", last_name="MARTIN", email="anne@famille.example")
    lines = [LINA | {"Numéro d’élève": f"E{n:04}", "Prénom": f"Léa {in_letters(n)}"} | ANNE for n in range(5)]
    page = brought(client, *lines)

    linked = "anne92 (Anne MARTIN), par son nom et son adresse e-mail"
    assert linked in client.get(page, {"lignes": "a-verifier", "page": 3}).text


def test_what_is_done_is_still_told_by_its_lines(client, agent):
    page = brought(client, NEW)
    confirm(client, page)
    work()

    assert only().stage == Stage.DONE
    assert names(client, page) == ["Mia LEROY"]


def test_an_import_of_the_release_before_that_kept_none_is_told_of_once_it_is_done(client, agent):
    page = brought(client, NEW)
    ImportLine.objects.all().delete()
    Import.objects.update(fingerprint="")
    confirm(client, page)
    work()

    assert names(client, page) == ["Mia LEROY"]


def test_compared_again_they_are_other_lines(client, agent):
    page = bring(client).request["PATH_INFO"]
    work()
    confirm(client, page)
    importer_of(Sort.DIRECTORY).apply(lambda: JUDO, lambda done, rows: None)
    work()

    assert [*only().lines.values_list("verdict", flat=True)] == ["inchange"]


@pytest.mark.parametrize("gone", ["abandoned", "forgotten", "too old", "given up"])
def test_with_the_import_they_are_gone(client, agent, gone):
    bring(client)
    work()
    assert ImportLine.objects.exists()
    long_ago = timezone.now() - settings.KEEP_IMPORTS - dt.timedelta(days=1)
    Import.objects.update(seen_at=long_ago, created_at=long_ago)
    match gone:
        case "abandoned":
            jobs.abandon(import_id=only().pk, actor=agent)
        case "forgotten":
            worker.forget()
        case "too old":
            forgetting.SWEEP.run(timezone.now())
        case "given up":
            worker.give_up(only().pk)

    assert not ImportLine.objects.exists()


def test_a_page_asks_the_database_the_same_for_two_lines_and_for_fifty(
    client, agent, django_assert_num_queries
):
    make_beneficiary(pupil_number="E9999", last_name="LEROY", first_name="Mia", birth_year=BIRTH)

    def queries(count):
        # All like one another, and like who is there.
        page = brought(client, *(NEW | {"Numéro d’élève": f"E{n:04}"} for n in range(count)))
        with django_assert_num_queries(18) as asked:
            client.get(page)
        return len(asked)

    assert queries(2) == queries(50)
