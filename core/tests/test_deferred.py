"""What a page noted is told, even if the database fails over amid it."""

import psycopg
import pytest
from django.db import InternalError, OperationalError

from accounts import identifiers
from accounts.models import ForgottenRequest
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def failing(trouble, cause=None):
    def fail(**_):
        raise trouble from cause

    return fail


@pytest.mark.parametrize(
    ("trouble", "cause"),
    [
        pytest.param(OperationalError("away"), None, id="away"),
        # What psycopg says of a connection that ends in the middle of an answer: no sqlstate.
        pytest.param(InternalError("ended"), psycopg.InternalError("ended"), id="ended amid an answer"),
        pytest.param(
            InternalError("read-only"),
            psycopg.errors.ReadOnlySqlTransaction("read-only"),
            id="not yet primary",
        ),
    ],
)
def test_no_note_is_lost_in_a_failover(monkeypatch, mailoutbox, trouble, cause):
    """code.md 3.6: only « operational » errors were waited out; the others took the note along."""
    make_user("camille")
    identifiers.ask(contact="camille")
    with monkeypatch.context() as patch:
        patch.setattr(identifiers, "send_identifiers", failing(trouble, cause))
        with pytest.raises(type(trouble)):
            identifiers.compose()

    assert ForgottenRequest.objects.count() == 1
    assert identifiers.compose() == 1
    assert len(mailoutbox) == 1


def test_one_round_composes_no_more_than_a_batch(monkeypatch):
    """code.md 3.3: between two batches of notes, messages leave."""
    monkeypatch.setattr("core.deferred.AT_ONCE", 2)
    for _ in range(3):
        identifiers.ask(contact="nobody")

    assert [identifiers.compose(), identifiers.compose(), identifiers.compose()] == [2, 1, 0]
