"""Of few nothing is told, nor found out from the rest."""

import pytest

from backoffice.figures import statistics

from .places import ANTONY, SCEAUX, VANVES, told

pytestmark = pytest.mark.django_db


def test_few_are_not_told(populate):
    campaign = populate({ANTONY: 4, SCEAUX: 4, VANVES: 3, "75056": 9})

    assert [line["Inscrits"] for line in told(campaign).values()] == [9, None, None, None, 20]


def test_one_alone_takes_another_with_it(populate):
    """Else it would be the sum less the others."""
    campaign = populate({ANTONY: 2, SCEAUX: 9, VANVES: 8})

    assert [line["Inscrits"] for line in told(campaign).values()] == [None, 9, None, 19]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # Two that make two together are each one; three that make nine are not enough either.
        pytest.param([1, 1, 50], [None, None, None, 52], id="each is one"),
        pytest.param([4, 4, 6, 50], [None, None, None, 50, 64], id="enough with the fewest of the others"),
        pytest.param([1, 7], [None, None, None], id="not even the sum"),
        pytest.param([3, 0, 40], [None, 0, None, 43], id="none is no secret"),
        pytest.param([12], [12, 12], id="one line is its sum"),
    ],
)
def test_what_is_hidden_is_not_found_out_from_the_sum(counts, expected):
    """code.md 3.13: {1, 1, 50} with their sum told that each hidden one is one."""
    column = {f"{number:02}": count for number, count in enumerate(counts)}

    assert list(statistics._publishable(column, column).values()) == expected


@pytest.mark.parametrize(
    ("given", "with_ticket", "expected"),
    [
        pytest.param([20, 30], [20, 10], [None, None, 30], id="all of them"),
        pytest.param([20, 30], [18, 10], [None, None, 28], id="all but two"),
        pytest.param([20, 30], [15, 10], [15, 10, 25], id="all but five"),
        pytest.param([20, 30], [0, 10], [0, 10, 10], id="none of them"),
        pytest.param([20], [20], [None, None], id="nor by the sum"),
        pytest.param([4, 46], [4, 10], [None, None, 14], id="few both times"),
    ],
)
def test_a_share_that_tells_of_each_is_not_told(given, with_ticket, expected):
    """code.md 3.13: « dotés = avec un ticket » tells of every child of the commune."""
    keys = [f"{number:02}" for number in range(len(given))]
    wider = dict(zip(keys, given, strict=True))
    told = statistics._publishable(wider, keys)

    found = statistics._publishable(dict(zip(keys, with_ticket, strict=True)), keys, [(wider, told)])
    assert list(found.values()) == expected


@pytest.mark.parametrize(("used", "expected"), [(10, 10), (9, None), (6, None), (5, 5)])
def test_nor_who_has_not_used_a_ticket_yet(used, expected):
    """code.md 3.13, its kind: two columns less each other."""
    given, with_ticket = {"a": 40, "b": 40}, {"a": 10, "b": 20}
    wider = [(column, statistics._publishable(column, ["a", "b"])) for column in (given, with_ticket)]

    assert statistics._publishable({"a": used, "b": 12}, ["a", "b"], wider)["a"] == expected


def test_not_even_the_sum_when_it_is_few(populate):
    assert told(populate({ANTONY: 3}))["Ensemble"]["Inscrits"] is None


@pytest.mark.parametrize("number", [0, 5])
def test_none_and_five_are_told(number):
    assert statistics._publishable({"a": number}, ["a"])["a"] == number
