"""The rows that a search found, each with what tells it from its namesakes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse

from accounts.models import Beneficiary, Guardianship, User
from backoffice.family.address import family_page
from core.formats import jour_court
from core.money import NBSP, euros
from partners.models import Partner
from partners.official_numbers import in_groups
from tickets.models import Ticket

from .results import Result

OF_TICKETS = ("wallet__beneficiary", "wallet__campaign", "offer__partner")


def ticket(row: Ticket) -> Result:
    where = row.offer.partner.name if row.offer else "sur papier, sans organisme"
    return Result(
        f"Ticket n°{NBSP}{row.number}",
        reverse("admin:tickets_ticket_change", args=[row.pk]),
        [
            f"{euros(row.amount)}, {row.current_state.label}",
            row.wallet.beneficiary.full_name,
            f"{row.wallet}, {row.wallet.campaign}",
            where,
            f"créé le {jour_court(row.created_at)}",
        ],
    )


def children(rows: Sequence[Any]) -> list[Result]:
    """Read by `with_places`."""
    guardians = defaultdict(list)
    links = Guardianship.objects.filter(beneficiary__in=rows).select_related("user").order_by("pk")
    for link in links:
        guardians[link.beneficiary_id].append(str(link.user))
    return [
        Result(
            row.full_name,
            family_page(row.pk),
            [*_of_child(row, row.commune or row.insee_code, guardians[row.pk])],
        )
        for row in rows
    ]


def _of_child(row: Beneficiary, commune: str, guardians: list[str]) -> Iterator[str]:
    yield f"{row.school}, {row.get_grade_display()}"
    yield commune
    yield f"année {row.birth_year}"
    yield f"numéro {row.pupil_number}"
    if guardians:
        yield f"responsables{NBSP}: {', '.join(guardians)}"
    if not row.is_enrolled:
        yield "non inscrit"


def accounts(rows: Sequence[User]) -> list[Result]:
    """With the children they are of. Read with the child that they are."""
    whose = defaultdict(list)
    links = Guardianship.objects.filter(user__in=rows).select_related("beneficiary").order_by("pk")
    for link in links:
        whose[link.user_id].append((link.beneficiary.full_name, family_page(link.beneficiary_id)))
    return [
        Result(
            str(row),
            reverse("admin:accounts_user_change", args=[row.pk]),
            [*_of_account(row)],
            whose[row.pk],
        )
        for row in rows
    ]


def _of_account(row: User) -> Iterator[str]:
    yield row.username
    yield from filter(None, (row.email, row.phone, row.city))
    if hasattr(row, "beneficiary"):
        yield "compte d’un enfant"
    if row.is_staff:
        yield "agent"
    if not row.is_active:
        yield "fermé"


def partner(row: Partner) -> Result:
    return Result(
        row.name,
        reverse("admin:partners_partner_change", args=[row.pk]),
        [str(row.commune), *filter(None, (f"SIRET {in_groups(row.siret)}" if row.siret else "", row.phone))],
    )
