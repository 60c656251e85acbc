"""A campaign of some children, and what may be done in it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from proof.servers.browser import form, paper_ticket

from .acts import Page, Service, What
from .book import Book
from .ground import Ground

SPORT, CULTURE = "sport", "culture"
GIVEN = Decimal(80)
CHILD = "/beneficiaires/{child}/loisirs/"
PAPER = CHILD + "effectuer-une-transaction/papier/"
ASSIGNED = CHILD + "effectuer-une-transaction/organisme/{partner}/{wallet}/"
CANCEL = CHILD + "transactions/{ticket}/annuler/"
SERIES_AMOUNT = Decimal(10)


@dataclass(frozen=True)
class Child:
    pk: int
    public_id: str
    wallets: dict[str, int]


@dataclass
class Round:
    """One campaign of some children, and what their guardians and agents may do in it."""

    ground: Ground
    campaign: int
    children: Sequence[Child]
    book: Book = field(init=False)
    # Of the tickets that are there before the start, as a counter is shown them.
    codes: dict[int, str] = field(default_factory=dict)
    euros: dict[int, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Book(GIVEN * len(self.children))

    def paper(
        self,
        euros: int,
        *,
        key: str = "",
        by: int = 0,
        kind: str = SPORT,
        child: int = 0,
        answer_lost: bool = False,
    ) -> Page:
        one, key = self.children[child], key or new_key()
        target = paper_ticket(
            *(self.ground.guardians[by], by),
            child=one.public_id,
            wallet=one.wallets[kind],
            key=key,
            amount=f"{euros},00",
        )
        return Page(what=What.ORDER, key=key, euros=Decimal(euros), target=target, answer_lost=answer_lost)

    def assigned(self, euros: int, *, by: int = 0, kind: str = SPORT, child: int = 0) -> Page:
        one, ground = self.children[child], self.ground
        path = ASSIGNED.format(child=one.public_id, partner=ground.partner, wallet=one.wallets[kind])
        fields = {"key": new_key(), "amount": f"{euros},00", "offer": str(ground.offers[kind])}
        return self._order(path, by, fields, Decimal(euros))

    def series(self, quantity: int, *, by: int = 0) -> Page:
        [child, *_] = self.children
        fields = {"key": new_key(), "choice": f"{child.wallets[SPORT]}-{quantity}"}
        return self._order(PAPER.format(child=child.public_id), by, fields, SERIES_AMOUNT, quantity)

    def _order(
        self,
        path: str,
        by: int,
        fields: dict[str, str],
        euros: Decimal,
        quantity: int = 1,
    ) -> Page:
        return Page(
            what=What.ORDER,
            key=fields["key"],
            euros=euros,
            quantity=quantity,
            target=form(path, self.ground.guardians[by], by, "/felicitations/", **fields),
        )

    def cancel(self, ticket: int, euros: int, *, by: int = 0, child: int = 0) -> Page:
        path = CANCEL.format(child=self.children[child].public_id, ticket=ticket)
        target = form(path, self.ground.guardians[by], by, "/transactions/")
        said = f"Le ticket n°\N{NO-BREAK SPACE}{ticket} est annulé"
        return Page(what=What.CANCEL, ticket=ticket, euros=Decimal(euros), target=target, sentence=said)

    def use(self, ticket: int, kind: str = SPORT) -> Service:
        arguments = {"ticket": ticket, "offer": self.ground.offers[kind]}
        euros = self.euros[ticket]
        return Service(what=What.USE, ticket=ticket, euros=euros, name="use", arguments=arguments)

    def undo_use(self, ticket: int) -> Service:
        euros, arguments = self.euros[ticket], {"ticket": ticket}
        return Service(what=What.UNDO_USE, ticket=ticket, euros=euros, name="undo_use", arguments=arguments)

    def grant(self, euros: int, *, key: str, kind: str = SPORT, child: int = 0) -> Service:
        return self._gift("grant", self.children[child].wallets[kind], key, Decimal(euros))

    def correct(self, euros: int, *, kind: str = SPORT, child: int = 0) -> Service:
        return self._gift("correct", self.children[child].wallets[kind], new_key(), Decimal(euros))

    def _gift(self, name: str, wallet: int, key: str, euros: Decimal) -> Service:
        arguments = {"wallet": wallet, "key": key, "euros": euros}
        return Service(what=What.GIVE, key=f"{wallet} {key}", euros=euros, name=name, arguments=arguments)

    def supplement(self, child: int = 0) -> Service:
        arguments = {"child": self.children[child].pk, "campaign": self.campaign}
        name = "grant_supplement"
        return Service(
            what=What.GIVE, key=f"{name} {child}", euros=Decimal(20), name=name, arguments=arguments
        )

    def other(self, name: str, **arguments: Any) -> Service:
        """What changes neither tickets nor what is left of them all."""
        return Service(what=What.OTHER, name=name, arguments=arguments)

    def bought(
        self, quantity: int, euros: int, *, kind: str = SPORT, child: int = 0, assigned: bool = False
    ) -> list[int]:
        """Tickets that are there before the start: on paper, or for the first organisme."""
        wallet = self.children[child].wallets[kind]
        key, amount = new_key(), Decimal(euros)
        offer = self.ground.offers[kind] if assigned else None
        arguments = {
            "key": key,
            "euros": amount,
            "wallet_id": wallet,
            "offer_id": offer,
            "quantity": quantity,
        }
        act = Service(
            what=What.ORDER, key=key, euros=amount, quantity=quantity, name="order", arguments=arguments
        )
        self.book.note(self.ground.at_once([act]))
        codes: dict[int, str] = self.ground.call("codes_of", key)
        self.codes |= codes
        self.euros |= dict.fromkeys(codes, amount)
        return list(codes)


def new_key() -> str:
    return str(uuid.uuid4())
