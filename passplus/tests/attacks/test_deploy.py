"""What `.env.example` gives whoever copies it and fills it: a site that Django has nothing to say about."""

import os
import re
import secrets
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

EXAMPLE = settings.BASE_DIR / ".env.example"
# As the documentation makes one: Django's own may begin with a $, which stands for another variable.
SECRET_KEY = secrets.token_urlsafe(50)


def check(**differing):
    """`manage.py check --deploy`, as the example has it and nothing else."""
    lines = re.findall(r"^([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE)
    # What is said here goes before a .env of this machine.
    database = {"DATABASE_URL": "postgres:///passplus"}
    environment = {"PATH": os.environ["PATH"]} | database | dict(lines) | differing
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_filled_it_is_clean():
    done = check(SECRET_KEY=SECRET_KEY)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("differing", "said"),
    [
        pytest.param({}, "SECRET_KEY manque", id="as it is"),
        pytest.param({"SECRET_KEY": "short"}, "security.W009", id="a secret that is none"),
        pytest.param(
            {"SECRET_KEY": "x" * 60, "SITE_URL": "http://x.example"}, "security.W008", id="without TLS"
        ),
        pytest.param({"SECRET_KEY": "x" * 60, "DEBUG": "true"}, "security.W018", id="while developing"),
        pytest.param(
            {"DATABASE_URL": "sqlite:///var/x.sqlite3"}, "DATABASE_URL", id="on the trial's database"
        ),
    ],
)
def test_the_control_what_is_wrong_is_said(differing, said):
    done = check(**({"SECRET_KEY": SECRET_KEY} if "DATABASE_URL" in differing else {}) | differing)

    assert done.returncode != 0
    assert said in done.stderr
