"""The texts we wrote (content/texts), as a new site receives them; then staff make them theirs.

A migration puts them there, once: never again over what was edited, nor back where it was deleted.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEYWORDS = "Mots : "
DIRECTORY = Path(__file__).parent / "texts"


def pages() -> Iterator[dict[str, Any]]:
    """« # title », then the text; the name of the file is the page's key."""
    for path in sorted((DIRECTORY / "pages").glob("*.md")):
        title, _, body = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
        yield {"key": path.stem, "title": title, "body": body.strip()}


def help_topics() -> Iterator[dict[str, Any]]:
    """« ## question », « Mots : » what else people type, then the answer; the file's name is the audience."""
    for path in sorted((DIRECTORY / "aide").glob("*.md")):
        topics = path.read_text(encoding="utf-8").removeprefix("## ").split("\n## ")
        for position, topic in enumerate(topics, start=1):
            question, _, rest = topic.partition("\n")
            keywords, _, answer = rest.partition("\n") if rest.startswith(KEYWORDS) else ("", "", rest)
            yield {
                "audience": path.stem,
                "question": question,
                "keywords": keywords.removeprefix(KEYWORDS),
                "answer": answer.strip(),
                "position": position * 10,
            }
