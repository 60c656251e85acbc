"""Refusals of the directory. Each has the sentence that an agent reads."""

from core.exceptions import Refusal


class NotMergeable(Refusal):
    sentence = (
        "Ces deux fiches ne se fusionnent pas\N{NO-BREAK SPACE}: l’une est déjà fusionnée, ou c’est la même."
    )


class NotAMember(Refusal):
    sentence = "Cette personne n’est plus membre de votre organisme."


class LastManager(Refusal):
    sentence = (
        "C’est le dernier responsable de votre organisme. Invitez d’abord celui qui prend la suite, "
        "et attendez qu’il ait accepté."
    )


class AlreadyAMember(Refusal):
    sentence = "Cette personne est déjà membre de cet organisme, avec ce rôle."


class NotInvited(Refusal):
    sentence = "Cette invitation est déjà acceptée ou retirée."


class CannotJoin(Refusal):
    sentence = (
        "Ni le compte d’un agent ni celui d’un enfant n’agit pour un organisme. Connectez-vous avec un autre "
        "compte, ou créez-en un."
    )
