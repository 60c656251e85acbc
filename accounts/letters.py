"""Letters that give an access: a page each, for an envelope with a window, or to be handed out at school."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone

from core import pdf
from core.codes import show_code
from core.mail import absolute

from . import links
from .handing_order import OF_A_CHILD, place_of
from .links import Channel
from .models import Beneficiary, Guardianship, User

STYLE = Path(__file__).with_name("letter.css")


@dataclass(frozen=True)
class Letter:
    """What a letter says. A child's own bears its name and goes to where its first guardian lives."""

    to: str
    home: User
    username: str
    code: str
    link: str
    made_on: dt.date
    last_day: dt.date
    children: Sequence[Beneficiary]
    is_childs_own: bool


def draw_letters(
    users: Sequence[User], *, handed_by: Mapping[int, int] | None = None, is_sample: bool = False
) -> bytes:
    """The PDF of their letters, in this order, with the codes that they have: it makes none.

    `handed_by` says by which child a letter comes to an account, where that is not the first one.
    """
    first = handed_by or {}
    children = Beneficiary.objects.select_related("school")
    guardians = Guardianship.objects.select_related("user").order_by("pk")
    prefetch_related_objects(
        users,
        Prefetch("children", children),
        Prefetch("beneficiary", children),
        Prefetch("beneficiary__guardianships", guardians),
    )
    said = {
        "letters": [_letter(user, first.get(user.pk)) for user in users],
        "site": urlsplit(settings.SITE_URL).netloc,
        "is_sample": is_sample,
    }
    return pdf.draw("accounts/letter.html", said, style=STYLE)


def as_response(users: Sequence[User]) -> HttpResponse:
    """Opened beside the page, to be printed; the same letters come out as often as it is asked for."""
    name = f"lettre-{users[0].username}" if len(users) == 1 else f"lettres-{timezone.localdate():%Y-%m-%d}"
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(draw_letters(users), content_type="application/pdf", headers=headers)


def as_sample(user: User) -> HttpResponse:
    """The letter of this account as it would be, but for its code, which is of no account."""
    user.access_code_at = timezone.now()
    headers = {"Content-Disposition": 'inline; filename="exemple.pdf"'}
    content = draw_letters([user], is_sample=True)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _letter(user: User, first_child: int | None = None) -> Letter:
    child: Beneficiary | None = getattr(user, "beneficiary", None)
    homes = [guardianship.user for guardianship in child.guardianships.all()] if child else [user]
    children = [child] if child else user.children.all()
    return Letter(
        to=child.full_name if child else str(user),
        home=next((home for home in homes if home.city), user),
        username=user.username,
        code=show_code(links.access_code(user, Channel.HAND)),
        link=absolute(links.access_path(user, Channel.HAND)),
        made_on=timezone.localdate(user.access_code_at),
        last_day=links.last_day(user),
        children=sorted(children, key=lambda child: (child.pk != first_child, place_of(OF_A_CHILD(child)))),
        is_childs_own=child is not None,
    )
