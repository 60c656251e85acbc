"""The states of what leads through a list."""

from types import SimpleNamespace

from django.core.paginator import Paginator

from .states import States


def pagers() -> States:
    pages = Paginator(range(90), 30)
    states = {
        f"page {number}": {"page": pages.page(number), "query": "commune=92002"} for number in (1, 2, 3)
    }
    return states | {"une seule page": {"page": Paginator([1], 30).page(1), "query": ""}}


def topics() -> States:
    topic = SimpleNamespace(
        pk=1, question="J’ai perdu un ticket.", answer="Annulez-le, puis **refaites-en un**."
    )
    return {
        "fermée": {"topic": topic, "facts": {}},
        "ouverte": {"topic": topic, "facts": {}, "open": True},
    }
