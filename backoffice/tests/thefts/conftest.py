import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import child_logins
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

from .thefts import NEW, OLD, WHY


@pytest.fixture
def act(client):
    def send(row, name, **said):
        address = reverse(f"admin:accounts_user_{name}", args=[row.pk])
        return client.post(address, {"reason": WHY} | said)

    return send


@pytest.fixture
def stolen():
    """The thief has the password, is inside, has changed the address, and made the child's login."""
    days_ago = timezone.now() - dt.timedelta(days=2)
    user = make_user("mere", email=NEW, former_email=OLD, email_changed_at=days_ago, last_login=days_ago)
    child = make_beneficiary(user, first_name="Inès")
    child_logins.make_child_login(beneficiary_id=child.pk, actor=user)
    child.refresh_from_db()
    child.user.set_password(PASSWORD)
    child.user.save()
    return User.objects.get(pk=user.pk)
