"""Everything that locks, in no order."""

from collections.abc import Iterator

from . import counter
from .acts import Act
from .counter import ELSEWHERE, FIRST, MANAGER
from .ground import CHANCE
from .rounds import CULTURE, SPORT, Round, new_key


def anything(here: Round) -> list[Act]:
    """Everything that locks, on the wallets of two children, in no order."""
    tickets = [here.bought(4, 5, child=child) for child in range(2)] if CHANCE.random() < 0.7 else [[], []]
    acts = [*_by_families(here, tickets), *_by_members(here, tickets), *_by_agents(here, tickets)]
    CHANCE.shuffle(acts)
    return acts


def _by_families(here: Round, tickets: list[list[int]]) -> Iterator[Act]:
    for _ in range(16):
        child, by, kind = CHANCE.randrange(2), CHANCE.randrange(2), CHANCE.choice([SPORT, CULTURE])
        euros = CHANCE.randint(1, 15)
        yield CHANCE.choice([here.paper, here.assigned])(euros, by=by, kind=kind, child=child)
        if tickets[child]:
            yield here.cancel(CHANCE.choice(tickets[child]), 5, by=by, child=child)


def _by_members(here: Round, tickets: list[list[int]]) -> Iterator[Act]:
    """On paper, from the list, and what was used before the start taken back."""
    for child, on_paper in enumerate(tickets):
        if not on_paper:
            continue
        waiting = here.bought(2, 5, child=child, assigned=True)
        for ticket in waiting:
            yield counter.from_list(here, ticket, by=CHANCE.choice([FIRST, MANAGER]))
        for ticket in (*on_paper, *waiting):
            yield counter.by_code(here, ticket, by=CHANCE.choice([FIRST, MANAGER, ELSEWHERE]))
        for pair in counter.used(here, on_paper[:2]).items():
            yield counter.undo(here, *pair, by=CHANCE.choice([FIRST, MANAGER]))


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
    for _ in range(2):
        yield here.other("prepare_batch", key=new_key())
        yield here.other("drop_open")
    if CHANCE.random() < 0.3:
        yield here.other("close", campaign=here.campaign)
    if CHANCE.random() < 0.2:
        yield here.other("end", campaign=here.campaign)
