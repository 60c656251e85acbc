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


def main_of(response):
    return response.text.partition("<main")[2].partition("</main>")[0]


class TestAStranger:
    """family.md 2: who scans a ticket reads what it is, and where an organisme goes."""

    def test_nobody_yet_reads_what_it_is_before_any_login(self, client, settings):
        response = client.get(f"/T/{make_ticket().code}/")

        assert response.status_code == 200
        assert "<h1>Un ticket Pass+</h1>" in response.text
        assert "Vous êtes un organisme" in response.text
        assert settings.BRAND["help_phone"] in response.text

    def test_the_way_to_the_login_leads_back(self, client):
        person = make_user()
        ticket = make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(person)))
        response = client.get(f"/T/{ticket.code}/")
        assert f'href="/accueil/?next=/T/{ticket.code}/"' in response.text

        client.force_login(person)
        assert client.get(f"/accueil/?next=/T/{ticket.code}/").headers["Location"] == f"/T/{ticket.code}/"

    def test_it_is_the_same_page_for_a_code_that_does_not_exist(self, client):
        ticket, unknown = make_ticket().code, codes.new_code()
        pages = [client.get(f"/T/{code}/") for code in (ticket, unknown)]

        assert pages[0].status_code == pages[1].status_code
        assert pages[0].text.replace(ticket, unknown) == pages[1].text

    def test_somebody_elses_ticket_is_one_that_does_not_exist(self, client):
        client.force_login(make_user())
        ticket, unknown = [client.get(f"/T/{code}/") for code in (make_ticket().code, codes.new_code())]

        assert ticket.status_code == unknown.status_code == 404
        assert "Aucun des enfants de votre compte n’a ce ticket." in ticket.text
        assert main_of(ticket) == main_of(unknown)

    def test_a_code_that_is_none_is_no_page(self, client):
        assert client.get("/T/0000-0000-0000-1/").status_code == 404
