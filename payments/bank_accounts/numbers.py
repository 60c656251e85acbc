"""The telephone numbers at which an organisme was known before it asked."""

from core.money import NBSP
from partners.models import Role
from payments.models import BankAccount

from . import changes


def on_file(account: BankAccount) -> dict[str, str]:
    """By number, whose it is. A number that has just been written is none to trust: the one before it is."""
    found: dict[str, str] = {}
    before = changes.before(account, "phone")
    for number in before:
        found[number] = f"la fiche, avant qu’elle ne change{NBSP}: {number}"
    if account.partner.phone and not before:
        found[account.partner.phone] = f"la fiche{NBSP}: {account.partner.phone}"
    managers = account.partner.memberships.open().filter(role=Role.MANAGER, created_at__lt=account.asked_at)
    for manager in managers.exclude(user=account.asked_by_id).select_related("user").order_by("pk"):
        if manager.user.phone:
            found.setdefault(manager.user.phone, f"{manager.name}{NBSP}: {manager.user.phone}")
    return found
