"""Who imports whom, and no template left behind."""

import pytest
from django.conf import settings

from passplus.architecture.rooms import imported

pytestmark = pytest.mark.any_database
# Each room imports only those before it.
LINE = [
    *("core", "accounts", "wallets", "partners", "tickets", "payments", "applications"),
    *("privacy", "backoffice", "operations", "demo"),
]
MAY_IMPORT = {app: set(LINE[: LINE.index(app)]) for app in LINE}
# Its texts name the dates and amounts of a campaign.
MAY_IMPORT["content"] = {"core", "accounts", "wallets"}
for right_of_it in ("backoffice", "operations", "demo"):
    MAY_IMPORT[right_of_it] |= {"content"}
MAY_IMPORT["passplus"] = {*MAY_IMPORT}
MAY_IMPORT["proof"] = {*MAY_IMPORT}


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_the_arrows_point_one_way(app):
    wrong = {
        f"{path.relative_to(settings.BASE_DIR)} → {other}"
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if "tests" not in path.parts
        for other in ({*imported(path)} & {*MAY_IMPORT}) - MAY_IMPORT[app] - {app}
    }

    assert wrong == set()


def test_every_template_is_used():
    sources = [*settings.BASE_DIR.glob("*/**/*.py"), *(settings.BASE_DIR / "templates").rglob("*")]
    text = "\n".join(
        path.read_text()
        for path in sources
        if path.suffix in {".py", ".html", ".txt"} and not {".venv", "tests"} & set(path.parts)
    )
    by_convention = {"400.html", "403.html", "404.html"}
    root = settings.BASE_DIR / "templates"
    unused = {
        name
        for path in root.rglob("*")
        if path.is_file()
        and not (name := str(path.relative_to(root))).startswith("icons/")
        and f'"{name}"' not in text
        # An e-mail is a pair, named without its suffixes.
        and not (name.startswith("mail/") and f'"{name.rpartition(".")[0]}"' in text)
    }

    assert unused == by_convention
