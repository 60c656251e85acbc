"""Lines of a directory, and what an import makes of them."""

from django.db import transaction

from backoffice.imports.directory.importer import DirectoryImporter

HEADINGS = "Nom;Commune;Activités Sport;Activités Culture"
JUDO = f"{HEADINGS}\nJUDO CLUB;Antony;Judo;"


def plan(content):
    content = content if isinstance(content, bytes) else content.encode()
    return DirectoryImporter().plan(lambda: content, lambda done, rows: None)


@transaction.atomic
def bring(content):
    content = content if isinstance(content, bytes) else content.encode()
    return DirectoryImporter().apply(lambda: content, lambda done, rows: None)


def outcome(content):
    made = plan(content)
    return [len(made.created), len(made.changed), made.unchanged, len(made.refused)]
