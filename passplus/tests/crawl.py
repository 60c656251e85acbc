"""Every page that links lead to, so that a page that is new is checked without anybody thinking of it."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urldefrag

# No pages: what is printed, what goes into a calendar, what agents see.
ELSEWHERE = re.compile(r"/impression/|/echeances/|^/admin/|^/static/")


def crawl(starts: Iterable[str], follow: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Yield each address of this site once, when `follow` has opened it and returned where its links lead."""
    seen = set(starts)
    queue = deque(sorted(seen))
    while queue:
        address = queue.popleft()
        links = {urldefrag(link).url for link in follow(address)}
        yield address
        new = {link for link in links if link.startswith("/") and not ELSEWHERE.search(link)} - seen
        seen |= new
        queue += sorted(new)
