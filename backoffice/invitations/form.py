"""The sets of accounts that may be invited, or whose letters may be printed again."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils import timezone

from accounts import links, services
from accounts.models import User, given_by_two
from backoffice.acts.forms import ReasonForm

# Of letters that were printed and may be printed again: a printer jams, a page is closed.
SERIES_SHOWN = 5
NBSP = "\N{NO-BREAK SPACE}"
NEW, AGAIN = "nouveaux", "anciens"


class InvitationForm(ReasonForm):
    who = forms.ChoiceField(label="À qui", widget=forms.RadioSelect, initial=NEW)

    def __init__(self, *args: Any, sets: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = sets.items()  # type: ignore[attr-defined]


def sets_to_invite(*, by_mail: bool) -> dict[str, str]:
    new, again = (services.to_invite(again=again, by_mail=by_mail).count() for again in (False, True))
    return {
        NEW: f"Qui n’a jamais été invité{NBSP}: {new}",
        AGAIN: f"Qui l’a été, et dont l’invitation ne vaut plus{NBSP}: {again}",
    }


def printed_series() -> QuerySet[User]:
    """The accounts without an address whose letters are printed and still good."""
    of_one = User.objects.never_activated().exclude(given_by_two(timezone.now()))
    return of_one.filter(email="", access_code_at__gte=links.oldest_valid())


def series_to_print_again() -> dict[str, str]:
    """The letters made together have one moment, which the database keeps to the microsecond."""
    series = printed_series().values_list("access_code_at").annotate(Count("pk")).order_by("-access_code_at")
    return {
        made_at.isoformat(): f"À nouveau ceux du {timezone.localtime(made_at):%d/%m/%Y à %H{NBSP}h{NBSP}%M}"
        f"{NBSP}: {count}"
        for made_at, count in series[:SERIES_SHOWN]
    }
