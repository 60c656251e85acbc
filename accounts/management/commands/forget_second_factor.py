"""For when no administrator comes in any more: a telephone lost by the only one, a SECRET_KEY that leaked."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts import audit, second_factor, services
from accounts.audit import Action
from accounts.models import User


class Command(BaseCommand):
    help = "Remet à zéro le second facteur d’un agent : il préparera un téléphone en entrant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("identifiant")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        username = options["identifiant"]
        agent = User.objects.filter(username=username, is_staff=True).first()
        if not agent:
            raise CommandError(f"Aucun agent n’a l’identifiant {username}.")
        second_factor.forget(agent)
        # Whoever holds the telephone may be inside.
        services.end_sessions(user_id=agent.pk)
        audit.record(
            action=Action.SECOND_FACTOR_FORGOTTEN,
            subject=agent,
            reason="Par une commande du serveur",
            actor=None,
        )
        self.stdout.write(f"{username} préparera un téléphone en entrant.")
