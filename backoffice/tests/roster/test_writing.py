"""What a roster writes of guardians has one writing: cases 5, 8, 28 and 36."""

import pytest

from accounts.models import User
from backoffice.tests.roster.rosters import LINA, bring, guardian

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "kept"),
    [("699000001", "06 99 00 00 01"), ("0692 12 34 56", "0692 12 34 56"), ("33699000001", "06 99 00 00 01")],
)
def test_a_telephone_is_kept_in_its_one_writing(written, kept):
    """cases 8 and 28: also without the 0 that a spreadsheet ate, and from overseas."""
    bring(LINA | guardian(last_name="MARTIN", first_name="Anne", phone=written))

    assert User.objects.get().phone == kept


@pytest.mark.parametrize("written", ["non communiqué", "0" * 21, "01 99 00 10 10 / 06 99 00 00 01"])
def test_what_is_no_telephone_is_left_out_and_noted(written):
    """cases 28: the child is enrolled all the same."""
    done = bring(LINA | guardian(last_name="MARTIN", first_name="Anne", phone=written))

    assert User.objects.get().phone == ""
    [(row, told)] = [note for note in done.notes if "téléphone" in note[1]]
    assert row == 2
    assert written in told


def test_a_guardian_is_read_as_everything_that_is_typed():
    """cases 5 and 36."""
    first = " He\u0301le\u0300ne\N{NO-BREAK SPACE} Zoe\u0301 "
    apart = {"last_name": "LEFE\u0300VRE", "first_name": first}
    bring(LINA | guardian(**apart, email="helene\N{ZERO WIDTH SPACE}@famille.example"))

    made = User.objects.get()
    assert (made.first_name, made.last_name) == ("Hélène Zoé", "LEFÈVRE")
    assert made.email == "helene@famille.example"
