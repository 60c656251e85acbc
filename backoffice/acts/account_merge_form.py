"""The form of a merge of two accounts of one adult."""

from collections.abc import Sequence

from accounts import guardianship
from accounts.models import User
from backoffice.facts import people
from core.forms import NameField
from core.phonetics import most_alike

from .looking_form import AT_MOST
from .merge_form import IntoForm, RowField


class IntoAccountForm(IntoForm):
    said = NameField(
        label="Dans quel compte",
        max_length=254,
        help_text="Du compte à garder, l’identifiant, l’adresse e-mail, ou le nom et le prénom.",
    )
    kept = RowField(called=people.person)

    def find(self, said: str) -> Sequence[User]:
        open_ones = guardianship.adults().exclude(pk=self.subject.pk)
        found = guardianship.known_as(said).exclude(pk=self.subject.pk)
        alike = found if found.exists() else most_alike(open_ones, ["last_name", "first_name"], said)
        return list(alike.order_by("last_name", "first_name", "pk")[:AT_MOST])
