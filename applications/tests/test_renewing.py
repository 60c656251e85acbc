"""A child of last year: offered to its guardians, prefilled, accepted once."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Beneficiary, Grade
from accounts.tests.factories import make_user
from applications import deciding, enrolling, merging, renewing
from applications.accepting import accept_enrolment
from applications.exceptions import AlreadyEnrolling, Moved, TheirsNoMore
from applications.models import Application, ApplicationState
from tickets.child_merge import merge_children
from wallets.campaigns import open_wallets
from wallets.models import Campaign, Entry, Kind, Wallet
from wallets.tests.factories import days, make_closed_campaign

from .factories import make_child, make_decider, make_last_year_s, make_photo, make_renewal

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent(client):
    parent = make_user("camille", phone="0612345678")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    return make_last_year_s(parent)


def campaign():
    return enrolling.campaign_of(days(0))


def address(child):
    return reverse("applications:renew", args=[child.public_id])


def accept(application, **fields):
    return accept_enrolment(application_id=application.pk, actor=make_decider(), **fields)


def post(client, child, **fields):
    form = client.get(address(child)).context["form"]
    shown = {name: form[name].value() for name in ("school", "grade", "insee_code", "other_commune")}
    paper = SimpleUploadedFile("certificat.jpg", make_photo())
    said = {**shown, "key": uuid.uuid4(), "papers": [paper], **fields}
    return client.post(address(child), {it: value or "" for it, value in said.items()}, follow=True)


def of_this_year(child):
    return Wallet.objects.filter(beneficiary=child, campaign=campaign())


class TestOffered:
    def test_of_last_year_without_a_current_one(self, parent, child):
        assert [*renewing.to_renew(parent, days(0))] == [child]

    def test_nor_one_that_has_wallets_nor_one_that_never_had_nor_anothers(self, parent, child):
        make_child(parent, campaign=campaign())
        make_last_year_s(make_user())
        login = make_user("garance")
        make_last_year_s(make_user(), user=login)

        assert [*renewing.to_renew(parent, days(0))] == [child]
        assert not renewing.to_renew(login, days(0))

    def test_one_whose_opening_was_undone_has_none(self, parent, child):
        open_wallets(beneficiary_ids=[child.pk], campaign_id=campaign().pk, preferred=Kind.SPORT, actor=None)
        assert not renewing.to_renew(parent, days(0))

    def test_the_account_and_the_home_page_lead_there(self, client, child):
        for page in ("/mon-compte/", f"/beneficiaires/{child.public_id}/"):
            assert address(child) in client.get(page).text
        Campaign.objects.filter(pk=campaign().pk).update(last_ticket_on=days(-1))
        assert address(child) not in client.get("/mon-compte/").text


class TestPage:
    def test_it_is_filled_in_one_class_higher(self, client, child):
        Beneficiary.objects.filter(pk=child.pk).update(grade=Grade.SIXIEME, insee_code="92002")
        make_renewal(make_last_year_s(make_user()))
        page = client.get(address(child))

        form = page.context["form"]
        assert (form["school"].value(), form["grade"].value()) == (child.school_id, Grade.CINQUIEME)
        assert form["insee_code"].value() == "92002"
        for told in ("0612345678", "/mon-compte/coordonnees/", child.full_name):
            assert told in page.text

    def test_after_the_last_class_there_is_none(self, client, child):
        Beneficiary.objects.filter(pk=child.pk).update(grade=Grade.TROISIEME)

        page = client.get(address(child))
        assert page.context["form"]["grade"].value() == ""
        assert "une classe plus haut" not in page.text
        assert "grade" in post(client, child).context["form"].errors

    def test_confirmed_it_is_followed_and_asked_once(self, client, child):
        make_renewal(make_last_year_s(make_user()))
        page = post(client, child, insee_code="92002")

        application = Application.objects.get(beneficiary=child)
        assert page.redirect_chain[-1][0] == f"/inscriptions/{application.pk}/"
        assert "En cours" in page.text
        assert "Voir ses porte-monnaie" not in page.text
        assert client.get(address(child))["Location"] == f"/inscriptions/{application.pk}/"

    def test_of_one_that_has_its_wallets(self, client, parent):
        child = make_child(parent)
        page = client.get(address(child), follow=True)

        assert "a déjà ses porte-monnaie" in page.text

    def test_of_a_stranger_s_or_by_the_child(self, client, parent):
        login = make_user("garance")
        theirs = make_last_year_s(make_user(), user=login)
        assert client.get(address(theirs)).status_code == 404
        client.force_login(login)
        assert client.get(address(theirs)).status_code == 404

    def test_the_account_tells_of_four_in_as_many_queries(self, client, parent, child):
        client.get("/mon-compte/")
        with CaptureQueriesContext(connection) as of_one:
            client.get("/mon-compte/")
        for _ in range(3):
            make_last_year_s(parent)
        with CaptureQueriesContext(connection) as of_four:
            page = client.get("/mon-compte/").text

        assert page.count("Réinscrire") == 4
        assert len(of_four) == len(of_one)


class TestAccepted:
    def test_it_is_that_child_with_this_year_s_wallets(self, child, parent, mailoutbox):
        accepted, entries = accept(make_renewal(child))

        assert accepted == child
        child.refresh_from_db()
        assert (child.is_enrolled, child.grade) == (True, Grade.QUATRIEME)
        assert [*child.guardians.all()] == [parent]
        assert of_this_year(child).count() == len(entries) == 2
        assert Beneficiary.objects.count() == 1
        assert mailoutbox[-1].subject == "Inscription acceptée pour Garance"

    def test_what_the_lists_brought_meanwhile_is_not_given_twice(self, child):
        application = make_renewal(child)
        open_wallets(beneficiary_ids=[child.pk], campaign_id=campaign().pk, preferred=Kind.SPORT, actor=None)
        before = Entry.objects.count()

        assert accept(application)[1] == []
        assert Entry.objects.count() == before

    def test_a_second_time(self, child):
        application = make_renewal(child)
        accept(application)
        with pytest.raises(Moved):
            accept(application)

    def test_one_open_of_a_child_whoever_of_its_guardians_asks(self):
        first, second = make_user(), make_user()
        child = make_last_year_s(first, second)
        make_renewal(child, first)

        with pytest.raises(AlreadyEnrolling):
            make_renewal(child, second)

    def test_of_who_is_no_guardian_any_more_nobody_is_made_one(self, child, parent):
        application = make_renewal(child)
        child.guardianships.all().delete()

        with pytest.raises(TheirsNoMore):
            accept(application)
        assert not child.guardians.exists()
        assert not of_this_year(child).exists()

    def test_refused_and_reopened_it_is_still_that_child(self, child):
        application, agent = make_renewal(child), make_decider()
        deciding.refuse(application_id=application.pk, reason="Non.", actor=agent)
        deciding.reopen(application_id=application.pk, actor=agent)

        assert accept(application)[0] == child

    def test_of_a_child_that_has_two_rows_one_is_asked(self, child):
        double = make_last_year_s(make_user())
        first, second = make_renewal(double), make_renewal(child)
        merge_children(double_id=double.pk, kept_id=child.pk)
        merging.move(double_id=double.pk, kept_id=child.pk)

        states = dict(Application.objects.values_list("pk", "state"))
        assert states == {first.pk: ApplicationState.WITHDRAWN, second.pk: ApplicationState.SENT}


def test_of_two_campaigns_ago(parent):
    """Whatever its last one was."""
    child = make_last_year_s(parent)
    make_closed_campaign()

    assert [*renewing.to_renew(parent, days(0))] == [child]
