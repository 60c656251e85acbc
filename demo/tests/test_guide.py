"""The guide and its pictures belong together: none is missing, none is left over, none is heavy."""

import re

import pytest
from django.urls import reverse
from PIL import Image

from demo.management.commands.screenshots import (
    OF_THE_ADMINISTRATION,
    OF_THE_COUNTER,
    OF_THE_GUIDE,
    PHONE,
    shown_by_its_guide,
)

HEAVIEST = 35_000
HEAVIEST_ON_PAPER = 80_000


@pytest.mark.parametrize("directory", [OF_THE_ADMINISTRATION, OF_THE_COUNTER], ids=lambda path: path.name)
def test_a_guide_shows_all_its_pictures_and_no_other(directory):
    kept = list(directory.iterdir())

    assert shown_by_its_guide(directory) == {path.stem for path in kept}
    assert [path.name for path in kept if path.stat().st_size > HEAVIEST_ON_PAPER] == []


@pytest.mark.django_db
def test_each_picture_is_shown_and_each_that_is_shown_exists(client):
    shown = set(re.findall(r"guide/([a-z-]+)[.\w]*[.]webp", client.get(reverse("content:guide")).text))

    assert shown == {path.stem for path in OF_THE_GUIDE.glob("*.webp")}


def test_each_is_there_in_dark_colours_too():
    """family.md 48: they were light alone, whatever the page around them was."""
    stems = {path.stem for path in OF_THE_GUIDE.glob("*.webp")}

    assert {stem.removesuffix("-sombre") for stem in stems if stem.endswith("-sombre")} == {
        stem for stem in stems if not stem.endswith("-sombre")
    }


@pytest.mark.django_db
def test_the_step_that_people_look_for_has_its_picture(client):
    """family.md 48: the menu « Loisirs » had none."""
    assert "guide/menu-loisirs.webp" in client.get(reverse("content:guide")).text


@pytest.mark.parametrize("path", sorted(OF_THE_GUIDE.iterdir()), ids=lambda path: path.stem)
def test_each_has_the_size_that_the_page_announces_and_is_light(path):
    with Image.open(path) as picture:
        assert picture.size == (2 * PHONE["width"], 2 * PHONE["height"])
    assert path.stat().st_size < HEAVIEST
