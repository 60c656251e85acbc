"""How often an account may look a code up, print, and change its formula."""

from django.conf import settings

from core.throttle_policy import HOUR, MINUTE, SECOND, Limit, ThrottlePolicy

CODE = ThrottlePolicy(
    "code",
    account=Limit(free=20, first=5 * SECOND, longest=5 * MINUTE, memory=5 * MINUTE),
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)

# What one account may ask of a service that is there for all. These are no attempts: nothing forgives them.
PDF = ThrottlePolicy(
    "pdf",
    # A family prints all it has in one document, and once more when the printer was out of paper.
    account=Limit(free=settings.PDFS_AT_ONCE, first=MINUTE, longest=MINUTE, memory=MINUTE),
    too_many="Trop d’impressions",
)

PHOTO = ThrottlePolicy(
    "photo",
    # Each takes a tenth of a second of a processor. At a fair one comes after the other.
    account=Limit(free=30, first=10 * SECOND, longest=MINUTE, memory=10 * SECOND),
    too_many="Trop de photos",
)

FORMULA = ThrottlePolicy(
    "formula",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop de changements de formule",
)
