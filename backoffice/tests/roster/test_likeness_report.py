"""What the report says of likenesses."""

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports.lines import Contact
from backoffice.imports.roster.like_children import SHOWN

from .nguyens import line
from .rosters import ANNE, BIRTH, LINA, guardian, outcome, plan

pytestmark = pytest.mark.django_db


def test_a_new_address_or_telephone_of_a_known_guardian_is_said():
    """admin.md 45: dropped, neither « modifié » nor « À savoir »."""
    anne = make_user(
        "anne", first_name="Anne", last_name="MARTIN", email_confirmed_at=timezone.now(), phone=""
    )
    make_beneficiary(
        anne,
        pupil_number="E0001",
        first_name="Lina",
        last_name="MARTIN",
        birth_year=BIRTH,
        insee_code="92071",
    )
    said = guardian(last_name="MARTIN", first_name="Anne", email="neuve@famille.example", phone="0699000001")
    made = plan(LINA | said)

    called = "anne (Anne MARTIN)"
    assert made.contacts == [
        (
            2,
            Contact(
                anne.pk, called, "email", "anne@famille.example", "neuve@famille.example", is_confirmed=True
            ),
        ),
        (2, Contact(anne.pk, called, "phone", "", "06 99 00 00 01")),
    ]
    # The line itself changes nothing.
    assert outcome(made) == [0, 0, 1, 0]
    assert plan(LINA | guardian(last_name="MARTIN", first_name="Anne")).contacts == []


def test_what_two_lines_say_of_one_account_is_offered_once(zoe):
    anne = guardian(last_name="MARTIN", first_name="Anne", email="neuve@famille.example")
    other = anne | {"Responsable 1 identifiant": "anne", "Responsable 1 e-mail": "autre@famille.example"}
    lines = [
        line(**{"Numéro d’élève": "0123458"}) | anne,
        line(**{"Numéro d’élève": "E0002", "Prénom": "Mia"}) | anne | {"Responsable 1 identifiant": "anne"},
        line(**{"Numéro d’élève": "E0003", "Prénom": "Tom"}) | other,
    ]
    made = plan(*lines)

    assert [(number, contact.after) for number, contact in made.contacts] == [(2, "neuve@famille.example")]
    [(number, told)] = made.notes
    assert (number, "la ligne 2 dit neuve@famille.example" in told) == (4, True)


def test_nothing_is_offered_for_a_closed_account(zoe):
    User.objects.filter(username="anne").update(is_active=False)
    said = guardian(last_name="MARTIN", first_name="Anne", phone="0699000001")
    made = plan(line(**{"Numéro d’élève": "0123458"}) | said)

    assert made.contacts == []
    [(number, told)] = made.notes
    assert (number, "Du compte anne, fermé (Anne MARTIN), rien n’est changé" in told) == (2, True)


def test_every_likeness_is_told(zoe):
    lines = [line(**{"Numéro d’élève": f"E{number:04}"}) | ANNE for number in range(3)]
    made = plan(*lines)

    # Each with those before it, and with the one who is there.
    assert len(made.likenesses) == 1 + 2 + 3
    assert outcome(made)[0] == 3


def test_a_file_whose_lines_are_all_alike_is_told_of_by_a_few(zoe):
    lines = [line(**{"Numéro d’élève": f"E{number:04}"}) | ANNE for number in range(30)]

    assert len(plan(*lines).likenesses) == 1 + 2 + 28 * SHOWN
