"""What staff write, and what stands on the page. What must never stand there: test_markdown_attacks.py."""

import pytest

from content import prose

pytestmark = pytest.mark.any_database

FACTS = {"dernier_ticket": "30 juin 2027", "nom": "Pass+", "cookie": "__Host-*a*_b_[c](d)<e>"}
NBSP = "\N{NO-BREAK SPACE}"


def render(text: str, *, top: int = 2) -> str:
    return prose.render(text, FACTS, top=top).strip()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un.\n\nDeux.", "<p>Un.</p>\n<p>Deux.</p>"),
        ("**gras** et *penché*", "<p><strong>gras</strong> et <em>penché</em></p>"),
        ("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>"),
        ("1. un\n2. deux", "<ol>\n<li>un</li>\n<li>deux</li>\n</ol>"),
        ("[aide](/aide/)", '<p><a href="/aide/">aide</a></p>'),
        ("[tél](tel:0199009292)", '<p><a href="tel:0199009292">tél</a></p>'),
        ("[nous](mailto:a@b.example)", '<p><a href="mailto:a@b.example">nous</a></p>'),
        (
            "[CNIL](https://www.cnil.fr/?a=1&b=2)",
            '<p><a href="https://www.cnil.fr/?a=1&amp;b=2" rel="noopener external">CNIL</a></p>',
        ),
    ],
)
def test_what_staff_write(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n# C", ["h2", "h3", "h2"]),
        ("### A\n\n### B", ["h2", "h2"]),
        ("# A\n\n### B\n\n## C\n\n###### D", ["h2", "h3", "h3", "h4"]),
        ("## A\n\n# B\n\n## C", ["h2", "h2", "h3"]),
        ("A\n=\n\nB\n-", ["h2", "h3"]),
    ],
)
def test_headings_come_under_the_title_of_the_page_and_leave_no_gap(text, levels):
    html = render(text)

    assert [f"h{line[2]}" for line in html.splitlines()] == levels
    assert [line[-3:-1] for line in html.splitlines()] == levels


def test_an_answer_stands_one_level_lower():
    assert render("# A", top=3) == "<h3>A</h3>"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("L'aide : oui !", f"L’aide{NBSP}: oui{NBSP}!"),
        ("« Annuler »", f"«{NBSP}Annuler{NBSP}»"),
        ("10 € à 14 h 30", f"10{NBSP}€ à 14{NBSP}h{NBSP}30"),
        ("1 234 €", f"1{NBSP}234{NBSP}€"),
        ("a:b, 14:30 et d'un", "a:b, 14:30 et d’un"),
        ("**gras** : oui", f"<strong>gras</strong>{NBSP}: oui"),
    ],
)
def test_french_typography_is_mended(typed, printed):
    assert render(typed) == f"<p>{printed}</p>"


def test_an_address_is_not_mended():
    assert 'href="/partenaires/?nom=l\'ete"' in render("[l'été](/partenaires/?nom=l'ete)").replace(
        "&#x27;", "'"
    )


def test_names_between_braces_are_replaced():
    assert render("Jusqu’au **{dernier_ticket}**.") == "<p>Jusqu’au <strong>30 juin 2027</strong>.</p>"
    assert prose.line("Le {nom} d'abord", FACTS) == "Le Pass+ d’abord"


def test_what_replaces_a_name_is_words_not_markdown():
    assert render("{cookie}") == "<p>__Host-*a*_b_[c](d)&lt;e&gt;</p>"


def test_a_name_nobody_knows_any_more_stays_as_it_is():
    assert render("{inconnu} et {}") == "<p>{inconnu} et {}</p>"


def test_the_opening_is_the_words_of_the_first_paragraph():
    text = "# Titre\n\nPour **{nom}**, [lisez](/aide/) & [x](javascript:x).\n\nSuite."

    assert prose.opening(text, FACTS) == "Pour Pass+, lisez &amp; [x](javascript:x)."
    assert prose.opening("# Titre", FACTS) == ""
