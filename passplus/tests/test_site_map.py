"""The site map is the second way to every page: whoever adds a page adds it there too."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_partner
from partners.tests.members import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Redirections, actions, files; and pages that are an answer, not a place.
NO_PAGES = {
    "passplus:start",
    "passplus:brand",
    "passplus:manifest",
    "passplus:security_txt",
    "passplus:service_worker",
    "passplus:violations",
    "content:offline",
    # Where a message that was sent leads.
    "content:contacted",
    "accounts:forgotten_sent",
    "accounts:sign_up_sent",
    "accounts:logout",
    # The ways to another door, and back.
    "accounts:openid",
    "accounts:openid_back",
    "accounts:openid_link",
    "accounts:openid_unlink",
    "accounts:stay",
    "accounts:choose_mails",
    # Where making a login leads.
    "accounts:child_login_made",
    "accounts:end_other_sessions",
    "tickets:print",
    "tickets:calendar",
    "tickets:check_copies",
    "tickets:copy",
    "partners:suggested",
    # Of what was asked for.
    "applications:withdraw_school",
    "applications:withdraw_guardian",
    "applications:invite_again",
    # Of a child of last year alone.
    "applications:renew",
    "partners:map",
}
FOR_STRANGERS = {
    *("accounts:login", "accounts:forgotten", "accounts:activate", "accounts:open_device"),
    "accounts:sign_up",
}
FOR_MEMBERS = {"partners:mine", "accounts:second_factor", "accounts:recovery_codes"}
FOR_EVERYONE = {
    "content:accessibility",
    "content:contact",
    "content:feed",
    "content:guide",
    "content:help",
    "content:legal",
    "content:news",
    "content:privacy",
    "content:sitemap",
    "content:tutoring",
    "partners:csv",
    "partners:directory",
    "partners:geojson",
    "partners:open_data",
    "partners:suggest",
    "applications:become_partner",
}


def named_routes(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", route
        elif pattern.namespace != "admin":
            yield from named_routes(
                pattern, route, f"{pattern.namespace}:" if pattern.namespace else namespace
            )


def paths(public_id: str) -> dict[str, str]:
    """Where one goes without having made anything first: the page's name, its path."""
    child = "<public_id:public_id>"
    found = {name: "/" + route.replace(child, public_id) for name, route in named_routes(get_resolver())}
    return {
        name: path
        for name, path in found.items()
        if "<" not in path and name not in NO_PAGES and not name.endswith(":None")
    }


def listed(client) -> set[str]:
    main = client.get("/plan-du-site/").text.partition("<main")[2].partition("</main>")[0]
    return {href.partition("#")[0] for href in re.findall(r'href="([^"]*)"', main)}


def test_a_stranger_sees_the_open_pages(client):
    pages = paths("0000000000")

    assert listed(client) == {pages[name] for name in FOR_EVERYONE | FOR_STRANGERS}


def test_a_parent_sees_all_the_pages_of_each_child(client):
    parent = make_user()
    children = [make_beneficiary(parent), make_beneficiary(parent, first_name="Lucien")]
    client.force_login(parent)

    assert listed(client) == {
        path
        for child in children
        for name, path in paths(child.public_id).items()
        if name not in FOR_STRANGERS | FOR_MEMBERS
    }


def test_a_member_sees_its_organismes(client):
    member = make_member(make_partner())
    member.user.refresh_from_db()
    client.force_login(member.user)

    assert "/organismes/" in listed(client)


def test_an_agent_is_led_to_the_administration(client):
    client.force_login(make_user(is_staff=True))

    assert "/admin/" in listed(client)
    assert not any(path.startswith("/beneficiaires/") for path in listed(client))


def test_every_page_leads_to_it(client):
    assert 'href="/plan-du-site/"' in client.get("/accueil/").text
    assert 'href="/accessibilite/"' in client.get("/accueil/").text
