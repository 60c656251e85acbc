"""What happens to an account meanwhile ends the link."""

import pytest
from django.test import Client

from accounts import email_change, recovery
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user

from .links import OLD, address_of, ask, link_to, newest

pytestmark = pytest.mark.django_db


def new_password(client, user):
    fields = {"old_password": PASSWORD, "new_password1": "tout nouveau secret"}
    client.post("/mon-compte/mot-de-passe/", fields | {"new_password2": "tout nouveau secret"})


def other_devices(client, user):
    client.post("/mon-compte/appareils/")


def closed_and_opened_again(client, user):
    recovery.close_account(user_id=user.pk, actor=make_user(is_staff=True))
    recovery.reopen_account(user_id=user.pk)


def another_one(client, user):
    ask(client, "encore@famille.example")


def there_and_back_by_an_agent(client, user):
    User.objects.filter(pk=user.pk).update(email="agent@famille.example")
    email_change.close(user_id=user.pk)
    User.objects.filter(pk=user.pk).update(email=OLD)


def there_and_back(client, user):
    for address in ("encore@famille.example", OLD):
        ask(client, address)
        email_change.confirm(token=email_change.confirm_path(newest(user)).split("/")[-2])


@pytest.mark.parametrize(
    "since",
    [
        *(new_password, other_devices, closed_and_opened_again, another_one),
        *(there_and_back, there_and_back_by_an_agent),
    ],
    ids=lambda since: since.__name__,
)
def test_what_ends_the_link(client, user, mailoutbox, since):
    """code.md 3.2 and 3.22, security.md F3."""
    ask(client)
    link = link_to(mailoutbox[0])
    assert client.get(link).status_code == 200
    since(client, user)

    response = Client().post(link)
    assert response.status_code == 404
    assert "le compte a changé depuis" in response.text
    assert address_of(user) == OLD
