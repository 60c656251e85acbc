"""Which e-mails an account gets: its own choice, kind by kind. Those about its security are no choice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core import signing
from django.db import models
from django.db.models import Q

from core import mail

from .models import Beneficiary, User


class MailKind(models.TextChoices):
    CREATED = "created", "Un ticket est créé"
    USED = "used", "Un ticket est utilisé"
    CANCELLED = "cancelled", "Un ticket est annulé"
    REMINDER = "reminder", "De l’argent va être perdu"

    @property
    def column(self) -> str:
        return COLUMNS[self]


COLUMNS = {
    MailKind.CREATED: "mail_on_created",
    MailKind.USED: "mail_on_used",
    MailKind.CANCELLED: "mail_on_cancelled",
    MailKind.REMINDER: "reminders",
}
# Of a child's own login, until it asks for some; and of who was anonymised.
NONE = dict.fromkeys(COLUMNS.values(), False)


def wanted(kind: MailKind, *, account: str = "") -> Q:
    """Of rows whose `account` is the way to a User (« user__ »): who gets this kind."""
    yes = {kind.column: True, "is_active": True, "is_staff": False}
    return Q(~Q(**{f"{account}email": ""}), **{f"{account}{name}": value for name, value in yes.items()})


def readers(child: Beneficiary, kind: MailKind) -> models.QuerySet[User]:
    """Who is told of this child: its guardians, and itself if it has asked for it."""
    # By their ids: an « or » over two tables would read every account of the département.
    around = [*child.guardianships.values_list("user", flat=True)]
    if child.user_id:
        around.append(child.user_id)
    return User.objects.filter(wanted(kind), pk__in=around).order_by("pk")


def choose(*, account_ids: Collection[int], choices: Mapping[MailKind, bool]) -> None:
    """Write these kinds alone, of accounts that are still open."""
    columns = {kind.column: chosen for kind, chosen in choices.items()}
    User.objects.filter(pk__in=account_ids, is_active=True).update(**columns)


# --- The link that stops, in each of these e-mails --------------------------------------------

# Without a date: a link to be left in peace works for ever, and opens nothing else. The salt is that of the
# first ones, which stopped reminders and named no kind.
_signer = signing.Signer(salt="tickets.reminders")


@dataclass(frozen=True)
class StopLink:
    """What a link stops: some kinds of e-mail, for the accounts that read them in one box."""

    accounts: list[User]
    kinds: list[MailKind]

    @property
    def is_on(self) -> bool:
        return any(getattr(account, kind.column) for account in self.accounts for kind in self.kinds)

    def turn(self, *, on: bool) -> None:
        choose(account_ids=[one.pk for one in self.accounts], choices=dict.fromkeys(self.kinds, on))


def stop_link(account_ids: Collection[int], *kinds: MailKind) -> str:
    return mail.link("accounts:stop_mails", token_for(account_ids, *kinds))


def token_for(account_ids: Collection[int], *kinds: MailKind) -> str:
    return _signer.sign(f"{'.'.join(map(str, account_ids))}-{'.'.join(kinds)}")


def read_token(token: str) -> StopLink:
    """Raises User.DoesNotExist for what we did not sign, and for accounts that are gone."""
    try:
        ids, _, kinds = _signer.unsign(token).partition("-")
    except signing.BadSignature as forged:
        raise User.DoesNotExist from forged
    accounts = list(User.objects.filter(pk__in=ids.split("."), anonymised_at=None).order_by("pk"))
    if not accounts:
        raise User.DoesNotExist
    return StopLink(accounts, [MailKind(kind) for kind in (kinds or MailKind.REMINDER).split(".")])
