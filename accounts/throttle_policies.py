"""How often one may try to come in, and ask for what is sent or made for an account."""

from core.throttle_policy import HOUR, MINUTE, SECOND, Limit, ThrottlePolicy

LOGIN = ThrottlePolicy(
    "login",
    # A family that hunts for its password waits seconds at first. Who guesses ends up at 96 a day.
    own=Limit(free=5, first=10 * SECOND, longest=15 * MINUTE, memory=15 * MINUTE),
    # Many places against one account. The wait stays short, for its owner, on a new device, has it too.
    account=Limit(free=30, first=5 * SECOND, longest=MINUTE, memory=MINUTE),
    # One place against many accounts: a collège or an operator of mobile telephones is one address. Only
    # failures stay counted: 300 at once, or 360 an hour.
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)

FORGOTTEN = ThrottlePolicy(
    "forgotten",
    # Each of them may be an e-mail in somebody's box.
    account=Limit(free=3, first=MINUTE, longest=HOUR, memory=HOUR),
    network=Limit(free=100, first=SECOND, longest=MINUTE, memory=30 * SECOND),
)

SIGN_UP = ThrottlePolicy(
    "sign up",
    # As above: each may be an e-mail in a stranger's box.
    account=Limit(free=3, first=MINUTE, longest=HOUR, memory=HOUR),
    network=Limit(free=100, first=SECOND, longest=MINUTE, memory=30 * SECOND),
)

# Whoever has no link is not let so far: this only spares the hashes.
NEW_ACCOUNT = ThrottlePolicy(
    "new account",
    network=Limit(free=20, first=SECOND, longest=MINUTE, memory=MINUTE),
)

# Each writes a session, and nobody is named yet: a collège is one address.
OPENID = ThrottlePolicy(
    "openid",
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)

SECOND_FACTOR = ThrottlePolicy(
    "second factor",
    # Whoever is here knows the password. Of a million codes three are right at any time.
    account=Limit(free=5, first=10 * SECOND, longest=15 * MINUTE, memory=15 * MINUTE),
)

ACTIVATION = ThrottlePolicy(
    "activation",
    # Who copies a letter mistypes. Nobody guesses one code out of 2⁶⁰, so what is tried elsewhere keeps
    # nobody waiting.
    own=Limit(free=10, first=5 * SECOND, longest=5 * MINUTE, memory=5 * MINUTE),
    # A class whose letters were handed out comes from one address.
    network=Limit(free=300, first=SECOND, longest=MINUTE, memory=10 * SECOND),
)

# A code of 60 bits that lets an account be known on this device, and no more: only this place's slips count,
# for whoever fills a network or tries one account from everywhere must keep nobody from it.
DEVICE = ThrottlePolicy("device", own=Limit(free=10, first=5 * SECOND, longest=5 * MINUTE, memory=5 * MINUTE))

# A parent who mistypes an address tries again; one who sends our messages to strangers does not go on.
ADDRESS = ThrottlePolicy(
    "address",
    account=Limit(free=5, first=5 * HOUR, longest=5 * HOUR, memory=5 * HOUR),
    too_many="Trop de changements d’adresse",
)

# Of one child: each of them is told to the other guardians.
CHILD_LOGIN = ThrottlePolicy(
    "child login",
    account=Limit(free=5, first=5 * HOUR, longest=5 * HOUR, memory=5 * HOUR),
    too_many="Trop de comptes refaits",
)

# Its owner is told of each.
NEW_PASSWORD = ThrottlePolicy(
    "new password",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop de mots de passe",
)
