import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse

from accounts import child_logins
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user

from .rulings import WHY


@pytest.fixture
def agent(enter):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    enter(agent)
    return agent


@pytest.fixture
def act(client):
    def send(child, name, **said):
        address = reverse(f"admin:accounts_beneficiary_{name}", args=[child.pk])
        return client.post(address, {"reason": WHY} | said)

    return send


@pytest.fixture
def nicolas():
    user = make_user("parent.921000099", first_name="Nicolas", last_name="DA COSTA", city="Colombes")
    make_beneficiary(user, first_name="Tiago", last_name="DA COSTA")
    return user


@pytest.fixture
def ruling():
    """The father made the child's login, chose its password, and still has a link."""
    mother, father = make_user("mere"), make_user("pere")
    child = make_beneficiary(mother, father, first_name="Inès")
    login, link = child_logins.make_child_login(beneficiary_id=child.pk, actor=father)
    mail.outbox.clear()
    return Beneficiary.objects.get(pk=child.pk), mother, father, login, link
