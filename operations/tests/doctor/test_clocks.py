import datetime as dt
import time

import pytest
from django.utils import timezone

from accounts.models import SignIn
from accounts.tests.factories import make_user
from operations.doctor import clocks

from .faults import wrong


@pytest.mark.parametrize("drift", [-60, 60])
def test_clocks_that_differ(on_postgresql, drift):
    on_postgresql(time.time() + drift)

    with wrong("60 s d’écart", "chrony"):
        clocks.agree()


@pytest.mark.django_db
def test_a_clock_that_was_ahead():
    """security.md F18."""
    user = make_user()
    SignIn.objects.create(user=user, device="x")
    assert clocks.dates() == "aucune après maintenant"
    SignIn.objects.create(user=user, device="x", at=timezone.now() + dt.timedelta(days=1))

    with wrong("1 dates sont à venir", "chrony"):
        clocks.dates()
