"""Who is who: one person stays one, two stay two, and the agent reads each account that is linked."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import identity
from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.tests.test_roster import ANNE, LINA, bring, guardian, outcome, plan, reasons

pytestmark = pytest.mark.django_db

ONE_WAY = "accounts_beneficiary_pupil_number_is_written_one_way"

FATIMA = {"last_name": "BENALI", "first_name": "Fatima"}
TOWER = {"address": "1 rue du Bac", "postcode": "92160", "city": "ANTONY"}
PHONE = {"phone": "06 99 00 00 01"}


def make_fatima(username="fatima", **fields):
    confirmed = {"email": "fatima@famille.example", "email_confirmed_at": timezone.now()}
    return make_user(username, first_name="Fatima", last_name="Benali", **{**confirmed, **fields})


def guardians_of_lina():
    return list(Beneficiary.objects.get(pupil_number="E0001").guardians.values_list("username", flat=True))


# --- Pupil numbers ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "writing",
    ["e0001", " E0001 ", "E 0001", "E\N{NO-BREAK SPACE}0001", "\N{ZERO WIDTH SPACE}E0001", "Ｅ０００１"],
)
def test_a_pupil_number_is_written_one_way(writing):
    """code.md 3.4: « e1 » by hand and « E1 » in September were two children, with two grants."""
    make_beneficiary(pupil_number=writing, first_name="Lina", last_name="MARTIN", birth_year=2013)

    assert Beneficiary.objects.get(pupil_number=writing).pupil_number == "E0001"
    bring(LINA | {"Naissance": "2013"} | ANNE)
    assert Beneficiary.objects.count() == 1


@pytest.mark.parametrize(
    "writing", ["#N/A", "########", "-", "9,20E+08", "920000124,00", "1.5", "", "2014", "LECLERC", "É0001"]
)
def test_what_is_no_pupil_number(writing):
    """admin.md 40, cases 15: a number that a spreadsheet spoiled made a child, and the right one another."""
    with pytest.raises(ValidationError):
        identity.check_pupil_number(identity.pupil_number(writing))
    assert len(reasons(LINA | {"Numéro d’élève": writing} | ANNE)) == 1


@pytest.mark.parametrize("number", ["07100000001A", "7100000001A", "920000123", "H0701", "123456789AB"])
def test_what_is_one(number):
    identity.check_pupil_number(number)


def test_the_departement_says_how_it_is_written(settings):
    settings.PUPIL_NUMBER_FORMAT = r"[0-9]{9}[0-9A-Z]{2}"
    settings.PUPIL_NUMBER_HELP = "onze caractères, comme sur le certificat de scolarité"

    [told] = reasons(LINA | ANNE)
    assert "E0001 n’est pas un numéro d’élève" in told
    assert "certificat de scolarité" in told


def test_the_administration_asks_for_it_too(client, enter):
    enter(make_user(is_staff=True, is_superuser=True))
    child = make_beneficiary(pupil_number="E0001")
    page = reverse("admin:accounts_beneficiary_change", args=[child.pk])
    said = {
        **{name: getattr(child, name) for name in ("first_name", "last_name", "birth_year", "grade")},
        "school": child.school_id,
        "insee_code": child.insee_code,
        "is_enrolled": "on",
        "reason": "Numéro mal recopié",
        "guardianships-TOTAL_FORMS": "0",
        "guardianships-INITIAL_FORMS": "0",
    }

    assert "n’est pas un numéro d’élève" in client.post(page, said | {"pupil_number": "9,20E+08"}).text
    assert client.post(page, said | {"pupil_number": "e 0009"}).status_code == 302
    child.refresh_from_db()
    assert child.pupil_number == "E0009"


@pytest.mark.parametrize("written", ["e0001", "E 0001"])
def test_the_database_refuses_another_writing(refused_by, written):
    """code.md 3.4: whoever writes past the field."""
    child = make_beneficiary(pupil_number="E0002")
    with refused_by(ONE_WAY), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_beneficiary SET pupil_number = %s WHERE id = %s", [written, child.pk])


@pytest.fixture
def as_before(db):
    """`as_before("e0001", "E0001")`: children with numbers as they could stand before the constraint."""

    def make(*numbers):
        children = [make_beneficiary() for _ in numbers]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE accounts_beneficiary DROP CONSTRAINT {ONE_WAY}")
            else:
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            for child, number in zip(children, numbers, strict=True):
                cursor.execute(
                    "UPDATE accounts_beneficiary SET pupil_number = %s WHERE id = %s", [number, child.pk]
                )
        return children

    yield make
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def migrate():
    """As `migrate` runs it, but for the schema editor, which SQLite has none of in a transaction."""
    editor = SimpleNamespace(connection=connection)
    import_module("accounts.migrations.0015_pupil_number_one_way").forwards(apps, editor)


def test_the_migration_writes_what_was_there_one_way(as_before):
    """code.md 3.4"""
    children = as_before("e0001", "E 0002", "efface-0a1b", "E0003")
    migrate()

    numbers = [Beneficiary.objects.get(pk=child.pk).pupil_number for child in children]
    assert numbers == ["E0001", "E0002", "EFFACE-0A1B", "E0003"]


def test_the_migration_stops_at_two_that_become_one_and_says_what_to_do(as_before):
    """code.md 3.4: which of the two is right, and whether they are two, only people know."""
    first, second, other = as_before("e0001", "E0001", "e0002")
    with pytest.raises(CommandError) as stop:
        migrate()

    for told in (f"« e0001 » (n° {first.pk}) et « E0001 » (n° {second.pk})", "Puis relancez « migrate »"):
        assert told in str(stop.value)
    assert "e0002" not in str(stop.value)
    assert Beneficiary.objects.filter(pk=other.pk).values_list("pupil_number", flat=True).get() == "e0002"


# --- Guardians --------------------------------------------------------------------------------


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


def test_every_link_is_listed(monkeypatch):
    """admin.md 43, code.md 3.1: among 300 lines that were shown, a wrong one could be line 301."""
    monkeypatch.setattr("backoffice.imports.plans.SHOWN", 2)
    make_fatima()
    lines = [
        LINA | {"Numéro d’élève": f"E{number:04}"} | guardian(**FATIMA, email="fatima@famille.example")
        for number in range(5)
    ]

    assert len(plan(*lines).report()["links"]) == 5
