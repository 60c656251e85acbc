"""By which way the used tickets of a campaign came to a counter."""

from django.db.models import Count

from tickets.models import Use
from wallets.models import Campaign


def count(campaign: Campaign) -> dict[str, int]:
    living = Use.objects.living().filter(ticket__wallet__campaign=campaign).order_by()
    return dict(living.values_list("way").annotate(Count("pk")))
