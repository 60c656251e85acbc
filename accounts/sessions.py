"""Sessions in the database, as Django keeps them; each page reads one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.compiled_query import CompiledQuery

_open = CompiledQuery(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list(
        "session_data", flat=True
    )
)


class SessionStore(DatabaseSessionStore):
    """Has the name of Django's, under which it signs."""

    def load(self) -> dict[str, Any]:
        for data in _open(self.session_key, timezone.now()):
            decoded: dict[str, Any] = self.decode(data)
            return decoded
        # It also forgets the key, which opens nothing.
        nothing: dict[str, Any] = super().load()
        return nothing
