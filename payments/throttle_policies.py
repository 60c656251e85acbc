"""How often an organisme may ask for another account."""

from core.throttle_policy import HOUR, Limit, ThrottlePolicy

# Each is told to whoever answers for it. Who mistypes asks again; who tries IBANs does not go on.
BANK_ACCOUNT = ThrottlePolicy(
    "bank account",
    account=Limit(free=5, first=HOUR, longest=5 * HOUR, memory=HOUR),
    too_many="Trop de demandes de compte bancaire",
)
