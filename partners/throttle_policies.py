"""How often one may invite, and make an account from an invitation."""

from core.throttle_policy import HOUR, MINUTE, SECOND, Limit, ThrottlePolicy

# A club invites its five volunteers in one evening; who sends our messages to strangers does not go on.
INVITATION = ThrottlePolicy(
    "invitation",
    account=Limit(free=20, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop d’invitations",
)

# Whoever has no link is not let so far: this only spares the hashes.
NEW_MEMBER = ThrottlePolicy(
    "new member",
    network=Limit(free=20, first=SECOND, longest=MINUTE, memory=MINUTE),
)
