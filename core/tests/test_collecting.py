"""What keeps all that it makes is gone through once, and circles that it made are gone all the same."""

import gc
import weakref

import pytest

from core import collecting

pytestmark = pytest.mark.any_database


class Circle:
    def __init__(self):
        self.itself = self


def test_a_circle_is_gone_meanwhile():
    """A caught exception is one, and holds the line that it is about: three kilobytes of each."""
    with collecting.only_new_ones():
        circle = weakref.ref(Circle())
        kept = [[number] for number in range(2 * collecting.EVERY)]

        assert circle() is None
    assert len(kept) == 2 * collecting.EVERY


def test_what_is_kept_is_not_gone_through_again():
    """The control: as usual, it is, many times."""

    def searches():
        return sum(generation["collections"] for generation in gc.get_stats()[1:])

    with collecting.only_new_ones():
        before = searches()
        kept = [[number] for number in range(4 * collecting.EVERY)]
        meanwhile = searches() - before
    before = searches()
    kept += [[number] for number in range(4 * collecting.EVERY)]

    assert (meanwhile, searches() - before > 10) == (0, True)


def test_it_goes_on_as_before_whatever_happens():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="no"), collecting.only_new_ones():
        raise ValueError("no")

    assert gc.get_threshold() == before
