"""A right comes with a role, which two administrators give; never with one person."""

import pytest
from django.contrib.auth.models import Permission

from accounts.models import User

from .factories import grant, make_user

pytestmark = pytest.mark.django_db
RIGHT = "decide_application"


def may(agent):
    """As the next page reads it."""
    return User.objects.get(pk=agent.pk).has_perm(f"applications.{RIGHT}")


def test_what_one_person_was_given_apart_opens_nothing():
    agent = make_user(is_staff=True)
    agent.user_permissions.add(Permission.objects.get(codename=RIGHT))
    assert not may(agent)

    grant(agent, RIGHT)
    assert may(agent)
