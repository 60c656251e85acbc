"""The transfers of a batch, as a bank takes them: pain.001.001.09."""

import datetime as dt

from django.utils import timezone
from sepaxml import SepaTransfer

from core.money import CENT

from .. import working_days
from ..exceptions import AccountUnreadable
from ..iban_keys import NotSealed
from ..models import Batch, Payer
from .rows import of_batch
from .sepa_text import folded

SCHEMA = "pain.001.001.09"
# Of a name, in SEPA.
NAME = 70


def written(batch: Batch, payer: Payer) -> bytes:
    """Of its payments above zero, of which there is one at least; valid by its schema.

    Raises AccountUnreadable, and sepaxml's ValidationError.
    """
    debited = {
        "name": folded(str(payer), NAME),
        "IBAN": _debited(payer),
        "BIC": payer.bic,
        "batch": True,
        "currency": "EUR",
    }
    # Its own cleaning takes GPL code, and lets « < », « > » and « & » through.
    transfers = SepaTransfer(debited, schema=SCHEMA, clean=False)
    day = paid_on(batch, payer.working_days)
    for row in of_batch(batch):
        paid = {
            "name": folded(row["titulaire"], NAME),
            "IBAN": row["iban"],
            "amount": int(row["montant"] / CENT),
            "execution_date": day,
            "description": row["libelle_virement"],
            "endtoend_id": row["reference_bout_en_bout"],
        }
        transfers.add_payment(paid | ({"BIC": row["bic"]} if row["bic"] else {}))
    content: bytes = transfers.export(validate=True)
    return content


def _debited(payer: Payer) -> str:
    """Raises AccountUnreadable."""
    try:
        return payer.iban
    except NotSealed as unreadable:
        raise AccountUnreadable from unreadable


def paid_on(batch: Batch, days: int) -> dt.date:
    """So many working days after it was approved."""
    return working_days.after(timezone.localdate(batch.approved_at), days)
