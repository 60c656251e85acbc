"""Rows by packed digests, found as a dictionary of lists would find them."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from core.digests import Digests

DIGESTS = st.integers(min_value=-(2**63), max_value=2**63 - 1) | st.integers(min_value=0, max_value=3)


@given(st.lists(DIGESTS), DIGESTS)
def test_as_a_dictionary_of_lists(digests, other):
    items = [f"item {place}" for place in range(len(digests))]
    wanted = defaultdict(list)
    for place, digest in enumerate(digests):
        wanted[digest].append(items[place])
    packed = Digests(items, ((digest, place) for place, digest in enumerate(digests)))

    for digest in (*digests, other):
        assert [*packed.of(digest)] == wanted[digest]
