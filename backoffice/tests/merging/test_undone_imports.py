"""An import that is taken back leaves what was merged since as it is."""

import pytest

from accounts.tests.factories import make_beneficiary
from backoffice.models import Sort
from backoffice.tests.imports.importing import bring, confirm, make_manager, undo, work
from backoffice.tests.imports.whole_lists import only
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, roster
from partners.tests.factories import make_commune
from tickets.child_merge import merge_children

pytestmark = pytest.mark.django_db


def test_who_was_struck_off_and_merged_is_not_enrolled_again(client, enter, settings):
    settings.SECOND_AGENT = False
    enter(make_manager())
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")
    lina = make_beneficiary()
    double = make_beneficiary(pupil_number="E0002", first_name="Lina", last_name="MARTIN", birth_year=BIRTH)
    line = LINA | ANNE | {"Numéro d’élève": "E0002", "Inscrit": "non"}
    page = bring(client, roster(line), sort=Sort.ROSTER).request["PATH_INFO"]
    work()
    confirm(client, page, number=1)
    work()
    double.refresh_from_db()
    assert not double.is_enrolled
    merge_children(double_id=double.pk, kept_id=lina.pk)

    undo(client, only())

    double.refresh_from_db()
    assert (double.merged_into, double.is_enrolled) == (lina, False)
