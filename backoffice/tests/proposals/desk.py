"""An agent before the page of an act."""

import re

from django.urls import reverse

from accounts.audit import AuditEntry
from accounts.tests.factories import make_beneficiary


class Desk:
    """One agent before one act's page, as a browser shows it."""

    def __init__(self, enter, client, agent):
        self.enter, self.client, self.agent = enter, client, agent

    def look(self, row, name):
        self.enter(self.agent)
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        return self.client.get(reverse(f"admin:{model}_{name}", args=[row.pk]), follow=True)

    def send(self, row, name, **said):
        self.enter(self.agent)
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        return self.client.post(reverse(f"admin:{model}_{name}", args=[row.pk]), said, follow=True)

    def fill(self, row, name, **said):
        """The form, with what its page told; again with what it told then, if it asks to read again."""
        said = {"reason": "Rentrée", "typed": str(row)} | said
        response = self.send(row, name, seen=seen(self.look(row, name)), **said)
        return self.send(row, name, seen=seen(response), **said) if seen(response) else response

    def confirm(self, row, name):
        return self.send(row, name, step="confirm", typed=str(row))


def seen(response):
    found = re.search(r'name="seen" value="(\w+)"', response.text)
    return found[1] if found else ""


def journal():
    return [(entry.action, str(entry.actor), entry.details) for entry in AuditEntry.objects.order_by("pk")]


def children(number):
    for _ in range(number):
        make_beneficiary()
