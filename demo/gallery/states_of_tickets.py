import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from tickets.models import Dispute, State
from wallets.models import Kind, LateCancellation

from .made_up import GARANCE, LONG_NAMED, campaign, line, offer, ticket, use, wallet
from .states import States


def tickets() -> States:
    sport = wallet(Kind.SPORT, "10.00")
    over = wallet(Kind.SPORT, "10.00", campaign=campaign(years_ago=2))
    long_offer = offer(
        "ASSOCIATION POUR LA PROMOTION DES PRATIQUES CHORALES ET INSTRUMENTALES DU SUD DES HAUTS-DE-SEINE",
        "Pratiques instrumentales collectives",
    )
    of_garance = {
        "non utilisé, affecté": ticket(101),
        "non utilisé, papier": ticket(102, offer=None, wallet=sport),
        "utilisé": ticket(103, state=State.USED),
        "annulé": ticket(104, state=State.CANCELLED),
        "expiré": ticket(105, wallet=over, state=State.EXPIRED),
        "expiré aujourd’hui, papier": ticket(106, wallet=over, offer=None),
    }
    both = {"brand": settings.BRAND, "notice": True, "actions": True}
    states = {state: {"ticket": it, "beneficiary": GARANCE, **both} for state, it in of_garance.items()}
    long = {"ticket": ticket(107, offer=long_offer, amount=Decimal("9999999.99")), "beneficiary": LONG_NAMED}
    return states | {"noms longs": {**long, **both}}


def cancel_links() -> States:
    forfeiting = campaign(
        last_ticket_on=timezone.localdate() - dt.timedelta(days=9),
        last_cancellation_on=timezone.localdate() - dt.timedelta(days=1),
        late_cancellation=LateCancellation.FORFEITS,
    )
    late = ticket(401, wallet=wallet(Kind.SPORT, "0.00", campaign=forfeiting))
    return {
        "à temps": {"ticket": ticket(400), "beneficiary": GARANCE},
        "trop tard pour le crédit": {"ticket": late, "beneficiary": GARANCE},
    }


def rows() -> States:
    return {state: {"ticket": line(it["ticket"]), "beneficiary": GARANCE} for state, it in tickets().items()}


def uses() -> States:
    return {
        "utilisé": {"uses": [use(501)], "partner_id": 1},
        "signalé par la famille": {"uses": [use(504, dispute=Dispute())], "partner_id": 1},
        "payé": {"uses": [use(505, state=State.PAID)], "partner_id": 1},
        "payé, puis repris": {
            "uses": [use(506, state=State.PAID, dispute=Dispute(decided_at=timezone.now(), is_founded=True))],
            "partner_id": 1,
        },
        "annulé depuis": {"uses": [use(502, undone_at=timezone.now())], "partner_id": 1},
    }


def presented() -> States:
    waiting = ticket(503)
    waiting.wallet.beneficiary = GARANCE
    return {
        "à cocher": {"ticket": waiting, "tick": True},
        "cochée": {"ticket": waiting, "tick": True, "ticked": True},
        "à confirmer": {"ticket": waiting},
    }


def cancelling() -> States:
    return {
        "à temps": {"cancelling": [(campaign(), None)]},
        "plus possible": {"cancelling": [(campaign(), LateCancellation.REFUSED)]},
        "deux campagnes": {
            "cancelling": [(campaign(), None), (campaign(years_ago=1), LateCancellation.FORFEITS)]
        },
    }
