"""Who signed for an organisme: told to them, forgotten with what came to nothing, kept with what binds."""

import pytest

from accounts.tests.factories import make_user
from applications.affiliating import accept_affiliation
from applications.models import Signature, SigningCode
from applications.tests.conventions import make_in_force
from applications.tests.factories import make_decider
from applications.tests.organismes import make_candidacy
from applications.tests.signatures import code_for, make_signature, signer_of
from privacy import erasure
from privacy.my_data.held import held

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return make_candidacy(make_user("camille", email="camille@judo.example"))


def test_it_is_among_my_data(application):
    version = make_in_force()
    make_signature(application, version)
    [told] = held(application.sent_by)["Mon compte"]["Conventions signées"]

    assert (told["Version"], told["Signataire"], told["Qualité"]) == (
        version.title,
        "Camille DURAND",
        "présidente",
    )
    assert held(make_user("dominique"))["Mon compte"]["Conventions signées"] == []


def test_of_what_waits_it_is_erased_with_its_account(application):
    make_signature(application, make_in_force())
    erasure.erase_account(user_id=application.sent_by_id)

    assert Signature.objects.values_list("name", "email").get() == ("effacé", "effacé")


def test_a_code_is_erased_with_its_account(application):
    code_for(signer_of(application), make_in_force())
    erasure.erase_account(user_id=application.sent_by_id)

    assert not SigningCode.objects.exists()


def test_what_binds_the_organisme_stays(application):
    make_signature(application, make_in_force())
    accept_affiliation(application_id=application.pk, actor=make_decider())
    erasure.erase_account(user_id=application.sent_by_id)

    assert Signature.objects.values_list("name", "email").get() == ("Camille DURAND", "camille@judo.example")
