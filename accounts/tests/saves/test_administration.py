"""code.md 3.11: an agent's form was read before, too."""

import pytest

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user

NEW = "trois tulipes mauves"


pytestmark = pytest.mark.django_db


def form_of(browser, row):
    form = browser.get(f"/admin/accounts/{row._meta.model_name}/{row.pk}/change/").context["adminform"].form
    said = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    return {name: value for name, value in said.items() if name not in form.files}


def test_an_account(enter, user, monkeypatch):
    browser = enter(make_user("agent", is_staff=True, is_superuser=True))
    said = form_of(browser, user) | {"city": "Sceaux"}
    save = User.save

    def meanwhile(row, *args, **kwargs):
        if row.username == "camille":
            User.objects.filter(pk=row.pk).update(phone="01 99 00 11 22", session_salt="new")
        save(row, *args, **kwargs)

    monkeypatch.setattr(User, "save", meanwhile)
    browser.post(f"/admin/accounts/user/{user.pk}/change/", said)

    now = User.objects.get(pk=user.pk)
    assert (now.city, now.phone, now.session_salt) == ("Sceaux", "01 99 00 11 22", "new")


def test_a_child(enter, user, monkeypatch):
    browser = enter(make_user("agent", is_staff=True, is_superuser=True))
    child = make_beneficiary(user)
    inlines = {"guardianships-TOTAL_FORMS": 0, "guardianships-INITIAL_FORMS": 0}
    said = form_of(browser, child) | {"first_name": "Zoé"} | inlines
    save = Beneficiary.save

    def meanwhile(row, *args, **kwargs):
        Beneficiary.objects.filter(pk=row.pk).update(user=user, is_enrolled=False)
        save(row, *args, **kwargs)

    monkeypatch.setattr(Beneficiary, "save", meanwhile)
    browser.post(f"/admin/accounts/beneficiary/{child.pk}/change/", said)

    now = Beneficiary.objects.get(pk=child.pk)
    assert (now.first_name, now.user, now.is_enrolled) == ("Zoé", user, False)
