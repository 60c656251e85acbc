"""What the files say of who pays, and the codes of the finance software: what the database refuses."""

import pytest
from django.core.exceptions import ValidationError

from payments.models import AccountingCodes, Payer

pytestmark = pytest.mark.django_db


def test_one_payer(refused_by):
    with refused_by("payments_payer_is_one_row"):
        Payer.objects.create(pk=2)


def test_its_naming_is_known(refused_by):
    with refused_by("payments_payer_naming_is_known"):
        Payer.objects.create(pk=1, naming="autre")


@pytest.mark.parametrize("half", [{"sealed_iban": "gAAAAA"}, {"bic": "BDFEFRPPCCT"}])
def test_its_account_is_whole(refused_by, half):
    with refused_by("payments_payer_account_is_whole"):
        Payer.objects.create(pk=1, **half)


def test_its_siret_is_checked():
    with pytest.raises(ValidationError):
        Payer(siret="12345678901234").full_clean(validate_constraints=False)


def test_codes_are_of_a_known_wallet(refused_by):
    with refused_by("payments_codes_kind_is_known"):
        AccountingCodes.objects.create(kind="autre")


def test_without_a_name_it_has_the_site_s(settings):
    settings.BRAND = settings.BRAND | {"authority": "LE DÉPARTEMENT", "territory": "Essai"}
    assert str(Payer.current()) == "LE DÉPARTEMENT Essai"
