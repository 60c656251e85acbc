"""How often a family may send papers."""

from core.throttle_policy import HOUR, Limit, ThrottlePolicy

PAPERS = ThrottlePolicy(
    "application papers",
    account=Limit(free=12, first=HOUR, longest=6 * HOUR, memory=HOUR),
    too_many="Trop d’envois de papiers",
)
