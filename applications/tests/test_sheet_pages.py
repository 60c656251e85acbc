"""« Changer la fiche » of « Mon organisme »."""

import uuid

import html5lib
import pytest
from django.urls import reverse

from applications.models import Application, ApplicationState, SheetColumn
from partners.models import Partner
from partners.tests.factories import make_commune, make_offer, make_partner
from partners.tests.members import make_manager, make_member
from wallets.models import Kind
from wallets.tests.factories import days

from .organismes import make_activity
from .sheets import make_sheet_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(enter):
    partner = make_partner("CHORALE D’ANTONY", phone="01 40 96 00 00")
    manager = make_manager(make_offer("Chant", Kind.CULTURE, partner=partner).partner)
    enter(manager.user)
    return manager


def address(manager, name="organisme_sheet"):
    return reverse(f"applications:{name}", args=[manager.partner_id])


def post(client, manager, **fields):
    """As the page shows it, but for these."""
    return client.post(address(manager), {**shown(client, manager), **fields}, follow=True)


def shown(client, manager, page=None):
    """What a browser would send of its page, untouched."""
    text = (page or client.get(address(manager))).text
    page = html5lib.parse(text, namespaceHTMLElements=False)
    [form] = [it for it in page.iter("form") if it.find(".//*[@name='key']") is not None]
    sent = {}
    for field in [*form.iter("input"), *form.iter("select")]:
        if field.tag == "select":
            chosen = [it.get("value", "") for it in field.iter("option") if "selected" in it.attrib]
            sent[field.get("name")] = chosen[0] if chosen else ""
        elif field.get("type") != "checkbox" or "checked" in field.attrib:
            sent[field.get("name")] = field.get("value", "")
    return sent


def test_it_is_asked_and_followed(client, manager):
    front = reverse("partners:organisme", args=[manager.partner_id])
    assert address(manager) in client.get(front).text
    page = post(client, manager, phone="01 40 96 99 99").text

    assert "Nous avons reçu votre demande." in page
    assert "01 40 96 00 00 → <b>" in page
    assert "En cours" in page
    assert "Demander ce changement" not in page
    [edit] = Application.objects.get().new_sheet.edits.all()
    assert edit.column == SheetColumn.PHONE


@pytest.mark.parametrize("written", ["0140960000", "01-40-96-00-00", "demandez Paul"])
def test_what_nobody_touches_is_not_asked_for_however_it_is_written(client, manager, written):
    Partner.objects.update(phone=written, name="CHORALE – D’ANTONY")
    post(client, manager, email="chorale@antony.example")

    assert [it.column for it in Application.objects.get().new_sheet.edits.all()] == [SheetColumn.EMAIL]


def test_what_was_touched_stays_so_once_the_form_was_refused(client, manager):
    refused = post(client, manager, phone="01 40 96 99 99", activity_1=make_activity().pk)
    assert refused.context["form"].errors
    client.post(address(manager), {**shown(client, manager, refused), "kind_1": "sport"})

    sheet = Application.objects.get().new_sheet
    assert [(it.column, it.after) for it in sheet.edits.all()] == [(SheetColumn.PHONE, "01 40 96 99 99")]
    assert sheet.offers.exists()


def test_what_changed_since_the_page_was_opened_stays(client, manager):
    sent = shown(client, manager)
    Partner.objects.update(email="neuve@antony.example")
    client.post(address(manager), {**sent, "phone": "01 40 96 99 99"})

    assert [it.column for it in Application.objects.get().new_sheet.edits.all()] == [SheetColumn.PHONE]


def test_offers_and_the_box(client, manager):
    offer = manager.partner.offers.get()
    judo = make_activity()
    post(
        client,
        manager,
        **{"accessible": "on", f"ends_{offer.pk}": "on", "activity_1": judo.pk, "kind_1": "sport"},
    )

    sheet = Application.objects.get().new_sheet
    assert [(it.column, it.after) for it in sheet.edits.all()] == [(SheetColumn.ACCESSIBLE, "oui")]
    assert {(it.activity.name, it.is_wanted) for it in sheet.offers.all()} == {
        ("Judo", True),
        ("Chant", False),
    }


def test_the_renewal_is_asked_where_there_is_a_last_day(client, manager):
    assert "renouvellement" not in client.get(address(manager)).text
    Partner.objects.update(affiliated_until=days(30))
    assert "renouvellement" in client.get(address(manager)).text
    post(client, manager, renews="on")

    assert Application.objects.get().new_sheet.renews


def test_what_is_as_it_was_is_told(client, manager):
    assert "changez au moins une ligne" in post(client, manager).text
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", {"name": ""}),
        ("phone", {"phone": "demain"}),
        ("phone", {"phone": "01 40 96 00 00 ext. 1234"}),
        ("email", {"email": "chorale"}),
        ("website", {"website": "x y"}),
        ("postcode", {"postcode": "9"}),
        ("commune", {"commune": "00000"}),
        ("kind_1", {"activity_1": "ACTIVITY"}),
        ("activity_2", {"kind_2": "sport"}),
    ],
)
def test_what_is_wrong_is_told_beside_it(client, manager, field, wrong):
    if wrong.get("activity_1"):
        wrong = {"activity_1": make_activity().pk}
    page = post(client, manager, **wrong)

    assert field in page.context["form"].errors
    assert not Application.objects.exists()


def test_from_another_window_it_is_asked_once(client, manager):
    key = uuid.uuid4()
    post(client, manager, phone="01 40 96 99 99", key=key)
    said = {"name": manager.partner.name, "commune": make_commune().pk, "phone": "01 02 03 04 05"}
    for phone in ("01 02 03 04 05", "demain"):
        page = client.post(address(manager), {**said, "key": uuid.uuid4(), "phone": phone}, follow=True)
        assert "déjà faite" in page.text

    assert Application.objects.count() == 1


def test_it_is_withdrawn_then_asked_again(client, manager):
    post(client, manager, phone="01 40 96 99 99")
    withdraw = address(manager, "withdraw_sheet")
    page = client.get(withdraw).text
    assert "CHORALE D’ANTONY" in page
    assert "papiers" not in page
    page = client.post(withdraw, follow=True).text
    assert "Votre demande est retirée." in page
    assert "Demander ce changement" in page

    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert client.get(withdraw).status_code == 404


def test_one_that_was_refused_says_why(client, manager):
    application = make_sheet_request(manager)
    Application.objects.filter(pk=application.pk).update(
        state=ApplicationState.REFUSED,
        reason="Ce numéro sonne ailleurs.",
        decided_by=manager.user,
        decided_at=application.sent_at,
    )
    page = client.get(address(manager)).text

    assert "Ce numéro sonne ailleurs." in page
    assert "Demander ce changement" in page


def test_the_counter_is_not_asked(client, enter, manager):
    enter(make_member(manager.partner).user)
    front = reverse("partners:organisme", args=[manager.partner_id])

    assert address(manager) not in client.get(front).text
    assert "Dites-le à un responsable" in client.get(front).text
    for name in ("organisme_sheet", "withdraw_sheet"):
        assert client.get(address(manager, name)).status_code == 404


def test_of_another_organisme_it_is_not_there(client, manager):
    other = make_sheet_request()

    assert client.get(f"/organismes/{other.partner_id}/fiche/").status_code == 404
    assert client.post(f"/organismes/{other.partner_id}/fiche/retirer/").status_code == 404
    assert Partner.objects.count() == 2
