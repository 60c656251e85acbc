"""What agents tell families of their applications, in which they may name anybody."""

from accounts.audit import FORGOTTEN
from applications.models import Application

from .free_texts import Search


def forget(search: Search) -> None:
    for naming in search.naming(Application.objects.exclude(reason=""), "reason"):
        Application.objects.filter(pk__in=naming).update(reason=FORGOTTEN["reason"])
