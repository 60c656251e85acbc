"""The manifest of a copy: its name, its digest, its counts."""

import json
from pathlib import Path
from typing import Any

from django.db.models import Sum

from applications.models import Attestation, Signature
from payments.models import BankAccount, BatchFile, Correction, Outcome, Payment
from tickets.models import Ticket
from wallets.models import Entry, Wallet

from .programs import BackupRefused

NAME = "passplus-%Y-%m-%dT%H-%M-%SZ"


def holdings() -> dict[str, int | str]:
    """The counts, compared before and after a restoration."""
    return {
        "porte-monnaie": Wallet.objects.count(),
        "écritures": Entry.objects.count(),
        "tickets": Ticket.objects.count(),
        "paiements": Payment.objects.count(),
        "corrections": Correction.objects.count(),
        "issues": Outcome.objects.count(),
        "fichiers de lots": BatchFile.objects.count(),
        "comptes bancaires": BankAccount.objects.count(),
        "signatures de conventions": Signature.objects.count(),
        "attestations": Attestation.objects.count(),
        "soldes": str(Wallet.objects.aggregate(sum=Sum("balance", default=0))["sum"]),
        "montant des paiements": str(Payment.objects.aggregate(sum=Sum("amount", default=0))["sum"]),
    }


def manifest_of(copy: Path) -> Path:
    return copy.with_suffix(".json")


def read_manifest(copy: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(manifest_of(copy).read_text())
        required = {name: content[name] for name in ("sha256", "bytes", "holds")}
    except (OSError, ValueError, KeyError, TypeError) as trouble:
        raise BackupRefused(f"Le manifeste {manifest_of(copy)} manque ou ne se lit pas.") from trouble
    return content | required
