"""Signatures are listed for the archives ten years after the year of their version; nothing deletes them."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from applications import archives, conventions
from applications.models import Convention, Signature
from partners.tests.factories import make_partner

from .conventions import make_convention, make_in_force
from .organismes import make_candidacy
from .signatures import plant_signature

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed():
    """Of an organisme, a version that another one replaced."""
    version = make_in_force("1")
    signature = plant_signature(version, make_user(), partner=make_partner())
    plant_signature(version, make_user(), application=make_candidacy())
    second = make_convention("2")
    conventions.put_in_force(convention_id=second.pk, actor=make_agent())
    plant_signature(second, make_user(), partner=signature.partner)
    return signature


def ended(signature: Signature, at: dt.datetime) -> None:
    before = at - dt.timedelta(days=1)
    Convention.objects.filter(pk=signature.convention_id).update(in_force_at=before, ended_at=at)


def test_ten_years_after_the_end_of_the_year(client, enter, signed, capsys):
    zone = timezone.get_current_timezone()
    first = dt.datetime(timezone.localdate().year - archives.YEARS, 1, 1, tzinfo=zone)
    ended(signed, first)
    assert not archives.due(timezone.now())
    ended(signed, first - dt.timedelta(seconds=1))
    assert list(archives.due(timezone.now())) == [signed]

    call_command("purge")
    assert "Conventions signées à soumettre au visa des archives : 1." in capsys.readouterr().out
    assert Signature.objects.count() == 3
    enter(make_agent())
    page = client.get(reverse("admin:applications_signature_changelist"), {"garde": "passee"})
    assert list(page.context["cl"].queryset) == [signed]
