"""Who compares and does each sort of import."""

from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.imports.roster.importer import Roster
from backoffice.models import Sort
from partners.communes import Communes
from partners.models import Commune

from .mapping.kept import kept_for
from .plans import Importer


def importer_of(sort: str, *, complete: bool = False) -> Importer:
    kept = kept_for(sort)
    if sort == Sort.DIRECTORY:
        return DirectoryImporter(kept=kept)
    return Roster(Communes(Commune.objects.all()), complete=complete, kept=kept)
