"""How often one may send papers, begin a candidacy, and say when a child is born to be let in."""

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

CANDIDACY = ThrottlePolicy(
    "candidacy",
    account=Limit(free=20, first=HOUR, longest=6 * HOUR, memory=HOUR),
    too_many="Trop de SIRET essayés",
)
