"""The form of a merge of two rows of one child."""

from collections.abc import Sequence

from django.db.models import Q

from accounts import identity
from accounts.models import Beneficiary
from backoffice.facts import children
from core.forms import NameField
from core.phonetics import most_alike

from .looking_form import AT_MOST
from .merge_form import IntoForm, RowField


class IntoChildForm(IntoForm):
    said = NameField(
        label="Dans quel enfant",
        max_length=254,
        help_text="De la fiche à garder, dont le numéro d’élève est le bon\N{NO-BREAK SPACE}: ce numéro, ou "
        "le nom et le prénom.",
    )
    kept = RowField(called=children.called)

    def find(self, said: str) -> Sequence[Beneficiary]:
        standing = Beneficiary.objects.filter(merged_into=None, anonymised_at=None).select_related("school")
        others = standing.exclude(pk=self.subject.pk).order_by("last_name", "first_name", "pk")
        if numbered := list(others.filter(pupil_number=identity.pupil_number(said))):
            return numbered
        found = others
        for word in said.split():
            found = found.filter(Q(last_name__icontains=word) | Q(first_name__icontains=word))
        alike = most_alike(others, ["last_name", "first_name"], said)
        return list(found[:AT_MOST]) or list(alike[:AT_MOST])
