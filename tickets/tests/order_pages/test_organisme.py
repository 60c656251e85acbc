"""« Effectuer une transaction »: the choice of an organisme."""

import re

import pytest

from wallets.models import Wallet
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

from .pages import page, sentences

pytestmark = pytest.mark.django_db


def choices(response, name):
    return [str(label) for value, label in response.context["form"].fields[name].choices if value]


def test_each_select_narrows_the_next(client, culture, offers):
    response = client.get(page(culture, "organisme/"))
    assert choices(response, "commune") == ["Antony", "Sceaux"]

    response = client.get(page(culture, "organisme/"), {"commune": "92071", "activites": ""})
    assert choices(response, "activites") == ["sportive"]

    response = client.get(page(culture, "organisme/"), {"commune": "92002", "activites": "culture"})
    assert choices(response, "organisme") == ["MAITRISE"]
    assert not response.context["form"].errors


def test_each_choice_says_that_it_is_required(client, culture, offers):
    selects = re.findall(r"<select[^>]*>", client.get(page(culture, "organisme/")).text)

    assert ["required" in select for select in selects] == [True, True, True]


def test_with_javascript_only_the_selects_come_back(client, culture, offers):
    query = {"commune": "92002", "activites": "culture", "organisme": ""}
    response = client.get(page(culture, "organisme/"), query, headers={"X-Narrowing": "1"})

    assert choices(response, "organisme") == ["MAITRISE"]
    assert not response.context["form"].errors
    assert "<html" not in response.text


def test_the_three_together_lead_on(client, culture, offers):
    partner = offers["maitrise"].partner_id
    query = {"commune": "92002", "activites": "culture", "organisme": partner}
    response = client.get(page(culture, "organisme/"), query)

    assert response.headers["Location"] == page(culture, f"organisme/{partner}/{culture.pk}/")


def test_what_is_still_to_choose_is_said_beside_it(client, culture, offers):
    query = {"commune": "92002", "activites": "culture", "organisme": ""}

    assert sentences(client.get(page(culture, "organisme/"), query), "organisme")
    assert sentences(client.get(page(culture, "organisme/"), {"commune": ""}), "commune")


def test_when_two_campaigns_are_open_the_older_money_goes_first(client, culture, offers):
    older = make_wallet("5", beneficiary=culture.beneficiary, campaign=make_campaign(last_ticket_on=days(3)))
    partner = offers["maitrise"].partner_id
    query = {"commune": "92002", "activites": "culture", "organisme": partner}
    where = client.get(page(culture, "organisme/"), query).headers["Location"]

    assert where == page(culture, f"organisme/{partner}/{older.pk}/")
    assert list(client.get(where).context["other_wallets"]) == [culture]


def test_when_no_campaign_is_open(client, culture, offers):
    Wallet.objects.update(campaign=make_closed_campaign())
    query = {"commune": "92002", "activites": "culture", "organisme": offers["maitrise"].partner_id}

    assert client.get(page(culture, "organisme/"), query).url == page(culture)
