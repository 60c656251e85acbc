"""What the administration shows, one module an app: Django looks for them here."""

from . import (  # noqa: F401
    campaigns,
    directory,
    journal_pages,
    operations,
    people,
    prepared_files,
    texts,
    tickets,
)
