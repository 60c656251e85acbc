"""A proof, and a trial, work in a database of their own, wherever a setting would lead them."""

import os

import pytest

from demo import trial
from proof.servers.servers import environment, run

pytestmark = pytest.mark.any_database

THEIRS = "sqlite:////var/lib/passplus/theirs.sqlite3"
# What a command of that process would work in.
WHERE = """
from passplus import databases
databases.current = databases.Process("{process}")
from django.conf import settings
print(*(database["NAME"] for database in settings.DATABASES.values()))
"""


@pytest.fixture
def theirs(tmp_path, monkeypatch):
    """The settings of who runs it: the same in their file as in their shell."""
    names = ("DATABASE_URL", "DATABASE_DIRECT_URL", "DATABASE_OWNER_URL", "DATABASE_REPLICA_URL")
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={THEIRS}\n" for name in names) + "SECRET_KEY=theirs\n")
    return file


def of_a_proof(directory):
    return environment(f"sqlite:///{directory / trial.DATABASE}")


def of_a_trial(directory):
    return os.environ | trial._own(directory) | {"DEBUG": "true"}


@pytest.mark.parametrize("process", ["pages", "worker", "command", "owner"])
@pytest.mark.parametrize("way", ["file", "shell"])
@pytest.mark.parametrize("own", [of_a_proof, of_a_trial])
def test_no_setting_leads_elsewhere(theirs, tmp_path, monkeypatch, process, way, own):
    monkeypatch.setenv("ENV_FILE", str(theirs))
    if way == "shell":
        for line in theirs.read_text().splitlines():
            monkeypatch.setenv(*line.split("=", 1))

    found = run("-c", WHERE.format(process=process), env=own(tmp_path))

    assert found.split() == [str(tmp_path / trial.DATABASE)]


def test_control_their_file_leads_to_theirs(theirs):
    """A command goes to its owner’s database, where the file says one."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    asked = known | {"ENV_FILE": str(theirs), "DJANGO_SETTINGS_MODULE": "passplus.settings"}

    found = run("-c", WHERE.format(process="owner"), env=asked)

    assert found.split() == ["/var/lib/passplus/theirs.sqlite3"]
