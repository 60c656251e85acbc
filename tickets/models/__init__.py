"""Orders and tickets."""

from .figures import Figure, KeptFigures
from .message import Happened, Notice, Reminder
from .order import Order
from .printing import Printing
from .state import OPEN_STATES, State
from .ticket import Ticket, TicketQuerySet

__all__ = [
    "OPEN_STATES",
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
]
