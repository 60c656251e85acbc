"""The page that prints tickets."""

from django.urls import reverse


def printing(child, *tickets):
    return reverse("tickets:print", args=[child.public_id]), {"ticket": [ticket.pk for ticket in tickets]}
