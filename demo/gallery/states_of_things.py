"""The states of wallets and organismes."""

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from wallets.models import Kind
from wallets.season import Ended, Ending

from .made_up import campaign, granted, listed, wallet
from .states import States


def wallets() -> States:
    closed = campaign(last_ticket_on=timezone.localdate() - dt.timedelta(days=1))
    return {
        state: {"breakdown": breakdown, "link": True}
        for state, breakdown in {
            "plein": granted("60.00", wallet(Kind.CULTURE, "60.00")),
            "entamé": granted("60.00", wallet(Kind.SPORT, "7.50")),
            "vide": granted("60.00", wallet(Kind.SPORT, "0.00")),
            "très plein": granted("9999999.99", wallet(Kind.CULTURE, "9999999.99")),
            "fermé": granted("60.00", wallet(Kind.CULTURE, "10.00", campaign=closed)),
        }.items()
    }


def wallet_lines() -> States:
    return {
        "Sport": {"wallet": wallet(Kind.SPORT, "20.00")},
        "Culture, vide": {"wallet": wallet(Kind.CULTURE, "0.00")},
    }


def partner_rows() -> States:
    offers = [("Judo", Kind.SPORT), ("Danse", Kind.CULTURE)]
    judo = listed("JUDO CLUB D ANTONY", offers, accessible=True, kilometres=1.234)
    return {
        "près d’ici": {"listed": judo},
        "pour un porte-monnaie": {"listed": judo, "kind": Kind.SPORT, "create_url": "/"},
        "sans distance": {"listed": listed("MJC", [("Danse", Kind.SPORT)])},
        "quinze activités": {
            "listed": listed("OMNISPORTS", [(f"Sport {number}", Kind.SPORT) for number in range(15)])
        },
    }


def endings() -> States:
    return {
        "dans sept jours": {"endings": [Ending(campaign(), 7, Decimal(90))]},
        "le dernier jour": {"endings": [Ending(campaign(), 0, Decimal("1.50"))]},
        "plus rien": {"endings": []},
    }


def seasons_over() -> States:
    return {
        "une somme perdue": {"season": Ended(campaign(), Decimal(90))},
        "tout a servi": {"season": Ended(campaign(), Decimal(0))},
    }


def no_wallets() -> States:
    over = [Ended(campaign(), Decimal(90))]
    return {"": {"brand": settings.BRAND}, "une campagne finie": {"brand": settings.BRAND, "seasons": over}}
