"""Two windows sign at the same instant; each race has its control."""

import pytest
from django.db import connection

from accounts.tests.factories import make_user
from applications import conventions, signing
from applications.models import Application, Convention, Signature
from applications.models.signature import SignatureQuerySet
from applications.signer import Signer

from .conventions import make_convention, make_in_force
from .factories import make_decider
from .organismes import make_candidacy
from .signatures import code_for, sign, signer_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def convention():
    return make_in_force()


@pytest.fixture
def window(convention):
    """What it sends."""
    signer = signer_of(make_candidacy(make_user("camille")))
    code = code_for(signer, convention)
    return lambda: sign(signer, convention, code)


def test_two_windows_sign_once(at_once, window):
    assert at_once(window, window) == ["done", "done"]
    assert Signature.objects.count() == 1


def test_control_without_the_locks_the_database_refuses(
    at_once, window, without_lock, meeting_before, monkeypatch
):
    """Both have read before either writes."""
    without_lock()
    monkeypatch.setattr(Signer, "lock", lambda _: None)
    monkeypatch.setattr(signing, "_in_force", lambda pk: Convention.objects.get(pk=pk))
    meeting_before(SignatureQuerySet, "create", sure=True)

    refused = "OperationalError" if connection.vendor == "sqlite" else "IntegrityError"
    assert at_once(window, window) == [refused, "done"]
    assert Signature.objects.count() == 1


def test_another_version_meanwhile(at_once, window, convention):
    """It is signed before or not at all: never a version that is not in force any more."""
    second, agent = make_convention("2"), make_decider()

    def replace():
        conventions.put_in_force(convention_id=second.pk, actor=agent)

    outcomes = at_once(window, replace)
    assert outcomes in (["done", "done"], ["ConventionMoved", "done"])
    assert Signature.objects.filter(convention=convention).exists() == (outcomes == ["done", "done"])
    assert conventions.in_force() == second
    assert Application.objects.get().state == "sent"


def test_two_agents_put_two_versions_in_force(at_once):
    first, second, agent = make_convention("1"), make_convention("2"), make_decider()

    def put(version):
        return lambda: conventions.put_in_force(convention_id=version.pk, actor=agent)

    assert at_once(put(first), put(second)) == ["done", "done"]
    assert conventions.in_force() in (first, second)
