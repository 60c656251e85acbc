"""« Dettes »: agents see who owes, since when, and take it as CSV to the finance service."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent
from partners.tests.factories import make_partner
from payments.models import Correction, PartnerAccounting

from .test_file_settings import entered

pytestmark = pytest.mark.django_db
PAGE = "/admin/payments/correction/dettes/"


def test_who_owes_and_since_when():
    client, partner = entered("paiements"), make_partner(name="CHORALE")
    assert "Aucun organisme" in client.get(PAGE).text
    since = timezone.now() - dt.timedelta(days=200)
    PartnerAccounting.objects.create(partner=partner, tiers_code="T12")
    Correction.objects.create(
        partner=partner, amount="-40.00", reason="x", author=make_agent(), created_at=since
    )

    page = client.get(PAGE).text
    assert "40,00" in page
    assert f"{timezone.localtime(since):%d/%m/%Y}" in page
    csv = client.get(f"{PAGE}?format=CSV").getvalue().decode("utf-8-sig").splitlines()
    assert csv[1].split(";")[0] == "CHORALE"
    assert csv[1].split(";")[2:] == ["T12", "40,00", f"{timezone.localtime(since):%d/%m/%Y}", "oui"]
    assert PAGE in client.get("/admin/payments/correction/").text
