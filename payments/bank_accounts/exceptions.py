"""Refusals to take, check, confirm or stop a bank account."""

from core.exceptions import Refusal

NBSP = "\N{NO-BREAK SPACE}"


class AccountRefused(Refusal):
    """The account stays as it is."""


class NotAnIban(AccountRefused):
    sentence = f"Cet IBAN est mal recopié{NBSP}: comparez-le au RIB, groupe par groupe."


class WrongRibKey(AccountRefused):
    sentence = f"La clé de ce RIB n’est pas la bonne{NBSP}: comparez l’IBAN au RIB, groupe par groupe."


class OutsideSepa(AccountRefused):
    sentence = "Ce pays n’est pas dans l’espace SEPA. Donnez un compte en France, à Monaco ou en Europe."


class NotABic(AccountRefused):
    sentence = (
        f"Ce BIC est mal recopié{NBSP}: il a 8 ou 11{NBSP}caractères. Laissez vide si vous ne l’avez pas."
    )


class BicOfAnotherCountry(AccountRefused):
    sentence = "Ce BIC et cet IBAN ne sont pas du même pays. Relisez-les sur le RIB."


class AlreadyYours(AccountRefused):
    sentence = "C’est déjà le compte de votre organisme."


class AnotherIsPending(AccountRefused):
    sentence = f"Un autre compte est déjà à vérifier{NBSP}: retirez d’abord cette demande."


class AccountMoved(AccountRefused):
    sentence = "Ce compte n’est plus dans l’état que montrait la page. Regardez-le de nouveau."


class NotOnFile(AccountRefused):
    sentence = f"Ce numéro n’est pas sur les fiches{NBSP}: on ne rappelle que ceux d’avant la demande."


class CalledAtAnotherTime(AccountRefused):
    sentence = "L’heure de l’appel ne peut être ni à venir, ni d’avant la demande."


class SameAgent(AccountRefused):
    sentence = f"Qui a rappelé l’organisme ne confirme pas{NBSP}: demandez à un autre agent."


class ForeignNeedsReason(AccountRefused):
    sentence = "Ce compte n’est ni en France ni à Monaco. Dites pourquoi vous l’acceptez."


class SharedNeedsReason(AccountRefused):
    sentence = "Un autre organisme a donné ce même compte. Dites pourquoi vous l’acceptez."


class IbanErased(AccountRefused):
    sentence = "L’IBAN entier n’est plus gardé, seulement ses quatre derniers chiffres."
