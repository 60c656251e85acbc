"""Batches, payments, their lines and files, what became of them; corrections; bank accounts."""

from .bank_account import AccountReading, AccountState, BankAccount
from .batch import APPROVED_STATES, UNSENT_STATES, Batch, BatchState
from .batch_file import BatchFile, FileKind
from .correction import Correction
from .hold import CLEARABLE, Anomaly, Hold
from .outcome import Fate, Outcome
from .payment import Line, Payment
from .rules import Rules

__all__ = [
    "APPROVED_STATES",
    "CLEARABLE",
    "UNSENT_STATES",
    "AccountReading",
    "AccountState",
    "Anomaly",
    "BankAccount",
    "Batch",
    "BatchFile",
    "BatchState",
    "Correction",
    "Fate",
    "FileKind",
    "Hold",
    "Line",
    "Outcome",
    "Payment",
    "Rules",
]
