"""A morning of an agent: thirty applications of all kinds, each taken up, read and decided."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from .administration import enrol
from .conftest import Visitors
from .kept_server import KeptServer
from .shell import shell
from .steps import go_on

pytestmark = pytest.mark.journey
MANY = 30
# Those that wait in the demonstration are a colleague's.
ASK = """
from django.utils import timezone
from accounts.models import User
from accounts.tests.factories import in_letters
from applications.models import Application
from applications.tests import factories
from demo.family import current_campaign
other = User.objects.get(username="agent2.test")
Application.objects.waiting().order_by().update(claimed_by=other, claimed_at=timezone.now())
campaign = current_campaign(timezone.localdate())
for number in range(8):
    factories.make_application(factories.make_child(campaign=campaign))
    factories.make_enrolment(first_name=f"Enfant {in_letters(number)}")
    factories.make_school_change(factories.make_child(campaign=campaign))
    factories.make_guardian_request(factories.make_child(campaign=campaign))
"""
STATES = """
import json
from collections import Counter
from applications.models import Application
print(json.dumps(Counter(Application.objects.values_list("state", flat=True))))
"""
GRANT = re.compile("^(Accorder|Inscrire|Changer de collège|Inviter ce responsable)")


def test_in_one_session(visit: Visitors, server: KeptServer):
    shell(server.directory, ASK)
    before = json.loads(shell(server.directory, STATES))
    agent, colleague = visit(), visit()
    enrol(agent, "agent.test")
    enrol(colleague, "agent2.test")
    for number in range(MANY):
        take(agent, by_the_list=number % 10 == 0)
        if number == 0:
            colleague.goto(agent.url)
            expect(colleague.get_by_role("main")).to_contain_text("s’occupe de cette demande")
            expect(colleague.get_by_role("button", name="Je m’en occupe")).to_have_count(0)
        decide(agent, number)

    after = json.loads(shell(server.directory, STATES))
    assert after["sent"] == before["sent"] - MANY
    decided = {state: after[state] - before.get(state, 0) for state in ("accepted", "refused", "incomplete")}
    assert decided == {"accepted": 18, "refused": 6, "incomplete": 6}


def take(agent: Page, *, by_the_list: bool) -> None:
    if by_the_list:
        agent.goto("/admin/applications/application/?state__exact=sent")
        agent.locator("#result_list tbody tr").last.get_by_role("link").first.click()
        go_on(agent, "Je m’en occupe")
    else:
        go_on(agent, "Prendre la plus ancienne")
    expect(agent.get_by_text("Vous vous en occupez")).to_be_visible()


def decide(agent: Page, number: int) -> None:
    if number % 5 == 1:
        agent.locator("#refuser_sentence").select_option(index=1)
        go_on(agent, "Refuser")
    elif number % 5 == 2:
        agent.locator("#demander-un-papier_sentence").select_option(index=1)
        go_on(agent, "Demander un autre papier")
    else:
        new = agent.get_by_label("Un nouvel enfant")
        if new.count():
            new.check()
        agent.get_by_role("main").get_by_role("button", name=GRANT).click()
    expect(agent.get_by_text("C’est fait")).to_be_visible()
