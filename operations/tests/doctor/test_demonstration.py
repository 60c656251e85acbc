import pytest

from accounts.tests.factories import make_user
from operations.doctor import demonstration

from .faults import wrong


@pytest.mark.django_db
def test_an_account_of_the_demonstration(settings):
    """security.md F23: `agent.test`, a superuser with the password of the README, went unsaid."""
    assert demonstration.check() == "aucun compte de démonstration ouvert"

    agent = make_user("agent.test", password="demo-passplus-92", is_staff=True)
    with wrong("agent.test : le mot de passe de la démonstration", "fermez ces comptes"):
        demonstration.check()

    agent.set_password("another-one-of-theirs")
    agent.save(update_fields=["password"])
    assert demonstration.check() == "aucun compte de démonstration ouvert"
