"""What people look for in a repository: the licence, how to help, how to warn, what checks it."""

import json
import re
import tomllib

import pytest
import yaml
from django.conf import settings

from .test_on_other_machines import DEPLOY, run, said_by_make

pytestmark = pytest.mark.any_database

ROOT = settings.BASE_DIR


def text_of(name):
    return (ROOT / name).read_text()


def test_the_licence_is_there_whole():
    """newcomer.md 30: without one nobody may legally use it."""
    licence = text_of("LICENSE")

    assert "EUROPEAN UNION PUBLIC LICENCE" in licence.upper()
    assert len(licence) > 10_000
    assert "EUPL-1.2" in text_of("README.md")


def test_a_catalogue_of_public_software_can_read_it():
    """newcomer.md 32"""
    described = yaml.safe_load(text_of("publiccode.yml"))

    assert described["legal"]["license"] == "EUPL-1.2"
    assert {"name", "description", "maintenance", "localisation"} <= set(described)


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        # newcomer.md 31, 33, 34, 38
        ("CHANGELOG.md", "## ["),
        ("CONTRIBUTING.md", "make test-sqlite"),
        ("SECURITY.md", "security.txt"),
        ("README.md", "**In English.**"),
    ],
)
def test_the_papers_that_people_look_for(paper, says):
    assert says in text_of(paper)


def test_both_forges_call_the_same_two_commands_on_both_debians():
    """newcomer.md 35"""
    github = yaml.safe_load(text_of(".github/workflows/ci.yml"))["jobs"]["check"]
    gitlab = yaml.safe_load(text_of(".gitlab-ci.yml"))

    assert github["strategy"]["matrix"] == {"debian": ["trixie", "bookworm"], "target": ["lint", "test"]}
    assert github["steps"][-1] == {"run": "make ${{ matrix.target }}"}
    assert gitlab[".check"]["parallel"]["matrix"] == [{"TARGET": ["lint", "test"]}]
    assert {gitlab[job]["image"] for job in ("debian-13", "debian-12")} == {
        "debian:trixie",
        "debian:bookworm",
    }


def test_dependencies_are_asked_after_each_week():
    """newcomer.md 36"""
    assert json.loads(text_of("renovate.json"))["schedule"]


def test_only_what_serves_is_installed_there():
    """newcomer.md 43: a library for the progress of the demonstration went to each server."""
    imported = set(re.findall(r"(?m)^([a-z0-9-]+)", text_of("requirements.in")))
    tools = set(re.findall(r"(?m)^([a-z0-9-]+)", text_of("requirements-dev.in")))

    assert "tqdm" not in imported | tools
    assert imported & tools == set()
    assert tomllib.loads(text_of("pyproject.toml"))


def test_a_site_for_the_whole_network_names_addresses_of_its_own():
    """newcomer.md 19: it called itself http://0.0.0.0, and answered 400 to whoever came by another name."""
    assert said_by_make("$(SEEN_AT)", HOST="127.0.0.1") == "127.0.0.1"
    assert "0.0.0.0" not in said_by_make("[$(SEEN_AT)]", HOST="0.0.0.0")  # noqa: S104 – what must not be said


def test_a_release_without_a_version_says_what_it_needs():
    """newcomer.md 29 e: « 1: parameter not set »; and two at once knew nothing of each other."""
    ended, text = run(str(DEPLOY / "release"))

    assert (ended, text) == (
        2,
        "deploy/release VERSION : une étiquette, une branche ou un commit.\n",
    )
    assert "flock --nonblock 9" in text_of("deploy/release")


def test_a_migration_that_fails_says_what_serves():
    """newcomer.md 29 a"""
    assert "La migration de $name a échoué" in text_of("deploy/release")
