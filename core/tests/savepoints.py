"""What a transaction of the code costs inside the one of a test."""

from django.db import connection

# It begins and ends as a savepoint, which is counted; SQLite needs none (core/one_server.py).
SAVEPOINTS = 2 if connection.vendor == "postgresql" else 0
