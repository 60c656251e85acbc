"""What a roster writes of guardians has one writing: cases 5, 8, 28 and 36."""

import pytest

from accounts.models import Beneficiary, User
from backoffice.imports.roster.guardians import FIELDS
from backoffice.tests.roster.rosters import ANNE, LINA, bring, guardian, outcome, plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [("699000001", "06 99 00 00 01"), ("0692 12 34 56", "0692 12 34 56"), ("33699000001", "06 99 00 00 01")],
)
def test_a_telephone_is_kept_in_its_one_writing(written, kept):
    """cases 8 and 28: also without the 0 that a spreadsheet ate, and from overseas."""
    bring(LINA | guardian(last_name="MARTIN", first_name="Anne", phone=written))

    assert User.objects.get().phone == kept


@pytest.mark.parametrize("written", ["non communiqué", "0" * 21, "1,99E+08"])
def test_what_is_no_telephone_is_left_out_and_noted(written):
    """cases 28: the child is enrolled all the same."""
    done = bring(LINA | ANNE | guardian(phone=written))

    assert User.objects.get().phone == ""
    [(row, told)] = [note for note in done.notes if "téléphone" in note[1]]
    assert row == 2
    assert written in told


@pytest.mark.parametrize(
    ("column", "written", "kept"),
    [
        ("téléphone", "06 99 00 00 01 / 01 99 00 10 10", "06 99 00 00 01"),
        ("téléphone", "0699000001 (mère)", "06 99 00 00 01"),
        ("téléphone", "699000001", "06 99 00 00 01"),
        ("e-mail", "Anne Martin <anne@famille.example>", "anne@famille.example"),
        ("e-mail", "anne@famille.example, paul@famille.example", "anne@famille.example"),
        ("e-mail", "néant", ""),
        ("e-mail", "-", ""),
        ("e-mail", "anne@", ""),
        ("code postal", "92 330", "92330"),
        ("code postal", "1000", "01000"),
        ("code postal", "SW1A 1AA", "SW1A 1AA"),
        ("code postal", "L-1234", "L-1234"),
        ("code postal", "1000-001", "1000-001"),
        ("code postal", "7,1E+04", ""),
    ],
)
def test_what_is_optional_keeps_no_child_out(column, written, kept):
    """cases 26, 28, admin.md § 2, 36: the child was refused for its guardian's cell; what is left is said."""
    anne = ANNE | ({"Responsable 1 e-mail": ""} if column == "e-mail" else {})
    done = bring(LINA | anne | {f"Responsable 1 {column}": written})

    assert outcome(done) == [1, 0, 0, 0]
    assert getattr(User.objects.get(), FIELDS[column]) == kept
    is_whole = bool(kept) and not ("/" in written or "(" in written or "," in written)
    assert any(written in note for _, note in done.notes) == (not is_whole)


@pytest.mark.parametrize(
    ("first_name", "last_name"), [("Suharto", ""), ("", "Suharto"), ("-", "Suharto"), ("Suharto", "Néant")]
)
def test_who_has_one_name_alone_has_it_as_the_first(first_name, last_name):
    """cases 33: refused, or « - » was a name."""
    bring(LINA | ANNE | {"Prénom": first_name, "Nom": last_name})

    assert Beneficiary.objects.get().full_name == "Suharto"


@pytest.mark.parametrize(
    "commune",
    [
        *("ST CLOUD", "St-Cloud", "SAINT CLOUD CEDEX 2", "PLESSIS ROBINSON (LE)", "Le Plessis Robinson"),
        *("ASNIERES S/ SEINE", "ISSY LES MOULINEAUX", "antony"),
    ],
)
def test_a_commune_as_lists_write_it(commune):
    """cases 22, admin.md § 2, 35: « n’est pas dans la liste des communes »."""
    assert outcome(plan(LINA | ANNE | {"Commune": commune})) == [1, 0, 0, 0]


def test_a_guardian_is_read_as_everything_that_is_typed():
    """cases 5 and 36."""
    first = " He\u0301le\u0300ne\N{NO-BREAK SPACE} Zoe\u0301 "
    apart = {"last_name": "LEFE\u0300VRE", "first_name": first}
    bring(LINA | guardian(**apart, email="helene\N{ZERO WIDTH SPACE}@famille.example"))

    made = User.objects.get()
    assert (made.first_name, made.last_name) == ("Hélène Zoé", "LEFÈVRE")
    assert made.email == "helene@famille.example"
