"""Another guardian that a family asks for, as an agent compares it with the paper: who asks for whom."""

from django.urls import reverse

from accounts import identity
from accounts.guardianship import adults
from accounts.models import Beneficiary, User
from applications.models import Application, OtherGuardian
from backoffice.family.address import family_page
from core.money import NBSP

from . import enrolments, people
from .about import About, Facts


def about(application: Application, child: Beneficiary) -> About:
    sender = application.sent_by
    facts: Facts = [
        ("Enfant", f"{child}, né(e) en {child.birth_year}"),
        ("Responsables", people.guardians_of(child)),
        ("Qui demande", f"{sender}, {sender.email}, le {enrolments.moment(application.sent_at)}"),
    ]
    warnings: list[str] = []
    links = [("La famille", family_page(child.pk))]
    asked: OtherGuardian | None = getattr(application, "other_guardian", None)
    if asked:
        facts.append(("Pour qui", f"{asked}, {asked.email}"))
        theirs = list(adults().filter(email__iexact=asked.email).order_by("username"))
        facts.append(("Comptes de cette adresse", ", ".join(map(str, theirs)) or "aucun"))
        links += [
            (f"Le compte de {it}", reverse("admin:accounts_user_change", args=[it.pk])) for it in theirs
        ]
        facts.append(("Invitation", _of_invitation(asked)))
        if not application.decided_at:
            warnings += _warnings(asked, child)
    return About(facts, warnings=warnings, links=links)


def _warnings(asked: OtherGuardian, child: Beneficiary) -> list[str]:
    names = identity.folded(asked.first_name, asked.last_name)

    def is_like(user: User) -> bool:
        same_names = identity.folded(user.first_name, user.last_name) == names
        return same_names or user.email.casefold() == asked.email.casefold()

    ended = [it.user for it in child.ended_guardianships.select_related("user").order_by("pk")]
    return [
        *(
            f"Un agent a retiré {user} des responsables de cet enfant{NBSP}: lisez le journal."
            for user in ended
            if is_like(user)
        ),
        *(
            f"{user} est déjà responsable de cet enfant."
            for user in child.guardians.order_by("last_name", "first_name")
            if is_like(user)
        ),
    ]


def _of_invitation(asked: OtherGuardian) -> str:
    if asked.joined_at:
        return f"acceptée le {enrolments.moment(asked.joined_at)}"
    return f"partie, bonne jusqu’au {asked.last_day:%d/%m/%Y}" if asked.last_day else "pas encore"
