"""One field, on every page: whatever an agent has in hand."""

import pytest
from django.urls import reverse

from accounts.models import Beneficiary
from accounts.security_log import Reading
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.family.address import family_page
from backoffice.search.finding import find
from core.codes import show_code
from partners.models import Partner
from partners.services import keep_former_names
from partners.tests.factories import make_offer
from tickets.tests.factories import make_ticket
from wallets.models import Kind

pytestmark = pytest.mark.django_db
SEARCH = reverse("admin:search")


@pytest.fixture
def seeker():
    return make_agent("gestionnaire")


def answers(text, agent):
    return [result.title for group in find(text, agent).groups for result in group.results]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "gauthier inès colombes",
            "GAUTHIER Ines Colombes",
            "ines gauthier duras",
            "gauthier 2014",
            "inès gauthier 5e",
        ),
        *("920000123", "920 000 123"),
    ],
)
def test_the_child_that_a_caller_means(family, seeker, typed):
    """admin.md 22: 38 namesakes, and neither collège nor commune was searched."""
    [found] = [group for group in find(typed, seeker).groups if group.title == "Enfants"]

    assert [result.address for result in found.results] == [family_page(family.pk)]
    assert not found.is_alike


@pytest.mark.parametrize(
    "typed",
    [
        *("06 12 34 56 78", "0612345678", "+33 6 12 34 56 78", "06.12.34.56.78", "karima@famille.example"),
        *(
            "Karima@Famille.example",
            "karima.benali",
            "KARIMA.BENALI",
            "benali karima",
            "karima benali colombes",
        ),
    ],
)
def test_who_calls(family, seeker, typed):
    """admin.md 22: a telephone found nobody, nor did a parent's name or e-mail among the children."""
    found = find(typed, seeker)

    assert [result.title for group in found.groups for result in group.results] == ["Karima BENALI"]
    assert found.groups[0].results[0].children == [("Inès GAUTHIER", family_page(family.pk))]


def test_namesakes_are_told_apart(family, seeker):
    [children] = find("ines gauthier", seeker).groups

    assert {tuple(result.details[:2]) for result in children.results} == {
        ("Collège Marguerite Duras, 5e", "Colombes"),
        (f"{Beneficiary.objects.get(pupil_number='920000124').school}, 3e", "Antony"),
    }


@pytest.mark.parametrize("typed", ["gotier inès", "gauttier ines"])
def test_who_was_misheard_is_told_to_be(family, seeker, typed):
    """admin.md 24: nothing said « personne ne s’appelle ainsi »."""
    [children] = find(typed, seeker).groups

    assert children.is_alike
    assert {result.title for result in children.results} == {"Inès GAUTHIER"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [("legal", "Soizic LE GALL"), ("maelis", "Maëlys ANDRÉ"), ("lefaivre", "Paul LEFÈVRE")],
)
def test_the_likeliest_comes_first(seeker, typed, first):
    """admin.md 24: « maelis » put Ismaël first, « legal » Léa."""
    for first_name, last_name in (
        ("Ismaël", "ANDRÉ"),
        ("Maëlys", "ANDRÉ"),
        ("Léa", "GALLAND"),
        ("Soizic", "LE GALL"),
        ("Paul", "LEFÈVRE"),
        ("Paul", "FÈVRE"),
    ):
        make_beneficiary(first_name=first_name, last_name=last_name)
    assert answers(typed, seeker)[0] == first


def test_a_ticket_as_the_page_writes_it(seeker):
    """admin.md 32: « n° 199996 » and « 199 996 » found nothing."""
    ticket = make_ticket()
    shown = f"Ticket n°\N{NO-BREAK SPACE}{ticket.number}"
    spaced = f"{ticket.number:,}".replace(",", " ")

    for typed in (
        f"n° {ticket.number}",
        f"N°{ticket.number}",
        f"ticket {ticket.number}",
        spaced,
        str(ticket.number),
    ):
        assert answers(typed, seeker) == [shown], typed
    for typed in (ticket.code, show_code(ticket.code).lower(), ticket.code.replace("0", "o")):
        assert answers(typed, seeker) == [shown], typed


@pytest.mark.parametrize(
    ("spoiled", "hint"),
    [
        (lambda code: code[:-1], "il manque 1 caractère"),
        (lambda code: code[:-3], "il manque 3 caractères"),
        (lambda code: f"{code}7", "1 caractère de trop"),
        (lambda code: code[:5] + ("A" if code[5] != "A" else "B") + code[6:], "mal recopié"),
    ],
)
def test_a_code_that_cannot_be_one(seeker, spoiled, hint):
    """admin.md 32: nothing said that it cannot exist."""
    found = find(spoiled("7K2M9QX4T8WZ" + "4"), seeker)

    assert found.groups == []
    assert hint in found.hints[0]


