import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.tests.factories import make_user

from .erasing import WHY, address
from .planted import Family


@pytest.fixture
def purge(capsys):
    """The lines that it printed, each a name and a count."""

    def run(**options):
        call_command("purge", **options)
        lines = [line.rstrip(".").split(" : ") for line in capsys.readouterr().out.splitlines()]
        return {name: int(count) for name, count in (line for line in lines if line[1].isdecimal())}

    return run


@pytest.fixture
def family(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    return Family()


@pytest.fixture
def agent(enter):
    agent = make_user("agent", is_staff=True)
    agent.groups.add(Group.objects.get(name="administrateur"))
    enter(agent)
    return agent


@pytest.fixture
def erase(client, agent):
    """`erase(child, …)` sends the form of the page, as it is shown."""

    def send(row, **said):
        page = client.get(address(row))
        form = page.context["form"]
        shown = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
        return client.post(address(row), shown | {"reason": WHY, "is_sure": "on"} | said)

    return send
