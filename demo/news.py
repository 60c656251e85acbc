"""Three pieces of news of the small demonstration: one on each side of the summer, one pinned."""

import datetime as dt
from pathlib import Path

from django.utils import timezone

from content.models import Article
from wallets.models import Campaign

DIRECTORY = Path(__file__).parent / "news"
# After how many days of the campaign each appears, in the order of the files.
DAYS = (0, 90, 150)


def load(campaign: Campaign) -> None:
    """Create what is missing; what an agent changed stays as it is."""
    for days, path in zip(DAYS, sorted(DIRECTORY.glob("*.md")), strict=True):
        title, _, body = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")
        day = campaign.opens_on + dt.timedelta(days=days)
        Article.objects.get_or_create(
            slug=path.stem.partition("-")[2],
            defaults={
                "title": title,
                "body": body.strip(),
                "publish_at": timezone.make_aware(dt.datetime.combine(day, dt.time(9))),
                "pinned": days == 0,
            },
        )
