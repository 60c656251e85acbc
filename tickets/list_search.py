"""What the search of a list looks through: names by their index of trigrams, numbers exactly.

Each answers with the ids of its rows: an « or » over two tables would read every row of both.
"""

import re
from typing import Any

from django.db.models import Q, QuerySet

from accounts import identity
from accounts.models import Beneficiary, Guardianship, User
from core import typed_text
from core.folded import Folded, has_all
from core.spelling import simplified
from partners.models import Partner

from .models import Ticket
from .numbers import ticket_number

NAMES = ("last_name", "first_name")
# Of an identifiant or an address, not of a name.
PART_OF_ONE = re.compile(r"[0-9@._]")
HAS_A_DIGIT = re.compile("[0-9]")


def children(text: str) -> QuerySet[Any]:
    """Those that are called so, or have this number; of who was merged, too."""
    return _called(Beneficiary, text).union(_numbered(text))


def children_called(name: str) -> QuerySet[Any]:
    """Those that are called so, as an organisme looks for them."""
    return _called(Beneficiary, name)


def children_of_families(text: str) -> QuerySet[Any]:
    """Those, and those of whom this identifiant is the login, or a guardian's."""
    login = User.objects.filter(username=typed_text.username(text)).order_by().values("pk")
    own = Beneficiary.objects.filter(user__in=login).order_by().values("pk")
    guarded = Guardianship.objects.filter(user__in=login).order_by().values("beneficiary")
    return _called(Beneficiary, text).union(_numbered(text), own, guarded)


def accounts(text: str) -> QuerySet[Any]:
    """Those that are called so, or of this identifiant or address; of a part of one, if it looks like it."""
    username, email = typed_text.username(text), typed_text.email(text)
    rows = User.objects.order_by()
    itself = rows.filter(username=username).values("pk")
    if not PART_OF_ONE.search(text):
        return _called(User, text).union(itself)
    whole = rows.filter(email__iexact=email)
    part = rows.filter(Q(username__contains=username) | Q(email__icontains=email))
    return itself.union(whole.values("pk") if whole.exists() else part.values("pk"))


def tickets(text: str) -> QuerySet[Any]:
    """Of this number, of a child that has it or is called so, of an organisme that is called so."""
    rows = Ticket.objects.order_by()
    by_number = rows.filter(pk=ticket_number(text) or 0).values("pk")
    numbered = rows.filter(wallet__beneficiary__pupil_number=identity.pupil_number(text)).values("pk")
    words = simplified(text).split()
    if not any(word.isalpha() for word in words):
        return by_number.union(numbered)
    of_children = rows.filter(wallet__beneficiary__in=_called(Beneficiary, text)).values("pk")
    called = Partner.objects.annotate(folded=Folded("name")).filter(has_all(words))
    of_partners = rows.filter(offer__partner__in=called.order_by().values("pk")).values("pk")
    return by_number.union(numbered, of_children, of_partners)


def _called(model: type[Beneficiary] | type[User], text: str) -> QuerySet[Any]:
    words = simplified(text).split()
    rows = model.objects.annotate(folded=Folded(*NAMES)).order_by()
    return (rows.filter(has_all(words), anonymised_at=None) if words else rows.none()).values("pk")


def _numbered(text: str) -> QuerySet[Any]:
    """Of this number; or whose number begins so: to read those of all takes a hundredth of a second."""
    number = identity.pupil_number(text)
    rows = Beneficiary.objects.order_by()
    whole = rows.filter(pupil_number=number)
    if HAS_A_DIGIT.search(number) and not whole.exists():
        return rows.filter(pupil_number__startswith=number).values("pk")
    return whole.values("pk")
