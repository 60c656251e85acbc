"""What families ask for with papers, what agents decide, and the papers."""

from .application import DECIDED_STATES, OPEN_STATES, Application, ApplicationKind, ApplicationState
from .paper import Paper, PaperState
from .reason import Reason, ReasonUse
from .rules import Rules

__all__ = [
    "DECIDED_STATES",
    "OPEN_STATES",
    "Application",
    "ApplicationKind",
    "ApplicationState",
    "Paper",
    "PaperState",
    "Reason",
    "ReasonUse",
    "Rules",
]
