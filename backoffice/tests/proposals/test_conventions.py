"""A convention that many are written of takes two agents."""

import pytest

from accounts.tests.factories import make_agent
from applications import conventions
from applications.tests.conventions import make_convention
from core.tests.queue import work
from partners.tests.factories import make_partner
from partners.tests.members import mails_to, make_manager

from .desk import Desk

pytestmark = pytest.mark.django_db


def test_where_many_are_written_to_another_agent_confirms(enter, client, monkeypatch):
    monkeypatch.setattr("backoffice.acts.conventions.MANY", 0)
    one, other = (Desk(enter, client, make_agent("administrateur", name)) for name in ("agnes", "basile"))
    address = make_manager(make_partner()).user.email
    version = make_convention()

    assert "errorlist" in one.fill(version, "mettre-en-vigueur", typed="Autre").text
    one.fill(version, "mettre-en-vigueur")
    one.confirm(version, "mettre-en-vigueur")
    assert conventions.in_force() is None

    assert "1 e-mail" in other.look(version, "mettre-en-vigueur").text
    other.confirm(version, "mettre-en-vigueur")
    work()
    assert conventions.in_force() == version
    assert len(mails_to(address)) == 1
