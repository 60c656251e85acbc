"""Who compares, does and takes back each sort of import."""

from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.imports.roster.importer import Roster
from backoffice.imports.undoing.directory import DirectoryUndo
from backoffice.imports.undoing.roster import RosterUndo
from backoffice.imports.undoing.undo import Undo
from backoffice.models import Import, Sort
from partners.communes import Communes
from partners.models import Commune

from .mapping.kept import kept_for
from .plans import Importer


def importer_of(sort: str, *, complete: bool = False) -> Importer:
    kept = kept_for(sort)
    if sort == Sort.DIRECTORY:
        return DirectoryImporter(kept=kept)
    return Roster(Communes(Commune.objects.all()), complete=complete, kept=kept)


def undo_of(job: Import) -> Undo:
    return DirectoryUndo(job) if job.sort == Sort.DIRECTORY else RosterUndo(job)
