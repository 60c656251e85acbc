"""The directory, open to everyone."""

import pytest
from django.core.management import CommandError, call_command

from core.tests.savepoints import SAVEPOINTS
from partners.models import Commune
from partners.services import load_communes
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind

pytestmark = pytest.mark.django_db


def names(response):
    return [listed.partner.name for listed in response.context["partners"]]


@pytest.fixture
def three_partners():
    sceaux = make_commune("92071", "Sceaux")
    make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO SCEAUX", commune=sceaux))
    make_offer("Danse", Kind.SPORT, partner=make_partner("DANSE ANTONY"))
    make_offer("Danse", Kind.CULTURE, partner=make_partner("BALLET SCEAUX", commune=sceaux))
    make_offer("Danse", Kind.CULTURE, partner=make_partner("PARTI", affiliated_until="2024-06-30"))


@pytest.mark.usefixtures("three_partners")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["BALLET SCEAUX", "DANSE ANTONY", "JUDO SCEAUX"]),
        ("commune=92071", ["BALLET SCEAUX", "JUDO SCEAUX"]),
        ("porte_monnaie=sport", ["DANSE ANTONY", "JUDO SCEAUX"]),
        ("commune=92071&porte_monnaie=culture", ["BALLET SCEAUX"]),
        # Nothing there: what is next door.
        ("commune=92002&porte_monnaie=culture", ["BALLET SCEAUX"]),
        ("page=99999", ["BALLET SCEAUX", "DANSE ANTONY", "JUDO SCEAUX"]),
        ("page=x", ["BALLET SCEAUX", "DANSE ANTONY", "JUDO SCEAUX"]),
    ],
)
def test_what_is_asked_is_what_is_shown(client, query, found):
    assert names(client.get(f"/partenaires/?{query}")) == found


@pytest.mark.usefixtures("three_partners")
@pytest.mark.parametrize("query", ["commune=00000", "activite=999999999999999999999", "porte_monnaie=loisir"])
def test_an_unknown_choice_is_told_beside_its_field(client, query):
    response = client.get(f"/partenaires/?{query}")

    assert response.status_code == 404
    assert names(response) == []
    assert list(response.context["form"].errors) == [query.partition("=")[0]]


def test_as_many_queries_for_two_organismes_as_for_twenty(client, django_assert_num_queries):
    for count in (2, 20):
        for _ in range(count):
            make_offer()
        # The index of the search is made anew, for this process and every family.
        client.get("/partenaires/")
        with django_assert_num_queries(5):
            client.get("/partenaires/")


def test_the_communes_are_loaded_and_corrected():
    make_commune("92002", "Anthony")
    for _ in range(2):
        load_communes()

    assert Commune.objects.count() == 36
    assert Commune.objects.get(insee_code="92002").name == "Antony"


def test_the_command_says_how_many_and_refuses_what_is_no_file_of_communes(tmp_path, capsys):
    call_command("load_communes")
    assert "Communes : 36." in capsys.readouterr().out

    wrong = tmp_path / "wrong.csv"
    for text in (
        "nom;code\nAntony;92002",
        "insee_code,name,postcode,latitude,longitude\n92002,Antony,92160,nord,2",
    ):
        wrong.write_text(text)
        with pytest.raises(CommandError, match="n’est pas un fichier de communes"):
            call_command("load_communes", wrong)
    assert Commune.objects.count() == 36


def test_activities_are_in_the_order_of_a_dictionary(client):
    """family.md 30: É and C-é last, by the bytes of their letters."""
    for name in ("Water-polo", "Équitation", "Escrime", "Clarinette", "Céramique", "Aïkido", "Aviron"):
        make_offer(name, Kind.SPORT)
    field = client.get("/partenaires/").context["form"].fields["activite"]

    assert [label for _, label in field.choices][1:] == [
        *("Aïkido", "Aviron", "Céramique", "Clarinette", "Équitation", "Escrime", "Water-polo"),
    ]


@pytest.mark.parametrize(
    ("code", "around"),
    [("92002", "d’Antony"), ("92060", "du Plessis-Robinson"), ("92035", "de La Garenne-Colombes")],
)
def test_around_is_said_in_french(client, code, around):
    """family.md 29."""
    load_communes()
    make_offer()

    assert f"autour {around}" in client.get(f"/partenaires/?commune={code}&autour=on").text


def test_an_organisme_of_two_hundred_activities_is_a_row_like_another(client, django_assert_max_num_queries):
    partner = make_partner("OMNISPORTS")
    for number in range(200):
        make_offer(f"Activité {number:03}", Kind.SPORT, partner=partner)
    client.get("/partenaires/")

    with django_assert_max_num_queries(6 + SAVEPOINTS):
        page = client.get("/partenaires/?nom=omnisports")

    assert page.context["total"] == 1
    assert page.text.count('<span class="visually-hidden"> – Sport</span>') == 12
    assert f'<a href="/partenaires/{partner.pk}/#activites">et 188 autres<' in page.text
    assert "Activité 199" in client.get(f"/partenaires/{partner.pk}/").text


@pytest.mark.parametrize(
    "query", ["nom=zumba", "nom=omnisports+zumba", "activite={zumba}", "porte_monnaie=culture"]
)
def test_what_was_asked_for_is_in_the_row_however_much_is_done_there(client, query):
    partner = make_partner("OMNISPORTS")
    for number in range(20):
        make_offer(f"Activité {number:03}", Kind.SPORT, partner=partner)
    zumba = make_offer("Zumba", Kind.CULTURE, partner=partner)
    page = client.get(f"/partenaires/?{query.format(zumba=zumba.activity_id)}").text
    row = page.partition('<article class="row">')[2].partition("</article>")[0]

    assert "Zumba" in row
    assert "et 9 autres" in row
    # Nobody asked: by the alphabet.
    assert "Zumba" not in client.get("/partenaires/").text.partition('<article class="row">')[2]
