"""services.toml: half a service, or one that is not ours, stops the start."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from passplus import services

pytestmark = pytest.mark.any_database
WHOLE = '[franceconnect]\nissuer = "https://fc.example/api/v2"\nclient_id = "a"\nclient_secret = "b"\n'


def read(tmp_path, text, *, is_trial=False):
    path = tmp_path / "services.toml"
    path.write_text(text)
    return services.read(path, is_trial=is_trial)


def test_without_the_file_nobody_is_asked(tmp_path):
    assert services.read(tmp_path / "services.toml", is_trial=False) == {}


def test_a_whole_one(tmp_path):
    known = read(tmp_path, WHOLE)

    assert known["franceconnect"]["issuer"] == "https://fc.example/api/v2"
    assert services.openid_origins(known) == ["https://fc.example"]


def test_the_example_is_read(tmp_path):
    example = (settings.BASE_DIR / "services.example.toml").read_text()

    assert {*read(tmp_path, example)} == {*services.KNOWN}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (WHOLE.replace("franceconnect", "facebook"), "n’existe pas"),
        (WHOLE.replace('client_secret = "b"\n', ""), "client_id, client_secret, issuer"),
        (WHOLE + 'scope = "all"\n', "client_id, client_secret, issuer"),
        (WHOLE.replace('"a"', '""'), "entre guillemets"),
        (WHOLE.replace('"a"', "12"), "entre guillemets"),
        (WHOLE.replace("https", "http"), "commence par https://"),
        ("franceconnect = 12\n", "client_id"),
        ("[franceconnect\n", "ne se lit pas"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, why):
    with pytest.raises(ImproperlyConfigured, match=why):
        read(tmp_path, text)


def test_a_trial_may_ask_its_own_machine(tmp_path):
    assert read(tmp_path, WHOLE.replace("https", "http"), is_trial=True)
