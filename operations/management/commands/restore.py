"""After a disaster, and as a drill in a database of its own (docs/exploitation.md)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from operations.backups import restoring
from operations.backups.manifests import holdings
from operations.backups.programs import BackupRefused
from operations.backups.signatures import is_signed
from operations.probes import missing_migrations


class Command(BaseCommand):
    help = "Remet une sauvegarde dans la base, entièrement ou pas du tout, et vérifie ce qui est revenu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", type=Path, metavar="SAUVEGARDE.age")
        parser.add_argument(
            "--identity", type=Path, required=True, metavar="CLÉ", help="le fichier de la clé privée (age)"
        )
        parser.add_argument("--overwrite", action="store_true", help="remplacer une base qui n’est pas vide")
        parser.add_argument(
            "--unsigned",
            action="store_true",
            help="remettre une sauvegarde sans signature, d’avant qu’il y en eût : quelqu’un d’autre a pu la "
            "faire, comptes et soldes compris",
        )

        parser.add_argument(
            "--signed-by",
            action="append",
            default=[],
            metavar="CLÉ_PUBLIQUE",
            help="croire aussi cette signature : celle d’avant un changement de clé, ou, sur une autre "
            "machine, celle du serveur, que « manage.py doctor » y dit",
        )

    def handle(
        self,
        *,
        copy: Path,
        identity: Path,
        overwrite: bool,
        unsigned: bool,
        signed_by: list[str],
        **options: Any,
    ) -> None:
        try:
            manifest = restoring.restore(
                copy, identity=identity, overwrite=overwrite, unsigned=unsigned, signed_by=signed_by
            )
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if not is_signed(manifest):
            self.stderr.write(
                "Cette sauvegarde n’est pas signée : rien ne dit que ce site l’a faite. Vérifiez les agents, "
                "les soldes et les tickets avant d’ouvrir le site."
            )
        if missing_migrations():
            raise CommandError(
                "La base est revenue, d’une version plus ancienne du logiciel : "
                "lancez « manage.py migrate », puis « manage.py check_ledger »."
            )
        call_command("check_ledger", stdout=self.stdout, stderr=self.stderr)
        saved = manifest["holds"]
        # A copy of the release before counted fewer things.
        found = {what: count for what, count in holdings().items() if what in saved}
        if saved != found:
            raise CommandError(f"La base est revenue, mais avec {found} au lieu de {saved}.")
        told = ", ".join(f"{what} : {count}" for what, count in found.items())
        self.stdout.write(self.style.SUCCESS(f"Tout est revenu ({told})."))
