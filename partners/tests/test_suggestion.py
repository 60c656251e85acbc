"""« Mon organisme n'est pas dans la liste »."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from partners.models import Suggestion
from partners.tests.factories import make_commune, make_offer, make_partner
from wallets.models import Kind

pytestmark = pytest.mark.django_db
WANTED = {"name": "CLUB D'ÉCHECS", "commune": "92002", "activity": "échecs", "contact": ""}


@pytest.fixture(autouse=True)
def commune():
    make_commune()


def test_anybody_may_make_one_and_staff_see_it(client, enter):
    response = client.post("/partenaires/proposer/", WANTED, follow=True)
    assert "Merci" in response.text

    enter(make_user(is_staff=True, is_superuser=True))
    assert "CLUB D&#x27;ÉCHECS" in client.get("/admin/partners/suggestion/").text


def test_the_search_that_found_nothing_fills_it_in(client):
    assert "?nom=%C3%A9checs" in client.get("/partenaires/?nom=échecs").text
    assert 'value="échecs"' in client.get("/partenaires/proposer/?nom=échecs").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("commune", "00000"),
        ("commune", ""),
        ("activity", ""),
        ("contact", "pas une adresse"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(client, field, value):
    response = client.post("/partenaires/proposer/", WANTED | {field: value})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Suggestion.objects.exists()


def test_hundreds_from_one_place_wait(client):
    for _ in range(40):
        assert client.post("/partenaires/proposer/", WANTED).status_code == 302
    response = client.post("/partenaires/proposer/", WANTED)

    assert response.status_code == 429
    assert "Trop d’essais" in response.text
    assert Suggestion.objects.count() == 40


def test_one_account_does_not_fill_the_table(client):
    """security.md F11: from whatever place it comes."""
    client.force_login(make_user())
    answers = [client.post("/partenaires/proposer/", WANTED) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert "Trop d’organismes proposés. Attendez 60\N{NO-BREAK SPACE}minutes" in answers[-1].text
    assert Suggestion.objects.count() == 10


def test_an_agent_ticks_what_is_done(client, enter):
    suggestion = Suggestion.objects.create(
        name="A", commune=make_commune(), activity="échecs", created_at=timezone.now()
    )
    enter(make_user(is_staff=True, is_superuser=True))
    chosen = {"action": "mark_as_handled", "_selected_action": [suggestion.pk]}
    response = client.post("/admin/partners/suggestion/", chosen, follow=True)

    suggestion.refresh_from_db()
    assert suggestion.handled
    assert "Traités\N{NO-BREAK SPACE}: 1." in response.text


@pytest.fixture
def judo():
    sceaux = make_commune("92071", "Sceaux")
    return make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO CLUB DE SCEAUX", commune=sceaux)).partner


@pytest.mark.parametrize("name", ["Judo club de Sceaux", "judo Sceaux", "JC SCEAUX"])
def test_one_that_is_affiliated_is_shown_and_not_taken(client, judo, name):
    """family.md 28: « vos tickets ne peuvent pas y être utilisés », of a club where they can."""
    sent = {"name": name, "commune": "92071", "activity": "judo"}
    response = client.post("/partenaires/proposer/", sent, follow=True)

    assert "Est-ce l’un des organismes ci-dessous" in response.text
    assert f'href="/partenaires/{judo.pk}/"' in response.text
    assert not Suggestion.objects.exists()

    client.post("/partenaires/proposer/", sent | {"sure": "on"})
    assert Suggestion.objects.get().name == name


@pytest.mark.parametrize(
    "changed", [{"name": "Karaté club de Sceaux"}, {"commune": "92002"}, {"name": "Club"}]
)
def test_another_one_is_taken_at_once(client, judo, changed):
    sent = {"name": "Judo club", "commune": "92071", "activity": "judo"} | changed
    client.post("/partenaires/proposer/", sent)

    assert Suggestion.objects.count() == (changed != {"name": "Club"})


def test_the_address_of_who_is_connected_is_there(client):
    """family.md 28."""
    client.force_login(make_user(email="camille@famille.example"))

    assert 'value="camille@famille.example"' in client.get("/partenaires/proposer/").text
