"""An account is closed and reopened."""

import pytest

from accounts.audit import Action
from accounts.tests.factories import PASSWORD, make_user

from .journal import journal

pytestmark = pytest.mark.django_db


def test_a_closed_account_is_out_at_the_next_click_and_may_be_reopened(client, act, agent, django_user_model):
    family = make_user("famille")
    browser = client.__class__()
    browser.force_login(family)
    assert browser.get("/mon-compte/").status_code == 200

    act(family, "fermer")
    assert browser.get("/mon-compte/").status_code == 302
    assert not browser.login(username="famille", password=PASSWORD)

    act(family, "rouvrir")
    assert not browser.login(username="famille", password=PASSWORD), "whoever knew it may be why"
    assert [action for action, *_ in journal()] == [Action.ACCOUNT_REOPENED, Action.ACCOUNT_CLOSED]


def test_an_agent_does_not_close_its_own_account(act, administrator):
    assert "son propre compte" in act(administrator, "fermer").text
