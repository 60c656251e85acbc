"""What families and organismes ask for with papers, what agents decide, and the papers."""

from .application import (
    CHANGING_KINDS,
    DECIDED_STATES,
    KINDS_OF_AN_ORGANISME,
    LIVING_STATES,
    OPEN_STATES,
    Application,
    ApplicationKind,
    ApplicationState,
)
from .asked_offer import AskedOffer
from .attestation import Attestation
from .candidacy import Candidacy, LegalForm
from .convention import Convention, ConventionState
from .new_school import NewSchool
from .new_sheet import NewSheet, SheetColumn, SheetEdit, SheetOffer
from .newcomer import Newcomer
from .other_guardian import OtherGuardian
from .paper import Paper, PaperState
from .reason import Reason, ReasonUse
from .rules import Rules
from .signature import Countersignature, Signature, SigningCode

__all__ = [
    "CHANGING_KINDS",
    "DECIDED_STATES",
    "KINDS_OF_AN_ORGANISME",
    "LIVING_STATES",
    "OPEN_STATES",
    "Application",
    "ApplicationKind",
    "ApplicationState",
    "AskedOffer",
    "Attestation",
    "Candidacy",
    "Convention",
    "ConventionState",
    "Countersignature",
    "LegalForm",
    "NewSchool",
    "NewSheet",
    "Newcomer",
    "OtherGuardian",
    "Paper",
    "PaperState",
    "Reason",
    "ReasonUse",
    "Rules",
    "SheetColumn",
    "SheetEdit",
    "SheetOffer",
    "Signature",
    "SigningCode",
]
