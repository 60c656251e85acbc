import pytest

from operations.doctor import configuration, examination

from .faults import wrong

STRONG = "kJ8-s9Qe_2LmPz7Xv4Rt6Yw1Ub3Nc5Hd0Ga-Fi_oTqWxEyZrSu"


def test_debug(settings):
    settings.DEBUG, settings.HTTPS = False, True
    assert configuration.debug()

    settings.HTTPS = False
    with wrong("sans TLS", "https://"):
        configuration.debug()
    settings.DEBUG = True
    with wrong("DEBUG est activé", "DEBUG=false"):
        configuration.debug()


@pytest.mark.parametrize("key", ["court", "a" * 60, "ab" * 30, f"django-insecure-{STRONG}"])
def test_a_weak_secret(settings, key):
    settings.SECRET_KEY = key
    with wrong("trop faible", "secrets.token_urlsafe"):
        configuration.secret_key()


def test_a_strong_secret_is_not_shown(settings):
    settings.SECRET_KEY = STRONG

    assert configuration.secret_key() == f"SECRET_KEY de {len(STRONG)} caractères"


@pytest.mark.parametrize(
    "site", ["https://pass.example/passplus", "pass.example", "https://", "ftp://pass.example"]
)
def test_what_is_no_address_of_a_site(settings, site):
    settings.SITE_URL = site
    with wrong("n’est pas l’adresse d’un site", "sans chemin"):
        configuration.site_url()


def test_which_version_this_is(settings):
    """newcomer.md 29 f"""
    settings.VERSION = "2026.11.0"

    assert configuration.version() == examination.CHECKS["Version"]() == "2026.11.0"


def test_an_address(settings):
    settings.SITE_URL = "https://www.pass.example"

    assert configuration.site_url() == "SITE_URL=https://www.pass.example"
