"""Every page that links lead to, so that a page that is new is checked without anybody thinking of it."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qs, urldefrag

from django.urls import resolve

# No pages: what is printed, kept or read by a program, and what agents see.
ELSEWHERE = re.compile(
    r"/impression/|/echeances/|/flux/|^/donnees-ouvertes/organismes/|/utilises/liste/|/mes-donnees/|^/admin/"
    r"|^/static/|/paiements/[0-9]+/(etat|tickets)/|/paiements/calendrier/fichier/|/convention/attestation/"
)


def crawl(
    starts: Iterable[str], follow: Callable[[str], Iterable[str]], *, alike: int | None = None
) -> Iterator[str]:
    """Yield each address of this site once, when `follow` has opened it and returned where its links lead.

    `alike`: how many pages are opened that differ in nothing but which organisme, ticket or order they show.
    The starts are opened all the same.
    """
    seen = set(starts)
    looks = Counter(map(look, seen))
    queue = deque(sorted(seen))
    while queue:
        address = queue.popleft()
        links = {urldefrag(link).url for link in follow(address)}
        yield address
        new = {link for link in links if link.startswith("/") and not ELSEWHERE.search(link)} - seen
        seen |= new
        for address in sorted(new):
            looks[look(address)] += 1
            if alike is None or looks[look(address)] <= alike:
                queue.append(address)


def look(address: str) -> tuple[str, ...]:
    """What tells pages apart: the route, the child, and what is asked by its name."""
    path, _, query = address.partition("?")
    match = resolve(path)
    return (match.route, str(match.kwargs.get("public_id")), *sorted(parse_qs(query, keep_blank_values=True)))
