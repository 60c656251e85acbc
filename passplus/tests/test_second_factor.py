"""The administration is reached with a password and a second factor, and not without."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
FACTOR = reverse("admin:second_factor")
INDEX = reverse("admin:index")


@pytest.fixture
def agent(client):
    """Who has given the password, and nothing else."""
    agent = make_user("agent", is_staff=True, is_superuser=True)
    client.force_login(agent)
    return agent


@pytest.fixture
def telephone(agent):
    return TOTPDevice.objects.create(user=agent, name="téléphone")


def shown_by(telephone):
    return f"{totp(telephone.bin_key):06}"


@pytest.mark.parametrize("address", [INDEX, reverse("admin:tickets_ticket_changelist")])
def test_a_password_alone_leads_to_the_second_factor_and_back(client, telephone, address):
    response = client.get(address, follow=True)

    assert response.redirect_chain[-1][0].startswith(FACTOR)
    entered = client.post(response.redirect_chain[-1][0], {"code": shown_by(telephone)})
    assert entered.url == address
    assert client.get(address).status_code == 200


def test_a_telephone_is_enrolled_the_first_time(client, agent):
    page = client.get(FACTOR).text
    telephone = second_factor.telephone_to_enrol(agent)
    assert "data:image/svg+xml" in page
    assert parse_qs(urlsplit(telephone.config_url).query)["secret"][0] in "".join(page.split())
    assert client.get(INDEX).status_code == 302

    codes = client.post(FACTOR, {"code": shown_by(telephone)}).context["codes"]

    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert client.get(INDEX).status_code == 200
    assert second_factor.telephone_of(agent) == telephone


def test_a_page_opened_twice_shows_the_same_square(client, agent):
    assert client.get(FACTOR).context["secret"] == client.get(FACTOR).context["secret"]


def test_who_is_enrolled_is_not_shown_a_square_again(client, telephone):
    """Else a password alone would do: it would enrol another telephone."""
    assert "qr" not in client.get(FACTOR).context


def test_a_code_as_telephones_write_it(client, telephone):
    code = shown_by(telephone)

    assert client.post(FACTOR, {"code": f" {code[:3]} {code[3:]} "}).url == INDEX


@pytest.mark.parametrize("code", ["000000", "", "bidon", "٣٤٥٦٧٨", "1" * 21])
def test_a_wrong_code_opens_nothing(client, telephone, code):
    TOTPDevice.objects.update(key="0" * 39 + "1")
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


def test_a_recovery_code_serves_once(client, agent, telephone):
    code, *_ = second_factor.new_recovery_codes(agent)
    assert client.post(FACTOR, {"code": code.upper()}).url == INDEX
    client.logout()
    client.force_login(agent)

    assert client.post(FACTOR, {"code": code}).status_code == 200
    assert client.get(INDEX).status_code == 302


def test_new_recovery_codes_take_the_place_of_the_old_ones(client, agent, telephone):
    old = second_factor.new_recovery_codes(agent)
    client.post(FACTOR, {"code": shown_by(telephone)})

    assert f'action="{reverse("admin:recovery_codes")}"' in client.get(INDEX).text
    new = client.post(reverse("admin:recovery_codes")).context["codes"]

    assert set(StaticToken.objects.values_list("token", flat=True)) == set(new)
    assert not set(old) & set(new)


def test_they_are_not_given_to_who_has_only_the_password(client, agent, telephone):
    codes = second_factor.new_recovery_codes(agent)
    client.post(reverse("admin:recovery_codes"))

    assert set(StaticToken.objects.values_list("token", flat=True)) == set(codes)


def test_one_may_not_try_for_ever(client, telephone):
    for _ in range(6):
        response = client.post(FACTOR, {"code": "000000"})

    assert "Trop d’essais" in response.text
    assert "Trop d’essais" in client.post(FACTOR, {"code": shown_by(telephone)}).text


def test_the_session_ends_with_the_browser_whatever_was_ticked(client, agent, telephone):
    session = client.session
    session.set_expiry(dt.timedelta(days=30))
    session.save()
    before = session.session_key

    client.post(FACTOR, {"code": shown_by(telephone)})

    assert client.session.get_expire_at_browser_close()
    assert client.session.session_key != before


@pytest.mark.parametrize("wanted", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:a"])
def test_it_leads_nowhere_else(client, telephone, wanted):
    assert client.post(f"{FACTOR}?next={wanted}", {"code": shown_by(telephone)}).url == INDEX


@pytest.mark.parametrize("fields", [{}, {"is_staff": True, "is_active": False}])
def test_it_is_not_there_for_others(client, fields):
    client.force_login(make_user("camille", **fields))

    assert client.get(FACTOR).status_code in {302, 404}
    assert not TOTPDevice.objects.exists()


def test_the_telephone_of_another_agent_is_worth_nothing(client, agent):
    other = TOTPDevice.objects.create(user=make_user("autre", is_staff=True))
    TOTPDevice.objects.create(user=agent)
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


def test_before_it_nothing_is_told_of_what_is_behind(client, telephone):
    assert "Bénéficiaires" not in client.get(FACTOR).text
