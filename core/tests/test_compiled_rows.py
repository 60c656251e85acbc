"""The rows of a compiled query are like any others."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.db.models import F

from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from core.compiled_query import CompiledQuery
from wallets.models import Wallet
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


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
