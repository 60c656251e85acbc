import uuid
from decimal import Decimal

from tickets import services


def order(wallet, actor, amount="10", **more):
    return services.order(
        key=uuid.uuid4(), wallet_id=wallet.pk, offer_id=None, amount=Decimal(amount), actor=actor, **more
    )
