"""Who may ask for another e-mail address, and for which."""

import pytest

from accounts.tests.factories import make_user

from .links import NEW, OLD, ask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["", "camille", "a@b", OLD, OLD.title()])
def test_what_is_no_new_address(client, user, mailoutbox, address):
    assert list(ask(client, address).context["form"].errors) == ["email"]
    assert mailoutbox == []


def test_the_address_of_somebody_else_is_answered_alike(client, user, mailoutbox):
    """Siblings share one; and nobody learns who has an account."""
    make_user(email="autre@famille.example")
    answers = [ask(client, address).headers["Location"] for address in ("autre@famille.example", NEW)]

    assert answers == ["/mon-compte/"] * 2


def test_who_found_an_open_telephone_needs_the_password(client, user, mailoutbox):
    response = ask(client, password="au hasard")

    assert list(response.context["form"].errors) == ["password"]
    assert mailoutbox == []


def test_the_password_is_not_guessed_for_ever(client, user, mailoutbox):
    answers = [ask(client, password="au hasard").status_code for _ in range(7)]

    assert answers[0] == 200
    assert answers[-1] == 429
    assert ask(client).status_code == 429
