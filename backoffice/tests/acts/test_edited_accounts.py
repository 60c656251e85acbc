"""An account that an agent makes, or whose address it types."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "told"), [("autre@famille.example", "à a…@famille.example"), ("", "ne viennent plus ici")]
)
def test_an_address_that_an_agent_types_is_not_confirmed_and_the_old_one_is_told(
    client, agent, address, told
):
    account = make_user("camille", email_confirmed_at=timezone.now())
    values = {"username": "camille", "email": address, "reason": "Courrier"}
    client.post(reverse("admin:accounts_user_change", args=[account.pk]), values)

    account.refresh_from_db()
    assert (account.email, account.email_confirmed_at) == (address, None)
    [message] = [message for message in mail.outbox if message.to == ["camille@famille.example"]]
    assert told in message.body


def test_what_else_an_agent_corrects_leaves_the_address_confirmed(client, agent):
    account = make_user("camille", email_confirmed_at=timezone.now())
    values = {"username": "camille", "email": account.email, "city": "Sceaux"}
    client.post(reverse("admin:accounts_user_change", args=[account.pk]), values)

    account.refresh_from_db()
    assert (account.city, account.email_confirmed_at is None, mail.outbox) == ("Sceaux", False, [])


def test_a_new_agent_gets_a_link_and_no_password(client, administrator):
    values = {"username": "nouvelle", "email": "nouvelle@departement.example"}
    client.post(reverse("admin:accounts_user_add"), values)
    account = type(administrator).objects.get(username="nouvelle")

    assert not account.has_usable_password()
    [message] = mail.outbox
    assert message.to == ["nouvelle@departement.example"]
    assert "/accueil/premiere-connexion/nouvelle/" in message.body


def test_a_new_account_without_an_address_waits_for_a_letter(client, administrator):
    client.post(reverse("admin:accounts_user_add"), {"username": "nouvelle", "email": ""})

    assert type(administrator).objects.never_activated().get().access_code_at is None
    assert mail.outbox == []
