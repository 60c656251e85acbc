"""Batches, payments, their lines and files; what became of them; corrections; bank accounts; settings."""

from .accounting import AccountingCodes, PartnerAccounting
from .bank_account import AccountReading, AccountState, BankAccount
from .batch import APPROVED_STATES, UNSENT_STATES, Batch, BatchState
from .batch_file import WITH_IBANS, BatchFile, FileKind
from .correction import Correction
from .file_template import (
    DecimalSign,
    Delimiter,
    Encoding,
    FileColumn,
    FileTemplate,
    Format,
    Layout,
    LinePer,
    Source,
)
from .hold import CLEARABLE, Anomaly, Hold
from .outcome import Fate, Outcome
from .payer import Naming, Payer, masked
from .payment import Line, Payment
from .return_file import MAPPABLE_STATES, ReturnFile, ReturnLine, ReturnState, Verdict
from .rules import Rules
from .theirs import of_organisme

__all__ = [
    "APPROVED_STATES",
    "CLEARABLE",
    "MAPPABLE_STATES",
    "UNSENT_STATES",
    "WITH_IBANS",
    "AccountReading",
    "AccountState",
    "AccountingCodes",
    "Anomaly",
    "BankAccount",
    "Batch",
    "BatchFile",
    "BatchState",
    "Correction",
    "DecimalSign",
    "Delimiter",
    "Encoding",
    "Fate",
    "FileColumn",
    "FileKind",
    "FileTemplate",
    "Format",
    "Hold",
    "Layout",
    "Line",
    "LinePer",
    "Naming",
    "Outcome",
    "PartnerAccounting",
    "Payer",
    "Payment",
    "ReturnFile",
    "ReturnLine",
    "ReturnState",
    "Rules",
    "Source",
    "Verdict",
    "masked",
    "of_organisme",
]
