"""A guardian who has an account is linked to it."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user

from .rosters import ANNE, LINA, bring, guardian, plan, reasons

pytestmark = pytest.mark.django_db


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
