"""What the journal keeps of an act."""

from accounts.audit import AuditEntry

WHY = "Appel de la famille"


def journal():
    return [(entry.action, entry.reason, entry.actor) for entry in AuditEntry.objects.all()]
