"""The search for circles is paused for what keeps all that it makes, and no longer."""

import gc

import pytest

from core import collecting

pytestmark = pytest.mark.any_database


def test_it_goes_on_whatever_happens():
    seen = []

    def fail():
        with collecting.paused():
            seen.append(gc.isenabled())
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()

    assert [*seen, gc.isenabled()] == [False, True]


def test_one_that_was_off_stays_so():
    gc.disable()
    try:
        with collecting.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
