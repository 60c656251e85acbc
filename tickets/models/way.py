"""How a ticket came to a counter."""

from django.db import models


class Way(models.TextChoices):
    TYPED = "saisi", "code saisi"
    SCANNED = "scanné", "code scanné"
    PHOTO = "photo", "photographié"
    LIST = "liste", "choisi dans la liste"
    MANY = "plusieurs", "plusieurs codes à la fois"
    AGENT = "agent", "par un agent"
