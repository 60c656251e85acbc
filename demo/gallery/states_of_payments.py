"""What became of payments of a made-up organisme."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from payments.models import Batch, Correction, Payment
from payments.reading import Seen
from payments.told import Stage, Told

from .states import States

ON = dt.date(2026, 11, 12)
ALL = [
    Told(Stage.APPROVED),
    Told(Stage.SENT, ON),
    Told(Stage.PAID, ON),
    Told(Stage.SETTLED, ON),
    Told(Stage.REJECTED, ON, "Compte clos"),
    Told(Stage.RETURNED, ON, "Le titulaire n’est pas celui que dit la banque, qui renvoie la somme"),
]


def told() -> States:
    return {each.stage.lower(): {"told": each} for each in ALL}


def rows() -> States:
    payment = Payment(pk=34, batch=Batch(pk=12, cut_off=dt.date(2026, 10, 31)), tickets=1)
    payment.amount = Decimal("9999999.99")
    return {
        each.stage.lower(): {"seen": Seen(payment, each, has_statement=each.on is not None), "partner_id": 1}
        for each in ALL
    }


def corrections() -> States:
    now = timezone.now()
    less = Correction(amount=Decimal("-12.50"), reason="Séance annulée", created_at=now, ticket_id=501)
    more = Correction(amount=Decimal("7.00"), reason="Ticket papier retrouvé", created_at=now)
    return {"d’un ticket": {"correction": less}, "sans ticket": {"correction": more}}
