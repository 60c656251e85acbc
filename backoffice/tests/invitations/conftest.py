import pytest

from accounts.models import Grade
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.invitations import pages
from backoffice.invitations.form import NEW

from .families import PAGE, make_new


@pytest.fixture(autouse=True)
def agent(enter, monkeypatch):
    monkeypatch.setattr(pages, "MAILS", 2)
    monkeypatch.setattr(pages, "LETTERS", 2)
    agent = make_user("agent", is_staff=True, is_superuser=True)
    enter(agent)
    return agent


@pytest.fixture
def families():
    """Three that have an address, and three in the three classes of a collège that have none."""
    with_address = [make_new(f"avec{number}") for number in range(3)]
    without = [make_new(f"sans{number}", email="") for number in range(3)]
    for parent, grade in zip(without, [Grade.TROISIEME, Grade.CINQUIEME, Grade.SIXIEME], strict=True):
        make_beneficiary(parent, grade=grade)
    return with_address, without


@pytest.fixture
def ask(client):
    """`ask("mail")`: press « Envoyer les e-mails »; `ask("lettre")`: « Imprimer 200 lettres »."""

    def send(form, who=NEW, **more):
        return client.post(PAGE, {f"{form}-who": who, f"{form}-reason": "Rentrée"} | more)

    return send
