"""A queryset whose SQL is made once finds what Django finds, for any values."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core.compiled_query import CompiledQuery
from tickets.models import Order, State, Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Wallet

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


def test_what_would_not_be_done_each_time_is_refused():
    with pytest.raises(TypeError):
        CompiledQuery(lambda pk: Wallet.objects.prefetch_related("entries").filter(pk=pk))(1)


@pytest.mark.django_db(transaction=True)
def test_a_lock_is_taken_each_time_and_in_a_transaction_only(django_assert_num_queries):
    locked = CompiledQuery(lambda pk: Wallet.objects.locked().filter(pk=pk))
    wallet = make_ticket().wallet

    for _ in range(2):
        if connection.features.has_select_for_update:
            with pytest.raises(TransactionManagementError):
                locked(wallet.pk)
        with transaction.atomic(), django_assert_num_queries(1) as asked:
            assert locked(wallet.pk) == [wallet]
        assert ("FOR NO KEY UPDATE" in asked[0]["sql"]) is connection.features.has_select_for_update
