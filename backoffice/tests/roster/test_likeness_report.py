"""What the report says of likenesses."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports.roster.like_children import SHOWN

from .nguyens import line
from .rosters import ANNE, BIRTH, LINA, guardian, outcome, plan

pytestmark = pytest.mark.django_db


def test_a_new_address_or_telephone_of_a_known_guardian_is_said():
    """admin.md 45: dropped, neither « modifié » nor « À savoir »."""
    make_beneficiary(
        make_user("anne", first_name="Anne", last_name="MARTIN", email_confirmed_at=timezone.now(), phone=""),
        pupil_number="E0001",
        first_name="Lina",
        last_name="MARTIN",
        birth_year=BIRTH,
        insee_code="92071",
    )
    said = guardian(last_name="MARTIN", first_name="Anne", email="neuve@famille.example", phone="0699000001")
    made = plan(LINA | said)

    email, phone = [told for _, told in made.notes]
    assert "Du compte anne (Anne MARTIN), l’adresse e-mail est anne@famille.example" in email
    assert "le fichier dit neuve@famille.example. Rien n’est changé." in email
    assert (
        "le téléphone est vide\N{NO-BREAK SPACE}; le fichier dit 06 99 00 00 01. Rien n’est changé." in phone
    )
    assert plan(LINA | guardian(last_name="MARTIN", first_name="Anne")).notes == []


def test_every_likeness_is_in_the_report(monkeypatch, zoe):
    monkeypatch.setattr("backoffice.imports.plans.SHOWN", 1)
    lines = [line(**{"Numéro d’élève": f"E{number:04}"}) | ANNE for number in range(3)]

    report = plan(*lines).report()
    # Each with those before it, and with the one who is there.
    assert len(report["likenesses"]) == 1 + 2 + 3
    assert outcome(plan(*lines))[0] == 3


def test_a_file_whose_lines_are_all_alike_is_told_of_by_a_few(zoe):
    lines = [line(**{"Numéro d’élève": f"E{number:04}"}) | ANNE for number in range(30)]

    assert len(plan(*lines).likenesses) == 1 + 2 + 28 * SHOWN
