"""Who is who: one person stays one, two stay two, and the agent reads each account that is linked."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.tests.roster.rosters import LINA, bring, guardian, outcome, plan, reasons

pytestmark = pytest.mark.django_db


FATIMA = {"last_name": "BENALI", "first_name": "Fatima"}


TOWER = {"address": "1 rue du Bac", "postcode": "92160", "city": "ANTONY"}


PHONE = {"phone": "06 99 00 00 01"}


def make_fatima(username="fatima", **fields):
    confirmed = {"email": "fatima@famille.example", "email_confirmed_at": timezone.now()}
    return make_user(username, first_name="Fatima", last_name="Benali", **{**confirmed, **fields})


def guardians_of_lina():
    return list(Beneficiary.objects.get(pupil_number="E0001").guardians.values_list("username", flat=True))


@pytest.mark.parametrize("shared", [TOWER, PHONE, TOWER | PHONE], ids=["address", "telephone", "both"])
@pytest.mark.parametrize("email", ["", "autre@famille.example"], ids=["no e-mail", "another e-mail"])
def test_a_homonym_at_the_same_address_is_not_made_guardian(shared, email):
    """code.md 3.1: her owner typed that address, and she confirmed another e-mail than the file says."""
    make_fatima(**shared)
    made = bring(LINA | guardian(**FATIMA, **shared, email=email))

    assert guardians_of_lina() == ["fatima.benali"]
    assert made.links == []


@pytest.mark.parametrize("shared", [TOWER, PHONE, TOWER | PHONE], ids=["address", "telephone", "both"])
def test_nor_is_one_who_confirmed_nothing(shared):
    """code.md 3.1: an address or a telephone alone is nobody's."""
    make_fatima(email="", email_confirmed_at=None, **shared)
    bring(LINA | guardian(**FATIMA, **shared))

    assert guardians_of_lina() == ["fatima.benali"]


def test_two_homonyms_of_one_tower_in_one_file_are_two():
    """code.md 3.1, the same within a file."""
    bring(
        LINA | guardian(**FATIMA, **TOWER, email="f1@famille.example"),
        LINA | {"Numéro d’élève": "E0002"} | guardian(**FATIMA, **TOWER, email="f2@famille.example"),
        LINA | {"Numéro d’élève": "E0003"} | guardian(**FATIMA, **TOWER),
    )

    assert User.objects.count() == Guardianship.objects.count() == 3


def test_one_telephone_and_two_e_mail_addresses_are_two_through_a_third_line_too():
    bring(
        LINA | guardian(**FATIMA, **PHONE),
        LINA | {"Numéro d’élève": "E0002"} | guardian(**FATIMA, **PHONE, email="f1@famille.example"),
        LINA | {"Numéro d’élève": "E0003"} | guardian(**FATIMA, **PHONE, email="f2@famille.example"),
    )

    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("account", "said", "proof"),
    [
        ({}, FATIMA | {"email": "FATIMA@famille.example"}, "par son adresse e-mail confirmée"),
        (
            {},
            FATIMA | {"last_name": "HADDAD", "email": "fatima@famille.example"},
            "par son adresse e-mail confirmée",
        ),
        (
            {"email_confirmed_at": None},
            FATIMA | {"email": "fatima@famille.example"},
            "par son nom et son adresse e-mail",
        ),
        ({}, {"username": "fatima"}, "par son identifiant"),
    ],
)
def test_what_proves_it_is_told_with_each_link(account, said, proof):
    """admin.md 43: every account that is linked is listed."""
    make_fatima(**account)
    made = bring(LINA | guardian(**said))

    assert guardians_of_lina() == ["fatima"]
    assert made.links == [(2, "Lina MARTIN", f"fatima (Fatima Benali), {proof}")]


@pytest.mark.parametrize("said", [{"last_name": "HADDAD"}, {"first_name": "Fatou"}])
def test_an_address_that_nobody_confirmed_needs_the_whole_name(said):
    make_fatima(email_confirmed_at=None)
    bring(LINA | guardian(**(FATIMA | said), email="fatima@famille.example"))

    assert "fatima" not in guardians_of_lina()


def test_an_identifiant_is_not_believed_against_another_confirmed_address():
    """code.md 3.1: « fatima2 » for « fatima » is one slip of a finger."""
    make_fatima()
    [told] = reasons(LINA | guardian(**FATIMA, username="fatima", email="autre@famille.example"))

    assert "a confirmé une autre adresse" in told


def test_who_is_a_guardian_already_stays_one_with_another_address():
    fatima = make_fatima()
    make_beneficiary(fatima, pupil_number="E0001", first_name="Lina", last_name="MARTIN")
    made = bring(LINA | guardian(**FATIMA, email="autre@famille.example"))

    assert outcome(made)[0] == 0
    assert (guardians_of_lina(), made.links) == (["fatima"], [])


def test_every_link_is_listed():
    """admin.md 43, code.md 3.1: among 300 lines that were shown, a wrong one could be line 301."""
    make_fatima()
    lines = [
        LINA | {"Numéro d’élève": f"E{number:04}"} | guardian(**FATIMA, email="fatima@famille.example")
        for number in range(5)
    ]

    assert [len(line.links) for line in plan(*lines).lines()] == [1] * 5
