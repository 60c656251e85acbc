"""Changing one's password."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from accounts.models import School
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from partners.tests.factories import make_commune

pytestmark = pytest.mark.django_db


def change(client, new, old=PASSWORD):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/mon-compte/mot-de-passe/", fields)


def test_the_new_password_opens_and_other_sessions_end(client):
    user = make_user("camille")
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(user)
    change(client, "tout nouveau secret")

    assert authenticate(username="camille", password="tout nouveau secret")
    assert client.get("/mon-compte/").status_code == 200
    assert elsewhere.get("/mon-compte/").status_code == 302


@pytest.mark.parametrize(
    "weak",
    [
        *("court", "123456789012345", "q1w2e3r4t5y6", "camille.durand"),
        *("motdepasse12", "Mot de passe 2026 !", "AZERTYuiop92", "Été-2026-2026", "bonjour*soleil"),
        *("Pass+2026-2027", "pass+hautsdeseine", "Hauts-de-Seine"),
        # security.md F19.
        *("aaaaaaaaaaaa", "abcdefghijkl", "iloveyou12345", "garance2013!!", "collegeantony"),
        *("abcabcabcabc", "azertyazerty1", "1234azerty1234", "aqwzsxedcrfv", "1qaz2wsx3edc", "zxcvbnm,./zx"),
        *("lkjhgfdsqqsd", "wxcvbnwxcvbn", "9876543210ab", "&é\"'(-è_çà&é", "121212121212a", "....,....,..,"),
        *("Garance-TEST-2013", "JeTAimeGarance", "Collège Descartes", "descartes2026!", "Jean-Moulin-92"),
        *("Bourg-la-Reine 92", "sunshine-2026!", "princesse.lina", "paris-psg-2026"),
    ],
)
def test_a_weak_password_is_refused(client, weak):
    user = make_user("camille.durand", city="Bourg-la-Reine")
    school = School.objects.create(uai="0929999X", name="Descartes", insee_code="92002")
    School.objects.create(uai="0929998X", name="Jean Moulin", insee_code="92002")
    make_beneficiary(user, first_name="Garance", last_name="TEST", school=school)
    make_commune()
    client.force_login(user)
    response = change(client, weak)

    assert list(response.context["form"].errors) == ["new_password1"]
    assert authenticate(username="camille.durand", password=weak) is None


def test_it_is_told_by_e_mail(client, mailoutbox):
    client.force_login(make_user("camille"))
    change(client, "tout nouveau secret")

    assert [message.to for message in mailoutbox] == [["camille@famille.example"]]
    assert "tout nouveau secret" not in mailoutbox[0].body


def test_the_old_one_is_not_guessed_for_ever(client):
    client.force_login(make_user("camille"))
    answers = [change(client, "tout nouveau secret", old="au hasard") for _ in range(7)]

    assert list(answers[0].context["form"].errors) == ["old_password"]
    assert "À corriger avant de continuer" in answers[0].text
    assert answers[-1].status_code == 429
    assert authenticate(username="camille", password=PASSWORD)


@pytest.mark.parametrize(("length", "said"), [(200, []), (201, ["new_password1"]), (5000, ["new_password1"])])
def test_a_password_without_end_is_refused_before_it_is_hashed(client, monkeypatch, length, said):
    """security.md F19."""
    hashed: list[str] = []

    def make_password(text):
        hashed.append(text)
        return "md5$a$b"

    monkeypatch.setattr("accounts.passwords.make_password", make_password)
    client.force_login(make_user("camille"))
    endless = "".join(f"{n * 7919 % 1000003:06x}-" for n in range(1000))[:length]
    response = change(client, endless)

    refused = list(response.context["form"].errors) if response.status_code == 200 else []
    assert refused == said
    assert len(hashed) == (not said)
