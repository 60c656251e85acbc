"""The form of a merge of two organismes."""

from collections.abc import Sequence

from backoffice.facts import partners
from core.forms import NameField
from core.phonetics import most_alike
from core.spelling import simplified
from partners.models import Partner
from partners.official_numbers import searched

from .merge_form import IntoForm, RowField


class IntoPartnerForm(IntoForm):
    said = NameField(
        label="Dans quel organisme",
        max_length=254,
        help_text="De la fiche à garder, le SIRET, le numéro RNA, ou le nom avec la commune.",
    )
    kept = RowField(called=partners.called)

    def find(self, said: str) -> Sequence[Partner]:
        others = Partner.objects.standing().exclude(pk=self.subject.pk).select_related("commune")
        if numbered := searched(said):
            return list(others.filter(numbered))
        words = simplified(said).split()
        known = [one for one in others if _has_all(words, f"{one} {one.commune}")]
        return known or list(most_alike(others, ["name"], said))


def _has_all(words: list[str], text: str) -> bool:
    plain = simplified(text)
    return all(word in plain for word in words)
