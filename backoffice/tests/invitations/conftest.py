import pytest

from accounts.models import Grade
from accounts.tests.factories import make_user
from backoffice.invitations import jobs
from backoffice.invitations.form import NEW
from core.models import PreparedFile
from core.tests.queue import work

from .families import make_new, press


@pytest.fixture(autouse=True)
def agent(enter, monkeypatch):
    for name in ("MAILS", "CODES", "LETTERS"):
        monkeypatch.setattr(jobs, name, 2)
    agent = make_user("agent", is_staff=True, is_superuser=True)
    enter(agent)
    return agent


@pytest.fixture
def families():
    """Three that have an address, and three in the three classes of a collège that have none."""
    with_address = [make_new(f"avec{number}") for number in range(3)]
    grades = [Grade.TROISIEME, Grade.CINQUIEME, Grade.SIXIEME]
    without = [
        make_new(f"sans{number}", email="", child={"grade": grade}) for number, grade in enumerate(grades)
    ]
    return with_address, without


@pytest.fixture
def ask(client):
    """`ask("mail")`: the file of « Envoyer les e-mails », once the worker has done all that waits."""

    def send(form, who=NEW, **choice):
        assert press(client, form, who, **choice).status_code == 302
        work()
        return PreparedFile.objects.latest("pk")

    return send
