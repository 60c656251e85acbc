"""What its state and its campaign's days say of a ticket."""

from __future__ import annotations

import datetime as dt
from typing import Any

from core.local_time import today
from wallets.models import LateCancellation

from .state import OPEN_STATES, USED_STATES, State


class TicketStanding:
    """Today; of a ticket, and of what a list shows of one."""

    # Columns of the one, plain values of the other: a value of State, and a Wallet with its campaign.
    state: Any
    wallet: Any

    @property
    def current_state(self) -> State:
        """As agents and organismes read it today: « Expiré » once the last day has passed, and not if it is
        put off since."""
        if self.state not in OPEN_STATES:
            return State(self.state)
        return State.EXPIRED if today() > self.valid_until else State.UNUSED

    @property
    def displayed_state(self) -> State:
        """As families read it: « Utilisé » whether or not the organisme was paid."""
        return State.USED if self.state in USED_STATES else self.current_state

    @property
    def state_label(self) -> str:
        return str(self.displayed_state.label)

    @property
    def valid_until(self) -> dt.date:
        day: dt.date = self.wallet.campaign.last_validation_on
        return day

    @property
    def usable_late_until(self) -> dt.date:
        """By an agent, who is told of an activity that had begun before the last day."""
        return self.valid_until + dt.timedelta(days=self.wallet.campaign.late_use_days)

    @property
    def cancellable_until(self) -> dt.date:
        day: dt.date = self.wallet.campaign.last_cancellation_on
        return day

    @property
    def cancelling_loses_credit(self) -> bool:
        return self._late_cancellation == LateCancellation.FORFEITS

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the family is offered « Annuler »; `services.cancel` decides in the end."""
        return self.displayed_state == State.UNUSED and self._late_cancellation != LateCancellation.REFUSED

    @property
    def no_longer_cancellable_since(self) -> dt.date | None:
        """Of an unused ticket whose last day to be cancelled has passed: that day."""
        too_late = self.displayed_state == State.UNUSED and not self.can_be_cancelled
        return self.cancellable_until if too_late else None

    @property
    def _late_cancellation(self) -> LateCancellation | None:
        late: LateCancellation | None = self.wallet.campaign.late_cancellation_on(today())
        return late
