"""Which version this is, for whoever has to know it."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.tests.factories import make_user
from passplus import version

LATEST = "# Changelog\n\n## [2026.11.0] – 2026-11-25\n\n## [2026.10.2] – 2026-10-01\n"


@pytest.fixture
def place(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text(LATEST)
    return tmp_path


@pytest.mark.any_database
def test_the_last_one_of_the_changelog(place):
    assert version.read(place) == "2026.11.0"


@pytest.mark.any_database
def test_what_comes_after_it(place):
    (place / "CHANGELOG.md").write_text(
        LATEST.replace("\n\n## [2026.11", "\n\n## [Non publié]\n\n## [2026.11")
    )

    assert version.read(place) == "2026.11.0+dev"


@pytest.mark.any_database
def test_what_was_put_in_place(place):
    """deploy/release and the image note it."""
    (place / "VERSION").write_text("v2026.12.0-3-g33e694d\n")

    assert version.read(place) == "v2026.12.0-3-g33e694d"


@pytest.mark.any_database
def test_ours_is_one():
    assert settings.VERSION[0] in "v0123456789abcdef"


def test_the_foot_of_the_administration_tells_agents(enter, client, db, settings):
    """newcomer.md 29 f"""
    settings.VERSION = "2026.11.0"
    page = reverse("admin:index")

    assert "2026.11.0" not in client.get(reverse("admin:login"), follow=True).text
    enter(make_user(is_staff=True, is_superuser=True))
    assert "Version 2026.11.0" in client.get(page).text
