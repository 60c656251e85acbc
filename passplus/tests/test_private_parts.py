"""What the product takes from inside a library: as little as there is, each in a file of its own.

Such a part changes without a word in the release notes. When the pinned version changes, whoever changes it
looks at that file first, and then writes the new version here.
"""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import version

import pytest
from django.conf import settings

from .rooms import ROOMS, sources

pytestmark = pytest.mark.any_database

# File, package, the version it was seen with, and how to see it again.
SEEN = [
    ("accounts/links.py", "Django", "5.2", "accounts/tests/activation"),
    ("core/compiled_query.py", "Django", "5.2", "core/tests/test_compiled_query.py"),
    ("core/refused_forms.py", "Django", "5.2", "core/tests/test_refused_forms.py"),
    (
        "core/weasyprint_parts.py",
        "weasyprint",
        "70.0",
        "passplus/tests/attacks/test_pdf.py, make bench (ligne 5)",
    ),
]
FILES = {file for file, *_ in SEEN}
# In Django's documentation, whatever their names say.
DOCUMENTED = {"_meta", "_state", "_default_manager"}


@pytest.mark.parametrize(("file", "package", "seen", "how"), SEEN)
def test_a_new_version_is_looked_at_first(file, package, seen, how):
    installed = version(package)

    assert f"{installed}.".startswith(f"{seen}."), (
        f"{file} uses private parts of {package}, seen with {seen}; this is {installed}. "
        f"Run {how}, then write the new version in passplus/tests/test_private_parts.py."
    )


def test_no_private_part_is_read_elsewhere():
    trees = {path: ast.parse(path.read_text()) for path in sources()}
    ours = {name for tree in trees.values() for name in _named(tree)} | DOCUMENTED
    read = {
        (str(path.relative_to(settings.BASE_DIR)), node.attr)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and _is_private(node.attr) and node.attr not in ours
    }

    assert {(file, name) for file, name in read if file not in FILES} == set()
    # The control: those that we know of are found.
    assert ("core/compiled_query.py", "_iterable_class") in read


def test_no_private_part_is_replaced_elsewhere():
    replaced = set()
    for path in sources():
        file = path.relative_to(settings.BASE_DIR)
        if "migrations" in file.parts or file.name == "trial_settings.py":
            continue
        module = import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
        for one in vars(module).values():
            if inspect.isclass(one) and one.__module__ == module.__name__:
                replaced |= {(str(file), name) for name in _replaced_by(one)}

    assert replaced == {
        ("accounts/links.py", "_make_hash_value"),
        ("core/weasyprint_parts.py", "_ua_stylesheets"),
    }


def _named(tree: ast.AST) -> Iterator[str]:
    """All that is defined or assigned there."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(ast.Name("self" | "cls"), attr=name, ctx=ast.Store()):
                yield name


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and not name.endswith("_")


def _replaced_by(one: type) -> Iterator[str]:
    for name, value in vars(one).items():
        if _is_private(name) and inspect.isfunction(value):
            bases = (base for base in one.__mro__[1:] if name in vars(base))
            if any(base.__module__.split(".")[0] not in ROOMS for base in bases):
                yield name
