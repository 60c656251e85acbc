"""A file of organismes that was the wrong one is taken back, and what was built on it stays."""

import pytest

from accounts import audit
from accounts.audit import Action
from backoffice.models import Stage
from partners.models import Activity, DirectoryVersion, Offer, Partner
from partners.tests.factories import make_offer
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from .importing import bring, confirm, undo, work
from .whole_lists import only

pytestmark = pytest.mark.django_db

TITLES = "Nom;Commune;Téléphone;Affilié jusqu’au;Activités Sport"


@pytest.fixture
def judo():
    """Known, and changed by the file."""
    offer = make_offer(kind=Kind.SPORT)
    Partner.objects.update(name="JUDO CLUB", commune="92002", phone="01 40 00 00 00", affiliated_until=None)
    Activity.objects.update(name="Judo")
    offer.refresh_from_db()
    return offer


def directory():
    return (
        [*Partner.objects.order_by("name").values_list("name", "phone", "affiliated_until")],
        [*Offer.objects.order_by("pk").values_list("partner__name", "activity__name")],
        [*Activity.objects.values_list("name", flat=True)],
    )


@pytest.fixture
def job(client, agent, judo):
    lines = [
        "JUDO CLUB;Antony;01 41 11 11 11;31/08/2040;Judo | Karaté",
        "GYM;Sceaux;;;Gymnastique",
        "DOJO;Sceaux;;;Judo",
    ]
    page = bring(client, "\n".join([TITLES, *lines]).encode()).request["PATH_INFO"]
    work()
    confirm(client, page)
    work()
    assert (only().stage, Partner.objects.count(), Offer.objects.count()) == (Stage.DONE, 3, 4)
    return only()


def test_everything_is_as_it_was(client, agent, job):
    """admin.md 28: an import had no undo."""
    version = DirectoryVersion.objects.get().token
    undo(client, job)

    assert directory() == (
        [("JUDO CLUB", "01 40 00 00 00", None)],
        [("JUDO CLUB", "Judo")],
        ["Judo"],
    )
    assert DirectoryVersion.objects.get().token != version
    job.refresh_from_db()
    assert job.stage == Stage.UNDONE


def test_an_organisme_that_has_a_ticket_stays_with_its_offers(client, agent, job):
    make_ticket(wallet=make_wallet(kind=Kind.SPORT), offer=Offer.objects.get(partner__name="GYM"))
    undo(client, job)

    assert [*Partner.objects.values_list("name", flat=True)] == ["GYM", "JUDO CLUB"]
    assert {*Activity.objects.values_list("name", flat=True)} == {"Judo", "Gymnastique"}
    assert only().stage == Stage.PARTLY


def test_an_added_offer_that_has_a_ticket_stays(client, agent, job):
    make_ticket(wallet=make_wallet(kind=Kind.SPORT), offer=Offer.objects.get(activity__name="Karaté"))
    undo(client, job)

    assert {*Offer.objects.values_list("activity__name", flat=True)} == {"Judo", "Karaté"}


def test_an_organisme_that_an_agent_changed_stays(client, agent, job):
    dojo = Partner.objects.get(name="DOJO")
    audit.record(action=Action.CHANGED, subject=dojo, reason="", actor=agent)
    undo(client, job)

    assert [*Partner.objects.values_list("name", flat=True)] == ["DOJO", "JUDO CLUB"]


def test_a_column_that_was_changed_since_stays(client, agent, job):
    Partner.objects.filter(name="JUDO CLUB").update(phone="01 42 22 22 22")
    undo(client, job)

    assert directory()[0] == [("JUDO CLUB", "01 42 22 22 22", None)]


def test_an_organisme_that_moved_and_changed_its_name_goes_back(client, agent, judo):
    Partner.objects.update(siret="73282932000074")
    titles = "Nom;Commune;SIRET;Activités Sport"
    page = bring(client, f"{titles}\nBUDO;Sceaux;732 829 320 00074;Judo".encode()).request["PATH_INFO"]
    work()
    confirm(client, page)
    work()
    assert [*Partner.objects.values_list("name", "commune")] == [("BUDO", "92071")]
    undo(client, only())

    assert [*Partner.objects.values_list("name", "commune")] == [("JUDO CLUB", "92002")]
