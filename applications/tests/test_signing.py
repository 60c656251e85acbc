"""An organisme signs the convention in force, by a code that its address receives."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from applications import conventions, sending, signing
from applications.exceptions import (
    AlreadySigned,
    CodeOutOfUse,
    ConventionMoved,
    Moved,
    NoAddress,
    WrongCode,
)
from applications.models import Application, Signature, SigningCode

from .conventions import make_convention, make_in_force
from .organismes import OTHER_SIRET, SIRET, make_candidacy
from .signatures import code_for, sign, signer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def convention():
    return make_in_force()


@pytest.fixture
def application():
    return make_candidacy(make_user("camille", email="camille@judo.example"))


def other(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_what_a_signature_keeps(convention, application, mailoutbox):
    signer = signer_of(application)
    code = code_for(signer, convention)
    sent = SigningCode.objects.get()
    signature = sign(signer, convention, code)

    assert mailoutbox[-1].to == ["camille@judo.example"]
    assert (signature.convention, signature.application, signature.partner) == (convention, application, None)
    assert (signature.organisme, signature.siret) == ("JUDO CLUB D’ANTONY", SIRET)
    assert (signature.name, signature.capacity) == ("Camille DURAND", "présidente")
    assert (signature.email, signature.account) == ("camille@judo.example", application.sent_by)
    assert signature.text_sha256 == convention.sha256
    assert signature.declared == signing.DECLARATION
    assert (signature.code_digest, signature.code_sent_at) == (sent.digest, sent.sent_at)
    assert code not in signature.code_digest


def test_a_code_serves_once(convention, application):
    signer = signer_of(application)
    code = code_for(signer, convention)
    sign(signer, convention, code)
    assert not SigningCode.objects.exists()

    with pytest.raises(AlreadySigned):
        signing.send_code(signer=signer, convention_id=convention.pk)
    second = make_convention("2")
    conventions.put_in_force(convention_id=second.pk, actor=make_agent())
    with pytest.raises(CodeOutOfUse):
        sign(signer, second, code)


def test_sent_twice_it_signs_once(convention, application):
    signer = signer_of(application)
    code = code_for(signer, convention)

    assert sign(signer, convention, code) == sign(signer, convention, code)
    assert Signature.objects.count() == 1


def test_another_code(convention, application):
    signer = signer_of(application)
    with pytest.raises(WrongCode):
        sign(signer, convention, other(code_for(signer, convention)))
    assert not Signature.objects.exists()


def test_no_code(convention, application):
    with pytest.raises(CodeOutOfUse):
        sign(signer_of(application), convention, "000000")


def test_a_code_that_is_old(convention, application):
    signer = signer_of(application)
    code = code_for(signer, convention)
    SigningCode.objects.update(sent_at=timezone.now() - signing.VALID_FOR)

    with pytest.raises(CodeOutOfUse):
        sign(signer, convention, code)


def test_only_the_newest_code(convention, application, monkeypatch):
    drawn = iter([1, 2])
    monkeypatch.setattr("secrets.randbelow", lambda _: next(drawn))
    signer = signer_of(application)
    first, second = code_for(signer, convention), code_for(signer, convention)

    with pytest.raises(WrongCode):
        sign(signer, convention, first)
    sign(signer, convention, second)


def test_the_code_of_another_candidacy(convention, application):
    """The same digits: its digest is of its own candidacy."""
    beside = make_candidacy(application.sent_by, siret=OTHER_SIRET, rna="")
    code = code_for(signer_of(application), convention)
    with pytest.raises(CodeOutOfUse):
        sign(signer_of(beside), convention, code)

    SigningCode.objects.update(application=beside)
    with pytest.raises(WrongCode):
        sign(signer_of(beside), convention, code)


def test_the_code_of_another_version(convention, application):
    signer = signer_of(application)
    code = code_for(signer, convention)
    second = make_convention("2", text="Autre.")
    conventions.put_in_force(convention_id=second.pk, actor=make_agent())

    with pytest.raises(ConventionMoved):
        sign(signer, convention, code)
    with pytest.raises(CodeOutOfUse):
        sign(signer, second, code)
    SigningCode.objects.update(convention=second)
    with pytest.raises(WrongCode):
        sign(signer, second, code)


def test_the_code_of_another_account(convention, application):
    code = code_for(signer_of(application), convention)
    theirs = signer_of(Application.objects.get(pk=application.pk))
    theirs = type(theirs)(make_user("dominique"), candidacy=theirs.candidacy)

    with pytest.raises(CodeOutOfUse):
        sign(theirs, convention, code)


def test_what_is_not_in_force(application):
    draft = make_convention()
    with pytest.raises(ConventionMoved):
        signing.send_code(signer=signer_of(application), convention_id=draft.pk)


def test_what_was_withdrawn(convention, application):
    signer = signer_of(application)
    code = code_for(signer, convention)
    sending.withdraw(application_id=application.pk, actor=application.sent_by)

    with pytest.raises(Moved):
        sign(signer, convention, code)
    with pytest.raises(Moved):
        signing.send_code(signer=signer, convention_id=convention.pk)


def test_who_has_no_address(convention):
    application = make_candidacy(make_user("camille", email=""))
    with pytest.raises(NoAddress):
        signing.send_code(signer=signer_of(application), convention_id=convention.pk)
