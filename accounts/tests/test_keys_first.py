"""A page of a list skips keys, not rows with all that is joined to them."""

import pytest
from django.core.paginator import InvalidPage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from core.keys_first import KeysFirstPaginator

pytestmark = pytest.mark.django_db


@pytest.fixture
def children():
    for name in "CABED":
        make_beneficiary(last_name=name)
    return Beneficiary.objects.select_related("school").order_by("last_name", "pk")


def test_in_the_order_of_the_list_with_what_it_joins(children):
    """admin.md § 3: the last page of the tickets took 1.7 s."""
    with CaptureQueriesContext(connection) as asked:
        rows = list(KeysFirstPaginator(children, 2).page(2).object_list)
        assert [row.school.name for row in rows] == ["Collège"] * 2

    assert [row.last_name for row in rows] == ["C", "D"]
    skipping = [query["sql"] for query in asked if "OFFSET" in query["sql"]]
    assert len(skipping) == 1
    assert "JOIN" not in skipping[0]


def test_beyond_the_last_page_is_none(children):
    with pytest.raises(InvalidPage):
        KeysFirstPaginator(children, 2).page(4)


def test_the_last_pages_are_counted_from_the_end(children):
    """admin.md § 3: 80,000 children were sorted for the last hundred."""
    with CaptureQueriesContext(connection) as asked:
        pages = KeysFirstPaginator(children, 2)
        found = [[row.last_name for row in pages.page(number).object_list] for number in (1, 2, 3)]

    assert found == [["A", "B"], ["C", "D"], ["E"]]
    assert not any("OFFSET 4" in query["sql"] for query in asked)


def test_what_was_found_is_not_looked_for_again(children):
    """admin.md § 3: a search was done four times."""
    narrowed = children.filter(last_name__in=["B", "C", "E"])
    with CaptureQueriesContext(connection) as asked:
        pages = KeysFirstPaginator(narrowed, 2, whole=Beneficiary.objects.all(), summed="birth_year")
        rows = list(pages.page(1).object_list)
        assert [row.school.name for row in rows] == ["Collège"] * 2
        assert pages.total == sum(child.birth_year for child in narrowed)

    assert [row.last_name for row in rows] == ["B", "C"]
    counted, keys, read, _ = (query["sql"] for query in asked)
    assert all('last_name" IN' in sql for sql in (counted, keys))
    assert 'last_name" IN' not in read


def test_what_takes_long_to_find_is_found_and_counted_at_once(children):
    narrowed = children.filter(last_name__in=["A", "B", "C", "E"])
    total = sum(child.birth_year for child in narrowed)
    with CaptureQueriesContext(connection) as asked:
        pages = KeysFirstPaginator(
            narrowed, 2, whole=Beneficiary.objects.all(), summed="birth_year", costly=True
        )
        assert (pages.count, pages.total) == (4, total)
        assert [row.last_name for row in pages.page(1).object_list] == ["A", "B"]

    assert sum('last_name" IN' in query["sql"] for query in asked) == 1
    assert [row.last_name for row in pages.page(2).object_list] == ["C", "E"]


def test_nothing_found_is_none_and_no_euro(children):
    pages = KeysFirstPaginator(children.none(), 2, summed="birth_year", costly=True)

    assert (pages.count, pages.total, list(pages.page(1).object_list)) == (0, None, [])
    nobody = KeysFirstPaginator(children.filter(last_name="Z"), 2, summed="birth_year", costly=True)
    assert (nobody.count, nobody.total, list(nobody.page(1).object_list)) == (0, None, [])
