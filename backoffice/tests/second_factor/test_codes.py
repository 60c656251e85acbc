"""A right code opens, once; wrong ones are counted."""

import pytest
from django_otp.plugins.otp_static.models import StaticToken

from accounts import second_factor
from accounts.models import Telephone
from accounts.tests.factories import make_telephone, make_user, shown_by

from .telephones import FACTOR, INDEX

pytestmark = pytest.mark.django_db


def test_a_code_as_telephones_write_it(client, telephone):
    code = shown_by(telephone)

    assert client.post(FACTOR, {"code": f" {code[:3]} {code[3:]} "}).url == INDEX


@pytest.mark.parametrize("code", ["000000", "", "bidon", "٣٤٥٦٧٨", "1" * 21])
def test_a_wrong_code_opens_nothing(client, telephone, code):
    Telephone.objects.update(key=make_telephone(make_user()).key)
    response = client.post(FACTOR, {"code": code})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert client.get(INDEX).status_code == 302


def test_a_code_serves_once(client, agent, telephone):
    code = shown_by(telephone)
    client.post(FACTOR, {"code": code})
    client.logout()
    client.force_login(agent)

    assert "a déjà servi" in client.post(FACTOR, {"code": code}).text
    assert client.get(INDEX).status_code == 302


def test_a_right_code_after_wrong_ones_is_right(client, telephone):
    """security.md F14: django-otp's own brake refused it, for ever longer."""
    for _ in range(4):
        client.post(FACTOR, {"code": "000000"})

    assert client.post(FACTOR, {"code": shown_by(telephone)}).url == INDEX


def test_one_may_not_try_for_ever(client, telephone):
    for _ in range(6):
        response = client.post(FACTOR, {"code": "000000"})

    assert "Trop d’essais" in response.text
    assert "Trop d’essais" in client.post(FACTOR, {"code": shown_by(telephone)}).text


def test_the_telephone_of_another_agent_is_worth_nothing(client, agent):
    other = make_telephone(make_user("autre", is_staff=True))
    make_telephone(agent)
    assert client.post(FACTOR, {"code": shown_by(other)}).status_code == 200

    session = client.session
    session["otp_device_id"] = other.persistent_id
    session.save()
    assert client.get(INDEX).status_code == 302


def test_forgotten_by_an_administrator_it_is_enrolled_anew(client, agent, telephone):
    second_factor.new_recovery_codes(agent)
    second_factor.forget(agent)

    assert "qr" in client.get(FACTOR).context
    assert not StaticToken.objects.exists()
