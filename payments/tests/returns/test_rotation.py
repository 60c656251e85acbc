"""A return that waits outlives the key that sealed it."""

import pytest
from django.core.management import CommandError, call_command

from accounts.tests.factories import make_agent
from payments.models import BankAccount, BatchFile, ReturnFile
from payments.returns import receiving
from payments.tests.factories import make_use
from payments.tests.paid import make_sent

from .returning import bring, confirm, line, receive

pytestmark = pytest.mark.django_db
UNKNOWN_TITLES = b"Virement;Suite;Jour;Tiers\nA-1;OK;12/11/2026;CLUB\n"


@pytest.fixture
def batch(settings):
    settings.IBAN_KEYS = ["former"]
    make_use()
    return make_sent()


def sealed_of(file: ReturnFile) -> bytes:
    return bytes(ReturnFile.objects.values_list("sealed", flat=True).get(pk=file.pk))


def test_after_a_rotation_the_former_key_may_go(settings, capsys, batch):
    unmapped, ready, confirmed = (
        receive(batch, UNKNOWN_TITLES),
        *(bring(batch, line(batch.payments.get())) for _ in range(2)),
    )
    confirm(confirmed)
    before = {file: (receiving.content_of(file), sealed_of(file)) for file in (unmapped, ready)}
    settings.IBAN_KEYS = ["new", "former"]

    call_command("reseal_ibans")

    assert "2 retours chiffrés de nouveau" in capsys.readouterr().out
    settings.IBAN_KEYS = ["new"]
    for file, (content, sealed) in before.items():
        assert sealed_of(file) != sealed
        file.refresh_from_db()
        assert receiving.content_of(file) == content
    assert sealed_of(confirmed) == b""


def test_confirmed_meanwhile_it_stays_without_content(batch):
    file = bring(batch, line(batch.payments.get()))
    confirm(ReturnFile.objects.get(pk=file.pk), actor=make_agent())

    assert receiving.reseal(file) == 0
    assert sealed_of(file) == b""


def test_a_key_that_went_too_soon_is_told(settings, batch):
    BankAccount.objects.update(sealed_iban="")
    file = receive(batch, UNKNOWN_TITLES)
    settings.IBAN_KEYS = ["new"]
    lost = ", ".join(str(pk) for pk in BatchFile.objects.order_by("pk").values_list("pk", flat=True))

    with pytest.raises(CommandError, match=rf"les fichiers {lost}, ni les retours {file.pk}\."):
        call_command("reseal_ibans")
