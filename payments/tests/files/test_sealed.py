"""Files of batches spell IBANs: in the database they are unreadable, and cannot be changed."""

import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core.sealing import OVERHEAD
from payments import agreement, file_seals, files, iban_keys
from payments.models import BankAccount, BatchFile, FileKind

from ..factories import make_use
from ..paid import make_sent
from .made import file_of, make_payer

pytestmark = pytest.mark.django_db
SHA256 = "0" * 64


def sealed_of(file: BatchFile) -> bytes:
    return bytes(BatchFile.objects.values_list("sealed", flat=True).get(pk=file.pk))


def downloaded(file: BatchFile) -> str:
    return hashlib.sha256(b"".join(files.pieces(BatchFile.objects.get(pk=file.pk)))).hexdigest()


def test_nothing_of_them_is_readable():
    make_payer()
    use = make_use()
    batch = make_sent()
    iban = iban_keys.unseal(use.offer.partner.bank_accounts.get().sealed_iban).encode()

    assert batch.files.count() == 4
    for file in batch.files.all():
        assert (iban in file.content) == (file.kind in (FileKind.CANONICAL, FileKind.TRANSFERS))
        assert iban not in sealed_of(file)
        assert file.content[:20] not in sealed_of(file)


def test_what_it_costs():
    assert len(file_seals.seal(b"x" * 60_000, SHA256)) == 60_000 + OVERHEAD == 60_028
    assert file_seals.seal(b"x", SHA256) != file_seals.seal(b"x", SHA256)


@pytest.mark.parametrize("sealed", [b"", b"x", b"x" * 28, b"%PDF-1.7" * 9])
def test_what_was_never_sealed(sealed):
    with pytest.raises(iban_keys.NotSealed):
        file_seals.unseal(sealed, SHA256)


def test_none_opens_in_the_place_of_another():
    sealed = file_seals.seal(b"montant", SHA256)
    assert file_seals.unseal(sealed, SHA256) == b"montant"
    for wrong, sha256 in ((sealed, "1" * 64), (sealed[:-1] + bytes([sealed[-1] ^ 1]), SHA256)):
        with pytest.raises(iban_keys.NotSealed):
            file_seals.unseal(wrong, sha256)


def test_after_a_rotation_they_are_the_same_bytes(settings, capsys):
    settings.IBAN_KEYS = ["former"]
    make_use()
    batch = make_sent()
    before = {file: (downloaded(file), sealed_of(file)) for file in batch.files.all()}
    settings.IBAN_KEYS = ["new", "former"]

    call_command("reseal_ibans")

    assert f"{len(before)} fichiers" in capsys.readouterr().out
    settings.IBAN_KEYS = ["new"]
    for file, (sha256, sealed) in before.items():
        assert downloaded(file) == sha256 == file.sha256
        assert sealed_of(file) != sealed


def test_a_key_that_went_too_soon_is_told(settings):
    settings.IBAN_KEYS = ["former"]
    make_use()
    batch = make_sent()
    settings.IBAN_KEYS = ["new"]
    BankAccount.objects.update(sealed_iban="")

    with pytest.raises(CommandError, match=rf"les fichiers .*{file_of(batch, FileKind.CANONICAL).pk}"):
        call_command("reseal_ibans")
    odd = [what for what, rows in agreement.faults().items() if rows.exists()]
    assert odd == ["Lots dont les fichiers ne font pas le total approuvé"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is for trials, and has no trigger")
@pytest.mark.parametrize(
    ("change", "is_let_through"),
    [
        ("sealed = sealed || 'x'", True),
        ("sealed = sealed", False),
        ("sealed = sealed || 'x', size = 0", False),
        ("sha256 = reverse(sha256)", False),
        ("sealed = sealed || 'x', payment_id = NULL", False),
    ],
)
def test_postgresql_lets_the_sealed_bytes_be_sealed_anew(change, is_let_through):
    make_use()
    make_sent()

    def write() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE payments_batchfile SET {change}")  # noqa: S608

    if is_let_through:
        write()
        return
    with pytest.raises(IntegrityError, match="payments_batchfile_is_append_only"):
        write()
