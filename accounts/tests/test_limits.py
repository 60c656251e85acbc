"""What one account may have sent to others: security.md F11. A success forgives nothing here."""

import pytest
from django.urls import reverse

from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user("parent")
    client.force_login(parent)
    return parent


def test_strangers_are_not_written_to_for_ever(client, parent, mailoutbox):
    """security.md F11: 40 confirmations to strangers' addresses in 5 s."""
    answers = [
        client.post("/mon-compte/e-mail/", {"email": f"inconnu{number}@autre.example", "password": PASSWORD})
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Attendez 5\N{NO-BREAK SPACE}heures" in answers[-1].text
    assert answers[-1].headers["Retry-After"] == "18000"
    strangers = {address for message in mailoutbox for address in message.to if "inconnu" in address}
    assert len(strangers) == 5


def test_the_other_parent_is_not_told_for_ever(client, parent, mailoutbox):
    """security.md F11: « compte de l'enfant » remade 30 times was 30 messages to the other parent."""
    child = make_beneficiary(parent)
    child.guardians.add(make_user("autre"))
    page = reverse("accounts:child_login", args=[child.public_id])
    answers = [client.post(page) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mailoutbox) == 5
    # A brother's is another matter.
    brother = make_beneficiary(parent, first_name="Tom")
    assert client.post(reverse("accounts:child_login", args=[brother.public_id])).status_code == 302


def test_a_password_is_not_changed_for_ever(client, parent, mailoutbox):
    """security.md F11: its owner is told of each."""
    old = PASSWORD
    statuses = []
    for number in range(11):
        new = f"trois mots {number} au hasard"
        passwords = {"old_password": old, "new_password1": new, "new_password2": new}
        statuses.append(client.post("/mon-compte/mot-de-passe/", passwords).status_code)
        old = new

    assert statuses == [302] * 10 + [429]
    assert len(mailoutbox) == 10
