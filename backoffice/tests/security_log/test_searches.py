"""Which agent searched for what, kept as digests."""

import pytest

from accounts.security_log import Reading, words_of
from accounts.tests.factories import make_user

from .agents import role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "model", ["accounts/user", "accounts/beneficiary", "wallets/wallet", "tickets/ticket"]
)
def test_a_search_is_kept_as_digests_of_its_words(client, enter, adviser, model):
    """security.md F10: a name was looked for in every list, and nobody knew."""
    enter(adviser)
    for typed in ("Dupont  Chloé", "chloe", "", "E0001"):
        assert client.get(f"/admin/{model}/", {"q": typed}).status_code == 200

    label = model.replace("/", ".")
    kept = set(Reading.objects.values_list("subject_key", flat=True))
    assert kept == {f"{label} {word}" for word in words_of("chloe dupont e0001")}
    assert not any("dupont" in key for key in kept)


def test_so_is_one_by_the_address_of_a_menu(client, enter):
    """Its kind: any list answers by /autocomplete/ too."""
    enter(make_user("agent", is_staff=True, is_superuser=True))
    asked = {"app_label": "wallets", "model_name": "wallet", "field_name": "beneficiary", "term": "dupont"}
    client.get("/admin/autocomplete/", asked)

    assert [row.subject_key for row in Reading.objects.all()] == [
        f"accounts.beneficiary {word}" for word in words_of("dupont")
    ]


def test_who_searched_for_a_name_is_found_by_it(client, enter, adviser):
    enter(adviser)
    client.get("/admin/accounts/beneficiary/", {"q": "dupont chloé"})
    client.get("/admin/accounts/beneficiary/", {"q": "martin"})
    enter(role(make_user("chief", is_staff=True), "administrateur"))
    page = client.get("/admin/accounts/reading/", {"q": "Dupont"})

    [found] = page.context["cl"].queryset
    assert (found.agent, "Recherche dans les bénéficiaires" in page.text) == (adviser, True)
    assert client.get(f"/admin/accounts/reading/{found.pk}/change/").status_code == 200
    assert not client.get("/admin/accounts/reading/", {"q": "durand"}).context["cl"].queryset
