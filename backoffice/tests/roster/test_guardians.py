"""Who a guardian of a roster is: an account that is there, or a new one."""

import pytest
from django.utils import timezone

from accounts import guardianship
from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user

from .rosters import ANNE, LINA, PAUL, bring, guardian, outcome, plan, reasons

pytestmark = pytest.mark.django_db


def test_homonyms_among_the_guardians_are_two_and_have_two_identifiants():
    other = guardian(last_name="MARTIN", first_name="Anne", email="autre@famille.example")
    bring(LINA | ANNE, LINA | {"Numéro d’élève": "E0002"} | other)

    assert set(User.objects.values_list("username", flat=True)) == {"anne.martin", "anne.martin2"}


@pytest.mark.parametrize("town", [{}, {"postcode": "92330", "city": "SCEAUX"}], ids=["nothing", "a town"])
def test_without_a_way_to_reach_them_two_of_the_same_name_are_two(town):
    anne = guardian(last_name="MARTIN", first_name="Anne", **town)
    bring(LINA | anne, LINA | {"Numéro d’élève": "E0002"} | anne)

    assert User.objects.count() == 2


@pytest.mark.parametrize("writing", ["0699000001", "+33 6 99 00 00 01", "0033 6 99 00 00 01"])
def test_a_telephone_is_the_same_in_any_writing(writing):
    anne = {"last_name": "MARTIN", "first_name": "Anne"}
    bring(
        LINA | guardian(**anne, phone="06 99 00 00 01"),
        LINA | {"Numéro d’élève": "E0002"} | guardian(**anne, phone=writing),
    )

    assert User.objects.count() == 1


def test_two_parents_who_share_an_address_are_two():
    paul = guardian(2, last_name="MARTIN", first_name="Paul", email="anne@famille.example")
    bring(LINA | ANNE | paul)

    assert User.objects.count() == 2


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"username": "Anne92"}, id="by identifiant alone"),
        pytest.param(
            {"username": "anne92", "last_name": "MARTIN", "first_name": "Anne"}, id="by identifiant"
        ),
        pytest.param(
            {"last_name": "DUPONT", "first_name": "Anne-Marie", "email": "Anne@Famille.example"},
            id="by confirmed e-mail, married since",
        ),
    ],
)
def test_a_guardian_who_is_known_is_linked_not_doubled(said):
    anne = make_user(
        "anne92",
        first_name="Anne",
        last_name="Martin",
        email="anne@famille.example",
        email_confirmed_at=timezone.now(),
    )
    bring(LINA | guardian(**said))

    assert list(Beneficiary.objects.get().guardians.all()) == [anne]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("is_active", "called"), [(True, "anne92 (Anne Martin)"), (False, "anne92, fermé (Anne Martin)")]
)
def test_the_agent_reads_which_account_a_child_is_linked_to(is_active, called):
    make_user("anne92", first_name="Anne", last_name="Martin", is_active=is_active)
    login = {"Compte de l’élève": "oui"}
    [change] = plan(LINA | guardian(username="anne92") | login).created

    assert change.told == f"responsable légal relié au compte {called}, un compte pour l’élève"
    assert list(change.links) == [(2, "Lina MARTIN", f"{called}, par son identifiant")]


def test_an_address_that_nobody_confirmed_makes_out_nobody_of_another_name():
    make_user("anne92", first_name="Anne", last_name="Martin", email="anne@famille.example")
    bring(LINA | guardian(last_name="DUPONT", first_name="Anne", email="anne@famille.example"))

    assert User.objects.count() == 2


def test_an_agent_and_a_child_are_no_guardians():
    make_user(
        "anne.agent", first_name="Anne", last_name="Martin", email="anne@famille.example", is_staff=True
    )
    child = make_user("anne", first_name="Anne", last_name="Martin", email="anne@famille.example")
    make_beneficiary(make_user(), user=child)
    bring(LINA | ANNE)

    assert Beneficiary.objects.get(pupil_number="E0001").guardians.get().username == "anne.martin"
    assert "Aucun compte de famille" in reasons(LINA | guardian(username="anne.agent"))[0]


def test_a_closed_account_is_not_doubled():
    anne = make_user(
        "anne92", first_name="Anne", last_name="Martin", email="anne@famille.example", is_active=False
    )
    bring(LINA | ANNE)

    assert list(Beneficiary.objects.get().guardians.all()) == [anne]


def test_a_second_guardian_is_added_and_nobody_removed():
    bring(LINA | ANNE)
    [change] = plan(LINA | PAUL).changed
    assert change.told == "responsable légal Paul DURAND (compte nouveau)"

    bring(LINA | PAUL)

    assert Guardianship.objects.count() == 2


def test_a_guardian_whom_an_agent_took_away_stays_away_and_the_agent_is_told():
    bring(LINA | ANNE | PAUL)
    lina, paul = Beneficiary.objects.get(), User.objects.get(username="paul.durand")
    guardianship.remove(beneficiary_id=lina.pk, user_id=paul.pk, may_be_last=True)

    for again in (
        PAUL,
        guardian(2, last_name="Durand", first_name="Paul"),
        guardian(2, username="paul.durand"),
    ):
        made = bring(LINA | ANNE | again)
        assert outcome(made) == [0, 0, 1, 0]
        [(row, note)] = made.notes
        assert (row, "n’est pas remis" in note) == (2, True)
    assert not lina.guardians.filter(pk=paul.pk).exists()

    guardianship.add(beneficiary_id=lina.pk, user_id=paul.pk)
    assert bring(LINA | ANNE | PAUL).notes == []
