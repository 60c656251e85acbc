"""For who works in DATABASE_URL and nowhere else, whatever a .env or a shell says besides."""

import os

# A command would go where one of these leads.
HERE_ALONE = {
    "ENV_FILE": os.devnull,
    "DATABASE_DIRECT_URL": "",
    "DATABASE_OWNER_URL": "",
    "DATABASE_REPLICA_URL": "",
}
