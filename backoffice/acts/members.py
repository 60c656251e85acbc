"""The acts on who acts for an organisme. The rules are those of `partners`."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from core.money import NBSP
from partners import accesses, invitations
from partners.models import Partner, Role

from .act import Act
from .member_forms import CloseForm, HandOverForm, InviteForm


def _invite(partner: Partner, agent: User, said: dict[str, Any]) -> str:
    invitations.invite(partner_id=partner.pk, email=said["email"], role=Role.MANAGER, actor=agent)
    return str(said["email"])


def _hand_over(partner: Partner, agent: User, said: dict[str, Any]) -> str:
    made = invitations.hand_over(partner_id=partner.pk, email=said["email"], actor=agent)
    return f"{made.email}, à partir du {made.opens_on:%d/%m/%Y}, vu{NBSP}: {said['papers']}"


def _close(partner: Partner, agent: User, said: dict[str, Any]) -> str:
    return accesses.close(partner_id=partner.pk, key=said["access"], actor=agent)


def _stands(partner: Partner) -> bool:
    return partner.merged_into_id is None


ACTS = [
    Act(
        "inviter-un-responsable",
        "Inviter un responsable",
        Action.MEMBER_INVITED,
        "partners.manage_members",
        "Cette adresse reçoit un lien, bon quatorze jours, qui fait de qui l’ouvre un responsable de "
        "l’organisme. Vérifiez-la auprès de l’organisme, par le numéro de sa fiche.",
        _invite,
        InviteForm,
        applies=_stands,
        undo=f"Fermez cet accès{NBSP}: son lien ne sert plus.",
    ),
    Act(
        "confier",
        "Confier l’organisme",
        Action.ENTRUSTED,
        "partners.manage_members",
        "Pour un organisme dont plus personne ne répond. Ses membres d’avant sont prévenus tout de suite. "
        "Le nouveau responsable a son lien, qui n’ouvre que dans sept jours\N{NO-BREAK SPACE}: s’ils s’y "
        "opposent d’ici là, fermez cet accès.",
        _hand_over,
        HandOverForm,
        applies=_stands,
        idle=lambda partner: "" if partner.memberships.open().exists() else "il n’a pas de membre, invitez",
        undo="Fermez cet accès, avant que le lien n’ouvre.",
    ),
    Act(
        "fermer-un-acces",
        "Fermer un accès",
        Action.MEMBERSHIP_CLOSED,
        "partners.manage_members",
        "Dès maintenant, cette personne n’agit plus pour l’organisme, ou son lien ne sert plus. Les "
        "responsables qui restent en sont prévenus, elle aussi. Le reste de son compte ne change pas.",
        _close,
        CloseForm,
        applies=_stands,
        idle=lambda partner: "" if accesses.accesses(partner) else "il n’a ni membre ni invitation",
        undo="Invitez de nouveau.",
    ),
]
