"""What the files say of each payment, under the names of the columns of the canonical CSV."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.utils import timezone

from core.formats import counted_in_french
from core.money import ZERO
from wallets.models import Kind

from ..exceptions import AccountUnreadable
from ..iban_keys import NotSealed, unseal
from ..models import (
    AccountingCodes,
    BankAccount,
    Batch,
    BatchFile,
    FileKind,
    PartnerAccounting,
    Payer,
    Payment,
)
from .sepa_text import folded

CODES = ("nature", "fonction", "service", "engagement")
ROWS = 500
# Of the label of a transfer, and of a name, in SEPA.
LABEL, NAME = 140, 70

Row = dict[str, Any]


class Setting(NamedTuple):
    """What is the same for a whole batch."""

    batch: Batch
    payer: Payer
    codes: Mapping[str, AccountingCodes]
    statements: Mapping[int | None, tuple[str, str]]

    def of(self, payment: Payment, number: int) -> Row:
        """Amounts in euros. Raises AccountUnreadable."""
        account = cast(BankAccount, payment.account)
        partner = getattr(payment.partner, "accounting", PartnerAccounting())
        name, digest = self.statements[payment.pk]
        amounts = by_kind(payment)
        until = f"{self.batch.cut_off:%d/%m/%Y}"
        brand = settings.BRAND["name"]
        return {
            "lot": self.batch.number,
            "exercice": self.batch.cut_off.year,
            "ligne": number,
            "tiers_code": partner.tiers_code,
            "siret": payment.siret,
            "raison_sociale": payment.legal_name,
            "titulaire": account.holder,
            "iban": iban_of(payment),
            "bic": account.bic,
            "montant": payment.amount,
            "devise": "EUR",
            "objet": f"{brand}, {counted_in_french(payment.tickets, 'ticket')} jusqu’au {until}",
            "libelle_virement": folded(f"{brand} lot {self.batch.number} tickets au {until}", LABEL),
            **self.codes_of([kind for kind in Kind if amounts[kind]], partner),
            "reference_deliberation": self.payer.deliberation,
            "reference_convention": partner.convention,
            "nombre_tickets": payment.tickets,
            "montant_sport": amounts[Kind.SPORT],
            "montant_culture": amounts[Kind.CULTURE],
            "piece": name,
            "empreinte": digest,
            "reference_bout_en_bout": payment.reference,
        }

    def codes_of(self, kinds: list[Kind], partner: PartnerAccounting) -> dict[str, str]:
        """Where two wallets have two codes, both: « 6568 + 65738 »."""
        found = {}
        for code in CODES:
            each = {getattr(self.codes[kind], code): None for kind in kinds if kind in self.codes}
            found[code] = " + ".join(filter(None, each))
        return found | ({"engagement": partner.engagement} if partner.engagement else {})


def of_batch(batch: Batch) -> Iterator[Row]:
    """One after the other. What came to nothing is in no file: nobody pays it. Raises AccountUnreadable."""
    statements = BatchFile.objects.filter(batch=batch, kind=FileKind.STATEMENT)
    setting = Setting(
        batch,
        Payer.current(),
        {codes.kind: codes for codes in AccountingCodes.objects.all()},
        {payment: (name, sha) for payment, name, sha in statements.values_list("payment", "name", "sha256")},
    )
    for number, payment in enumerate(paid_in(batch), 1):
        yield setting.of(payment, number)


def paid_in(batch: Batch) -> Iterator[Payment]:
    payments = Payment.objects.living().filter(batch=batch, amount__gt=0)
    return payments.select_related("account", "partner__accounting").order_by("pk").iterator(chunk_size=ROWS)


def by_kind(payment: Payment) -> dict[Kind, Decimal]:
    """What each wallet is charged. A correction goes to the larger one, and its rest to the other."""
    amounts = {Kind.SPORT: payment.sport, Kind.CULTURE: payment.culture}
    larger, other = sorted(amounts, key=lambda kind: -amounts[kind])
    amounts[larger] += payment.corrected
    if amounts[larger] < ZERO:
        amounts[other] += amounts[larger]
        amounts[larger] = ZERO
    return amounts


def iban_of(payment: Payment) -> str:
    """Raises AccountUnreadable."""
    try:
        return unseal(cast(BankAccount, payment.account).sealed_iban)
    except NotSealed as unreadable:
        raise AccountUnreadable from unreadable


def paid_on(batch: Batch, working_days: int) -> dt.date:
    """So many working days after it was approved. A bank moves a holiday's transfers to the next day."""
    day = timezone.localdate(batch.approved_at)
    while working_days:
        day += dt.timedelta(days=1)
        working_days -= day.weekday() < 5
    return day
