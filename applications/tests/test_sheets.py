"""An affiliated organisme asks for its sheet to be changed; it is once an agent accepts."""

import datetime as dt

import pytest
from django.utils import timezone

from applications import deciding, sending, sheet_changes, sheets
from applications.changing_sheet import accept_sheet
from applications.exceptions import AlreadyAsked, Moved, NothingToChange, OrganismeGone
from applications.models import Application, ApplicationState, NewSheet, SheetColumn
from applications.models.application import KEPT_FOR
from applications.retention import new_sheets_due
from applications.sheet_changes import YES, written
from partners.models import FormerName, Offer, Partner
from partners.tests.factories import make_commune, make_offer, make_partner
from partners.tests.members import mails_to, make_manager, make_member
from wallets.models import Kind

from .factories import make_decider
from .organismes import make_activity
from .sheets import NEW_PHONE, make_sheet_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_partner(
        "CHORALE D’ANTONY",
        phone="01 40 96 00 00",
        address="1 rue du Chant",
        postcode="92160",
        latitude="48.7",
        longitude="2.3",
    )


@pytest.fixture
def manager(partner):
    return make_manager(partner)


def accept(application):
    _, changes = accept_sheet(application_id=application.pk, actor=make_decider())
    return [str(change).replace("\N{NO-BREAK SPACE}", " ") for change in changes]


def test_nothing_changes_before_an_agent_accepts(partner, manager):
    application = make_sheet_request(manager)
    partner.refresh_from_db()
    assert partner.phone == "01 40 96 00 00"
    [told] = mails_to(manager.user.email)
    assert "Changement demandé" in told
    assert "Ahmed Benali a demandé" in told

    assert accept(application) == [f"Téléphone : 01 40 96 00 00 → {NEW_PHONE}"]
    partner.refresh_from_db()
    assert partner.phone == NEW_PHONE
    assert partner.latitude
    application.refresh_from_db()
    assert application.state == ApplicationState.ACCEPTED
    assert f"Téléphone\N{NO-BREAK SPACE}: 01 40 96 00 00 → {NEW_PHONE}" in mails_to(manager.user.email)[1]


def test_every_column(partner, manager):
    sceaux = make_commune("92071", "Sceaux")
    said = {
        SheetColumn.NAME: "CHORALE DE SCEAUX",
        SheetColumn.ADDRESS: "2 rue du Parc",
        SheetColumn.POSTCODE: "92330",
        SheetColumn.COMMUNE: sceaux.pk,
        SheetColumn.PHONE: "",
        SheetColumn.EMAIL: "chorale@sceaux.example",
        SheetColumn.WEBSITE: "https://chorale.example/",
        SheetColumn.ACCESSIBLE: YES,
    }
    changes = accept(make_sheet_request(manager, said=said))

    partner.refresh_from_db()
    assert {it: written(partner, it) for it in SheetColumn} == said
    assert (partner.latitude, partner.longitude) == (None, None)
    assert "Commune : Antony → Sceaux" in changes
    assert "Téléphone : 01 40 96 00 00 → –" in changes
    assert "Position : 48.700000, 2.300000 → –" in changes
    assert FormerName.objects.get().name == "CHORALE D’ANTONY"


def test_offers_come_and_end(partner, manager):
    kept, ended, former = (
        make_offer(name, Kind.CULTURE, partner=partner) for name in ("Chant", "Solfège", "Orgue")
    )
    Offer.objects.filter(pk=former.pk).update(ends_on=timezone.localdate() - dt.timedelta(days=1))
    judo = make_activity()
    application = make_sheet_request(
        manager,
        said={},
        wanted=[(judo.pk, "sport"), (kept.activity_id, "culture"), (former.activity_id, "culture")],
        ended=[(ended.activity_id, "culture"), (judo.pk, "culture")],
    )
    assert sorted(accept(application)) == [
        *("Judo (Sport) : – → proposée", "Orgue (Culture) : – → proposée"),
        "Solfège (Culture) : proposée → plus proposée",
    ]

    last_days = dict(Offer.objects.values_list("activity__name", "ends_on"))
    assert last_days == {"Chant": None, "Judo": None, "Orgue": None, "Solfège": timezone.localdate()}


def test_an_affiliation_goes_on(partner, manager):
    over, until = timezone.localdate() - dt.timedelta(days=3), dt.date(2099, 8, 31)
    Partner.objects.filter(pk=partner.pk).update(affiliated_until=over)
    application = make_sheet_request(manager, said={}, renews=True)
    changed, [change] = accept_sheet(
        application_id=application.pk, actor=make_decider(), affiliated_until=until
    )

    assert (change.what, change.after) == ("Affiliation", sheet_changes.until(until))
    assert change.after in mails_to(manager.user.email)[1]
    partner.refresh_from_db()
    assert changed == partner
    assert partner.affiliated_until == until
    assert partner.is_affiliated_on(timezone.localdate())


def test_one_without_a_last_day_is_not_renewed(manager):
    with pytest.raises(NothingToChange):
        make_sheet_request(manager, said={}, renews=True)


def test_the_last_day_stays_where_it_is_not_renewed(partner, manager):
    Partner.objects.filter(pk=partner.pk).update(affiliated_until=dt.date(2099, 8, 31))
    accept(make_sheet_request(manager))

    partner.refresh_from_db()
    assert partner.affiliated_until == dt.date(2099, 8, 31)


