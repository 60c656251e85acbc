"""The page counts both, for those who import lists."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user

from .families import LONG_AGO, PAGE

pytestmark = pytest.mark.django_db


def test_the_page_counts_both(client, families):
    families[0][0].access_code_at = families[1][0].access_code_at = timezone.now() - LONG_AGO
    for user in (families[0][0], families[1][0]):
        user.save()
    context = client.get(PAGE).context

    for form in (context["by_mail"].form, context["on_paper"].form):
        assert [label[-3:] for _, label in form.fields["who"].choices] == [": 2", ": 1"]


def test_it_is_for_those_who_import_lists(client, enter, families):
    adviser = make_user(is_staff=True)
    adviser.user_permissions.add(Permission.objects.get(codename="view_user"))
    enter(adviser)
    accounts = reverse("admin:accounts_user_changelist")

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"mail-who": "nouveaux", "mail-reason": "x"}).status_code == 403
    assert PAGE not in client.get(accounts).text

    adviser.user_permissions.add(Permission.objects.get(codename="import_lists"))
    assert client.get(PAGE).status_code == 200
    assert PAGE in client.get(accounts).text


def test_the_list_shows_who_never_came(client, families):
    make_user("venue")
    found = client.get(reverse("admin:accounts_user_changelist"), {"activation": "jamais"}).context["cl"]

    assert {user.username for user in found.queryset} == {
        *(f"avec{number}" for number in range(3)),
        *(f"sans{number}" for number in range(3)),
    }
