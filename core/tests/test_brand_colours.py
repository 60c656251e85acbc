"""The colours of a brand, and what is readable on them."""

import tomllib

import pytest
from django.core.exceptions import ImproperlyConfigured

from core.brand import contrast, readable_on
from passplus import branding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#123456", "#123456", 1),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_as_wcag_counts_it(one, other, ratio):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(
    ("color", "text"), [("#c3263f", "#ffffff"), ("#ff8a95", "#000000"), ("#ffe000", "#000000")]
)
def test_what_is_written_on_a_colour(color, text):
    assert readable_on(color) == text


def test_text_is_readable_on_every_colour():
    levels = [f"{level:02x}" for level in range(0, 256, 15)]
    for color in (f"#{red}{green}{blue}" for red in levels for green in levels for blue in levels):
        assert contrast(readable_on(color), color) >= 4.5, color


@pytest.fixture
def written(tmp_path):
    """`written("name = …")`: the path of a brand.toml that says so."""
    path = tmp_path / "brand.toml"

    def write(text):
        path.write_text(text)
        return path

    return write


@pytest.mark.parametrize(
    ("wanted", "colors"), [(["#c3263f", "#ff8a95"], []), (["#004B8D", "#ffe000"], ["#004B8D", "#ffe000"])]
)
def test_two_colours(written, wanted, colors):
    brand = branding.read(written(f"colors = {wanted}"))

    assert (brand["colors"], brand["accent"]) == (colors, wanted[0])


@pytest.mark.parametrize("wanted", [["#004b8d"], ["blue", "red"], ["#004b8d", "#fff;}"], ["#004b8d"] * 3])
def test_anything_else_stops_the_start(written, wanted):
    with pytest.raises(ImproperlyConfigured, match="colors, deux couleurs"):
        branding.read(written(f"colors = {wanted}"))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nom = 'Pass'", "nom n’existe pas"),
        ("help_phone = 1", "help_phone s’écrit comme"),
        ("name = ", "ne se lit pas"),
    ],
)
def test_a_mistake_is_one_sentence(written, text, fault):
    with pytest.raises(ImproperlyConfigured, match=f"brand.toml.*{fault}"):
        branding.read(written(text))


def test_the_example_is_what_there_is_without_it(tmp_path, settings):
    example = branding.read(settings.BASE_DIR / "brand.example.toml")

    assert branding.read(tmp_path / "brand.toml") == example
    assert set(branding.OURS) == set(tomllib.loads((settings.BASE_DIR / "brand.example.toml").read_text()))
