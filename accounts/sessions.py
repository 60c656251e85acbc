"""Django's sessions in the database, read by a query that is compiled once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.compiled_query import CompiledQuery

by_key = CompiledQuery(lambda key: Session.objects.filter(session_key=key))


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        for session in by_key(self.session_key):
            if session.expire_date > timezone.now():
                content: dict[str, Any] = self.decode(session.session_data)
                return content
        self._session_key = None
        return {}
