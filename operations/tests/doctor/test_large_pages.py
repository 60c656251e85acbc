import pytest

from operations.doctor import large_pages

from .faults import wrong

GUNICORN = b"python\0-m\0gunicorn\0--config\0deploy/gunicorn.conf.py\0"
ASKING = (GUNICORN, b"A=1\0GLIBC_TUNABLES=glibc.malloc.hugetlb=1\0")
OTHERS = (b"postgres\0", b"A=1\0")

pytestmark = pytest.mark.any_database


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """`machine("always [madvise] never", (b"gunicorn…", b"NAME=value"))`: its kernel, and its processes."""
    monkeypatch.setattr(large_pages, "ENABLED", tmp_path / "enabled")
    monkeypatch.setattr(large_pages, "PROCESSES", tmp_path)

    def arrange(enabled, *processes):
        (tmp_path / "enabled").write_text(enabled)
        for number, (command, environment) in enumerate(processes, 1):
            (tmp_path / f"{number}").mkdir()
            (tmp_path / f"{number}" / "cmdline").write_bytes(command)
            if environment is not None:
                (tmp_path / f"{number}" / "environ").write_bytes(environment)

    return arrange


def test_asked_for(machine):
    machine("always [madvise] never\n", ASKING, ASKING, OTHERS)

    assert large_pages.check() == "gunicorn en demande"


def test_given_to_all(machine):
    machine("[always] madvise never\n", (GUNICORN, b""))

    assert large_pages.check() == "le noyau en donne à tous"


def test_not_asked_for(machine):
    machine("always [madvise] never\n", ASKING, (GUNICORN, b"A=1\0"))

    with wrong("gunicorn n’en demande pas", "GLIBC_TUNABLES"):
        large_pages.check()


@pytest.mark.parametrize("enabled", ["always madvise [never]\n", None], ids=["never", "no such kernel"])
def test_given_to_nobody(machine, tmp_path, monkeypatch, enabled):
    """Nothing that the night should wake somebody for."""
    if enabled:
        machine(enabled, ASKING)
    else:
        monkeypatch.setattr(large_pages, "ENABLED", tmp_path / "missing")

    assert large_pages.check().startswith("le noyau n’en donne à personne")


def test_pages_served_elsewhere(machine):
    """In another container, or by an account whose processes are not ours to look into."""
    machine("always [madvise] never\n", OTHERS, (GUNICORN, None))

    assert large_pages.check() == "le noyau en donne à qui en demande"
