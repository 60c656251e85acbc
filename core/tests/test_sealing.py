"""What is sealed opens with the key and for the purpose it was sealed for, and for nothing else."""

import pytest
from django.conf import settings
from django.test import override_settings

from core.sealing import OVERHEAD, NotSealed, seal, seal_bytes, unseal, unseal_bytes

SECRET = bytes(range(20))


def test_it_comes_back():
    assert unseal(seal(SECRET, purpose="a"), purpose="a") == SECRET


def test_twice_is_not_the_same():
    assert seal(SECRET, purpose="a") != seal(SECRET, purpose="a")


def test_twenty_bytes_fit_where_django_otp_keeps_them():
    assert len(seal(SECRET, purpose="a")) <= 80


@pytest.mark.parametrize("sealed", ["", "A", "é", "00112233445566778899aabbccddeeff00112233", "A" * 64])
def test_what_was_never_sealed(sealed):
    with pytest.raises(NotSealed):
        unseal(sealed, purpose="a")


def test_for_another_purpose():
    with pytest.raises(NotSealed):
        unseal(seal(SECRET, purpose="a"), purpose="b")


@pytest.mark.parametrize("fallbacks", [True, False])
def test_with_another_key(fallbacks):
    sealed, former = seal(SECRET, purpose="a"), settings.SECRET_KEY
    with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=[former] if fallbacks else []):
        if fallbacks:
            assert unseal(sealed, purpose="a") == SECRET
        else:
            with pytest.raises(NotSealed):
                unseal(sealed, purpose="a")


def test_bytes_as_they_are():
    sealed = seal_bytes(SECRET, purpose="a")

    assert len(sealed) == len(SECRET) + OVERHEAD
    assert unseal_bytes(sealed, purpose="a") == SECRET
    for changed in (b"", sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(NotSealed):
            unseal_bytes(changed, purpose="a")


def test_keys_of_its_own():
    sealed = seal_bytes(SECRET, purpose="a", keys=["former"])

    assert unseal_bytes(sealed, purpose="a", keys=["new", "former"]) == SECRET
    with pytest.raises(NotSealed):
        unseal_bytes(sealed, purpose="a")
