"""The e-mails that wait or left."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from post_office.models import STATUS, Log

from backoffice.base.read_only import ReadOnlyAdmin
from core.models import OutgoingMail

STATES = {
    STATUS.queued: "à envoyer",
    STATUS.requeued: "à envoyer de nouveau",
    STATUS.sent: "envoyé",
    STATUS.failed: "abandonné",
}


class StateFilter(admin.SimpleListFilter):
    title = "état"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(status), label) for status, label in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> QuerySet[OutgoingMail]:
        asked = [status for status in STATES if str(status) == self.value()]
        return queryset.filter(status__in=asked) if asked else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """The recipient, date and state of a message. Never its text: a link in it opens an account."""

    list_display = ("about", "recipient", "state", "written_at")
    list_filter = [StateFilter]
    search_fields = ["to", "subject"]
    ordering = ["-pk"]
    # All that is ever shown: the texts are not among them.
    fields = readonly_fields = (*list_display, "tries", "next_try", "trouble")

    @admin.display(description="objet", ordering="subject")
    def about(self, mail: OutgoingMail) -> str:
        return str(mail.subject)

    @admin.display(description="destinataire", ordering="to")
    def recipient(self, mail: OutgoingMail) -> str:
        return ", ".join(mail.to)

    @admin.display(description="état", ordering="status")
    def state(self, mail: OutgoingMail) -> str:
        return STATES[mail.status]

    @admin.display(description="écrit le", ordering="created")
    def written_at(self, mail: OutgoingMail) -> Any:
        return mail.created

    @admin.display(description="échecs")
    def tries(self, mail: OutgoingMail) -> int:
        return mail.number_of_retries or 0

    @admin.display(description="prochain essai")
    def next_try(self, mail: OutgoingMail) -> dt.datetime | None:
        return mail.scheduled_time if mail.status == STATUS.requeued else None

    @admin.display(description="dernier refus du serveur")
    def trouble(self, mail: OutgoingMail) -> str:
        last = Log.objects.filter(email=mail.pk).order_by("-pk").first()
        return f"{last.exception_type} {last.message}" if last else ""
