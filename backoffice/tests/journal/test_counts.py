"""Lists count in French."""

import pytest
from django.contrib import admin

from accounts import audit
from accounts.audit import Action
from backoffice.base.model_admin import BaseAdmin

from .edits import JOURNAL

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("lines", "told"), [(0, "0 ligne du journal"), (1, "1 ligne du journal"), (16, "16 lignes du journal")]
)
def test_lines_are_counted(client, lines, told):
    """« 16 journal »."""
    for _ in range(lines):
        audit.record(action=Action.CHANGED, subject=None, reason="", actor=None)
    page = client.get(JOURNAL).text
    counted = page[page.index('<p class="paginator">') :].partition("</p>")[0]

    assert " ".join(counted.split()).endswith(told)


def test_every_list_counts_in_french():
    for model, one in admin.site._registry.items():
        assert isinstance(one, BaseAdmin)
        single, several = one.counted or (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        first = several.split()[0]
        assert first.endswith(("s", "x")) or first == "porte-monnaie", several
        assert first.startswith(single.split()[0][:4]), several
