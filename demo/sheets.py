"""An affiliated organisme asks for its sheet to be changed."""

from accounts.models import User
from applications.models import (
    Application,
    ApplicationKind,
    ApplicationState,
    NewSheet,
    SheetColumn,
    SheetEdit,
    SheetOffer,
)
from partners.models import Activity, Partner, Role
from wallets.models import Kind

from .asked import ask

MANAGER = "danse.test"
# How many days ago, what became of it, and the telephone that was asked for.
ASKED = {
    1: (ApplicationState.SENT, "01 40 96 00 01"),
    18: (ApplicationState.ACCEPTED, "01 40 96 00 02"),
    22: (ApplicationState.REFUSED, "01 40 96 00 03"),
    27: (ApplicationState.WITHDRAWN, "01 40 96 00 04"),
}


def load(users: dict[str, User]) -> None:
    if Application.objects.filter(kind=ApplicationKind.SHEET).exists():
        return
    partner = Partner.objects.get(memberships__user=users[MANAGER], memberships__role=Role.MANAGER)
    for days, (state, phone) in sorted(ASKED.items(), reverse=True):
        application = ask(
            ApplicationKind.SHEET, users, days=days, state=state, sender=MANAGER, partner=partner
        )
        sheet = NewSheet.objects.create(application=application)
        SheetEdit.objects.create(sheet=sheet, column=SheetColumn.PHONE, before=partner.phone, after=phone)
        if state == ApplicationState.SENT:
            offered, _ = Activity.objects.get_or_create(name="Danse classique")
            SheetOffer.objects.create(sheet=sheet, activity=offered, kind=Kind.CULTURE)
