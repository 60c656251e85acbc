"""The page counts what it proposes, for those who import lists, and shows an example."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import grant, make_user

from .families import LONG_AGO, PAGE, journal, make_new, press

pytestmark = pytest.mark.django_db
SAMPLES = [f"{PAGE}exemple-e-mail/", f"{PAGE}exemple-lettre/"]


def test_the_page_counts_both(client, families):
    families[0][0].access_code_at = families[1][0].access_code_at = timezone.now() - LONG_AGO
    for user in (families[0][0], families[1][0]):
        user.save()
    context = client.get(PAGE).context

    for form in (context["by_mail"].form, context["on_paper"].form):
        assert [label[-3:] for _, label in form.fields["who"].choices] == [": 2", ": 1"]


def test_one_choice_narrows_what_is_counted_and_sent(client, families, ask):
    """admin.md 34: no choice of collège."""
    page = client.get(PAGE, {"college": "0920001X", "niveau": "6"})
    assert (page.context["counts"].letter_new, page.context["counts"].total) == (1, 1)
    assert "Collège, 6e" in page.text
    file = ask("lettre", college="0920001X", niveau="6")

    assert file.rows == 1
    assert journal()[0][-1] == "1 lettre (Collège, 6e)"


@pytest.mark.parametrize("choice", [{"college": "0929999Z"}, {"niveau": "2"}])
def test_a_choice_that_is_none_is_not_everybody(client, families, mailoutbox, choice):
    page = press(client, "mail", **choice)

    assert page.context["narrowed"].errors
    assert "Envoyer les e-mails" not in page.text


def test_it_is_for_those_who_import_lists(client, enter, families):
    adviser = make_user(is_staff=True)
    grant(adviser, "view_user")
    enter(adviser)
    accounts = reverse("admin:accounts_user_changelist")

    assert [client.get(page).status_code for page in (PAGE, *SAMPLES)] == [403] * 3
    assert press(client, "mail").status_code == 403
    assert PAGE not in client.get(accounts).text

    grant(adviser, "import_lists")
    assert [client.get(page).status_code for page in (PAGE, *SAMPLES)] == [200] * 3
    assert PAGE in client.get(accounts).text
    # What was asked for is seen by who asked, whatever else they may.
    assert client.get(press(client, "mail")["Location"]).status_code == 200


@pytest.mark.usefixtures("families")
def test_an_example_of_each_before_anything_leaves(client, mailoutbox):
    """admin.md 34: no proof to read."""
    mail, letter = map(client.get, SAMPLES)

    assert mail.context["message"].subject == "Votre compte Pass+ est prêt"
    assert "avec0\n" in mail.context["message"].text
    assert "avec0@famille.example" in mail.text
    assert letter["Content-Type"] == "application/pdf"
    assert (mailoutbox, journal()) == ([], [])
    assert not User.objects.exclude(access_code_at=None).exists()


@pytest.mark.usefixtures("families")
def test_what_an_example_shows_opens_nothing(client):
    [path] = [
        word
        for word in client.get(SAMPLES[0]).context["message"].text.split()
        if "premiere-connexion" in word
    ]
    answer = client.get(path.removeprefix("https://pass.example"), follow=True)

    assert "Ce lien ne fonctionne plus" in answer.text


def test_without_anybody_there_is_no_example(client):
    make_new(child={"is_enrolled": False})

    for page in SAMPLES:
        assert "Personne n’attend d’invitation" in client.get(page, follow=True).text


def test_the_list_shows_who_never_came(client, families):
    make_user("venue")
    found = client.get(reverse("admin:accounts_user_changelist"), {"activation": "jamais"}).context["cl"]

    assert {user.username for user in found.queryset} == {
        *(f"avec{number}" for number in range(3)),
        *(f"sans{number}" for number in range(3)),
    }
