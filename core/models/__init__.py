"""What serves every room: counted attempts, the outbox, the files and commands that run beside the pages."""

from .attempts import Attempts
from .command_run import CommandRun
from .outgoing_mail import Addressee, OutgoingMail
from .prepared_file import KEPT_FOR, Piece, PreparedFile, Stage

__all__ = [
    "KEPT_FOR",
    "Addressee",
    "Attempts",
    "CommandRun",
    "OutgoingMail",
    "Piece",
    "PreparedFile",
    "Stage",
]
