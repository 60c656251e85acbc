"""The states of fields and choices."""

from tickets.paper_form import paper_options
from wallets.models import Kind

from .fields import Fields
from .made_up import wallet
from .states import States


def fields() -> States:
    blank, wrong = Fields(), Fields({})
    good = {f"{field.label}": {"field": field, "star": False} for field in blank}
    refused = {f"{field.label} – erreur": {"field": field, "star": True} for field in wrong if field.errors}
    return good | refused


def options() -> States:
    options = paper_options([wallet(Kind.SPORT, "0.00"), wallet(Kind.CULTURE, "60.00")])
    states = {
        f"{option.label}{' – impossible' * option.disabled}": {
            "option": option,
            "count": len(options),
            "index": index,
            "chosen": options[-1].value,
        }
        for index, option in enumerate(options)
    }
    another = {"option": options[1], "count": 8, "index": 9, "chosen": None}
    return states | {"deux campagnes ouvertes": another}


def spend_all() -> States:
    field = Fields()["amount"]
    return {
        "il en reste": {"field": field, "wallet": wallet(Kind.SPORT, "7.50")},
        "plus rien": {"field": field, "wallet": wallet(Kind.SPORT, "0.00")},
    }
