"""An agent makes the account of a guardian who has none, with the papers seen."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts import guardianship
from accounts.audit import Action, AuditEntry
from accounts.exceptions import AlreadyGuardian
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user

from .rulings import WHY

pytestmark = pytest.mark.django_db
FATHER = {
    "last_name": "GAUTHIER",
    "first_name": "Karim",
    "email": "karim@famille.example",
    "phone": "06 12 34 56 78",
    "papers": "jugement",
}


@pytest.fixture
def mother():
    return make_user("mere", first_name="Inès", last_name="MARTIN")


@pytest.fixture
def child(mother):
    return make_beneficiary(mother, first_name="Lina", last_name="GAUTHIER")


@pytest.fixture
def make(client, agent):
    """`make(child, …)` sends the form, looks at what it says, and confirms."""

    def send(child, **said):
        address = reverse("admin:accounts_beneficiary_creer-un-responsable", args=[child.pk])
        form = {"reason": WHY} | FATHER | said
        looked = client.post(address, form)
        if not looked.context or not looked.context.get("read_again"):
            return looked, None
        return looked, client.post(address, form | {"seen": looked.context["seen"]})

    return send


def test_a_separated_parent_comes_in(make, child, mother):
    """admin.md 21: a gestionnaire changed guardians, and could not make an account."""
    _, done = make(child)

    father = User.objects.get(username="karim.gauthier")
    assert done.status_code == 302
    assert set(child.guardians.all()) == {mother, father}
    assert not father.has_usable_password()
    assert (father.email, father.phone) == ("karim@famille.example", "06 12 34 56 78")
    assert {message.to[0] for message in mail.outbox} == {father.email, mother.email}
    line = AuditEntry.objects.get()
    assert (line.action, line.reason) == (Action.GUARDIAN_MADE, WHY)
    assert "jugement" in line.details


def test_a_home_for_children_has_one_name_and_a_letter(make, child):
    """admin.md 33: a foyer as guardian."""
    where = {"address": "1 rue du Bac", "postcode": "92160", "city": "Antony"}
    _, done = make(
        child,
        last_name="Foyer les Tilleuls",
        first_name="",
        email="",
        papers="décision de placement",
        **where,
    )

    assert done.status_code == 302
    home = child.guardians.get(first_name="Foyer les Tilleuls")
    assert (home.email, home.city) == ("", "Antony")


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"last_name": "-", "first_name": ""}, "last_name"),
        ({"email": "", "phone": "06 12 34 56 78"}, "email"),
        ({"papers": ""}, "papers"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_without_a_name_a_way_to_send_the_access_or_a_paper_nothing_is_made(make, child, said, wrong):
    refused, _ = make(child, **said)

    assert wrong in refused.context["form"].errors
    assert child.guardians.count() == 1


@pytest.mark.parametrize(
    "known",
    [
        {"first_name": "Karim", "last_name": "Gauthier"},
        {"first_name": "Gauthier", "last_name": "KARIM"},
        {"first_name": "K.", "last_name": "G.", "email": "karim@famille.example"},
        {"first_name": "K.", "last_name": "G.", "phone": "06 12 34 56 78"},
    ],
)
def test_whom_it_is_like_is_looked_at_before(make, child, known):
    other = make_user("karim.connu", city="Colombes", **known)

    looked, _ = make(child)

    assert other.username in looked.text
    assert "Un compte ressemble à celui-ci." in looked.text


def test_the_same_form_twice_makes_one(child):
    person = dict.fromkeys(("phone", "address", "postcode", "city"), "") | {
        "first_name": "Karim",
        "last_name": "GAUTHIER",
        "email": "karim@famille.example",
    }
    guardianship.add_account(beneficiary_id=child.pk, person=person)

    with pytest.raises(AlreadyGuardian):
        guardianship.add_account(beneficiary_id=child.pk, person=person)
    assert child.guardians.count() == 2


def test_two_of_one_name_at_once_are_two(monkeypatch, make, child):
    """code.md 22: the second one met the identifiant of the first, as a 500."""
    make_user("karim.gauthier")
    monkeypatch.setattr("accounts.new_accounts._taken_like", lambda first_name, last_name: [])

    make(child)

    assert child.guardians.filter(username="karim.gauthier2").exists()


def test_a_namesake_elsewhere_has_another_identifiant(make, child):
    make_user("karim.gauthier")

    make(child)

    assert child.guardians.filter(username="karim.gauthier2").exists()
