"""How another process joins a database of the tests."""

import os
from urllib.parse import urlsplit

from django.db import connection


def address(name: str) -> str:
    """Its DATABASE_URL."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
