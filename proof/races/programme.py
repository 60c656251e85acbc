"""The races. Each round has a new campaign: every child has 60 € in its Sport wallet, 20 € in the other."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from proof.servers.browser import form, paper_ticket

from .acts import Act, Page, Service, What
from .book import Book
from .ground import CHANCE, Ground

SPORT, CULTURE = "sport", "culture"
GIVEN = Decimal(80)
CHILD = "/beneficiaires/{child}/loisirs/"
PAPER = CHILD + "effectuer-une-transaction/papier/"
ASSIGNED = CHILD + "effectuer-une-transaction/organisme/{partner}/{wallet}/"
CANCEL = CHILD + "transactions/{ticket}/annuler/"
SERIES_AMOUNT = Decimal(10)
# Longer than `lock_timeout` and than SQLite's patience, which are five seconds.
TOO_LONG = 6.5


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
        return Page(what=What.CANCEL, ticket=ticket, euros=Decimal(euros), target=target)

    def use(self, ticket: int, kind: str = SPORT) -> Service:
        arguments = {"ticket": ticket, "offer": self.ground.offers[kind]}
        return Service(what=What.USE, ticket=ticket, name="use", arguments=arguments)

    def undo_use(self, ticket: int) -> Service:
        return Service(what=What.UNDO_USE, ticket=ticket, name="undo_use", arguments={"ticket": ticket})

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

    def bought(self, quantity: int, euros: int, *, kind: str = SPORT, child: int = 0) -> list[int]:
        """Tickets that are there before the start."""
        wallet = self.children[child].wallets[kind]
        key, amount = new_key(), Decimal(euros)
        arguments = {"key": key, "euros": amount, "wallet_id": wallet, "quantity": quantity}
        act = Service(
            what=What.ORDER, key=key, euros=amount, quantity=quantity, name="order", arguments=arguments
        )
        self.book.note(self.ground.at_once([act]))
        tickets: list[int] = self.ground.call("tickets_of", key)
        return tickets


def new_key() -> str:
    return str(uuid.uuid4())


# --- What is done at once -----------------------------------------------------------------------


def fifty_on_one_wallet(here: Round) -> list[Act]:
    return [here.paper(10, by=number % 2) for number in range(50)]


def two_guardians(here: Round) -> list[Act]:
    return [here.paper(40, by=0), here.paper(40, by=1)]


def one_form_twice(here: Round) -> list[Act]:
    """Pressed twice; and sent again by a telephone that never got the answer."""
    pressed, lost = new_key(), new_key()
    return [
        here.paper(10, key=pressed),
        here.paper(10, key=pressed),
        here.paper(10, key=lost, answer_lost=True),
        here.paper(10, key=lost),
    ]


def one_key_other_amount(here: Round) -> list[Act]:
    key = new_key()
    return [here.paper(10, key=key), here.paper(12, key=key), here.paper(10, key=key, kind=CULTURE)]


def cancelled_or_used(here: Round) -> list[Act]:
    tickets = here.bought(3, 10)
    return [act for ticket in tickets for act in (here.cancel(ticket, 10), here.use(ticket))]


def cancelled_by_both(here: Round) -> list[Act]:
    tickets = here.bought(3, 10)
    return [here.cancel(ticket, 10, by=by) for ticket in tickets for by in (0, 1)]


def granted_and_spent(here: Round) -> list[Act]:
    """70 € in all, for eight tickets of 10 €."""
    grants = [here.grant(10, key="geste"), here.grant(10, key="geste")]
    return [*grants, *(here.paper(10, by=number % 2) for number in range(8))]


def closed_and_spent(here: Round) -> list[Act]:
    [ticket] = here.bought(1, 20)
    orders = [here.paper(10, by=number % 2) for number in range(4)]
    return [here.other("close", campaign=here.campaign), here.cancel(ticket, 20), *orders]


def opened_and_undone(here: Round) -> list[Act]:
    """Two agents who open, undo, close and reopen one campaign, of three children, and a family that buys."""
    campaign = {"campaign": here.campaign}
    names = [name for name in ("undo_all", "open_all", "reopen") for _ in range(2)]
    acts: list[Act] = [here.other(name, **campaign) for name in names]
    if CHANCE.random() < 0.5:
        acts.append(here.other("close", **campaign))
    if CHANCE.random() < 0.5:
        acts += [here.paper(10, child=child) for child in range(3)]
    CHANCE.shuffle(acts)
    return acts


def imported_meanwhile(here: Round) -> list[Act]:
    [child, *_] = here.children
    first, second, third = here.bought(3, 10)
    return [
        here.other("import_roster", child=child.pk),
        here.other("import_directory", partner=here.ground.partner),
        here.use(first),
        here.grant(10, key="geste"),
        here.cancel(second, 10),
        here.cancel(third, 10, by=1),
        here.assigned(10),
        here.assigned(15, by=1),
        here.paper(20, kind=CULTURE),
    ]


def six_or_one(here: Round) -> list[Act]:
    return [here.series(6), here.paper(10, by=1)]


def anything(here: Round) -> list[Act]:
    """Everything that locks, on the wallets of two children, in no order."""
    tickets = [here.bought(4, 5, child=child) for child in range(2)] if CHANCE.random() < 0.7 else [[], []]
    acts = [*_by_families(here, tickets), *_by_agents(here, tickets)]
    CHANCE.shuffle(acts)
    return acts


def _by_families(here: Round, tickets: list[list[int]]) -> Iterator[Act]:
    for _ in range(16):
        child, by, kind = CHANCE.randrange(2), CHANCE.randrange(2), CHANCE.choice([SPORT, CULTURE])
        euros = CHANCE.randint(1, 15)
        yield CHANCE.choice([here.paper, here.assigned])(euros, by=by, kind=kind, child=child)
        if tickets[child]:
            yield here.cancel(CHANCE.choice(tickets[child]), 5, by=by, child=child)


def _by_agents(here: Round, tickets: list[list[int]]) -> Iterator[Act]:
    pks = [child.pk for child in here.children]
    for number, child in enumerate(here.children):
        formula = {"child": child.pk, "campaign": here.campaign}
        yield here.other("switch_formula", **formula, preferred=CHANCE.choice([SPORT, CULTURE]))
        yield here.supplement(number)
        yield here.supplement(number)
        yield here.correct(CHANCE.choice([-5, 5]), kind=CHANCE.choice([SPORT, CULTURE]), child=number)
        yield here.other("import_roster", child=child.pk)
        for ticket in tickets[number]:
            yield here.use(ticket)
            yield here.undo_use(ticket)
    yield here.other("open_again", children=pks, campaign=here.campaign)
    yield here.other("expire")
    yield here.other("import_directory", partner=here.ground.partner)
    if CHANCE.random() < 0.3:
        yield here.other("close", campaign=here.campaign)


def held_for_too_long(here: Round) -> list[Act]:
    """Whoever meets a wallet that stays locked is told to try again, and does."""
    [child, *_] = here.children
    [ticket] = here.bought(1, 10)
    held = here.other("hold", wallet=child.wallets[SPORT], seconds=TOO_LONG)
    late = [here.paper(10), here.paper(15, by=1), here.cancel(ticket, 10)]
    return [held, *(_later(act) for act in late)]


def _later(act: Page) -> Page:
    return Page(**{**vars(act), "after": 0.5})


# --- The programme ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Race:
    """`control` is a function of `controls`; without one, that somebody was told to try again is its own."""

    title: str
    acts: Callable[[Round], Sequence[Act]]
    control: str = ""
    # How many of the acts are done in a round, where that does not depend on who comes first.
    done: int | None = None
    children: int = 1
    # Its share of the time.
    weight: int = 1

    @property
    def waits(self) -> bool:
        """Whether a round takes seconds, however quick the machine."""
        return not self.control


PROGRAMME = [
    Race("50 clients, un porte-monnaie", fifty_on_one_wallet, "money_spent_twice", done=6, weight=2),
    Race("deux responsables", two_guardians, "money_spent_twice", done=1),
    Race("double envoi, réponse perdue", one_form_twice, "form_sent_twice", done=4),
    Race("même clé, autre montant", one_key_other_amount, "key_not_compared", done=1),
    Race("annuler contre utiliser", cancelled_or_used, "cancelled_and_used", done=3),
    Race("annuler contre annuler", cancelled_by_both, "cancelled_twice", done=3),
    Race("dotation contre ticket", granted_and_spent, "balance_written_as_read"),
    Race("clôture contre ticket", closed_and_spent, "lapsed_while_spent"),
    Race("ouverture, clôture et leurs contraires", opened_and_undone, "revived_twice", children=3, weight=2),
    Race("imports contre tout", imported_meanwhile, "directory_imported_twice", done=9),
    Race("six tickets contre un", six_or_one, "money_spent_twice", done=1),
    Race("n’importe quoi, interblocages", anything, "locked_crosswise", children=2, weight=5),
    Race("verrou tenu trop longtemps", held_for_too_long, done=4, weight=3),
]
