"""After each migration, as the owner of the tables: new ones are not the role's yet. Safe to run twice."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from operations import database_roles


class Command(BaseCommand):
    help = "Donne au rôle PostgreSQL des pages ce qu’il lui faut, et rien de plus (docs/exploitation.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", metavar="RÔLE")

    def handle(self, *, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite n’a pas de rôles.")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user = %s, to_regrole(%s) IS NULL", [role, role])
            is_self, is_missing = cursor.fetchone()
            if is_missing:
                raise CommandError(f"Le rôle {role} n’existe pas : createuser {role}.")
            if is_self:
                raise CommandError(f"{role} possède les tables : donnez-les à un autre rôle.")
            for statement in database_roles.grants(role):
                cursor.execute(statement)
        self.stdout.write(
            f"Le rôle {role} lit et écrit, et ne peut qu’ajouter au grand livre, au journal et aux paiements."
        )
