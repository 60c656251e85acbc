"""The two formats of a message, and the words of the newer one."""

from collections.abc import Mapping
from typing import Any

# How the old format calls what the new one (CSP 3, « Reporting ») calls otherwise.
OLD, NEW = "application/csp-report", "application/reports+json"
OLD_NAMES = {
    "effectiveDirective": "effective-directive",
    "blockedURL": "blocked-uri",
    "documentURL": "document-uri",
    "sourceFile": "source-file",
    "lineNumber": "line-number",
}


def violations_in(kind: str, body: Any) -> list[Mapping[str, object]]:
    """The violations of a message, all in the words of the new format."""
    if kind == NEW:
        return [report["body"] for report in body if report["type"] == "csp-violation"]
    violation = body["csp-report"]
    return [violation | {new: violation.get(old) for new, old in OLD_NAMES.items()}]
