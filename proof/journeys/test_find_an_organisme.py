"""« Je ne trouve pas mon club »: who asks without an account, by name, by place, on the map."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Geolocation, Page, Route, expect

from demo import trial

from .conftest import Visitors
from .steps import PHONE, go_on

pytestmark = pytest.mark.journey
CLUB = "JUDO CLUB DE SCEAUX"
SCEAUX: Geolocation = {"latitude": 48.7769, "longitude": 2.2906}


def look_for(page: Page, name: str, commune: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Liste des organismes partenaires").click()
    page.get_by_label("Nom ou activité").fill(name)
    page.get_by_label("Commune").select_option(label=commune)
    page.get_by_label("Et autour").check()
    go_on(page, "Rechercher")


def switch(page: Page, view: str) -> None:
    page.get_by_role("navigation", name="Affichage").get_by_role("link", name=view).click()


def first_card(page: Page):
    return page.get_by_role("article").first


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_judo_club_near_sceaux_and_its_map(visit: Visitors, width: int):
    page = visit(width=width)
    look_for(page, "judo", "Sceaux")
    expect(first_card(page)).to_contain_text(CLUB)
    expect(first_card(page).get_by_role("heading")).to_be_in_viewport()

    switch(page, "Carte")
    marker = page.get_by_role("button", name=CLUB)
    expect(page.get_by_role("region", name="Carte des organismes")).to_be_focused()
    marker.press("Enter")
    popup = page.locator(".leaflet-popup")
    expect(popup).to_contain_text("20 rue des Imbergères")
    expect(page.get_by_role("article")).to_have_count(0)

    page.go_back()
    expect(first_card(page)).to_be_visible()
    page.go_forward()
    popup.get_by_role("link", name=CLUB).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CLUB)


def test_a_point_of_the_map_on_the_smallest_phone(visit: Visitors):
    """family.md 6, 37: the map was at the bottom, its popup wider than itself."""
    page = visit(width=320)
    page.goto("/partenaires/?nom=judo#carte")
    expect(page.get_by_role("heading", name="organismes affiliés")).to_be_in_viewport()
    page.get_by_role("button", name=CLUB).press("Enter")
    ground = page.get_by_role("region", name="Carte des organismes").bounding_box()
    popup, close = page.locator(".leaflet-popup"), page.locator(".leaflet-popup-close-button")
    expect(close).to_be_in_viewport(ratio=1)
    box = popup.bounding_box()

    assert ground
    assert box
    assert ground["x"] <= box["x"]
    assert box["x"] + box["width"] <= ground["x"] + ground["width"] + 1


@pytest.fixture
def with_pictures(browser: Browser, start: Path, tmp_path: Path) -> Iterator[Visitors]:
    """A site whose map has pictures; who they come from is here played by the test."""
    with trial.serve(start, tmp_path, MAP_TILES="true") as address:
        visitors = Visitors(browser, address)
        yield visitors
        visitors.leave()
    assert [trouble for trouble in visitors.troubles if "data.geopf.fr" not in trouble] == []


@pytest.mark.parametrize("come", [True, False], ids=["they come", "they do not"])
def test_a_map_without_its_pictures_names_the_towns(with_pictures: Visitors, come: bool):
    """family.md 37: dots on beige, no names and no word; and it says what the colours stand for."""
    page = with_pictures(width=PHONE)
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), "grey").save(picture, "PNG")

    def tile(route: Route) -> None:
        route.fulfill(body=picture.getvalue(), content_type="image/png") if come else route.abort()

    page.route("https://data.geopf.fr/**", tile)
    page.emulate_media(color_scheme="dark")
    page.goto("/partenaires/?commune=92071&autour=on#carte")
    expect(page.locator(".map__point").first).to_be_visible()
    names, told = page.locator(".map__town"), page.get_by_text("Le fond de la carte n’est pas venu")
    if come:
        expect(page.locator(".leaflet-tile-loaded").first).to_be_attached()
        expect(names).to_have_count(0)
        expect(told).to_be_hidden()
    else:
        expect(names.first).to_be_visible()
        expect(told).to_be_visible()
    colours = page.get_by_role("list", name="Couleurs de la carte")
    expect(colours.get_by_role("listitem")).to_have_text(["Sport", "Culture", "Sport et Culture"])
    # Dark like the rest.
    for part in (page.get_by_role("button", name="Agrandir"), page.locator(".leaflet-control-attribution")):
        expect(part).to_have_css("background-color", "rgb(27, 33, 45)")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_how_many_there_are_is_above_the_fold(visit: Visitors, width: int):
    """family.md 6."""
    page = visit(width=width)
    page.goto("/partenaires/")
    expect(page.get_by_role("heading", name="organismes affiliés")).to_be_in_viewport()
    expect(page.get_by_role("navigation", name="Affichage")).to_be_in_viewport()


def test_without_javascript_the_list_does_everything(visit: Visitors):
    page = visit(javascript=False)
    look_for(page, "judo", "Sceaux")
    expect(first_card(page)).to_contain_text(CLUB)
    expect(page.get_by_text("La carte a besoin de JavaScript.")).to_be_visible()
    expect(page.get_by_role("link", name="Carte", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Autour de moi")).to_be_hidden()


def test_around_me(visit: Visitors):
    page = visit()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(SCEAUX)
    page.goto("/partenaires/?nom=judo")
    go_on(page, "Autour de moi")
    expect(page.get_by_role("heading", name="autour de vous")).to_be_visible()
    expect(first_card(page)).to_contain_text(CLUB)
    assert "48." not in page.url

    # The page of an answered form: reload asked to send it again, « Back » found nothing.
    page.reload()
    expect(page.get_by_role("heading", name="autour de vous")).to_be_visible()
    first_card(page).get_by_role("link", name=CLUB).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CLUB)
    page.go_back()
    expect(page.get_by_role("heading", name="autour de vous")).to_be_visible()

    switch(page, "Carte")
    expect(page.get_by_role("button", name=CLUB)).to_be_visible()


def test_a_device_that_keeps_its_position_to_itself(visit: Visitors):
    page = visit()
    page.goto("/partenaires/")
    go_on(page, "Autour de moi")
    expect(page.get_by_text("Choisissez votre commune et cochez « Et autour ».")).to_be_visible()


def test_a_map_that_does_not_come_may_be_asked_for_again(visit: Visitors):
    page = visit()
    page.goto("/partenaires/?nom=judo")
    page.route("**/partenaires/carte/**", lambda route: route.fulfill(status=200, body="{"))
    switch(page, "Carte")
    expect(page.get_by_text("La carte n’est pas venue.")).to_be_visible()

    page.unroute("**/partenaires/carte/**")
    switch(page, "Carte")
    expect(page.locator(".map__point").first).to_be_visible()