def test_what_changed_meanwhile_elsewhere_stays(partner, manager):
    application = make_sheet_request(manager)
    Partner.objects.update(email="autre@chorale.example", phone="01 40 96 11 11")
    assert accept(application) == [f"Téléphone : 01 40 96 11 11 → {NEW_PHONE}"]

    partner.refresh_from_db()
    assert (partner.email, partner.phone) == ("autre@chorale.example", NEW_PHONE)


def test_what_the_sheet_says_already_is_no_change(manager):
    with pytest.raises(NothingToChange):
        make_sheet_request(manager, said={SheetColumn.PHONE: "01 40 96 00 00"})
    assert make_sheet_request(manager, said={}, other_activities="Gospel")


def test_the_same_form_asks_once_and_another_one_is_refused(manager):
    first = make_sheet_request(manager)
    assert make_sheet_request(manager, key=first.key) == first
    with pytest.raises(AlreadyAsked):
        make_sheet_request(
            make_manager(manager.partner, "Sophie"), said={SheetColumn.PHONE: "01 02 03 04 05"}
        )

    assert NewSheet.objects.count() == 1
    sending.withdraw(application_id=first.pk, actor=manager.user)
    assert make_sheet_request(manager)


def test_every_manager_withdraws_it_and_nobody_else(partner, manager):
    application = make_sheet_request(manager)
    with pytest.raises(Moved):
        sending.withdraw(application_id=application.pk, actor=make_member(partner).user)
    sending.withdraw(application_id=application.pk, actor=make_manager(partner, "Sophie").user)

    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN


def test_no_paper_is_asked_for(manager):
    application = make_sheet_request(manager)
    with pytest.raises(Moved):
        deciding.ask(application_id=application.pk, reason="Il manque un papier.", actor=make_decider())


def test_one_that_was_refused_is_read_again(manager):
    application = make_sheet_request(manager)
    deciding.refuse(application_id=application.pk, reason="Ce nom n’est pas le vôtre.", actor=make_decider())
    assert "Ce nom n’est pas le vôtre." in mails_to(manager.user.email)[1]
    deciding.reopen(application_id=application.pk, actor=make_decider())

    assert accept(application)


def test_one_that_was_accepted_is_not_reopened(manager):
    application = make_sheet_request(manager)
    accept(application)
    with pytest.raises(Moved):
        deciding.reopen(application_id=application.pk, actor=make_decider())


def test_of_one_that_was_merged_nothing_is_changed(partner, manager):
    application = make_sheet_request(manager)
    Partner.objects.filter(pk=partner.pk).update(merged_into=make_partner())

    with pytest.raises(OrganismeGone):
        accept(application)
    with pytest.raises(Moved):
        make_sheet_request(manager)


@pytest.mark.parametrize("asks_too", [False, True])
def test_what_a_double_asks_for_goes_to_the_one_that_is_kept_unless_it_asks_too(partner, manager, asks_too):
    kept = make_manager(make_partner("CHORALE DE LA VILLE"), "Sophie")
    application = make_sheet_request(manager)
    if asks_too:
        make_sheet_request(kept)
    sheets.move(double_id=partner.pk, kept_id=kept.partner_id)

    application.refresh_from_db()
    assert application.partner == kept.partner
    assert (application.state == ApplicationState.WITHDRAWN) == asks_too
    assert sheets.of_partner(kept.partner).get().state == ApplicationState.SENT


def test_every_manager_is_told(partner, manager):
    other = make_manager(partner, "Sophie")
    make_sheet_request(manager)

    assert "Ahmed Benali a demandé" in mails_to(other.user.email)[0]


def test_one_that_was_withdrawn_is_not_what_the_same_form_asks(manager):
    first = make_sheet_request(manager)
    sending.withdraw(application_id=first.pk, actor=manager.user)
    with pytest.raises(AlreadyAsked):
        make_sheet_request(manager, key=first.key)


def test_an_offer_that_would_end_ends_today(partner, manager):
    offer = make_offer("Chant", Kind.CULTURE, partner=partner)
    Offer.objects.filter(pk=offer.pk).update(ends_on=dt.date(2099, 8, 31))
    application = make_sheet_request(manager, said={}, ended=[(offer.activity_id, "culture")])
    assert not sheet_changes.has_moved(application.new_sheet, partner)
    accept(application)

    offer.refresh_from_db()
    assert offer.ends_on == timezone.localdate()


def test_an_offer_that_would_end_is_kept(partner, manager):
    offer = make_offer("Chant", Kind.CULTURE, partner=partner)
    Offer.objects.filter(pk=offer.pk).update(ends_on=dt.date(2099, 8, 31))
    application = make_sheet_request(manager, said={}, wanted=[(offer.activity_id, "culture")])
    [change] = accept(application)
    assert change.startswith("Chant (Culture) : proposée jusqu’au 31")
    assert change.endswith("→ proposée")

    offer.refresh_from_db()
    assert offer.ends_on is None


@pytest.mark.parametrize(("days", "stays"), [(59, True), (61, False)])
def test_what_was_said_goes_two_months_after_the_decision(manager, days, stays):
    application = make_sheet_request(manager)
    accept(application)
    Application.objects.update(decided_at=timezone.now() - dt.timedelta(days=days))
    assert dt.timedelta(days=60) == KEPT_FOR

    assert new_sheets_due(timezone.now()).exists() == (not stays)
