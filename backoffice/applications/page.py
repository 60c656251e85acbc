"""What the page of an application shows: its papers, what was decided last time, and what may be said now."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action
from accounts.models import User
from applications.models import Application, ApplicationState, Paper, PaperState
from applications.models.application import CLAIMED_FOR
from backoffice.acts.act import Act
from backoffice.acts.application_forms import AskForm, RefuseForm
from backoffice.acts.applications import ACTS, RIGHT
from backoffice.acts.forms import ReasonForm
from backoffice.facts import applications as facts
from core.money import euros
from core.papers.formats import PaperFormat

from .viewer import VIEWER


class Shown(NamedTuple):
    paper: Paper
    # Of what was remade; nothing else is shown.
    address: str
    is_picture: bool


def context(application: Application, agent: User) -> dict[str, Any]:
    decides = agent.has_perm(RIGHT)
    waits = application.state == ApplicationState.SENT
    claimed = application.claimed_at if waits else None
    until = claimed + CLAIMED_FOR if claimed and timezone.now() < claimed + CLAIMED_FOR else None
    is_mine = bool(until) and application.claimed_by_id == agent.pk
    return {
        "about": facts.about(application),
        "before": facts.before(application),
        "decides": decides,
        "papers": _papers(application) if decides else [],
        "other_reader": application.claimed_by if until and not is_mine else None,
        "is_mine": decides and is_mine,
        "mine_until": until,
        "may_take": decides and waits and not until,
        "granting": _granting(application) if is_mine else None,
        "sentences": [
            _form(application, act)
            for act in ACTS
            if act.form in (AskForm, RefuseForm) and act.applies(application)
        ],
    }


def _granting(application: Application) -> tuple[ReasonForm, str, str]:
    [act] = (it for it in ACTS if it.action == Action.APPLICATION_ACCEPTED and it.applies(application))
    form, address, verb = _form(application, act)
    if application.is_scholarship and application.campaign:
        verb = f"{verb} {euros(application.campaign.supplement)} par porte-monnaie"
    return form, address, verb


def _form(application: Application, act: Act) -> tuple[ReasonForm, str, str]:
    """As it is on a page that has several."""
    address = reverse(f"admin:applications_application_{act.name}", args=[application.pk])
    return act.form(subject=application, auto_id=f"{act.name}_%s"), address, act.label


def _papers(application: Application) -> list[Shown]:
    """The newest first: it is what was asked for last."""
    theirs = application.papers.exclude(state=PaperState.DELETED).defer("sealed").order_by("-pk")
    return [
        Shown(
            paper,
            reverse(f"admin:{VIEWER}", args=[application.pk, paper.pk])
            if paper.state == PaperState.READABLE
            else "",
            paper.format == PaperFormat.JPEG,
        )
        for paper in theirs
    ]
