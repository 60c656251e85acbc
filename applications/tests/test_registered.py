"""A candidacy begins with what the register knows of its SIRET."""

import pytest

from accounts.tests.factories import make_user
from applications import candidacies
from applications.exceptions import Closed
from applications.models import Candidacy, LegalForm
from core.money import NBSP
from partners import register
from partners.register import Registered
from partners.tests.factories import make_commune

from .organismes import SIRET

pytestmark = pytest.mark.django_db


def registered(**fields):
    return Registered(
        **{
            "name": "JUDO CLUB D’ANTONY",
            "is_open": True,
            "legal_form": "association",
            "rna": "W922001234",
            "address": "3 RUE DES SPORTS",
            "postcode": "92160",
            "insee_code": make_commune().pk,
            **fields,
        }
    )


def start(**fields):
    return candidacies.start(siret=SIRET, account=make_user(), registered=registered(**fields))


def test_its_sheet_is_filled_in(db):
    draft = start()

    assert (draft.name, draft.legal_form, draft.rna) == (
        "JUDO CLUB D’ANTONY",
        LegalForm.ASSOCIATION,
        "W922001234",
    )
    assert (draft.address, draft.postcode, draft.commune) == ("3 RUE DES SPORTS", "92160", make_commune())
    # By nobody yet who answers for it.
    assert not draft.is_described


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "X" * 121},
        {"address": "X" * 161},
        {"postcode": "9216"[:3] + "00000"},
        {"rna": "12"},
        {"legal_form": "club"},
        {"insee_code": "99999"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_does_not_fit_is_left_to_be_typed(wrong):
    draft = start(**wrong)
    column = next(iter(wrong))

    assert not getattr(draft, "commune" if column == "insee_code" else column)


def test_a_closed_establishment_is_refused():
    with pytest.raises(Closed):
        start(is_open=False)
    assert not Candidacy.objects.exists()


def test_what_was_typed_since_stays(db):
    draft = start()
    Candidacy.objects.filter(pk=draft.pk).update(name="JUDO")
    candidacies.start(siret=SIRET, account=draft.account, registered=registered())

    draft.refresh_from_db()
    assert draft.name == "JUDO"


def test_on_the_page(client, monkeypatch):
    client.force_login(make_user("camille"))
    monkeypatch.setattr(register, "find", lambda siret: registered(is_open=siret != SIRET))
    page = client.post("/candidatures/nouvelle/", {"siret": SIRET}, follow=True)
    assert "cet établissement est fermé" in page.text.replace(NBSP, " ")

    page = client.post("/candidatures/nouvelle/", {"siret": "55208131766522"}, follow=True)
    assert "3 RUE DES SPORTS" in page.text
