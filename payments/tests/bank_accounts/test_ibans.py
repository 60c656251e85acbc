"""IBANs and BICs, however they are typed."""

import pytest

from payments.bank_accounts import exceptions, ibans

from .accounts import GERMAN, IBAN

pytestmark = pytest.mark.any_database
# Right by the check of the IBAN, wrong by the key within it.
WRONG_RIB_KEY = "FR0630006000011234567890188"


@pytest.mark.parametrize(
    "typed",
    [
        IBAN,
        "FR76 3000 6000 0112 3456 7890 189",
        "fr76-3000-6000-0112-3456-7890-189",
        "IBAN : FR76 3000 6000 0112 3456 7890 189",
        "FR76\u00a03000\u202f6000 0112 3456 7890 189\u200b",
    ],
)
def test_one_writing(typed):
    checked = ibans.check(typed)

    assert checked == (IBAN, "FR", "AGRIFRPPXXX")
    assert (checked.last4, checked.is_foreign) == ("0189", False)


@pytest.mark.parametrize(
    ("iban", "refusal"),
    [
        ("", exceptions.NotAnIban),
        ("FR76", exceptions.NotAnIban),
        ("FR7630006000011234567890188", exceptions.NotAnIban),
        ("FR763000600001123456789018", exceptions.NotAnIban),
        ("ZZ7630006000011234567890189", exceptions.NotAnIban),
        ("=HYPERLINK(1)", exceptions.NotAnIban),
        (WRONG_RIB_KEY, exceptions.WrongRibKey),
        ("BR1800360305000010009795493C1", exceptions.OutsideSepa),
    ],
)
def test_refused(iban, refusal):
    with pytest.raises(refusal):
        ibans.check(iban)


@pytest.mark.parametrize(("iban", "foreign"), [("MC5811222000010123456789030", False), (GERMAN, True)])
def test_what_is_foreign(iban, foreign):
    assert ibans.check(iban).is_foreign is foreign


@pytest.mark.parametrize(
    ("bic", "refusal"),
    [
        ("AGRIFR", exceptions.NotABic),
        ("COBADEFF", exceptions.BicOfAnotherCountry),
    ],
)
def test_a_bic_refused(bic, refusal):
    with pytest.raises(refusal):
        ibans.check(IBAN, bic)


@pytest.mark.parametrize("bic", ["agri fr pp 878", "AGRIFRPP878", "AGRIMQMX"])
def test_a_bic_taken(bic):
    assert ibans.check(IBAN, bic).bic == bic.replace(" ", "").upper()
