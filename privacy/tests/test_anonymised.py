"""What is left of a child and of an account after the purge."""

import pytest
from django.utils import timezone

from accounts.models import Beneficiary, EndedGuardianship, SignIn, User
from accounts.tests.factories import make_beneficiary, make_user

from .leaving import make_former

pytestmark = pytest.mark.django_db


def test_of_a_child_the_school_and_the_commune_stay(purge):
    child, _ = make_former(make_user(), pupil_number="E123", user=make_user())
    before = Beneficiary.objects.get()
    purge()

    child.refresh_from_db()
    assert (child.full_name, child.birth_year, child.grade, child.user) == (
        "Bénéficiaire anonymisé",
        0,
        "",
        None,
    )
    assert (child.school, child.insee_code) == (before.school, before.insee_code)
    assert child.public_id != before.public_id
    assert child.pupil_number.startswith("ANONYME-")


def test_nobody_comes_in_by_the_account_any_more(client, purge):
    parent = make_user("parent", phone="01 99 00 11 22", reminders=True)
    make_former(parent)
    client.force_login(parent)
    SignIn.objects.create(user=parent, device="Firefox sur Windows")
    EndedGuardianship.objects.create(user=parent, beneficiary=make_beneficiary())
    purge()

    parent.refresh_from_db()
    assert client.get("/mon-compte/").status_code == 302
    assert not parent.has_usable_password()
    assert (parent.is_active, parent.email, parent.phone, parent.reminders) == (False, "", "", False)
    assert parent.username.startswith("anonyme-")
    assert not SignIn.objects.exists()
    assert not EndedGuardianship.objects.exists()
    assert not User.objects.reachable_by("parent@famille.example").exists()
    assert not User.objects.never_activated().exists()


def test_the_database_holds_that_nobody_is_left(refused_by):
    with refused_by("accounts_beneficiary_anonymised_is_nobody"):
        make_beneficiary(anonymised_at=timezone.now())
    with refused_by("accounts_user_anonymised_is_nobody"):
        make_user(anonymised_at=timezone.now())
