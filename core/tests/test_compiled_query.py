"""A queryset whose SQL is made once finds what Django finds, for any values."""

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from core.compiled_query import CompiledQuery
from tickets.models import Order, State, Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Wallet
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_the_sql_is_compiled_once_and_the_values_are_bound_each_time():
    made = []

    def named(name):
        made.append(name)
        return User.objects.filter(username=name)

    compiled = CompiledQuery(named)
    camille, dominique = make_user("camille"), make_user("dominique")

    assert [compiled("camille"), compiled("dominique"), compiled("claude")] == [[camille], [dominique], []]
    assert len(made) == 1


def test_every_kind_of_value_reaches_the_database_as_django_would_send_it():
    ticket = make_ticket()
    wallet, order = ticket.wallet, ticket.order
    day, at = timezone.localdate(), timezone.now()

    cases: list[Any] = [
        (lambda pk: Wallet.objects.filter(pk=pk), wallet, wallet.pk, wallet.pk + 1),
        (lambda key: Order.objects.filter(key=key), order, order.key, uuid.uuid4()),
        (lambda code: Ticket.objects.filter(code=code), ticket, ticket.code, "?"),
        (lambda state: Ticket.objects.filter(state=state), ticket, State.UNUSED, State.USED),
        (lambda most: Ticket.objects.filter(amount__lte=most), ticket, ticket.amount, Decimal("0.99")),
        (Wallet.objects.redeemable_on, wallet, day, day - dt.timedelta(days=9999)),
        (lambda at: Ticket.objects.filter(created_at__lte=at), ticket, at, at - dt.timedelta(days=1)),
    ]
    for make, found, value, other in cases:
        compiled = CompiledQuery(make)
        assert compiled(value) == [found]
        assert compiled(other) == []


def test_a_number_may_grow_beyond_that_of_the_first_call():
    compiled = CompiledQuery(lambda number: Ticket.objects.filter(number__lt=number))
    ticket = make_ticket()

    assert compiled(1) == []
    assert compiled(10**18) == [ticket]


@pytest.mark.parametrize("many", range(10))
def test_a_list_of_any_length(many):
    compiled = CompiledQuery(lambda pks: User.objects.filter(pk__in=pks).order_by("pk"))
    users = [make_user() for _ in range(9)]

    assert compiled([user.pk for user in users[:many]]) == users[:many]


def test_a_list_is_compiled_for_few_lengths():
    made = []

    def among(pks):
        made.append(pks)
        return User.objects.filter(pk__in=pks)

    compiled = CompiledQuery(among)
    for many in range(1, 40):
        compiled(list(range(many)))

    assert [len(pks) for pks in made] == [1, 2, 4, 8, 16, 32, 64]


def test_what_is_joined_and_what_is_computed_comes_along(django_assert_num_queries):
    wallet = make_wallet()
    campaign, half = wallet.campaign, wallet.balance / 2
    compiled: Any = CompiledQuery(
        lambda pk: Wallet.objects.filter(pk=pk).select_related("campaign").annotate(half=F("balance") / 2)
    )
    with django_assert_num_queries(1):
        [found] = compiled(wallet.pk)

        assert (found.campaign, found.half) == (campaign, half)


def test_rows_may_be_tuples():
    compiled = CompiledQuery(lambda name: User.objects.filter(username=name).values_list("pk", "username"))
    camille, dominique = make_user("camille"), make_user("dominique")

    assert compiled("camille") == [(camille.pk, "camille")]
    assert compiled("dominique") == [(dominique.pk, "dominique")]


def test_the_order_and_the_limit_are_kept():
    make_user("a"), make_user("b"), make_user("c")
    compiled = CompiledQuery(lambda name: User.objects.filter(username__gte=name).order_by("-username")[:2])

    assert [user.username for user in compiled("a")] == ["c", "b"]
    assert [user.username for user in compiled("c")] == ["c"]


def test_a_row_is_as_fresh_and_as_changeable_as_any():
    compiled = CompiledQuery(lambda pk: User.objects.filter(pk=pk))
    user = make_user("camille")
    [read] = compiled(user.pk)
    read.first_name = "Camille"
    read.save()

    assert compiled(user.pk)[0].first_name == "Camille"


@pytest.mark.django_db(transaction=True)
def test_threads_ask_by_their_own_connections():
    compiled = CompiledQuery(lambda user: Beneficiary.objects.filter(guardianships__user=user))
    parents = [make_user() for _ in range(8)]
    children = [make_beneficiary(parent) for parent in parents]
    assert Guardianship.objects.count() == 8

    def ask(parent):
        try:
            return [compiled(parent.pk) for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(ask, parents))

    assert found == [[[child]] * 20 for child in children]


@pytest.mark.parametrize(
    "make",
    [
        lambda pk: Wallet.objects.locked().filter(pk=pk),
        lambda pk: Wallet.objects.prefetch_related("entries").filter(pk=pk),
    ],
    ids=["a lock", "a prefetch"],
)
def test_what_would_not_be_done_each_time_is_refused(make):
    with pytest.raises(TypeError):
        CompiledQuery(make)(1)
