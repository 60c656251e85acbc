"""Of few nothing is told, nor found out from the rest."""

import itertools

import pytest

from backoffice.figures import statistics
from backoffice.figures.statistics import Group, children
from core import hiding
from tickets.figures.flows import nothing
from tickets.models import Figure

from .places import ANTONY, SCEAUX, VANVES, told


@pytest.mark.django_db
def test_few_are_not_told(populate):
    campaign = populate({ANTONY: 4, SCEAUX: 4, VANVES: 3, "75056": 9})

    assert {name: line["Inscrits"] for name, line in told(campaign).items()} == {
        "75056": 9,
        "Antony": None,
        "Sceaux": None,
        "Vanves": None,
        "Ensemble": 20,
    }


@pytest.mark.django_db
def test_one_alone_takes_another_with_it(populate):
    """Else it would be the sum less the others."""
    campaign = populate({ANTONY: 2, SCEAUX: 9, VANVES: 8})

    assert [line["Inscrits"] for line in told(campaign).values()] == [None, 9, None, 19]


@pytest.mark.django_db
def test_not_even_the_sum_when_it_is_few(populate):
    assert told(populate({ANTONY: 3}))["Ensemble"]["Inscrits"] is None


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Two that make two together are each one; three that make nine are not enough either.
        pytest.param([1, 1, 50], {0, 1, 2}, id="each is one"),
        pytest.param([4, 4, 6, 50], {0, 1, 2}, id="enough with the fewest of the others"),
        pytest.param([1, 7], {0, 1}, id="not even the sum"),
        pytest.param([3, 0, 40], {0, 2}, id="none is no secret"),
        pytest.param([12], set(), id="one line is its sum"),
        pytest.param([0, 5, 6], set(), id="none and five are told"),
    ],
)
def test_what_is_hidden_is_not_found_out_from_the_sum(counts, expected):
    """code.md 3.13: {1, 1, 50} with their sum told that each hidden one is one."""
    gone = hiding.hidden({str(number): [count] for number, count in enumerate(counts)})

    assert gone == {str(number) for number in expected}


def line(*, granted=None, **numbers):
    """Counts of a line: `made=7` is of seven children, each with one ticket of ten euros, on Sport."""
    counts = nothing()
    for group in ("made", "used", "open", "cancelled"):
        number = numbers.get(group, 0)
        counts |= {f"{group}_children": number, f"{group}_children_sport": number}
        counts |= {f"{group}_tickets": number, f"{group}_cents_sport": 1000 * number}
    return counts | ({"granted": granted, "enrolled": granted} if granted is not None else {})


@pytest.mark.parametrize(
    ("made", "hidden"),
    [
        pytest.param(20, True, id="all of them"),
        pytest.param(18, True, id="all but two"),
        pytest.param(15, False, id="all but five"),
        pytest.param(0, False, id="none of them"),
    ],
)
def test_a_share_that_tells_of_each_is_not_told(made, hidden):
    """code.md 3.13: « dotés = avec un ticket » tells of every child of the commune."""
    of_line = children(Group.MADE, Figure.COMMUNE, line(granted=20, made=made, open=made))

    assert hiding.is_few(of_line) == hidden


@pytest.mark.parametrize(("used", "hidden"), [(20, False), (19, True), (16, True), (15, False), (3, True)])
def test_nor_who_has_not_used_a_ticket_yet(used, hidden):
    """code.md 3.13, its kind: two columns less each other."""
    of_line = children(Group.USED, Figure.PARTNER, line(made=20, used=used, open=20 - used))

    assert hiding.is_few(of_line) == hidden


def test_the_euros_of_few_are_hidden_with_them():
    """A club to which one child came: 15 € are that child's."""
    lines = {"1": line(made=1, open=1), "2": line(made=30, open=30), "3": line(made=40, open=40)}

    gone = statistics.hidden_lines(lines, Figure.PARTNER)

    assert gone[Group.MADE] == gone[Group.USED] == {"1", "2"}


# Children with a ticket, and those of them who used theirs: few, all, all but few, enough.
LINES = [(0, 0), (1, 0), (1, 1), (3, 1), (6, 0), (6, 6), (6, 3), (8, 1), (11, 5), (12, 11), (12, 6), (12, 12)]
MOST = 12


def tables():
    """Every table of three such lines."""
    for three in itertools.combinations_with_replacement(LINES, 3):
        yield {
            name: line(made=made, used=used, open=made - used)
            for name, (made, used) in zip("abc", three, strict=True)
        }


def worlds(lines, gone):
    """The used tickets of the hidden lines, each way that fits all that is told: the other lines, the sum,
    and what was made on each, where that is told."""
    hidden = sorted(gone[Group.USED])
    rest = sum(lines[key]["used_tickets"] for key in hidden)
    ceilings = [MOST if key in gone[Group.MADE] else lines[key]["made_tickets"] for key in hidden]
    for used in itertools.product(*(range(ceiling + 1) for ceiling in ceilings)):
        if sum(used) == rest:
            yield dict(zip(hidden, used, strict=True))


def deduced(lines, gone):
    """The hidden lines of which only one thing can be, though few children are behind it."""
    found = list(worlds(lines, gone))
    return {
        key
        for key in gone[Group.USED]
        if len({world[key] for world in found}) == 1
        and hiding.is_few(
            [lines[key]["used_children"]]
            if key in gone[Group.MADE]
            # Made less used is known too.
            else children(Group.USED, Figure.PARTNER, lines[key])
        )
    }


def of_group(group, lines):
    return {key: children(group, Figure.PARTNER, counts) for key, counts in lines.items()}


def is_sum_told(group, lines, gone):
    numbers = of_group(group, lines)
    total = [sum(column) for column in zip(*numbers.values(), strict=True)]
    return not hiding.is_total_hidden(numbers, gone[group], total)


def test_no_hidden_number_can_be_deduced():
    """code.md 3.13: of every table that fits what is told, each hidden number has several values."""
    tried = 0
    for lines in tables():
        gone = statistics.hidden_lines(lines, Figure.PARTNER)
        if gone[Group.USED] and is_sum_told(Group.USED, lines, gone):
            tried += 1
            assert deduced(lines, gone) == set(), lines

    assert tried > 40


def test_to_hide_the_few_alone_would_not_do():
    """The control: the same tables, without the lines that are hidden with the few."""
    found = 0
    for lines in tables():
        gone = {
            group: {key for key, numbers in of_group(group, lines).items() if hiding.is_few(numbers)}
            for group in (Group.MADE, Group.USED)
        }
        found += bool(deduced(lines, gone))

    assert found > 50
