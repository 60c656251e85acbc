"""Each act says how to take it back, or that nothing does."""

import pytest
from django.contrib import admin
from django.urls import reverse

from backoffice.acts.pages import ActsAdmin
from tickets.tests.factories import make_ticket

ACTS = [
    (model._meta.label_lower, act)
    for model, of_model in admin.site._registry.items()
    if isinstance(of_model, ActsAdmin)
    for act in of_model.acts
]


@pytest.mark.parametrize(("where", "act"), ACTS, ids=lambda it: getattr(it, "name", it))
def test_each_act_says_one_or_the_other(where, act):
    assert bool(act.undo) != act.is_final
    assert ("Cela ne se défait pas." in act.consequence) == act.is_final


@pytest.mark.django_db
def test_its_page_says_so(client, agent):
    page = client.get(reverse("admin:tickets_ticket_annuler", args=[make_ticket().pk])).text

    assert "Par erreur\N{NO-BREAK SPACE}? Refaites-le, tant que la campagne prend des tickets." in page
