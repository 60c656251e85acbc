"""Packed pairs, found as a dictionary of lists would find them."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from core.packed_pairs import PackedPairs

KEYS = st.integers(min_value=-(2**63), max_value=2**63 - 1) | st.integers(min_value=0, max_value=3)


@given(st.lists(KEYS), KEYS)
def test_as_a_dictionary_of_lists(keys, other):
    wanted = defaultdict(list)
    for place, key in enumerate(keys):
        wanted[key].append(place)
    packed = PackedPairs((key, place) for place, key in enumerate(keys))

    for key in (*keys, other):
        assert [*packed.of(key)] == wanted[key]
