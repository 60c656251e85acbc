"""What the files say of each payment, under the names of the columns of the canonical CSV."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
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
from .imputation import by_kind, codes_of, tickets_by_kind
from .sepa_text import folded

ROWS = 500
# Of the label of a transfer, in SEPA.
LABEL = 140

Row = dict[str, Any]


class Setting(NamedTuple):
    """What is the same for a whole batch."""

    batch: Batch
    payer: Payer
    codes: Mapping[str, AccountingCodes]
    # Name and SHA-256, by payment.
    statements: Mapping[int | None, tuple[str, str]]

    def of(self, payment: Payment, iban: str) -> Row:
        """Amounts in euros."""
        account = cast(BankAccount, payment.account)
        partner = getattr(payment.partner, "accounting", PartnerAccounting())
        piece, digest = self.statements.get(payment.pk, ("", ""))
        amounts = by_kind(payment)
        charged = [kind for kind in Kind if amounts[kind]]
        until = f"{self.batch.cut_off:%d/%m/%Y}"
        brand = settings.BRAND["name"]
        return {
            "lot": self.batch.number,
            "exercice": self.batch.cut_off.year,
            "tiers_code": partner.tiers_code,
            "siret": payment.siret,
            "raison_sociale": payment.legal_name,
            "titulaire": account.holder,
            "iban": iban,
            "bic": account.bic,
            "montant": payment.amount,
            "devise": "EUR",
            "objet": f"{brand}, {counted_in_french(payment.tickets, 'ticket')} jusqu’au {until}",
            "libelle_virement": folded(f"{brand} lot {self.batch.number} tickets au {until}", LABEL),
            **codes_of(charged, self.codes, partner),
            "reference_deliberation": self.payer.deliberation,
            "reference_convention": partner.convention,
            "nombre_tickets": payment.tickets,
            "montant_sport": amounts[Kind.SPORT],
            "montant_culture": amounts[Kind.CULTURE],
            "piece": piece,
            "empreinte": digest,
            "reference_bout_en_bout": payment.reference,
            "porte_monnaie": " + ".join(kind.label for kind in charged),
            "dernier_jour": self.batch.cut_off,
            "date_approbation": timezone.localdate(self.batch.approved_at),
        }

    def by_wallet(
        self, payment: Payment, whole: Row, tickets: Mapping[tuple[int, str], int]
    ) -> Iterator[Row]:
        """A row for each wallet that is charged; the sums of all are those of the whole."""
        partner = getattr(payment.partner, "accounting", PartnerAccounting())
        for kind, amount in by_kind(payment).items():
            if amount:
                yield whole | {
                    "montant": amount,
                    "montant_sport": amount if kind == Kind.SPORT else ZERO,
                    "montant_culture": amount if kind == Kind.CULTURE else ZERO,
                    "nombre_tickets": tickets.get((payment.pk, kind), 0),
                    "porte_monnaie": kind.label,
                    **codes_of([kind], self.codes, partner),
                }


def of_batch(batch: Batch, *, by_wallet: bool = False) -> Iterator[Row]:
    """One after the other. What came to nothing is in no file: nobody pays it. Raises AccountUnreadable."""
    return _numbered(batch, iban_of, by_wallet)


def samples(batch: Batch, most: int, *, by_wallet: bool) -> Iterator[Row]:
    """The first ones, also of a batch that is not approved. Their IBANs are masked."""
    return islice(_numbered(batch, lambda payment: str(payment.account), by_wallet), most)


def _numbered(batch: Batch, iban: Callable[[Payment], str], by_wallet: bool) -> Iterator[Row]:  # noqa: FBT001
    rows = _by_wallet(batch, iban) if by_wallet else _whole(batch, iban)
    for number, row in enumerate(rows, 1):
        yield row | {"ligne": number}


def _whole(batch: Batch, iban: Callable[[Payment], str]) -> Iterator[Row]:
    setting = _setting(batch)
    for payment in paid_in(batch):
        yield setting.of(payment, iban(payment))


def _by_wallet(batch: Batch, iban: Callable[[Payment], str]) -> Iterator[Row]:
    setting, tickets = _setting(batch), tickets_by_kind(batch)
    for payment in paid_in(batch):
        yield from setting.by_wallet(payment, setting.of(payment, iban(payment)), tickets)


def _setting(batch: Batch) -> Setting:
    statements = BatchFile.objects.filter(batch=batch, kind=FileKind.STATEMENT)
    return Setting(
        batch,
        Payer.current(),
        {codes.kind: codes for codes in AccountingCodes.objects.all()},
        {payment: (name, sha) for payment, name, sha in statements.values_list("payment", "name", "sha256")},
    )


def paid_in(batch: Batch) -> Iterator[Payment]:
    payments = Payment.objects.living().filter(batch=batch, amount__gt=0)
    return payments.select_related("account", "partner__accounting").order_by("pk").iterator(chunk_size=ROWS)


def iban_of(payment: Payment) -> str:
    """Raises AccountUnreadable."""
    try:
        return unseal(cast(BankAccount, payment.account).sealed_iban)
    except NotSealed as unreadable:
        raise AccountUnreadable from unreadable
