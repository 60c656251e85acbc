"""What agents tell families of their applications, and whom families ask for: they may name anybody."""

from accounts.audit import FORGOTTEN
from applications.models import Application, OtherGuardian

from .free_texts import Search


def forget(search: Search) -> None:
    for naming in search.naming(Application.objects.exclude(reason=""), "reason"):
        Application.objects.filter(pk__in=naming).update(reason=FORGOTTEN["reason"])
    for naming in search.naming(OtherGuardian.objects.all(), "first_name", "last_name"):
        OtherGuardian.objects.filter(pk__in=naming).delete()
