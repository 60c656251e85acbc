"""How often one may send papers, an invitation or a code, begin a candidacy, ask for another sheet, and say
when a child is born.
"""

from core.throttle_policy import HOUR, MINUTE, Limit, ThrottlePolicy

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

# Who sends our messages to strangers does not go on.
INVITING = ThrottlePolicy(
    "inviting a guardian",
    account=Limit(free=3, first=HOUR, longest=24 * HOUR, memory=24 * HOUR),
    too_many="Trop d’invitations",
)

CANDIDACY = ThrottlePolicy(
    "candidacy",
    account=Limit(free=20, first=HOUR, longest=6 * HOUR, memory=HOUR),
    too_many="Trop de SIRET essayés",
)

SHEET = ThrottlePolicy(
    "sheet of an organisme",
    account=Limit(free=12, first=HOUR, longest=6 * HOUR, memory=HOUR),
    too_many="Trop de demandes",
)

# Each is an e-mail.
SIGNING_CODE = ThrottlePolicy(
    "signing code",
    account=Limit(free=5, first=10 * MINUTE, longest=HOUR, memory=HOUR),
    too_many="Trop de codes demandés",
)

# Of a million codes one is right, for a quarter of an hour.
SIGNING = ThrottlePolicy(
    "signing",
    account=Limit(free=5, first=10 * MINUTE, longest=HOUR, memory=HOUR),
    too_many="Trop de codes essayés",
)
