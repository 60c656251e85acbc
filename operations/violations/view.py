import json
import logging
from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from prometheus_client import Counter

from core import throttle
from core.throttle import TooManyAttempts
from core.throttle_policy import MINUTE, Limit, ThrottlePolicy

from .facts import facts_of
from .message import NEW, OLD, violations_in

logger = logging.getLogger(__package__)
VIOLATIONS = Counter("passplus_csp_violations", "What browsers held back, as they say.", ["directive"])
# A page that is quite wrong tells dozens at once, each with the whole policy in it.
LARGEST = 32 * 1024
MOST_AT_ONCE = 20
# A class meets the same fault on the same page. Then one message a minute says enough, and fills no disk.
REPORTS = ThrottlePolicy(
    "violations",
    network=Limit(free=60, first=MINUTE, longest=MINUTE, memory=MINUTE),
)


@csrf_exempt
@login_not_required
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Who sends too many is answered the same, and not heard: a refusal would make browsers repeat it."""
    if request.content_type not in {OLD, NEW}:
        return HttpResponse(status=415)
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return HttpResponse(status=413)
    try:
        told = violations_in(request.content_type, json.loads(body))[:MOST_AT_ONCE]
        facts = [facts_of(violation, host=request.get_host()) for violation in told]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return HttpResponse(status=400)
    with suppress(TooManyAttempts):
        throttle.count(REPORTS, request)
        for each in facts:
            _tell(each)
    return HttpResponse(status=204)


def _tell(facts: dict[str, object]) -> None:
    VIOLATIONS.labels(facts["directive"]).inc()
    logger.warning("Held back by the CSP: %(directive)s", facts, extra={"facts": facts})
