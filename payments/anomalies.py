"""What holds a payment, and not the batch. An agent decides; nothing here is a verdict."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from core.money import NBSP, ZERO, euros
from partners.models import Partner

from .accounts import Accounts
from .due import Due
from .models import Anomaly, Payment, Rules

HOUR = dt.timedelta(hours=1)


class Found(NamedTuple):
    anomaly: Anomaly
    detail: str = ""


class Examination(NamedTuple):
    """What is known of all organismes of a batch, so that each is judged without a query."""

    rules: Rules
    accounts: Accounts
    best: dict[int, Decimal]
    day: dt.date

    def of(self, partner: Partner, due: Due) -> list[Found]:
        standing = self.standing(partner, due.total)
        return standing if due.total < ZERO else [*standing, *self._of_the_uses(partner, due)]

    def standing(self, partner: Partner, total: Decimal) -> list[Found]:
        """What does not depend on when its tickets were used."""
        if total < ZERO:
            return [Found(Anomaly.DEBT, euros(total))]
        of_the_account = self._of_the_account(partner) if total > ZERO else ()
        return [*self._of_the_organisme(partner), *of_the_account]

    def _of_the_organisme(self, partner: Partner) -> Iterator[Found]:
        if partner.ceased_on and partner.ceased_on <= self.day:
            yield Found(Anomaly.CEASED, f"depuis le {partner.ceased_on:%d/%m/%Y}")
        if partner.payments_suspended_on and partner.payments_suspended_on <= self.day:
            yield Found(Anomaly.SUSPENDED, f"depuis le {partner.payments_suspended_on:%d/%m/%Y}")

    def _of_the_account(self, partner: Partner) -> Iterator[Found]:
        account = self.accounts.in_force.get(partner.pk)
        begins = self.accounts.coming.get(partner.pk)
        if account is None and begins:
            yield Found(Anomaly.ACCOUNT_CHANGED, f"il servira le {begins:%d/%m/%Y}")
        elif account is None:
            yield Found(Anomaly.NO_ACCOUNT)
        elif account.digest in self.accounts.shared and not account.sharing_reason:
            yield Found(Anomaly.ACCOUNT_SHARED, account.masked)

    def _of_the_uses(self, partner: Partner, due: Due) -> Iterator[Found]:
        best = self.best.get(partner.pk)
        if best and due.total >= self.rules.unusual_from and due.total > best * self.rules.unusual_ratio:
            yield Found(Anomaly.UNUSUAL_SUM, f"{euros(due.total)}, au plus {euros(best)} jusqu’ici")
        moments = sorted(use.used_at for use in due.uses)
        if (most := _most_in_an_hour(moments)) > self.rules.uses_an_hour:
            yield Found(Anomaly.TOO_QUICK, f"{most} en une heure")
        if night := sum(map(self.is_night, moments)):
            yield Found(
                Anomaly.AT_NIGHT,
                f"{night} entre {self.rules.night_from}{NBSP}h et {self.rules.night_until}{NBSP}h",
            )

    def is_night(self, moment: dt.datetime) -> bool:
        hour = timezone.localtime(moment).hour
        begins, ends = self.rules.night_from, self.rules.night_until
        return begins <= hour < ends if begins <= ends else not ends <= hour < begins


def examination(accounts: Accounts, partner_ids: Sequence[int], day: dt.date) -> Examination:
    """Three queries, however many organismes."""
    sent = Payment.objects.living().filter(partner__in=partner_ids, batch__sent_at__isnull=False)
    best = dict(sent.order_by().values_list("partner").annotate(Max("amount")))
    return Examination(Rules.current(), accounts, best, day)


def _most_in_an_hour(moments: Sequence[dt.datetime]) -> int:
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= HOUR:
            first += 1
        most = max(most, last - first + 1)
    return most
