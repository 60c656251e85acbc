"""A file whose titles nobody knows, and the form that says what they are."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from backoffice.imports.importers import importer_of
from backoffice.models import Import, Sort
from backoffice.tests.imports.importing import ADD
from backoffice.tests.roster.rosters import BIRTH
from core.tests.queue import work

TITLES = "Code;Patronyme;Petit nom de l’élève;Vient au monde;Étage;Maison;Habite;Enseigne;Vit à"
LINE = f"E0001;MARTIN;Lina;{BIRTH};5e;0920001X;Sceaux;Descartes;Antony"
COLUMNS = {
    "Numéro d’élève": 0,
    "Nom": 1,
    "Prénom": 2,
    "Naissance": 3,
    "Niveau": 4,
    "UAI": 5,
    "Commune": 6,
    "Collège": 7,
    "Commune du collège": 8,
}
LOGIN = "Compte de l’élève"
CLUBS = "Club;Ou cela;On y fait\nJUDO CLUB;Antony;Judo\n"
OF_CLUBS = {"Nom": 0, "Commune": 1, "Activités Sport": 2}


def bring(client, content, sort=Sort.DIRECTORY, name="liste.csv"):
    """Bring it, let it be read; return the import."""
    content = content if isinstance(content, bytes) else content.encode()
    client.post(ADD, {"sort": sort, "file": SimpleUploadedFile(name, content)})
    work()
    return Import.objects.latest("pk")


def page_of(job):
    return reverse("admin:backoffice_import_relate", args=[job.pk])


def said(job, columns, titles="0-1"):
    """The form as a browser sends it: all its choices, the empty ones too."""
    ours = importer_of(job.sort).columns
    choices = {f"column_{number}": columns.get(column, "") for number, column in enumerate(ours)}
    return {"titles": titles, **choices}


def relate(client, job, columns, titles="0-1"):
    answer = client.post(page_of(job), said(job, columns, titles), follow=True)
    work()
    job.refresh_from_db()
    return answer


def chosen_in(form):
    """Of each of our columns the place that the page shows as chosen."""
    return {field.label: field.initial for field in form.fields.values() if field.initial}
