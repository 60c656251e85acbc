"""A file is brought, confirmed, and done by the worker."""

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.tests.factories import make_user
from backoffice.imports import choices, worker
from backoffice.models import Import, Sort, Stage
from core.tests.queue import work

__all__ = ["bring", "choose", "confirm", "make_import", "make_manager", "work"]

ADD = reverse("admin:backoffice_import_add")
JUDO = "Nom;Commune;Activités Sport\nJUDO CLUB;Antony;Judo".encode()


def make_manager():
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    return agent


def bring(client, content=JUDO, name="clubs.csv", **fields):
    form = {"sort": Sort.DIRECTORY, "file": SimpleUploadedFile(name, content), **fields}
    return client.post(ADD, form, follow=True)


def confirm(client, page, **said):
    """As the form of the page says it: with the mark of what was read, and with how many leave."""
    form = client.get(page).context.get("adminform")
    shown = {"as_read": form.form["as_read"].initial} if form else {}
    return client.post(page, {"reason": "Rentrée", **shown, **said}, follow=True)


def make_import(content=JUDO, **fields):
    actor = make_user(is_staff=True)
    by = {"confirmed_by": actor} if fields.get("stage") in {Stage.CONFIRMED, Stage.RUNNING} else {}
    defaults = {"sort": Sort.DIRECTORY, "name": "clubs.csv", "owner": actor, "reason": "Rentrée"}
    job = Import.objects.create(content=content, **defaults | by | fields)
    if job.is_waiting:
        (worker.compare if job.stage == Stage.RECEIVED else worker.do).enqueue(import_id=job.pk)
    return job


def choose(client, page, **chosen):
    """As the form of the lines says it: « choix-2 » is create or leave, `all` is the button."""
    said = {"as_read": mark_of(client, page), **chosen}
    return client.post(page.replace("/change/", "/choix/"), said, follow=True)


def take(**chosen):
    """By who sees what is there by now."""
    job = Import.objects.latest("pk")
    said = choices.PageChoices(**chosen)
    return choices.take(import_id=job.pk, chosen=said, mark=choices.as_read(job))


def mark_of(client, page):
    """Of what the page shows."""
    return client.get(page).context["adminform"].form["as_read"].initial


def undo_page(job):
    return reverse("admin:backoffice_import_annuler-l-import", args=[job.pk])


def undo(client, job, **said):
    """As an agent does who read the page, and the worker after it; return the import's page."""
    page = undo_page(job)
    # Where nothing can be taken back there is no form.
    form = client.get(page).context or {"seen": ""}
    form = {"reason": "Mauvais fichier", "seen": form["seen"], **said}
    client.post(page, form)
    work()
    return client.get(reverse("admin:backoffice_import_change", args=[job.pk]))
