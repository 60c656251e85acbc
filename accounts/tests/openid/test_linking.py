"""Which identity opens which account: what the database refuses, and two at once."""

import pytest

from accounts import mail
from accounts.models import IdentityProvider, LinkedIdentity
from accounts.openid import linking
from accounts.openid.providers import Provider
from accounts.tests.factories import make_user

FRANCE_CONNECT = Provider(IdentityProvider.FRANCE_CONNECT, "https://fc.example", "a", "b")


def linked(user, provider=IdentityProvider.FRANCE_CONNECT, subject="somebody"):
    return LinkedIdentity.objects.create(user=user, provider=provider, subject=subject, account_state="x")


@pytest.mark.django_db
class TestTheDatabase:
    def test_one_identity_of_two_accounts(self, refused_by):
        linked(make_user())
        with refused_by("accounts_linkedidentity_of_one_account"):
            linked(make_user())

    def test_two_identities_of_one_provider(self, refused_by):
        user = make_user()
        linked(user)
        with refused_by("accounts_linkedidentity_one_of_each_provider"):
            linked(user, subject="somebody else")

    def test_a_provider_that_nobody_knows(self, refused_by):
        with refused_by("accounts_linkedidentity_provider_is_known"):
            linked(make_user(), provider="facebook")


@pytest.mark.django_db(transaction=True)
def test_one_person_who_links_two_accounts_at_once(at_once, meeting_before):
    first, second = make_user(), make_user()
    meeting_before(mail, "identity_linked")
    outcomes = at_once(
        *(
            lambda user=user: linking.link(user_id=user.pk, provider=FRANCE_CONNECT, subject="somebody")
            for user in (first, second)
        )
    )

    assert set(outcomes) <= {"ChangedMeanwhile", "done"}
    assert "done" in outcomes
    assert LinkedIdentity.objects.get().user in (first, second)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_links_once(at_once):
    user = make_user()
    act = lambda: linking.link(user_id=user.pk, provider=FRANCE_CONNECT, subject="somebody")  # noqa: E731

    assert at_once(act, act) == ["done", "done"]
    assert LinkedIdentity.objects.get().user == user
