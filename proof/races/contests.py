"""What is done at once: the acts of a round."""

from . import counter
from .acts import Act, Page
from .counter import ELSEWHERE, FIRST, MANAGER
from .ground import CHANCE
from .rounds import CULTURE, SPORT, Round, new_key

# Longer than `lock_timeout` and than SQLite's patience, which are five seconds.
TOO_LONG = 6.5


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


def used_by_three(here: Round) -> list[Act]:
    """Two members of one organisme, and one of another."""
    tickets = here.bought(3, 10)
    return [counter.by_code(here, ticket, by=by) for ticket in tickets for by in (FIRST, MANAGER, ELSEWHERE)]


def confirmed_twice(here: Round) -> list[Act]:
    """Pressed twice; and sent again by a telephone that never got the answer."""
    pressed, lost = here.bought(2, 10)
    one, other = new_key(), new_key()
    return [
        counter.by_code(here, pressed, key=one),
        counter.by_code(here, pressed, key=one),
        counter.by_code(here, lost, key=other, answer_lost=True),
        counter.by_code(here, lost, key=other),
    ]


def listed_or_presented(here: Round) -> list[Act]:
    tickets = here.bought(3, 10, assigned=True)
    ways = (counter.from_list, counter.by_code)
    return [way(here, ticket, by=by) for ticket in tickets for by, way in enumerate(ways)]


def cancelled_or_presented(here: Round) -> list[Act]:
    tickets = here.bought(3, 10)
    return [act for ticket in tickets for act in (here.cancel(ticket, 10), counter.by_code(here, ticket))]


def undone_or_used_again(here: Round) -> list[Act]:
    """Taken back by who used it and by a manager, while a third one is shown it."""
    uses = counter.used(here, here.bought(3, 10))
    undone = [counter.undo(here, *pair, by=by) for pair in uses.items() for by in (FIRST, MANAGER)]
    return [*undone, *(counter.by_code(here, ticket, by=ELSEWHERE) for ticket in uses)]


def used_at_midnight(here: Round) -> list[Act]:
    tickets = here.bought(4, 10)
    ends = here.other("end", campaign=here.campaign)
    return [ends, *(counter.by_code(here, ticket, by=ticket % 3) for ticket in tickets)]


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


def held_for_too_long(here: Round) -> list[Act]:
    """Whoever meets a wallet that stays locked is told to try again, and does."""
    [child, *_] = here.children
    [ticket] = here.bought(1, 10)
    held = here.other("hold", wallet=child.wallets[SPORT], seconds=TOO_LONG)
    late = [here.paper(10), here.paper(15, by=1), here.cancel(ticket, 10)]
    return [held, *(_later(act) for act in late)]


def _later(act: Page) -> Page:
    return Page(**{**vars(act), "after": 0.5})
