"""Who signs the convention: an account, for an organisme that asks to be affiliated or is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from partners.models import Partner

from .exceptions import Moved
from .models import OPEN_STATES, Application, Candidacy, Convention, Signature


@dataclass(frozen=True)
class Signer:
    """Of one of both."""

    account: User
    candidacy: Candidacy | None = None
    partner: Partner | None = None

    @property
    def of(self) -> dict[str, Any]:
        """The columns that a code and a signature have of the organisme."""
        application_id = self.candidacy.application_id if self.candidacy else None
        return {"application_id": application_id, "partner_id": self.partner.pk if self.partner else None}

    @property
    def organisme(self) -> dict[str, str]:
        """What it is called today."""
        row = self.candidacy or self.partner
        return {"organisme": row.name, "siret": row.siret} if row else {}

    @property
    def words(self) -> str:
        """What a digest of a code is bound to."""
        return " ".join(f"{name} {pk}" for name, pk in (*self.of.items(), ("account_id", self.account.pk)))

    @property
    def may_sign(self) -> bool:
        """Still: of an application, until it is decided."""
        application = self.candidacy.application if self.candidacy else None
        return self.partner is not None or (application is not None and application.state in OPEN_STATES)

    def lock(self) -> None:
        """The organisme’s row: two windows sign one after the other. Raises Moved."""
        locked: Application | Partner | None
        if self.candidacy:
            waiting = Application.objects.filter(state__in=OPEN_STATES).select_for_update(no_key=True)
            locked = waiting.filter(pk=self.of["application_id"]).first()
        else:
            standing = Partner.objects.standing().select_for_update(no_key=True)
            locked = standing.filter(pk=self.of["partner_id"]).first()
        if locked is None:
            raise Moved

    def signature(self, convention: Convention) -> Signature | None:
        """Of this version, whoever signed it for the organisme."""
        if self.partner:
            return Signature.objects.of_partner(self.partner).to(convention)
        return Signature.objects.filter(application=self.of["application_id"]).to(convention)
