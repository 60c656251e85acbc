"""What one account or one child asks is answered by indexes, however many children there are.

An « or » over two tables is true or false of every row of them, and no index answers it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import child_logins, mail_choices, recovery, validators
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
LARGE = {"accounts_user", "accounts_beneficiary", "accounts_guardianship"}


def read_whole(statement: str) -> Iterator[str]:
    """The large tables that its plan goes through without a condition on an index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
            steps = (row[3].split() for row in cursor.fetchall())
            yield from (step[1] for step in steps if step[0] == "SCAN" and step[1] in LARGE)
        else:
            # A table of four rows is read whole for good reasons: each is planned for as a département's, of
            # what is counted now, and not in another test.
            cursor.execute(f"ANALYZE {', '.join(LARGE)}")
            cursor.execute(
                "UPDATE pg_class SET reltuples = 80000, relpages = 1 WHERE relname = ANY(%s)", [[*LARGE]]
            )
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            [[[answer]]] = cursor.fetchall()
            yield from _whole(answer["Plan"])


def _whole(node: dict[str, Any]) -> Iterator[str]:
    if node.get("Relation Name") in LARGE and not {"Index Cond", "Recheck Cond"} & node.keys():
        yield node["Relation Name"]
    for below in node.get("Plans", ()):
        yield from _whole(below)


ASKED = {
    "accessible children": lambda user, child: list(Beneficiary.objects.accessible_to(user)),
    "who is told": lambda user, child: list(mail_choices.readers(child, mail_choices.MailKind.USED)),
    "addresses around": lambda user, child: recovery._around(user),
    "names around": lambda user, child: list(validators._names_around(user)),
    "logins around": lambda user, child: list(child_logins.logins_around(user.pk)),
    "logins made": lambda user, child: list(child_logins.made_by(user)),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_no_large_table_is_read_whole(ask):
    """code.md 3: a notice read every account of the département, 80,000 times."""
    user = make_user()
    child = make_beneficiary(user, user=make_user())
    with CaptureQueriesContext(connection) as asked:
        ask(user, child)
    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]

    assert reads
    assert {statement: [*whole] for statement in reads if (whole := [*read_whole(statement)])} == {}


def test_an_or_over_two_tables_is_seen():
    """The control."""
    user = make_user()
    either = Beneficiary.objects.filter(guardians=user) | Beneficiary.objects.filter(user=user)
    with CaptureQueriesContext(connection) as asked:
        list(either)
        list(User.objects.filter(pk=user.pk))
    assert [bool([*read_whole(query["sql"])]) for query in asked] == [True, False]
