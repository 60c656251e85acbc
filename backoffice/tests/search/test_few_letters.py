"""What an index of names has no part for: a telephone, a name of two letters."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Beneficiary
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.search.finding import find
from tickets import list_search

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeker():
    return make_agent("gestionnaire")


@pytest.mark.usefixtures("family")
def test_a_telephone_is_looked_for_in_no_name(seeker):
    """admin.md § 3: « 06 » is a part of every name that there is, for its index: 3 s, and 17 statements."""
    make_user(last_name="CD 06", first_name="Agent")
    with CaptureQueriesContext(connection) as asked:
        find("06 98 76 54 32", seeker)

    tables = ("accounts_user", "accounts_beneficiary")
    named = [query["sql"] for query in asked if "LIKE" in query["sql"]]
    assert [sql for sql in named if sql.partition('FROM "')[2].startswith(tables)] == []
    assert len(asked) <= 10


def children(text):
    found = Beneficiary.objects.filter(pk__in=list_search.children(text))
    return {(child.last_name, child.first_name) for child in found}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("li", {("LI", "Na"), ("MARTIN", "Lilou")}),
        ("na li", {("LI", "Na")}),
        ("martin l", {("MARTIN", "Lilou")}),
        ("mart lou", {("MARTIN", "Lilou")}),
        ("tin", {("MARTIN", "Lilou"), ("VALENTIN", "Julie")}),
    ],
)
def test_one_or_two_letters_begin_a_name(typed, found):
    """admin.md § 3: « li » was looked for in the middle of every name, for seconds."""
    for last_name, first_name in (("LI", "Na"), ("MARTIN", "Lilou"), ("VALENTIN", "Julie")):
        make_beneficiary(last_name=last_name, first_name=first_name)

    assert children(typed) == found
