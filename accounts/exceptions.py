"""Refusals about accounts, guardians and roles."""

from core.exceptions import Refusal


class LinkOutOfUse(Exception):
    """It was used already, is too old, or is none of ours."""


class ChangedMeanwhile(Refusal):
    sentence = "Votre compte vient de changer ailleurs. Connectez-vous de nouveau, puis recommencez."


class NoSuchGuardian(Refusal):
    sentence = "Aucun compte de famille ouvert n’a cet identifiant."


class AlreadyGuardian(Refusal):
    sentence = "Cette personne est déjà responsable légal de l’enfant."


class LastGuardian(Refusal):
    sentence = (
        "C’est le dernier responsable légal de l’enfant. Remplacez-le, ou cochez que l’enfant n’en aura plus."
    )


class AddressChanged(Refusal):
    sentence = "L’adresse e-mail de ce compte vient de changer. Relisez cette page."


class NotMergeable(Refusal):
    sentence = (
        "Ces deux fiches ne se fusionnent pas\N{NO-BREAK SPACE}: l’une est déjà fusionnée ou effacée, ou "
        "c’est la même."
    )


class SameRole(Refusal):
    sentence = "C’est déjà le rôle de ce compte."


class NoAddress(Refusal):
    sentence = "Ce compte n’a pas d’adresse e-mail. Enregistrez-en une, ou donnez un accès par courrier."


class AccountClosed(Refusal):
    sentence = "Le compte de cet enfant a été fermé par le département. Lui seul peut le rouvrir."


class OwnAccount(Refusal):
    sentence = "Un agent ne ferme pas son propre compte. Demandez-le à un autre administrateur."


class NotVouchedFor(Refusal):
    """Another provider than the one that knows whose account it is."""


class NoFormerAddress(Refusal):
    sentence = "L’adresse d’avant n’est plus connue. Choisissez-en une autre, ou aucune."


class HasAddress(Refusal):
    sentence = "Ce compte a une adresse e-mail\N{NO-BREAK SPACE}: rendez l’accès par là."
