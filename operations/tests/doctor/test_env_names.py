import re

import pytest

from operations.doctor import env_names

from .faults import wrong


@pytest.fixture
def env(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    monkeypatch.setattr(env_names, "FILE", file)
    return file


def test_a_name_that_nothing_reads(env):
    """newcomer.md 29: BACKUP_KEY typed for BACKUP_KEYS, and no backup was encrypted for anybody."""
    env.write_text("DEBUG=false\nBACKUP_KEY=age1…\nexport KEEP_FAMILIES=730\n# OTHER=1\n")

    with wrong("BACKUP_KEY", ".env.example"):
        env_names.check()


@pytest.mark.parametrize("text", ["DEBUG=false\nSECRET_KEY=a\n", ""])
def test_names_that_are_known(env, text):
    env.write_text(text)

    assert "tous connus" in env_names.check()


def test_without_a_file(env):
    assert "système" in env_names.check()


def test_every_setting_is_in_the_example():
    """Else the doctor would call it unknown."""
    read = set()
    for path in env_names.EXAMPLE.parent.glob("passplus/*.py"):
        read |= set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', path.read_text()))
    example = env_names.EXAMPLE.read_text()

    assert len(read) > 20
    assert [name for name in sorted(read) if f"{name}=" not in example] == []
