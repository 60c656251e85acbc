from django.utils import timezone

from operations import runs

from .findings import Wrong


def check(name: str) -> str:
    duty = runs.DUTIES[name]
    seen = runs.last_seen().get(name)
    if not seen:
        raise Wrong("n’a encore jamais réussi", duty.how)
    at = f"{timezone.localtime(seen):%d/%m/%Y à %H:%M}"
    if timezone.now() - seen > duty.within:
        raise Wrong(f"n’a plus réussi depuis le {at}", duty.how)
    return f"a réussi le {at}"
