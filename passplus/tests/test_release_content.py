"""What a release holds: all that runs, and nothing that only whoever works on it needs."""

import ast
import io
import subprocess
import tarfile

import pytest
from django.conf import settings

from .rooms import ROOMS, sources

pytestmark = pytest.mark.any_database

NOT_THERE = {".ci", ".github", ".gitlab-ci.yml", "conftest.py", "proof", "pytest.ini", "requirements-dev.txt"}
THERE = {
    *("manage.py", "Makefile", "LICENSE", "CHANGELOG.md", "requirements.txt", "pyproject.toml"),
    *(".env.example", "brand.example.toml", "templates", "static", "deploy", "docs"),
    *ROOMS,
}


@pytest.fixture(scope="module")
def released():
    """As deploy/release takes it out of the clone."""
    command = ["git", "-c", "safe.directory=*", "archive", "--worktree-attributes", "HEAD"]
    archive = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, check=True).stdout  # noqa: S603 – our own
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        return [name.split("/") for name in files.getnames()]


def test_it_holds_what_runs(released):
    assert THERE - {path[0] for path in released} == set()


def test_it_holds_no_tests_and_no_tools(released):
    """newcomer.md 39: the tests, the proofs and the forge's own files went to each server."""
    assert {path[0] for path in released} & NOT_THERE == set()
    assert [path for path in released if "tests" in path] == []
    assert [path for path in released if path[:2] == ["docs", "screenshots"]] == []


def test_nothing_that_runs_needs_them():
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            imported = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            assert not any({"tests", "proof"} & {*name.split(".")} for name in imported), path
