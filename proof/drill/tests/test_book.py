"""The book of a drill finds what must never happen: a drill that finds nothing has looked."""

from decimal import Decimal

import pytest

from proof.drill.book import Found, Order, Verdict, judge

FIRST = Order("a", 1, Decimal(5))
SECOND = Order("b", 2, Decimal(7))
GIVEN = {1: Decimal(100), 2: Decimal(100)}


def verdict(acknowledged, there, *balances):
    return judge(
        acknowledged, GIVEN, Found(tuple(there), dict(zip(GIVEN, map(Decimal, balances), strict=True)))
    )


@pytest.mark.parametrize(
    ("acknowledged", "there", "balances", "expected"),
    [
        pytest.param([FIRST, SECOND], [FIRST, SECOND], (95, 93), Verdict(0, 0, 0), id="all is there"),
        pytest.param(
            [FIRST, FIRST], [FIRST], (95, 100), Verdict(0, 0, 0), id="acknowledged twice, made once"
        ),
        pytest.param([FIRST, SECOND], [SECOND], (100, 93), Verdict(1, 0, 1), id="lost"),
        pytest.param([FIRST], [FIRST, FIRST], (90, 100), Verdict(0, 1, 1), id="made twice"),
        pytest.param([FIRST], [FIRST, SECOND], (95, 93), Verdict(0, 1, 1), id="made, and nobody was told"),
        pytest.param(
            [FIRST], [Order("a", 2, Decimal(5))], (100, 95), Verdict(1, 1, 2), id="in another wallet"
        ),
        pytest.param([FIRST], [FIRST], (90, 100), Verdict(0, 0, 1), id="money that is gone without a ticket"),
    ],
)
def test_what_was_told_is_there_once(acknowledged, there, balances, expected):
    assert verdict(acknowledged, there, *balances) == expected


def test_what_the_database_tells():
    told = {"tickets": [["a", 1, "5.00"], ["b", 2, "7.00"]], "balances": [[1, "95.00"], [2, "93.00"]]}

    assert judge([FIRST, SECOND], GIVEN, Found.told(told)) == Verdict(0, 0, 0)
