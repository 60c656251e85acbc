"""Organismes that ask for their sheet to be changed, for tests."""

import uuid
from typing import Any

from applications import sheets
from applications.models import Application, SheetColumn
from partners.models import Membership
from partners.tests.factories import make_partner
from partners.tests.members import make_manager

NEW_PHONE = "01 40 96 99 99"


def make_sheet_request(manager: Membership | None = None, **fields: Any) -> Application:
    """Another telephone, if nothing else is said."""
    manager = manager or make_manager(make_partner("CHORALE D’ANTONY", phone="01 40 96 00 00"))
    said = {"said": {SheetColumn.PHONE: NEW_PHONE}, "wanted": (), "ended": (), "other_activities": ""}
    asked: dict[str, Any] = {"key": uuid.uuid4(), **said, **fields}
    return sheets.propose(partner_id=manager.partner_id, actor=manager.user, **asked)
