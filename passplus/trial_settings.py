"""Production's settings, for a site that is tried and thrown away (demo.trial).

Its static files are its own, since two trials may run at once; the terminal hears only of faults; a session
may end within seconds. Not variables of the environment: no real site can be so by mistake.
"""

import os

from passplus import settings as production

vars().update({name: value for name, value in vars(production).items() if name.isupper()})

STATIC_ROOT = os.environ["TRIAL_STATIC"]
SESSION_IDLE = int(os.environ.get("TRIAL_SESSION_IDLE", production.SESSION_IDLE))
LOGGING = production.LOGGING | {"root": {"handlers": ["console"], "level": "ERROR"}}
