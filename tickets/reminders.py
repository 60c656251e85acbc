"""« Il vous reste de l’argent »: what guardians receive before the last day on which it becomes tickets."""

import datetime as dt
import logging
from collections.abc import Iterator
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch

from accounts import mail_choices
from accounts.mail_choices import MailKind
from accounts.models import Beneficiary, Guardianship, User
from core import mail
from core.db_errors import is_transient
from core.outbox import Urgency
from wallets.models import Campaign, Wallet

from .models import Reminder

logger = logging.getLogger(__name__)

# Before the last day, in days.
DAYS = (30, 7, 1)
AT_ONCE = 500


def send_due(*, today: dt.date) -> int:
    """Remind each guardian whose children have money left, and return how many messages were written.

    Each is reminded once for 30, 7 and 1 days, however often this runs, and by however many at once. A day
    that was missed is made up for: six days before, who did not have the message of seven days has it.
    """
    soon = Campaign.objects.open_on(today).filter(last_ticket_on__lte=today + dt.timedelta(days=max(DAYS)))
    return sum(_remind_of(campaign, today) for campaign in soon)


def _remind_of(campaign: Campaign, today: dt.date) -> int:
    left = (campaign.last_ticket_on - today).days
    due = Reminder(
        campaign=campaign, last_ticket_on=campaign.last_ticket_on, days=min(d for d in DAYS if left <= d)
    )
    return sum(_remind_one(due, user, children, left) for user, children in _to_remind(due))


def _remind_one(due: Reminder, user: User, children: list[Beneficiary], left: int) -> bool:
    try:
        return _remind(due, user, children, left)
    except Exception as trouble:
        if is_transient(trouble):
            raise
        # The next ones are not to blame.
        logger.exception("No reminder for account %s", user.pk)
        return False


def _to_remind(due: Reminder) -> Iterator[tuple[User, list[Beneficiary]]]:
    """Guardians, each with its children who have enough left for a ticket; then children who asked for it."""
    money = Wallet.objects.filter(campaign=due.campaign, balance__gte=due.campaign.ticket_minimum)
    reminded = Reminder.objects.filter(
        campaign=due.campaign, last_ticket_on=due.last_ticket_on, days=due.days, user=OuterRef("user")
    )
    concerned = Guardianship.objects.filter(
        Exists(money.filter(beneficiary=OuterRef("beneficiary"))),
        ~Exists(reminded),
        mail_choices.wanted(MailKind.REMINDER, account="user__"),
    )
    users = list(concerned.order_by("user").values_list("user", flat=True).distinct())
    for start in range(0, len(users), AT_ONCE):
        guardianships = (
            concerned.filter(user__in=users[start : start + AT_ONCE])
            .select_related("user", "beneficiary")
            .prefetch_related(Prefetch("beneficiary__wallets", money.order_by("-kind")))
            .order_by("user", "beneficiary__first_name", "pk")
        )
        for user, own in groupby(guardianships, key=lambda guardianship: guardianship.user):
            yield user, [guardianship.beneficiary for guardianship in own]
    children = Beneficiary.objects.filter(
        Exists(money.filter(beneficiary=OuterRef("pk"))),
        ~Exists(reminded),
        mail_choices.wanted(MailKind.REMINDER, account="user__"),
    )
    with_money = children.select_related("user").prefetch_related(
        Prefetch("wallets", money.order_by("-kind"))
    )
    for child in with_money.order_by("pk"):
        if child.user:
            yield child.user, [child]


@transaction.atomic
def _remind(due: Reminder, user: User, children: list[Beneficiary], left: int) -> bool:
    """The row and the message together or not at all; false if somebody else just did it."""
    _, new = Reminder.objects.get_or_create(
        user=user, campaign=due.campaign, last_ticket_on=due.last_ticket_on, days=due.days
    )
    if new:
        mail.send(
            "mail/reminder",
            user.email,
            account_ids=[user.pk],
            reader=user.first_name,
            urgency=Urgency.BULK,
            campaign=due.campaign,
            children=children,
            total=sum(wallet.balance for child in children for wallet in child.wallets.all()),
            left=left,
            url=_where_to_spend(children),
            stop_url=mail_choices.stop_link([user.pk], MailKind.REMINDER),
        )
    return new


def _where_to_spend(children: list[Beneficiary]) -> str:
    if len(children) == 1:
        return mail.link("tickets:order", children[0].public_id)
    return f"{mail.link('tickets:children')}?vers=order"
