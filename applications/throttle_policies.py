"""How often a family may send papers, and who is invited may say when the child is born."""

from core.throttle_policy import HOUR, Limit, ThrottlePolicy

PAPERS = ThrottlePolicy(
    "application papers",
    account=Limit(free=12, first=HOUR, longest=6 * HOUR, memory=HOUR),
    too_many="Trop d’envois de papiers",
)

# Of one invitation: who has its link knows when the child is born, and does not try the years.
JOINING = ThrottlePolicy(
    "joining as a guardian",
    account=Limit(free=4, first=HOUR, longest=24 * HOUR, memory=24 * HOUR),
    too_many="Trop d’essais",
)
