"""People, wallets, organismes and tickets."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Beneficiary, User
from partners.models import Activity, Commune, Offer, Partner
from partners.reading import ListedPartner, Offered
from tickets.lines import TicketLine
from tickets.models import Order, State, Ticket, Use, Way
from wallets.models import Campaign, Entry, Kind, Nature, Wallet
from wallets.reading import WalletBreakdown

GARANCE = Beneficiary(public_id="0000000001", first_name="Garance", last_name="TEST CD 92", birth_year=2013)
LONG_NAMED = Beneficiary(
    public_id="0000000002",
    first_name="Marie-Emmanuelle Anne-Charlotte",
    last_name="DE LA ROCHEFOUCAULD-MONTMORENCY VAN DEN BROECKE",
    birth_year=2014,
)


def campaign(*, years_ago: int = 0, **fields: Any) -> Campaign:
    """A school year that contains today, or an earlier one."""
    day = timezone.localdate() - dt.timedelta(days=365 * years_ago)
    fields = {
        "name": f"{day.year}-{day.year + 1}",
        "opens_on": day - dt.timedelta(days=60),
        "last_ticket_on": day + dt.timedelta(days=200),
        "last_cancellation_on": day + dt.timedelta(days=230),
        "last_validation_on": day + dt.timedelta(days=300),
    } | fields
    return Campaign(**fields)


def wallet(kind: Kind, balance: str, **fields: Any) -> Wallet:
    return Wallet(pk=1, kind=kind, balance=Decimal(balance), campaign=fields.pop("campaign", campaign()))


def granted(amount: str, wallet: Wallet) -> WalletBreakdown:
    return WalletBreakdown(wallet, [Entry(amount=Decimal(amount), nature=Nature.GRANT)])


def offer(name: str = "MAITRISE STE MARIE D ANTONY", activity: str = "Chant choral") -> Offer:
    town = Commune(insee_code="92002", name="Antony", postcode="92160")
    return Offer(
        kind=Kind.CULTURE, activity=Activity(name=activity), partner=Partner(pk=1, name=name, commune=town)
    )


def ticket(number: int, **fields: Any) -> Ticket:
    fields = {
        "wallet": wallet(Kind.CULTURE, "10.00"),
        "offer": offer(),
        "amount": Decimal("50.00"),
        "order": Order(actor=User(first_name="Camille")),
        "code": "0123456789AB7",
        "used_at": timezone.now(),
        "cancelled_at": timezone.now(),
    } | fields
    return Ticket(number=number, **fields)


def line(of: Ticket) -> TicketLine:
    name = of.offer.partner.name if of.offer else ""
    return TicketLine(of.number, of.amount, of.state, of.created_at, of.wallet, name, "Camille")


def use(number: int, **fields: Any) -> Use:
    of_garance = ticket(number, state=fields.pop("state", State.USED))
    of_garance.wallet.beneficiary = GARANCE
    fields["used_at"] = timezone.now().replace(hour=14, minute=5)
    fields["actor"] = User(first_name="Sophie", last_name="MARTIN")
    dispute = fields.pop("dispute", None)
    made = Use(pk=number, ticket=of_garance, offer=of_garance.offer, way=Way.TYPED, **fields)
    # As a list reads them together: there is no table to ask.
    made._state.fields_cache["dispute"] = dispute
    return made


def listed(name: str, offers: list[tuple[str, Kind]], **fields: Any) -> ListedPartner:
    kilometres = fields.pop("kilometres", None)
    partner = Partner(pk=1, name=name, commune=Commune(name="Antony"), postcode="92160", **fields)
    return ListedPartner(partner, [Offered(kind, activity) for activity, kind in offers], kilometres)
