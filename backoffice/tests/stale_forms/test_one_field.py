"""Of one field written twice, the second agent is told."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.http import QueryDict

from accounts.audit import AuditEntry
from accounts.models import User
from accounts.tests.factories import make_user
from backoffice.tests.filled import filled
from core.merging import MergingForm

from .cases import NBSP, now, save

pytestmark = pytest.mark.django_db


def test_two_agents_in_the_same_field(opened):
    """Told, with what it says now; nothing is written. Sent again, by who read it, it is."""
    user = make_user("camille", city="Antony")
    send = opened(user)
    save(user, city="Sceaux")
    page = send(city="Bagneux")

    told = (
        f"Quelqu’un a modifié cette fiche entre-temps{NBSP}: ce champ dit maintenant «{NBSP}Sceaux{NBSP}». "
        "Enregistrez de nouveau pour le remplacer par ce que vous avez saisi."
    )
    assert page.context["adminform"].form.errors["city"] == [told]
    assert now(user, "city") == ["Sceaux"]
    again = filled(page.text, "user_form")
    assert again["city"] == ["Bagneux"]
    send(**again)
    assert now(user, "city") == ["Bagneux"]
    assert AuditEntry.objects.latest("pk").changes == [["Ville", "Sceaux", "Bagneux"]]


def test_a_third_one_between_the_two_is_told_too(opened):
    user = make_user("camille", city="Antony")
    send = opened(user)
    save(user, city="Sceaux")
    again = filled(send(city="Bagneux").text, "user_form")
    save(user, city="Clamart")

    assert send(**again).status_code == 200
    assert now(user, "city") == ["Clamart"]


def test_both_wrote_the_same(opened):
    user = make_user("camille", city="Antony")
    send = opened(user)
    save(user, city="Sceaux", phone="01 99 00 11 22")

    assert send(city="Sceaux").status_code == 302
    assert now(user, "city", "phone") == ["Sceaux", "01 99 00 11 22"]


class RolesForm(MergingForm):
    class Meta:
        model = User
        fields = ["username", "groups"]


def test_a_choice_of_several():
    """Of none a browser sends nothing: one that another agent added meanwhile is not taken away."""
    group, other = Group.objects.order_by("pk")[:2]
    user = make_user("tom")

    def send(**sent):
        data = QueryDict(urlencode({"username": "tom", "initial-username": "tom"} | sent, doseq=True))
        form = RolesForm(data, instance=User.objects.get(pk=user.pk))
        if form.is_valid():
            form.save()
        return form.errors

    user.groups.set([other])
    assert not send()
    assert list(user.groups.all()) == [other]
    assert "ce champ dit maintenant" in str(send(groups=[group.pk])["groups"])
    assert not send(**{"groups": [group.pk], "initial-groups": [other.pk]})
    assert list(user.groups.all()) == [group]