def test_an_organisme_by_its_name_its_town_and_its_number(seeker):
    offer = make_offer(kind=Kind.SPORT)
    Partner.objects.update(name="JUDO CLUB D’ANTONY", siret="73282932000074")
    for typed in ("judo antony", "judo club d'antony", "732 829 320 00074", "73282932000074"):
        assert answers(typed, seeker) == ["JUDO CLUB D’ANTONY"], typed
    assert offer.partner_id


def test_the_page_leads_to_the_one_row_at_once(family, agent, client):
    response = client.get(SEARCH, {"q": "920 000 123"})

    assert response.url == family_page(family.pk)
    page = client.get(SEARCH, {"q": "gotier"}).text
    assert "Personne ne s’appelle ainsi. Voici ce qui ressemble." in page
    assert 'id="search-all"' in client.get(reverse("admin:index")).text


def test_what_was_searched_for_is_kept(family, agent, client):
    client.get(SEARCH, {"q": "gauthier"})

    keys = Reading.objects.filter(agent=agent).values_list("subject_key", flat=True)
    assert {key.split(" ")[0] for key in keys} == {"accounts.beneficiary", "accounts.user"}
    assert not any("gauthier" in key for key in keys)


def test_nothing_of_what_an_agent_may_not_see(family):
    """Without a role, an agent finds nobody."""
    assert find("gauthier", make_user(is_staff=True)).groups == []


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'", "é" * 500, "0" * 200, "n°", "@", "-", "٣٤٥"])
def test_whatever_is_typed_is_answered(family, agent, client, typed):
    assert client.get(SEARCH, {"q": typed}).status_code == 200


def test_it_asks_as_little_for_twenty_as_for_one(family, seeker, django_assert_max_num_queries):
    for number in range(25):
        make_beneficiary(make_user(), first_name="Inès", last_name="GAUTHIER", pupil_number=f"X{number}")
    find("gauthier", seeker)
    with django_assert_max_num_queries(7):
        found = find("gauthier", seeker)
    assert (len(found.groups[0].results), found.groups[0].has_more) == (20, True)


@pytest.mark.parametrize(
    "typed",
    [
        *("martin léa", "gotier ines", "ines gauthier colombes", "zzyzx", "920000123", "06 12 34 56 78"),
        *("karima@famille.example", "n° 12", "7K2M 9QX4 T8WZ 4", "judo club", "732 829 320 00074"),
    ],
)
def test_the_page_asks_at_most_fifteen_times(family, agent, client, django_assert_max_num_queries, typed):
    make_offer()
    client.get(SEARCH, {"q": typed})

    with django_assert_max_num_queries(15):
        client.get(SEARCH, {"q": typed})


def test_an_organisme_by_what_it_was_called(seeker, agent, client):
    """admin.md 26: a caller says the name that is on the paper."""
    offer = make_offer(kind=Kind.SPORT)
    Partner.objects.update(name="JUDO CLUB")
    keep_former_names([offer.partner_id])
    Partner.objects.update(name="DOJO DES LACS")

    assert answers("judo club", seeker) == ["DOJO DES LACS"]


def test_an_identifiant_that_is_a_name_hides_nobody(seeker):
    """« camille » led to the one account, and no Camille was to be found."""
    make_user("camille", first_name="Camille", last_name="ROUX")
    make_user("c.petit", first_name="Camille", last_name="PETIT")
    make_beneficiary(first_name="Camille", last_name="MOREL")

    assert answers("camille", seeker) == ["Camille MOREL", "Camille ROUX", "Camille PETIT"]


def test_an_identifiant_in_letters_alone_is_found_all_the_same(seeker):
    make_user("mairie", first_name="Anne", last_name="DUPONT")

    assert answers("mairie", seeker) == ["Anne DUPONT"]


def test_a_long_name_is_not_taken_for_a_code(seeker):
    """« Martinelli » was told that a code of a ticket lacks three characters."""
    make_user(first_name="Léa", last_name="MARTINELLI")

    assert find("martinelli", seeker).hints == []
    assert find("bastianelli", seeker).hints == []


def test_an_organisme_that_was_merged_is_not_shown_beside_the_one_that_stays(seeker):
    kept, double = (make_offer(kind=Kind.SPORT).partner for _ in range(2))
    Partner.objects.update(name="JUDO CLUB")
    Partner.objects.filter(pk=double.pk).update(merged_into=kept)

    [partners] = find("judo", seeker).groups
    assert [result.address for result in partners.results] == [
        reverse("admin:partners_partner_change", args=[kept.pk])
    ]
