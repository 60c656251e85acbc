"""Django looks for the admin classes here: each is registered once, in one of these modules."""

from . import (  # noqa: F401
    accounts,
    bank_accounts,
    campaigns,
    children,
    counters,
    directory,
    directory_words,
    entries,
    offers,
    outbox,
    schools,
    suggestions,
    texts,
    tickets,
    wallets,
)
from .applications import conventions as applications_conventions  # noqa: F401
from .applications import queue as applications_queue  # noqa: F401
from .applications import settings as applications_settings  # noqa: F401
from .applications import signatures as applications_signatures  # noqa: F401
from .exports import prepared_files  # noqa: F401
from .imports import admin as imports_admin  # noqa: F401
from .journal import admin as journal_admin  # noqa: F401
from .journal import security_admin  # noqa: F401
from .payments import batches, codes, files, returns, rows, rules, templates  # noqa: F401
