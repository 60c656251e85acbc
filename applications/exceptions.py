"""What is refused of an application, each with its sentence."""

from core.exceptions import Refusal
from core.money import NBSP

MOST_PAPERS = 3
# Of one account, at once.
MOST_ENROLMENTS = 6
MOST_DRAFTS = 6


class NoPaper(Refusal):
    sentence = "Joignez au moins un papier."


class TooManyPapers(Refusal):
    sentence = f"{MOST_PAPERS}{NBSP}fichiers au plus. Un PDF peut avoir plusieurs pages."


class AlreadyAsked(Refusal):
    sentence = f"Cette demande est déjà faite{NBSP}: suivez-la sur cette page."


class NotAskedFor(Refusal):
    """The campaign gives none, or is over, or the child has it."""

    sentence = "Le supplément boursier ne peut pas, ou plus, être demandé."


class AlreadyEnrolling(Refusal):
    sentence = f"Vous avez déjà demandé l’inscription de cet enfant{NBSP}: suivez-la sur sa page."


class TooManyEnrolments(Refusal):
    sentence = f"Vous avez déjà {MOST_ENROLMENTS}{NBSP}inscriptions en cours. Attendez nos réponses."


class NotOpen(Refusal):
    sentence = "Aucune campagne n’est ouverte aujourd’hui. Revenez à la prochaine."


class NoSchool(Refusal):
    sentence = "Dites d’abord lequel de nos collèges c’est."


class NotThisYear(Refusal):
    """Of who has the link of an invitation, and does not know the child."""

    sentence = "Ce n’est pas son année de naissance."


class Closed(Refusal):
    sentence = (
        "Le registre dit que cet établissement est fermé. Donnez le SIRET de celui où vont les jeunes, ou "
        "appelez-nous."
    )


class AlreadyAffiliated(Refusal):
    sentence = (
        f"Cet organisme est déjà affilié{NBSP}: demandez à son responsable de vous inviter, depuis "
        f"«{NBSP}Mon organisme{NBSP}». S’il n’y en a plus, écrivez-nous, avec ce SIRET."
    )


class AlreadyApplied(Refusal):
    sentence = f"Vous avez déjà fait cette demande{NBSP}: suivez-la depuis «{NBSP}Mes informations{NBSP}»."


class TooManyDrafts(Refusal):
    sentence = f"Vous avez déjà {MOST_DRAFTS}{NBSP}demandes commencées. Envoyez-les, ou retirez-en."


class NotDescribed(Refusal):
    sentence = "Remplissez d’abord la fiche de votre organisme."


class ConventionMoved(Refusal):
    sentence = "La convention a changé entre-temps. Relisez la page."


class AlreadySigned(Refusal):
    sentence = "La convention est déjà signée."


class NoAddress(Refusal):
    sentence = (
        f"Ce code part par e-mail{NBSP}: donnez d’abord votre adresse, depuis «{NBSP}Mes informations{NBSP}»."
    )


class CodeOutOfUse(Refusal):
    sentence = f"Ce code ne vaut plus{NBSP}: demandez-en un autre."


class WrongCode(Refusal):
    sentence = "Ce n’est pas le dernier code envoyé."


class NothingToChange(Refusal):
    sentence = f"C’est ce que dit déjà votre fiche{NBSP}: changez au moins une ligne."


class OrganismeGone(Refusal):
    """It was merged into another one."""

    sentence = f"Cet organisme n’est plus là{NBSP}: refusez la demande, en le disant."


class NotSigned(Refusal):
    sentence = (
        f"Cet organisme n’a pas encore signé la convention en vigueur{NBSP}: qui l’a demandé la signe depuis "
        "la page de sa demande."
    )


class SiretTaken(Refusal):
    sentence = f"Un organisme a déjà ce SIRET ou ce numéro RNA{NBSP}: choisissez sa fiche."


class HasMembers(Refusal):
    sentence = (
        "Des membres agissent pour cet organisme. Refusez la demande, en disant de s’y faire inviter, ou "
        "remettez-le à cette personne depuis sa fiche."
    )


class AlreadyTheirs(Refusal):
    sentence = f"Ce parent est déjà responsable légal de cet enfant{NBSP}: refusez la demande, en le disant."


class TheirsNoMore(Refusal):
    sentence = f"Ce parent n’agit plus pour cet enfant{NBSP}: refusez la demande, en le disant."


class NotToRenew(Refusal):
    sentence = f"Cet enfant a déjà ses porte-monnaie{NBSP}: il n’y a rien à demander."


class NumberTaken(Refusal):
    sentence = (
        f"Cet enfant, ou un autre de ce numéro, a déjà une fiche{NBSP}: rattachez-le à elle, ou donnez le "
        "vrai numéro de celui-ci."
    )


class SenderGone(Refusal):
    sentence = "Le compte qui a fait cette demande est fermé."


class Moved(Refusal):
    sentence = "Cette demande a changé entre-temps. Relisez la page."


class BeingRead(Refusal):
    sentence = "Un autre agent s’occupe de cette demande. Revenez dans un quart d’heure."


class PapersUnread(Refusal):
    sentence = "Ses papiers ne sont pas encore lus. Revenez dans un instant."


class NoReadablePaper(Refusal):
    sentence = "Aucun de ses papiers n’est lisible. Demandez à la famille de compléter."
