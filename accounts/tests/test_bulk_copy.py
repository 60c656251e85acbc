"""Many rows in few statements, as `bulk_create` would write them, on both databases."""

import pytest
from django.db import IntegrityError, connection

from accounts.models import Beneficiary, Guardianship, User
from core import bulk_copy

from .factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db


def made(**said):
    user = User(username="zoe", first_name="Zoé", last_name="D’ÉON\t\\N\n", **said)
    user.set_unusable_password()
    return user


def test_new_rows_get_their_keys_and_every_value():
    before = make_user()
    [row] = bulk_copy.create(User, [made(email="zoe@famille.example")])
    read = User.objects.get(username="zoe")

    assert row.pk == read.pk > before.pk
    assert not row._state.adding
    columns = [field.attname for field in User._meta.concrete_fields]
    assert [getattr(read, name) for name in columns] == [getattr(row, name) for name in columns]
    # The next one that is made otherwise has a key of its own.
    assert make_user().pk > read.pk


def test_rows_that_stand_by_others():
    child, [user] = make_beneficiary(), bulk_copy.create(User, [made()])
    bulk_copy.create(Guardianship, [Guardianship(user_id=user.pk, beneficiary_id=child.pk)])

    assert [*user.children.all()] == [child]


def test_rows_of_which_nobody_asks_the_keys():
    child, user = make_beneficiary(), make_user()
    bulk_copy.insert(Guardianship, ["user", "beneficiary"], iter([(user.pk, child.pk)]))

    assert [*user.children.all()] == [child]
    with pytest.raises(IntegrityError, match=r"unique|UNIQUE"):
        bulk_copy.insert(Guardianship, ["user", "beneficiary"], [(user.pk, child.pk)])


def test_none_at_all():
    assert [*bulk_copy.create(User, [])] == []
    bulk_copy.insert(Guardianship, ["user", "beneficiary"], [])
    bulk_copy.update(User, ["first_name"], [])


def test_the_database_refuses_all_the_same():
    bulk_copy.create(User, [made()])
    with pytest.raises(IntegrityError):
        bulk_copy.create(User, [made()])


def test_columns_of_rows_that_are_there():
    first, second, third = (make_beneficiary() for _ in range(3))
    login = make_user()
    rows = [(first.pk, "Zoé", 2014, login.pk), (second.pk, "Éa\tÜ", 2015, None)]
    bulk_copy.update(Beneficiary, ["first_name", "birth_year", "user"], rows)

    columns = ("pk", "first_name", "birth_year", "user")
    assert [
        *Beneficiary.objects.filter(pk__in=[first.pk, second.pk]).order_by("pk").values_list(*columns)
    ] == rows
    assert Beneficiary.objects.get(pk=third.pk).first_name == third.first_name


def test_twice_in_one_transaction():
    """The table that carries them is gone after each."""
    child = make_beneficiary()
    for name in ("Un", "Deux"):
        bulk_copy.update(Beneficiary, ["first_name"], [(child.pk, name)])

    assert Beneficiary.objects.get().first_name == "Deux"


def test_one_that_is_gone_is_said():
    child = make_beneficiary()
    with pytest.raises(IntegrityError, match="1 rows of"):
        bulk_copy.update(Beneficiary, ["first_name"], [(child.pk, "Un"), (child.pk + 1, "Deux")])


def test_a_batch_asks_a_handful_of_statements(django_assert_max_num_queries):
    rows = [make_beneficiary() for _ in range(20)]
    with django_assert_max_num_queries(4 if connection.vendor == "postgresql" else 1):
        bulk_copy.update(Beneficiary, ["grade"], [(row.pk, "5") for row in rows])
