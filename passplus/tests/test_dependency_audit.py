"""`make lint` fails for a flaw in what we depend on, and is not mistaken for clean when nobody was asked."""

import json
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

CLEAN = {"name": "django", "version": "5.2.19", "vulns": []}
FLAW = {"id": "CVE-2026-0001", "fix_versions": ["5.2.20"], "aliases": [], "description": "…"}
FLAWED = CLEAN | {"vulns": [FLAW]}
UNKNOWN = {"name": "segno", "skip_reason": "Dependency not found"}

TRACEBACK = """Traceback (most recent call last):
  File "adapters.py", line 723, in send
{}
The above exception was the direct cause of the following exception:
"""
BLOCKED = "ERROR:pip_audit._cli:Tip: your network may be blocking this service. Try another service"


def found(*packages):
    return json.dumps({"dependencies": packages, "fixes": []})


@pytest.fixture
def audit(tmp_path):
    """`audit(out, err, status)`: what is made of a pip-audit that ends so."""

    def run(out="", err="", status=0):
        fake = tmp_path / "pip-audit"
        for name, text in (("out", out), ("err", err)):
            (tmp_path / name).write_text(text)
        fake.write_text(f"#!/bin/sh\ncat {tmp_path}/out\ncat {tmp_path}/err >&2\nexit {status}\n")
        fake.chmod(0o700)
        return subprocess.run(  # noqa: S603 – our own command
            [sys.executable, "deploy/audit.py", str(fake)],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_clean(audit):
    done = audit(found(CLEAN, CLEAN), "No known vulnerabilities found\n")

    assert (done.returncode, done.stdout) == (0, "Dépendances auditées : 2, aucune faille connue.\n")


@pytest.mark.parametrize("others", [[], [CLEAN], [UNKNOWN]])
def test_a_flaw_fails(audit, others):
    done = audit(found(FLAWED, *others), "Found 1 known vulnerability in 1 package\n", 1)

    assert done.returncode == 1
    assert "django 5.2.19 : CVE-2026-0001, corrigée par 5.2.20" in done.stderr


@pytest.mark.parametrize(
    ("out", "err", "status"),
    [
        ("", TRACEBACK.format("requests.exceptions.ConnectionError: HTTPSConnectionPool"), 1),
        ("", TRACEBACK.format("requests.exceptions.ProxyError: HTTPSConnectionPool"), 1),
        ("", TRACEBACK.format("requests.exceptions.ReadTimeout: HTTPSConnectionPool"), 1),
        ("", TRACEBACK.format("requests.exceptions.HTTPError: 503 Server Error"), 1),
        ("", BLOCKED, 1),
        # Somebody answers who knows packages and no flaws.
        (found(UNKNOWN, UNKNOWN), "No known vulnerabilities found", 0),
    ],
)
def test_a_source_out_of_reach_is_said_in_one_line(audit, out, err, status):
    done = audit(out, err, status)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Dépendances NON auditées : ")
    assert done.stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("out", "err", "status"),
    [
        ("", "ERROR:pip_audit._cli:invalid requirements input: requirements.txt", 1),
        ("", TRACEBACK.format("requests.exceptions.HTTPError: 400 Client Error"), 1),
        ("", "usage: pip-audit [-h]", 2),
        ("", "", 0),
        ("{}", "", 0),
        (found(), "No known vulnerabilities found", 0),
        (found(CLEAN), "", 1),
        (found(CLEAN, UNKNOWN), "No known vulnerabilities found, skipped 1 package", 0),
    ],
)
def test_anything_else_fails(audit, out, err, status):
    done = audit(out, err, status)

    assert done.returncode == 1
    assert err in done.stderr
    assert "Dépendances NON auditées : " in done.stderr


def test_without_pip_audit_it_fails():
    done = subprocess.run(
        [sys.executable, "deploy/audit.py", "/nulle-part/pip-audit"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1


def test_a_proxy_that_looks_into_tls(audit):
    """newcomer.md 13: forty lines of traceback, where one variable was missing."""
    fault = (
        "requests.exceptions.SSLError: HTTPSConnectionPool(host='pypi.org', port=443): Max retries exceeded"
    )
    done = audit(err=TRACEBACK.format(fault), status=1)

    assert done.returncode == 1
    assert "REQUESTS_CA_BUNDLE=" in done.stderr
    assert "Traceback" not in done.stderr
