"""Letters of many: a page each, in the order in which a collège hands them out."""

import pytest

from accounts import links, services
from accounts.handing_order import in_handing_order
from accounts.letters import draw_letters
from accounts.links import Channel
from accounts.models import Grade, School, User
from accounts.tests.factories import make_beneficiary, make_user
from core import codes

from .printed import HOME, letters_to, texts_of

pytestmark = pytest.mark.django_db


def test_a_page_each_in_the_order_that_was_given():
    users, document = letters_to(*(make_user(f"famille{number}") for number in (3, 1, 2)))
    texts = texts_of(document)

    assert len(texts) == 3
    for user, text in zip(users, texts, strict=True):
        assert user.username in text
        assert codes.show_code(links.access_code(user, Channel.HAND)) in text


def test_as_many_queries_for_five_letters_as_for_two(django_assert_num_queries):
    def family():
        parent, own = make_user(), make_user()
        make_beneficiary(parent, make_user(**HOME), user=own)
        return [parent, own]

    few = services.new_access_codes(user_ids=[user.pk for user in family()])
    many = services.new_access_codes(user_ids=[user.pk for _ in range(5) for user in family()])
    for users in (few, many):
        with django_assert_num_queries(3):
            draw_letters(users)


def test_by_school_class_and_name():
    schools = [
        School.objects.create(uai=f"092000{number}A", name=name, insee_code="92002")
        for number, name in enumerate(["Collège Éluard", "Collège Ferry", "Collège Dumas"])
    ]
    eluard, ferry, dumas = schools
    expected = [
        make_child_account(dumas, Grade.SIXIEME, "ZOLA"),
        make_child_account(dumas, Grade.TROISIEME, "ABADIE"),
        make_child_account(eluard, Grade.SIXIEME, "Dupré"),
        make_child_account(eluard, Grade.SIXIEME, "ÉTIENNE"),
        make_child_account(eluard, Grade.SIXIEME, "FABRE"),
        make_child_account(ferry, Grade.CINQUIEME, "ABADIE"),
        make_user("sans.enfant"),
    ]
    shuffled = User.objects.order_by("-username")

    assert [one.user_id for one in in_handing_order(shuffled)] == [user.pk for user in expected]


def make_child_account(school, grade, last_name):
    user = make_user()
    make_beneficiary(user=user, school=school, grade=grade, last_name=last_name)
    return user


def test_a_family_goes_where_its_first_child_is():
    parent, other = make_user(), make_user()
    make_beneficiary(parent, grade=Grade.TROISIEME)
    make_beneficiary(other, grade=Grade.QUATRIEME)
    make_beneficiary(parent, grade=Grade.SIXIEME)

    assert [one.user_id for one in in_handing_order(User.objects.all())] == [parent.pk, other.pk]
