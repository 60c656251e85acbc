"""The rows that a search found, each with what tells it from its namesakes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.urls import reverse

from accounts.models import Beneficiary, Guardianship, User
from backoffice.family.address import family_page
from core.formats import jour_court
from core.money import NBSP, euros
from partners.models import Commune, Partner
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
            f"{euros(row.amount)}, {row.state_label}",
            row.wallet.beneficiary.full_name,
            f"{row.wallet}, {row.wallet.campaign}",
            where,
            f"créé le {jour_court(row.created_at)}",
        ],
    )


def children(rows: Sequence[Beneficiary]) -> list[Result]:
    """Read with their collèges."""
    communes = dict(
        Commune.objects.filter(pk__in={row.insee_code for row in rows}).values_list("insee_code", "name")
    )
    guardians = defaultdict(list)
    links = Guardianship.objects.filter(beneficiary__in=rows).select_related("user").order_by("pk")
    for link in links:
        guardians[link.beneficiary_id].append(str(link.user))
    return [
        Result(
            row.full_name,
            family_page(row.pk),
            [*_of_child(row, communes.get(row.insee_code, row.insee_code), guardians[row.pk])],
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
    """With the children they are of, or are."""
    whose = defaultdict(list)
    links = Guardianship.objects.filter(user__in=rows).select_related("beneficiary").order_by("pk")
    for link in links:
        whose[link.user_id].append((link.beneficiary.full_name, family_page(link.beneficiary_id)))
    own = set(Beneficiary.objects.filter(user__in=rows).values_list("user_id", flat=True))
    return [
        Result(
            str(row),
            reverse("admin:accounts_user_change", args=[row.pk]),
            [*_of_account(row, is_child=row.pk in own)],
            whose[row.pk],
        )
        for row in rows
    ]


def _of_account(row: User, *, is_child: bool) -> Iterator[str]:
    yield row.username
    yield from filter(None, (row.email, row.phone, row.city))
    if is_child:
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
