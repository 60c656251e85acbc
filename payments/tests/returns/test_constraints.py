"""What the database refuses of a return, by its name."""

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent
from payments.models import Fate, ReturnFile, ReturnLine, ReturnState, Verdict
from payments.tests.factories import make_use
from payments.tests.paid import make_sent

pytestmark = pytest.mark.django_db
CONFIRMED = "payments_return_confirmed_means_dated_and_signed"


@pytest.fixture
def payment():
    make_use()
    return make_sent().payments.get()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "x"}, "payments_return_state_is_known"),
        ({"state": ReturnState.CONFIRMED}, CONFIRMED),
        ({"state": ReturnState.UNMAPPED, "confirmed_at": timezone.now()}, CONFIRMED),
        ({"confirmed_at": timezone.now()}, CONFIRMED),
        ({"done_at": timezone.now()}, "payments_return_done_means_dated"),
    ],
)
def test_a_file(refused_by, payment, fields, name):
    agent = make_agent()
    if fields.get("state") == "x":
        fields = fields | {"confirmed_at": timezone.now(), "confirmed_by": agent}
    with refused_by(name):
        ReturnFile.objects.create(batch=payment.batch, name="x.csv", owner=agent, **fields)


def test_confirmed_its_content_is_gone(refused_by, payment):
    agent = make_agent()
    confirmed = {"state": ReturnState.CONFIRMED, "confirmed_at": timezone.now(), "confirmed_by": agent}
    with refused_by(CONFIRMED):
        ReturnFile.objects.create(batch=payment.batch, name="x.csv", owner=agent, sealed=b"x", **confirmed)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"number": 2}, "payments_returnline_once"),
        ({"number": 3}, "payments_returnline_tells_a_payment_once"),
        ({"verdict": "x"}, "payments_returnline_verdict_is_known"),
        ({"verdict": Verdict.NOTHING, "why": "x", "fate": "x"}, "payments_returnline_fate_is_known"),
        ({"fate": ""}, "payments_returnline_told_is_whole"),
        ({"on": None}, "payments_returnline_told_is_whole"),
        ({"verdict": Verdict.TOLD, "payment": None}, "payments_returnline_told_is_whole"),
        ({"verdict": Verdict.REFUSED}, "payments_returnline_says_why"),
        ({"verdict": Verdict.NOTHING}, "payments_returnline_says_why"),
    ],
)
def test_a_line(refused_by, payment, fields, name):
    file = ReturnFile.objects.create(batch=payment.batch, name="x.csv", owner=make_agent())
    whole = {"file": file, "payment": payment, "fate": Fate.PAID, "on": timezone.localdate()}
    if "number" in fields:
        ReturnLine.objects.create(number=2, verdict=Verdict.TOLD, **whole)
    if fields.get("number") == 2:
        # Another one of the same number that tells nothing.
        fields = fields | {"verdict": Verdict.REFUSED, "why": "x"}
    with refused_by(name):
        ReturnLine.objects.create(**{"number": 4, "verdict": Verdict.TO_TELL} | whole | fields)


def test_a_part_of_a_payment_tells_nothing_beside_the_whole(payment):
    file = ReturnFile.objects.create(batch=payment.batch, name="x.csv", owner=make_agent())
    said = {"file": file, "payment": payment, "fate": Fate.PAID, "on": timezone.localdate()}
    ReturnLine.objects.create(number=2, verdict=Verdict.TO_TELL, **said)
    ReturnLine.objects.create(number=3, verdict=Verdict.NOTHING, why="Une partie", **said)
    assert file.lines.count() == 2
