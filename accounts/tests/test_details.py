"""A guardian's address and telephone."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
DETAILS = {"address": "2 rue de la Mairie", "postcode": "92160", "city": "Antony", "phone": "06 12 34 56 78"}


@pytest.fixture
def parent(client):
    parent = make_user()
    make_beneficiary(parent)
    client.force_login(parent)
    return parent


def save(client, **fields):
    return client.post("/mon-compte/coordonnees/", DETAILS | fields)


def test_they_are_kept_and_shown(client, parent):
    save(client)
    page = client.get("/mon-compte/").text

    for value in DETAILS.values():
        assert value in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("+33 6.12.34.56.78", "06 12 34 56 78"),
        ("0033612345678", "06 12 34 56 78"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
        ("", ""),
    ],
)
def test_a_telephone_has_one_writing(client, parent, typed, kept):
    save(client, phone=typed)
    parent.refresh_from_db()

    assert parent.phone == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "06 12"), ("phone", "moi"), ("postcode", "9216"), ("address", "x" * 121)],
)
def test_what_cannot_be_is_said_beside_its_field(client, parent, field, value):
    response = save(client, **{field: value})

    assert list(response.context["form"].errors) == [field]
    parent.refresh_from_db()
    assert parent.city == ""


def test_a_child_has_no_such_page(client):
    child = make_beneficiary(make_user(), user=make_user())
    client.force_login(child.user)

    assert client.get("/mon-compte/coordonnees/").status_code == 404
    assert "/mon-compte/coordonnees/" not in client.get("/mon-compte/").text


def test_who_has_no_child_yet_has_it(client):
    user = make_user()
    client.force_login(user)
    assert "/mon-compte/coordonnees/" in client.get("/mon-compte/").text
    save(client)
    user.refresh_from_db()

    assert user.city == DETAILS["city"]
    assert DETAILS["address"] in client.get("/mon-compte/").text


def test_a_postcode_and_a_town_as_people_type_them(client, parent):
    """family.md 43: « 92 160 » was refused, « antony » stayed so."""
    field = client.get("/mon-compte/coordonnees/").context["form"].fields["postcode"]
    assert int(field.widget.attrs["maxlength"]) >= len("92 160")
    save(client, postcode="92 160", city="antony")
    parent.refresh_from_db()

    assert (parent.postcode, parent.city) == ("92160", "Antony")
