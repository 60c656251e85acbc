"""Orders of tickets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.money_fields import money_field
from wallets.models import Wallet


class Order(models.Model):
    """One submitted form. Its key comes with the form, so that the same form sent twice creates once."""

    key = models.UUIDField("clé", primary_key=True, editable=False)
    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="orders", verbose_name="porte-monnaie")
    offer = models.ForeignKey(
        "partners.Offer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="offre"
    )
    amount = money_field("montant de chaque ticket")
    quantity = models.PositiveSmallIntegerField("nombre de tickets")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="orders",
        verbose_name="demandé par",
        # It begins the index below.
        db_index=False,
    )
    created_at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "transaction"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="tickets_order_has_a_ticket"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tickets_order_amount_is_positive"),
        ]
        # How many an account made in the last hour (tickets/limits.py).
        indexes = [models.Index(fields=["actor", "-created_at"], name="tickets_order_of_an_account")]

    def __str__(self) -> str:
        return str(self.key)

    def asks_the_same_as(self, other: Order) -> bool:
        fields = ("key", "wallet_id", "offer_id", "amount", "quantity", "actor_id")
        return all(getattr(self, field) == getattr(other, field) for field in fields)
