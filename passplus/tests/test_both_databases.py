"""A fault that somebody found is tried on both databases, whatever its test seems to depend on."""

import re

from django.conf import settings

FOUND = re.compile(r"\b(?:security|code|admin)\.md\b|\bcases \d")


def test_no_found_fault_is_tried_on_one_database_alone():
    tests = [
        path
        for path in settings.BASE_DIR.glob("*/**/test_*.py")
        if not {".venv", "var"} & {*path.parts} and path.name != "test_both_databases.py"
    ]
    texts = {path.relative_to(settings.BASE_DIR): path.read_text() for path in tests}
    found = {path for path, text in texts.items() if FOUND.search(text)}

    assert len(found) > 50
    assert [str(path) for path in found if "any_database" in texts[path]] == []
