import pytest

from operations.doctor import iban_keys
from partners.tests.factories import make_partner
from payments import iban_keys as keys
from payments.models import BankAccount
from payments.tests.factories import make_account, make_use
from payments.tests.files.made import make_payer
from payments.tests.paid import make_sent

from .faults import wrong

pytestmark = pytest.mark.django_db
LONG = "0123456789abcdefghijklmnopqrstuvwxyz"


def test_a_production_has_keys_of_its_own(settings):
    settings.IBAN_KEYS = []
    with wrong("IBAN_KEYS manque", "token_urlsafe"):
        iban_keys.check()
    settings.DEBUG = True
    assert "pour un essai" in iban_keys.check()
    settings.IBAN_KEYS = ["court"]
    with wrong("trop faible"):
        iban_keys.check()
    settings.IBAN_KEYS = [LONG]
    assert iban_keys.check() == "la leur"


def test_a_key_that_went_too_soon(settings):
    settings.IBAN_KEYS = [LONG]
    make_account(make_partner(), sealed_iban=keys.seal("FR76"))
    assert LONG not in iban_keys.check()
    settings.IBAN_KEYS = [LONG[::-1]]

    with wrong("ne s’ouvre avec aucune clé", "remettez l’ancienne"):
        iban_keys.check()


def test_a_key_that_the_payer_needs(settings):
    settings.IBAN_KEYS = [LONG]
    make_payer()
    settings.IBAN_KEYS = [LONG[::-1]]

    with wrong("l’IBAN du payeur", "remettez l’ancienne"):
        iban_keys.check()


def test_a_key_that_old_files_need(settings):
    settings.IBAN_KEYS = [LONG]
    make_use()
    make_sent()
    settings.IBAN_KEYS = [LONG[::-1], LONG]
    iban_keys.check()
    BankAccount.objects.update(sealed_iban="")
    settings.IBAN_KEYS = [LONG[::-1]]

    with wrong("le fichier PASS-", "remettez l’ancienne"):
        iban_keys.check()
