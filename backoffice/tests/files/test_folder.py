"""Each file of the folder has the verdict that a good product gives."""

import pytest

from accounts.tests.factories import make_beneficiary
from backoffice.imports.roster.importer import Roster
from backoffice.tests.roster.rosters import COMMUNES
from core.spreadsheet_files.rows import NotReadable

from .folder import File, folder

pytestmark = pytest.mark.django_db
FILES = [*folder()]


@pytest.fixture(autouse=True)
def college():
    """That of every line."""
    make_beneficiary(pupil_number="AUTRE000", is_enrolled=False)


def verdict(file: File) -> tuple[int, int, str]:
    """How many are created and refused, and all that is said."""
    try:
        plan = Roster(COMMUNES, complete=False).plan(lambda: file.content, lambda done, rows: None)
    except NotReadable as refusal:
        return 0, 0, refusal.sentence
    said = [*plan.of_the_file, *(why for _, why in plan.refused), *(note for _, note in plan.notes)]
    return len(plan.created), len(plan.refused), " ".join(said)


def test_there_are_enough_of_them():
    assert len(FILES) >= 120
    assert len({file.name for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_the_verdict(file):
    """admin.md § 2, cases B: of 57 kinds 17 were read wrong without a word, 17 refused for a false reason."""
    created, refused, said = verdict(file)

    assert (created, refused) == (file.created, file.refused), said
    assert file.says in said.replace("\N{NO-BREAK SPACE}", " ")
    # Whatever is not done, it is said why.
    assert said or created
