from types import SimpleNamespace
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from core.money import NBSP

from .states import States


def messages() -> States:
    said = {
        constants.SUCCESS: f"Le ticket n°{NBSP}12 est annulé.",
        constants.INFO: "Votre session a été prolongée.",
        constants.WARNING: "Ce porte-monnaie ferme dans trois jours.",
        constants.ERROR: "Cochez « Imprimer » sur au moins un ticket.",
    }
    states = {
        Message(level, "").level_tag: {"messages": [Message(level, text)]} for level, text in said.items()
    }
    return {"aucun": {"messages": []}} | states


def session_end() -> dict[str, Any]:
    """Closed as in a page: its moment comes in an hour."""
    hour = {"session_left": 3600, "session_limit": 3600}
    here = SimpleNamespace(get_full_path=lambda: "/")
    return {"frame": hour, "request": here, "csrf_input": ""}
