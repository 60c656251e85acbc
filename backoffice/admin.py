"""What the administration shows, one module an app: Django looks for them here."""

from . import campaigns, directory, operations, people, texts, tickets  # noqa: F401
