"""Orders and tickets."""

from .dispute import Dispute, Doubt
from .failed_try import FailedTry, Why
from .figures import Figure, KeptFigures
from .message import Happened, Notice, Reminder
from .order import Order
from .printing import Printing
from .state import OPEN_STATES, USED_STATES, State
from .ticket import Ticket, TicketQuerySet
from .use import Use, UseQuerySet, used_without_a_use
from .way import Way

__all__ = [
    "OPEN_STATES",
    "USED_STATES",
    "Dispute",
    "Doubt",
    "FailedTry",
    "Figure",
    "Happened",
    "KeptFigures",
    "Notice",
    "Order",
    "Printing",
    "Reminder",
    "State",
    "Ticket",
    "TicketQuerySet",
    "Use",
    "UseQuerySet",
    "Way",
    "Why",
    "used_without_a_use",
]
