"""A queryset whose SQL is made once finds what Django finds, for any values."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import compiled_query
from core.compiled_query import CompiledQuery, NotCompilable
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
    with pytest.raises(NotCompilable):
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


class TestAnotherDjango:
    """performance.md, third advice: on Django 6.1 every page with a session was a 500."""

    @pytest.fixture(autouse=True)
    def told(self, monkeypatch):
        told: list[str] = []
        monkeypatch.setattr(compiled_query, "_tell_once", lambda _: told.append("told"))
        return told

    @pytest.fixture
    def asks_for_more(self, monkeypatch):
        """Its iterables read one part of a queryset more, as that one reads `_fetch_mode`."""
        monkeypatch.delattr(compiled_query._CompiledQuerySet, "_known_related_objects")

    def test_the_queryset_answers_and_it_is_told_once(self, asks_for_more, told):
        named = CompiledQuery(lambda name: User.objects.filter(username=name))
        camille, dominique = make_user("camille"), make_user("dominique")

        assert [named("camille"), named("dominique"), named("claude")] == [[camille], [dominique], []]
        assert told == ["told"]

    def test_of_a_list_too(self, asks_for_more):
        among = CompiledQuery(lambda pks: User.objects.filter(pk__in=pks).order_by("pk"))
        users = [make_user() for _ in range(3)]

        assert [among([user.pk for user in users]), among([])] == [users, []]

    def test_a_lock_is_taken_all_the_same(self, asks_for_more, django_assert_num_queries):
        locked = CompiledQuery(lambda pk: Wallet.objects.locked().filter(pk=pk))
        wallet = make_ticket().wallet

        assert locked(wallet.pk) == [wallet]
        with django_assert_num_queries(1) as asked:
            assert locked(wallet.pk) == [wallet]
        assert ("FOR NO KEY UPDATE" in asked[0]["sql"]) is connection.features.has_select_for_update

    def test_a_value_that_is_none_is_no_other_django(self, told):
        """Whoever sends one does not slow the next one down."""
        keyed = CompiledQuery(lambda key: Order.objects.filter(key=key))
        order = make_ticket().order
        keyed(order.key)

        with pytest.raises(ValidationError):
            keyed("no key")

        assert (keyed(order.key), told) == ([order], [])

    def test_what_the_database_refuses_is_not_asked_again(self, monkeypatch):
        made = []

        def make(name):
            made.append(name)
            return User.objects.filter(username=name)

        def busy(_self, _values):
            raise OperationalError

        monkeypatch.setattr(compiled_query._CompiledSQL, "rows", busy)

        with pytest.raises(OperationalError):
            CompiledQuery(make)("camille")
        assert len(made) == 1
