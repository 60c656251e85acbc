"""The control of every journey: were something wrong in a page, its visitor would have noted it."""

import pytest

from .conftest import Visitors

pytestmark = pytest.mark.journey


def test_what_goes_wrong_is_noted(visit: Visitors):
    page = visit()
    page.goto("/accueil/")
    page.evaluate("reportError(Error('broken'))")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/'}))")
    page.goto("/no-such-page/")
    for trouble in ("exception: broken", "console: Executing inline script", "left the site", "404: "):
        assert any(noted.startswith(trouble) for noted in visit.troubles)
    visit.troubles.clear()


def test_every_feature_that_is_forbidden_is_one_that_the_browser_knows(visit: Visitors):
    """« Error with Permissions-Policy header: Unrecognized feature: 'bluetooth' », on each page."""
    page, said = visit(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.goto("/accueil/")

    assert not [text for text in said if "Permissions-Policy" in text]
