"""« Mon organisme »: its sheet, and for a manager its members."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from partners import memberships
from partners.models import Membership, Role
from partners.tests.factories import make_offer, make_partner
from partners.tests.members import mails_to, make_manager, make_member
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_offer(
        "Chant choral", partner=make_partner("CHORALE D ANTONY", phone="01 46 00 00 00")
    ).partner


@pytest.fixture
def manager(enter, partner):
    manager = make_manager(partner)
    enter(manager.user)
    return manager


def page_of(partner):
    return reverse("partners:organisme", args=[partner.pk])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_member_reads_the_sheet_and_no_members(client, partner):
    make_manager(partner)
    client.force_login(make_member(partner).user)
    page = text_of(client.get(page_of(partner)))

    for said in (
        "CHORALE D ANTONY",
        "01 46 00 00 00",
        "Chant choral",
        "1er septembre 2020",
        "sans date de fin",
    ):
        assert said in page
    assert "Ahmed Benali" not in page
    assert "Inviter" not in page


def test_it_says_that_uses_are_suspended(client, partner, manager):
    partner.suspended_on = days(-1)
    partner.save()

    assert "suspendues" in text_of(client.get(page_of(partner)))


def test_a_manager_sees_who_is_there_and_who_was(client, partner, manager):
    here, gone = make_member(partner), make_member(partner)
    Membership.objects.filter(pk=here.pk).update(seen_on=days(-3))
    memberships.close(membership_id=gone.pk, partner_id=partner.pk, actor=manager.user)
    page = client.get(page_of(partner))

    assert [it.pk for it in page.context["members"]] == [manager.pk, here.pk]
    assert [it.pk for it in page.context["former"]] == [gone.pk]
    assert "Fermé le" in text_of(page)


def test_as_many_queries_for_two_members_as_for_twenty(
    client, partner, manager, django_assert_max_num_queries
):
    client.get(page_of(partner))
    for _ in range(20):
        make_member(partner)
    with django_assert_max_num_queries(12):
        client.get(page_of(partner))


def test_the_menu_leads_there(client, partner, manager):
    page = client.get(reverse("tickets:counter", args=[partner.pk])).content.decode()

    assert f'href="{page_of(partner)}"' in page


@pytest.mark.parametrize("name", ["change_role", "close_member"])
def test_who_is_at_the_counter_changes_nobody(client, partner, name):
    manager, member = make_manager(partner), make_member(partner)
    client.force_login(member.user)

    assert client.post(reverse(f"partners:{name}", args=[partner.pk, manager.pk])).status_code == 404


@pytest.mark.parametrize("name", ["change_role", "close_member"])
def test_another_organismes_member_is_not_there(client, partner, manager, name):
    stranger = make_member(make_partner())

    assert client.get(reverse(f"partners:{name}", args=[partner.pk, stranger.pk])).status_code == 404


def test_a_role_is_changed_and_every_manager_is_told(client, partner, manager):
    member = make_member(partner)
    address = reverse("partners:change_role", args=[partner.pk, member.pk])
    assert client.get(address).context["form"]["role"].initial == Role.COUNTER
    client.post(address, {"role": Role.MANAGER}, follow=True)
    member.refresh_from_db()

    assert member.role == Role.MANAGER
    for address in (manager.user.email, member.user.email):
        [told] = mails_to(address)
        assert "Sophie Martin a désormais le rôle" in told
        assert "Ahmed Benali" in told


def test_who_is_a_manager_no_more_is_told_too(client, partner, manager):
    other = make_manager(partner, "Lise", "Petit")
    client.post(reverse("partners:change_role", args=[partner.pk, other.pk]), {"role": Role.COUNTER})

    assert len(mails_to(manager.user.email)) == len(mails_to(other.user.email)) == 1


def test_the_last_manager_does_not_step_down(client, partner, manager):
    address = reverse("partners:change_role", args=[partner.pk, manager.pk])
    page = client.post(address, {"role": Role.COUNTER}, follow=True)

    assert "dernier responsable" in text_of(page)
    manager.refresh_from_db()
    assert manager.role == Role.MANAGER
    assert mails_to(manager.user.email) == []


def test_an_access_is_closed_after_it_was_read_what_it_means(client, partner, manager):
    member = make_member(partner)
    address = reverse("partners:close_member", args=[partner.pk, member.pk])
    assert "Les tickets déjà utilisés le restent" in text_of(client.get(address))
    member.refresh_from_db()
    assert member.closed_at is None
    page = client.post(address, follow=True)

    member.refresh_from_db()
    assert member.closed_by == manager.user
    assert "L’accès de Sophie Martin est fermé." in text_of(page)
    [to_manager], [to_member] = mails_to(manager.user.email), mails_to(member.user.email)
    assert "L’accès de Sophie Martin au guichet de CHORALE D ANTONY est fermé" in to_manager
    assert to_member.startswith("Votre accès à CHORALE D ANTONY est fermé")


def test_the_last_manager_does_not_close_itself(client, partner, manager):
    page = client.post(reverse("partners:close_member", args=[partner.pk, manager.pk]), follow=True)

    assert "dernier responsable" in text_of(page)


def test_who_closes_its_own_access_is_led_out(client, partner, manager):
    make_manager(partner)
    client.post(reverse("partners:close_member", args=[partner.pk, manager.pk]), follow=True)

    assert client.get(page_of(partner)).status_code == 404


def test_who_was_erased_stays_in_the_list_without_a_name(partner):
    member = make_member(partner)
    member.user.anonymised_at = timezone.now()

    assert member.name == "un compte effacé"


@pytest.mark.parametrize("name", ["change_role", "close_member"])
def test_nothing_of_members_without_the_second_factor(client, partner, name):
    """PARTNER_HALF.md 2: required before anything that touches members."""
    manager, member = make_manager(partner), make_member(partner)
    client.force_login(manager.user)
    address = reverse(f"partners:{name}", args=[partner.pk, member.pk])
    asked, sent = client.get(address), client.post(address, {"role": Role.MANAGER})

    assert asked["Location"] == f"/mon-compte/second-facteur/?{urlencode({'next': address})}"
    assert sent["Location"] == f"/mon-compte/second-facteur/?{urlencode({'next': page_of(partner)})}"
    member.refresh_from_db()
    assert (member.role, member.closed_at) == (Role.COUNTER, None)
    page = client.get(page_of(partner))
    assert "Sophie Martin" not in text_of(page)
    assert "Donner mon second facteur" in text_of(page)
