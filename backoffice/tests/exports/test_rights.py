"""Who may export, and take the file."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from accounts.audit import AuditEntry
from accounts.tests.factories import make_user
from backoffice.roles import ROLES
from backoffice.tests import exporting
from core.models import PreparedFile
from tickets.tests.factories import make_ticket

pytestmark = pytest.mark.django_db


def test_nobody_else_takes_it(client, enter):
    """Not even a superuser."""
    make_ticket()
    page = exporting.ask(client, "tickets_ticket")["Location"]
    call_command("run_tasks")
    take = f"{page.removesuffix('change/')}telecharger/"
    assert client.get(take).status_code == 200

    enter(make_user(is_staff=True, is_superuser=True))
    assert [client.get(address).status_code for address in (page, take)] == [404, 404]
    assert (
        PreparedFile.objects.get().name not in client.get(reverse("admin:core_preparedfile_changelist")).text
    )


def test_whoever_may_no_longer_export_gets_nothing(client, agent):
    make_ticket()
    page = exporting.ask(client, "tickets_ticket")["Location"]
    agent.groups.clear()
    call_command("run_tasks")

    assert PreparedFile.objects.get().trouble == "Vous n’avez plus le droit d’exporter cette liste."
    assert not AuditEntry.objects.exists()
    assert client.get(page).status_code == 404


def test_an_adviser_exports_nothing(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)

    assert exporting.ask(client, "tickets_ticket").status_code == 403
    assert "Exporter" not in client.get(reverse("admin:tickets_ticket_changelist")).text


def test_every_right_of_a_role_exists():
    known = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert set().union(*ROLES.values()) <= known
    for name, rights in ROLES.items():
        assert Group.objects.get(name=name).permissions.count() == len(rights)
