"""The address in the QR code is no place to guess codes."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from tickets import codes
from tickets.tests.factories import make_ticket
from tickets.throttle_policies import CODE
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db

FREE = CODE.account.free


def guess(client, times):
    return [client.get(f"/T/{codes.new_code()}/").status_code for _ in range(times)]


def test_who_guesses_has_to_wait(client):
    client.force_login(make_user())

    assert guess(client, FREE) == [404] * FREE
    response = client.get(f"/T/{make_ticket().code}/")
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "5"
    assert "<h1>Trop d’essais de suite</h1>" in response.text
    assert "Attendez 5\N{NO-BREAK SPACE}secondes, puis recommencez." in response.text


def test_a_strangers_ticket_is_a_guess_like_another(client):
    ticket = make_ticket()
    client.force_login(make_user())
    statuses = [client.get(f"/T/{ticket.code}/").status_code for _ in range(FREE + 1)]

    assert statuses == [404] * FREE + [429]


@pytest.mark.parametrize("staff", [True, False], ids=["an agent", "the family"])
def test_who_finds_is_never_slowed_down(client, staff):
    person = make_user(is_staff=staff)
    ticket = make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(person)))
    client.force_login(person)
    statuses = {client.get(f"/T/{ticket.code}/").status_code for _ in range(FREE + 5)}

    assert statuses == {302}
