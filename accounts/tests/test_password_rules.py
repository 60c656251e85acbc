"""Which passwords are refused, and how they are kept."""

import time

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.tests.factories import make_user
from partners.tests.factories import make_commune

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "good",
    [
        *("trois tulipes mauves", "chat soleil danse", "пароль секрет", "12-34-56-78-90"),
        *("le facteur est passé", "kiwi tournevis 7", "Xk4!vPq9#mTz", "dans l’herbe rousse", "oiseauxbleus"),
        *("porte verte, 3 clés", "garance mange des noix", "antony-brouette-vis", "très-petit-tapir"),
        *(
            "potiron trotteur",
            "une assiette creuse",
            "sept pommes tombées",
            "quarante-deux-ours",
        ),
    ],
)
def test_what_is_no_common_word_is_no_concern_of_the_list(good):
    make_commune()
    validate_password(good)


@pytest.mark.parametrize("typed", ["azertyuiopqsd", "Azertyuiopqsd", "qsdfghjklmwxc", "poiuytrezamlk"])
def test_keys_in_their_order_are_no_password(typed):
    """family.md 26: the rows of a French keyboard were taken."""
    with pytest.raises(ValidationError):
        validate_password(typed)


def test_one_advice_for_all(client):
    """family.md 26: three words in the forms, four in the help."""
    user = make_user()
    client.force_login(user)

    assert "Trois mots font l’affaire" in client.get("/mon-compte/mot-de-passe/").text
    help_page = client.get("/aide/").text
    assert "trois mots qui n’ont rien à voir" in help_page
    assert "quatre mots" not in help_page


def test_passwords_are_kept_with_argon2id_at_the_measured_setting(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2id"]

    assert make_user().password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_to_judge_one_takes_no_time():
    began = time.perf_counter()
    for text in ("a" * 5000, "garance" * 700, "azerty" * 800):
        with pytest.raises(ValidationError):
            validate_password(text, make_user())

    assert time.perf_counter() - began < 5
