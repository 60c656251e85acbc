"""Who failed to come in, what an agent was refused, whose page an agent opened, and what was searched for.

For who looks into an incident: rows that agents with the right may list, kept for KEEP_SECURITY_LOG; and the
same in the logs, as events of a closed list, without a name.
"""

import logging
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core import typed_text
from core.spelling import simplified

from .audit import subject_key
from .models import User

logger = logging.getLogger(__name__)


SEARCHED = "accounts.security_log.searched"
MOST_WORDS = 5
NOTED = "INSERT INTO accounts_reading (agent_id, subject_key, day, at) VALUES {rows} ON CONFLICT DO NOTHING"
NOTED_ROW = "(%s, %s, %s, CURRENT_TIMESTAMP)"


class Event(models.TextChoices):
    SIGN_IN_FAILED = "sign_in", "mot de passe refusé"
    SECOND_FACTOR_FAILED = "second_factor", "second facteur refusé"
    FORBIDDEN = "forbidden", "page interdite à cet agent"


class SecurityEvent(models.Model):
    """Refusals of one kind within one hour, counted: who tries all night makes few rows."""

    kind = models.CharField("événement", max_length=13, choices=Event)
    # What was typed may be a password, or nobody's: of that only a digest stays.
    account_digest = models.CharField("empreinte de l’identifiant", max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name="compte"
    )
    page = models.CharField("page", max_length=80, blank=True)
    hour = models.DateTimeField("heure")
    last_at = models.DateTimeField("dernière fois", default=timezone.now)
    times = models.PositiveIntegerField("fois", default=1)

    class Meta:
        verbose_name = "refus"
        verbose_name_plural = "refus"
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Event.values), name="accounts_securityevent_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Exact(Length("account_digest"), 64),
                name="accounts_securityevent_account_is_a_digest",
            ),
            models.UniqueConstraint(
                fields=["kind", "account_digest", "page", "hour"], name="accounts_securityevent_once_an_hour"
            ),
        ]
        indexes = [models.Index(fields=["-last_at", "-id"], name="accounts_securityevent_last")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.user or self.account_digest[:8]}"


class Reading(models.Model):
    """An agent who opened the page of a family's row, or searched such a list for a word, that day."""

    agent = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="agent"
    )
    # « tickets.ticket 12 », as in the journal; « tickets.ticket ?63ab0c… » of a word that was searched for.
    subject_key = models.CharField("fiche", max_length=60)
    day = models.DateField("jour")
    at = models.DateTimeField("première fois", default=timezone.now)

    class Meta:
        verbose_name = "fiche ouverte"
        verbose_name_plural = "fiches ouvertes"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "subject_key", "day"], name="accounts_reading_once_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_key"], name="accounts_reading_subject"),
            models.Index(fields=["-at", "-id"], name="accounts_reading_last"),
        ]

    def __str__(self) -> str:
        return f"{self.agent}, {self.subject_key}"


def words_of(typed: str) -> list[str]:
    """Of what was searched for a digest a word: whoever has a name in mind finds who searched for it."""
    words = sorted(set(simplified(typed).split()))[:MOST_WORDS]
    return [f"?{salted_hmac(SEARCHED, word, algorithm='sha256').hexdigest()[:16]}" for word in words]


def digest(account: str) -> str:
    writing = typed_text.username(account)
    return salted_hmac("accounts.security_log", writing, algorithm="sha256").hexdigest()


def note(kind: Event, *, account: str, page: str = "") -> None:
    """Count one refusal. It takes as long for an account that is there as for one that is not."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    known_as = digest(account)
    key = {"kind": kind, "account_digest": known_as, "page": page[:80], "hour": hour}
    user = User.objects.filter(username=typed_text.username(account)).only("pk").first()
    made = SecurityEvent(**key, user=user, last_at=now, times=0)
    SecurityEvent.objects.bulk_create([made], ignore_conflicts=True)
    SecurityEvent.objects.filter(**key).update(times=F("times") + 1, last_at=now)
    facts = {"event": kind.value, "account": known_as[:16], "page": page}
    logger.warning("security event %s", kind.value, extra={"facts": facts})


def note_reading(*, agent_id: int, row: models.Model) -> None:
    _keep(agent_id, [subject_key(row)])


def note_search(*, agent_id: int, searched: Iterable[type[models.Model]], typed: str) -> None:
    words = words_of(typed)
    _keep(agent_id, [f"{model._meta.label_lower} {word}" for model in searched for word in words])


def _keep(agent_id: int, keys: Sequence[str]) -> None:
    """In one statement: `bulk_create` adds two for a transaction, at each page that agents open."""
    if not keys:
        return
    today = timezone.localdate().isoformat()
    statement = NOTED.format(rows=", ".join([NOTED_ROW] * len(keys)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for key in keys for value in (agent_id, key, today)])
