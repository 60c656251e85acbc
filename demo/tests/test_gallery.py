"""The gallery shows each component in each state, and forgets none."""

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from demo.gallery.specimen import Specimen
from demo.gallery.specimens import specimens
from demo.gallery.view import gallery
from passplus import urls

pytestmark = pytest.mark.any_database

SPECIMENS = list(specimens())


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda it: f"{it.component} {it.state}")
def test_each_specimen_is_drawn(specimen: Specimen):
    nothing_to_say = {"sans erreur", "une seule page", "plus rien"}

    assert bool(specimen.html.strip()) != (specimen.state in nothing_to_say)


def test_no_component_is_missing():
    files = {path.stem for path in (settings.BASE_DIR / "templates/components").iterdir()}

    assert files == {specimen.component for specimen in SPECIMENS}


def test_the_page_shows_them_all(rf):
    request = rf.get("/galerie/")
    request.user = AnonymousUser()
    page = gallery(request).text

    # Drawn again: they tell of today, and these may be of before midnight.
    assert all(specimen.html in page for specimen in specimens())


def test_it_is_not_there_in_production():
    """The addresses as they were read before `_in_development` had its say."""
    assert "galerie/" not in {str(pattern.pattern) for pattern in urls.urlpatterns}
