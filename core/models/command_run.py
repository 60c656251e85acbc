"""When the commands that somebody must run last succeeded."""

from django.db import models
from django.utils import timezone


class CommandRunQuerySet(models.QuerySet["CommandRun"]):
    def note(self, name: str) -> None:
        """Record that it succeeded now."""
        CommandRun.objects.bulk_create(
            [CommandRun(name=name, succeeded_at=timezone.now())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["succeeded_at"],
        )


class CommandRun(models.Model):
    """When a command that somebody must run (`operations.runs`) last did its work to the end."""

    name = models.CharField("commande", max_length=40, primary_key=True)
    succeeded_at = models.DateTimeField("réussie le")

    objects = CommandRunQuerySet.as_manager()

    class Meta:
        # It keeps the table of where it was first.
        db_table = "passplus_commandrun"
        verbose_name = "passage d’une commande"
        verbose_name_plural = "passages des commandes"
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
