"""IBANs are unreadable in the database, found again, and outlive their keys."""

import pytest
from django.core.management import CommandError, call_command

from partners.tests.factories import make_partner
from payments import iban_keys
from payments.models import BankAccount, Payer
from payments.tests.factories import make_account
from payments.tests.files.made import make_payer

IBAN = "FR7630006000011234567890189"


def make_sealed():
    return make_account(make_partner(), sealed_iban=iban_keys.seal(IBAN), digest=iban_keys.digest(IBAN))


@pytest.mark.parametrize("keys", [[], ["one"], ["two", "one"]])
def test_it_comes_back(settings, keys):
    settings.IBAN_KEYS = keys
    sealed = iban_keys.seal(IBAN)

    assert IBAN not in sealed
    assert sealed != iban_keys.seal(IBAN)
    assert iban_keys.unseal(sealed) == IBAN


@pytest.mark.parametrize("sealed", ["", "A", "é", "gAAAAA" + "A" * 90])
def test_what_was_never_sealed(sealed):
    with pytest.raises(iban_keys.NotSealed):
        iban_keys.unseal(sealed)


def test_a_key_of_its_own_reads_what_the_secret_sealed(settings):
    sealed, former = iban_keys.seal(IBAN), settings.SECRET_KEY
    settings.IBAN_KEYS, settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = ["own"], "new", [former]

    assert iban_keys.unseal(sealed) == IBAN

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(iban_keys.NotSealed):
        iban_keys.unseal(sealed)


def test_the_digest_is_that_of_the_iban_and_of_the_key(settings):
    ours = iban_keys.digest(IBAN)

    assert ours == iban_keys.digest(IBAN)
    assert len(ours) == 64
    assert ours != iban_keys.digest("FR7630006000011234567890188")
    settings.IBAN_KEYS = ["own"]
    assert ours != iban_keys.digest(IBAN)
    assert ours in iban_keys.digests(IBAN)


@pytest.mark.django_db
def test_after_a_rotation_the_former_key_may_go(settings, capsys):
    settings.IBAN_KEYS = ["former"]
    account = make_sealed()
    erased = make_account(make_partner(), sealed_iban="")
    make_payer(iban=IBAN)
    settings.IBAN_KEYS = ["new", "former"]

    call_command("reseal_ibans")

    assert "1 IBAN" in capsys.readouterr().out
    settings.IBAN_KEYS = ["new"]
    assert Payer.current().iban == IBAN
    settings.IBAN_KEYS = ["new"]
    account.refresh_from_db()
    assert iban_keys.unseal(account.sealed_iban) == IBAN
    assert account.digest == iban_keys.digest(IBAN)
    assert BankAccount.objects.get(pk=erased.pk).digest == erased.digest


@pytest.mark.django_db
def test_a_key_that_went_too_soon_is_told(settings):
    settings.IBAN_KEYS = ["former"]
    account = make_sealed()
    make_payer(iban=IBAN)
    settings.IBAN_KEYS = ["new"]

    with pytest.raises(CommandError, match=rf"celui du payeur 1, ni ceux des comptes {account.pk}\."):
        call_command("reseal_ibans")

    account.refresh_from_db()
    settings.IBAN_KEYS = ["former"]
    assert iban_keys.unseal(account.sealed_iban) == IBAN
