"""« Mes informations »: what is held, and the way to change each thing."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user

pytestmark = pytest.mark.django_db


def test_of_the_other_guardians_only_the_names(client):
    parent = make_user()
    other = make_user(first_name="Dominique", last_name="TEST", email="dominique@famille.example")
    child = make_beneficiary(parent, other)
    client.force_login(parent)
    page = client.get("/mon-compte/").text

    assert child.full_name in page
    assert "Dominique TEST" in page
    assert other.email not in page


def test_a_child_does_not_see_its_guardians(client):
    child = make_beneficiary(make_user(first_name="Camille", last_name="PARENT"), user=make_user("garance"))
    client.force_login(child.user)

    assert "Camille PARENT" not in client.get("/mon-compte/").text


def test_an_agent_sees_no_child_not_even_its_own(client):
    agent = make_user(is_staff=True)
    child = make_beneficiary(agent, make_user(first_name="Dominique", last_name="TEST"))
    client.force_login(agent)
    page = client.get("/mon-compte/").text

    assert child.full_name not in page
    assert "Dominique TEST" not in page


def test_as_many_queries_for_four_children_as_for_one(client, django_assert_num_queries):
    parent = make_user()
    client.force_login(parent)
    client.get("/mon-compte/")
    for count in (1, 3):
        for _ in range(count):
            make_beneficiary(parent, make_user(), user=make_user())
        with django_assert_num_queries(9):
            client.get("/mon-compte/")


def test_a_parent_reads_the_college_and_the_class_of_each_child(client):
    """family.md 20: the page asked for errors in what it did not show."""
    parent = make_user()
    child = make_beneficiary(parent)
    client.force_login(parent)
    page = client.get("/mon-compte/").text

    for fact in (child.school.name, child.get_grade_display(), str(child.birth_year)):
        assert f"<dd>{fact}</dd>" in page
    assert "de vous ou de votre enfant" in page


def test_a_child_is_not_told_of_its_child(client):
    """family.md 20."""
    login = make_user()
    make_beneficiary(make_user(), user=login)
    client.force_login(login)

    assert "votre enfant" not in client.get("/mon-compte/").text
