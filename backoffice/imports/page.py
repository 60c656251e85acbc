"""The page on which an agent reads what an import would do, and lets it be done."""

from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from backoffice.models import Import, Stage

from . import choices, jobs, line_page, striking_off
from .contacts_act import PUT_BACK
from .undoing import stays
from .undoing.act import ACT

AT_ONCE = 300
# Of a list of names that is read at a glance.
AT_FIRST = 10


@dataclass(frozen=True)
class Shortened:
    first: list[Any]
    rest: list[Any]


def shortened(names: list[Any]) -> Shortened:
    return Shortened(names[:AT_FIRST], names[AT_FIRST:])


def context(job: Import, request: HttpRequest) -> dict[str, Any]:
    leaving = job.report.get("leaving", {})
    children = striking_off.of(job).select_related("school").order_by("school__name", "last_name", "pk")
    struck_off = job.stage in {Stage.READY, Stage.PROPOSED, Stage.DONE} and bool(leaving.get("count"))
    staying = set() if job.stage == Stage.DONE else choices.staying(job)
    proposes = job.stage == Stage.READY and leaving.get("is_large") and settings.SECOND_AGENT
    choose = reverse("admin:backoffice_import_choose", args=[job.pk])
    lines = line_page.of(job, request.GET, cast(User, request.user))
    return {
        "lines": lines,
        # Where the choices of this page are kept, if it has any to make.
        "keep": choose if lines and lines.has_choices else "",
        "does_something": bool(job.report.get("does_something") or (lines and lines.with_contacts)),
        "told": line_page.told(job, lines),
        "leaving": leaving,
        "has_refused_lines": Import.objects.filter(pk=job.pk).exclude(refused_lines=b"").exists(),
        "absent": shortened(leaving.get("absent", [])),
        "schools": shortened(leaving.get("schools", [])),
        "new_names": {title: shortened(names) for title, names in job.report.get("new_names", {}).items()},
        "leavers": children[:AT_ONCE] if struck_off else [],
        "leaving_count": leaving.get("count", 0) - len(staying),
        "staying": len(staying),
        "more_leavers": max(leaving.get("count", 0) - len(staying) - AT_ONCE, 0),
        "is_ready": job.stage in {Stage.READY, Stage.PROPOSED},
        "is_mine": job.stage == Stage.PROPOSED and job.proposed_by == request.user,
        "reads_alone": bool(leaving.get("is_large")) and not settings.SECOND_AGENT,
        "button": "Proposer à un second agent" if proposes else "Importer",
        "may_be_abandoned": job.stage in jobs.abandonable(),
        # Of one that was taken back.
        "stays": [*stays.shown(job.report.get("undone", {}).get("stays", ()))],
        "acts": [
            (act.label, reverse(f"admin:backoffice_import_{act.name}", args=[job.pk]))
            for act in (ACT, PUT_BACK)
            if request.user.has_perm(act.permission) and act.applies(job)
        ],
    }
