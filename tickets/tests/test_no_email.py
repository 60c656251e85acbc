"""A parent without an e-mail address is asked for one."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db
ASKED = "Nous n’avons pas votre adresse e-mail"


@pytest.mark.parametrize("children", [1, 2])
@pytest.mark.parametrize("email", ["", "camille@famille.example"])
def test_one_line_asks_for_it(client, children, email):
    """family.md 27: without it neither reminder nor « identifiants oubliés » works, and nothing said so."""
    parent = make_user("camille", email=email)
    for _ in range(children):
        child = make_beneficiary(parent)
    client.force_login(parent)

    for path in ("/beneficiaires/", f"/beneficiaires/{child.public_id}/"):
        assert (ASKED in client.get(path, follow=True).text) == (not email)


def test_a_child_is_not_asked(client):
    child = make_user("garance", email="")
    garance = make_beneficiary(make_user(), user=child)
    client.force_login(child)

    assert ASKED not in client.get(f"/beneficiaires/{garance.public_id}/").text
