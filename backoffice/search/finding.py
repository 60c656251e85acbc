"""One question, whatever an agent has in hand: a name, a number, a code, a telephone, an address."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from accounts import identity
from accounts.models import Beneficiary, User
from backoffice.family.reading import with_places
from core import codes, typed_text
from core.folded import Folded, has_all
from core.telephones import NotATelephone, read_telephone
from partners.models import FormerName, Partner
from partners.official_numbers import searched
from tickets.list_search import HAS_A_DIGIT, PART_OF_ONE
from tickets.models import Ticket
from tickets.numbers import ticket_number

from . import shown
from .hints import hints
from .names import Named, Said, alike, named
from .results import SHOWN, Found, Group

Finder = Callable[[str], Group | None]
# `named` or `alike`.
Naming = Callable[[QuerySet[Any], Said, Callable[[QuerySet[Any]], QuerySet[Any]]], Named]


def find(text: str, agent: User) -> Found:
    """By exact numbers first, which indexes answer; by names only if it is none of them."""
    text = typed_text.line(text)
    if exact := _asked(BY_NUMBER, text, agent):
        return Found(exact)
    said = Said(text)
    groups = _asked(_by_name(said, named), text, agent)
    groups = groups or _asked(_by_name(said, alike), text, agent)
    return Found(groups, list(hints(text)))


def _by_name(said: Said, how: Naming) -> list[tuple[str, Finder]]:
    return [
        ("accounts.view_beneficiary", partial(_children_named, said=said, how=how)),
        ("accounts.view_user", partial(_accounts_named, said=said, how=how)),
        ("partners.view_partner", partial(_partners_named, said=said, how=how)),
    ]


def _asked(finders: Iterable[tuple[str, Finder]], text: str, agent: User) -> list[Group]:
    found = (finder(text) for permission, finder in finders if agent.has_perm(permission))
    return [group for group in found if group and group.results]


def _tickets(text: str) -> Group | None:
    """« n° 199 996 », as a page writes it; a code in any writing."""
    wanted = Q()
    if number := ticket_number(text):
        wanted |= Q(number=number)
    with suppress(codes.NotACode):
        wanted |= Q(code=codes.read_code(text))
    if not wanted:
        return None
    rows = Ticket.objects.filter(wanted).select_related(*shown.OF_TICKETS)
    return Group("Tickets", [shown.ticket(row) for row in rows])


def _children_by_number(text: str) -> Group | None:
    """A double that was merged is the child that it is of. No number is of letters alone."""
    if not HAS_A_DIGIT.search(text):
        return None
    number = identity.pupil_number(text)
    of_number = Q(pupil_number=number) | Q(pk__in=_merged_into(number))
    return _children(list(_standing().filter(of_number)[:SHOWN]))


def _standing() -> QuerySet[Any]:
    return with_places(Beneficiary.objects.filter(anonymised_at=None, merged_into=None))


def _merged_into(number: str) -> QuerySet[Any]:
    doubles = Beneficiary.objects.filter(pupil_number=number).exclude(merged_into=None)
    return doubles.order_by().values("merged_into")


def _accounts_by_contact(text: str) -> Group | None:
    wanted = Q() if _is_a_name(text) else Q(username=typed_text.username(text))
    if "@" in text:
        wanted |= Q(email__iexact=typed_text.email(text))
    with suppress(NotATelephone):
        wanted |= Q(phone=read_telephone(text))
    if not wanted:
        return None
    found = _people().filter(wanted).order_by("last_name", "first_name", "pk")
    rows = list(found[: SHOWN + 1])
    return _accounts(rows[:SHOWN], has_more=len(rows) > SHOWN)


def _is_a_name(text: str) -> bool:
    """« camille » is an identifiant perhaps, and the name of many: it hides none of them."""
    return not PART_OF_ONE.search(text)


def _partners_by_number(text: str) -> Group | None:
    wanted = searched(text)
    return _partners(Partner.objects.filter(wanted)) if wanted else None


def _children_named(text: str, *, said: Said, how: Naming) -> Group:
    found = how(_standing(), said, lambda rows: rows.filter(said.is_about))
    return _children(found.rows, has_more=found.has_more, is_alike=found.is_alike)


def _accounts_named(text: str, *, said: Said, how: Naming) -> Group:
    """Not those of children, who are found as such; but whoever has it as identifiant."""
    found = how(_people().filter(beneficiary=None), said, said.in_town)
    username = typed_text.username(text)
    # What is alike is asked for once this has found nobody.
    may_be_one = how is named and " " not in username
    itself = list(_people().filter(username=username)) if may_be_one else []
    others = [row for row in found.rows if row not in itself]
    return _accounts([*itself, *others], has_more=found.has_more, is_alike=found.is_alike)


def _people() -> QuerySet[User]:
    """With the child of whom an account is the own login."""
    return User.objects.filter(anonymised_at=None).select_related("beneficiary")


def _partners_named(text: str, *, said: Said, how: Naming) -> Group | None:
    """By words of the name; else by those that are of no commune, there."""
    if how is alike or not said.words:
        return None
    found = _partners(_partners_called(said.words))
    if not found.results and (elsewhere := said.but_communes):
        found = _partners(_partners_called(elsewhere).filter(commune__in=said.communes))
    return found


def _partners_called(words: list[str]) -> QuerySet[Partner]:
    """Now, or before; one that was merged is the one that it leads to."""
    called = Partner.objects.annotate(folded=Folded("name")).filter(has_all(words)).order_by()
    before = FormerName.objects.annotate(folded=Folded("name")).filter(has_all(words)).order_by()
    ids = called.values("pk").union(called.values("merged_into"), before.values("partner"))
    return Partner.objects.standing().filter(pk__in=ids).order_by("name", "pk")


def _children(rows: Any, **how: bool) -> Group:
    return Group("Enfants", shown.children(rows), **how)


def _accounts(rows: Any, **how: bool) -> Group:
    return Group("Comptes", shown.accounts(rows), **how)


def _partners(rows: QuerySet[Partner]) -> Group:
    found = list(rows.select_related("commune")[: SHOWN + 1])
    return Group("Organismes", [shown.partner(row) for row in found[:SHOWN]], has_more=len(found) > SHOWN)


# With the right that each takes.
BY_NUMBER: list[tuple[str, Finder]] = [
    ("tickets.view_ticket", _tickets),
    ("accounts.view_beneficiary", _children_by_number),
    ("accounts.view_user", _accounts_by_contact),
    ("partners.view_partner", _partners_by_number),
]
