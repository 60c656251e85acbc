"""Run every hour. What it makes is worth nothing on the machine that it saves: take it elsewhere."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from operations.backups import pruning, saving
from operations.backups.programs import BackupRefused


class Command(BaseCommand):
    help = (
        f"Sauvegarde la base, chiffrée, dans {settings.BACKUP_DIR}, et efface les sauvegardes trop vieilles."
    )

    def handle(self, **options: Any) -> None:
        if not settings.BACKUP_KEYS:
            raise CommandError("BACKUP_KEYS manque (.env.example) : rien n’est sauvegardé.")
        directory = Path(settings.BACKUP_DIR)
        try:
            copy = saving.make(directory=directory, keys=settings.BACKUP_KEYS)
            gone = pruning.prune(directory=directory, days=settings.BACKUP_DAYS)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as trouble:
            raise CommandError(f"Rien n’est sauvegardé : {trouble}") from trouble
        size = copy.stat().st_size / 1_000_000
        self.stdout.write(f"Sauvegardé : {copy} ({size:.1f} Mo). Anciennes effacées : {gone}.")
        if not settings.BACKUP_SIGNING_KEY:
            self.stderr.write("BACKUP_SIGNING_KEY manque (.env.example) : cette sauvegarde n’est pas signée.")
