import re

import pytest

from operations.doctor import env_names
from passplus import databases

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


def test_a_setting_of_a_former_version(env):
    """It has no effect any more; what there is instead is said."""
    env.write_text("DEBUG=false\nKEEP_EMAILS=30\nBRAND_NAME=Carte Ados\n")

    with wrong(
        "KEEP_EMAILS n’est plus un réglage\N{NO-BREAK SPACE}; BRAND_NAME est dans brand.toml", "CHANGELOG"
    ):
        env_names.check()


def test_a_setting_of_a_former_version_in_a_container(env, monkeypatch):
    """compose.yaml reads .env, which is not in the image."""
    monkeypatch.setenv("HTTPS", "on")
    assert "système" in env_names.check()

    monkeypatch.setenv("ALLOWED_HOSTS", "pass.example")
    with wrong("ALLOWED_HOSTS vient de SITE_URL", "CHANGELOG"):
        env_names.check()


def test_without_a_file(env):
    assert "système" in env_names.check()


def test_the_example_has_every_setting_and_no_other():
    """Else the doctor would call it unknown, or known what nothing reads."""
    read = {name for names in databases.ADDRESSES.values() for name in names}
    for path in env_names.EXAMPLE.parent.glob("passplus/*.py"):
        read |= set(
            re.findall(r'(?:env(?:\.\w+)?|required_in_production|kept_for)\(\s*"([A-Z_]+)"', path.read_text())
        )
    example = env_names.EXAMPLE.read_text()
    shown = {*env_names.NAME.findall(example), *env_names.COMMENTED.findall(example)}

    assert read == shown
    assert len(shown) <= 24
    assert not shown & {*env_names.RETIRED}
