"""Refusals to prepare, approve, send or settle what is paid."""

from core.exceptions import Refusal

NBSP = "\N{NO-BREAK SPACE}"


class BatchRefused(Refusal):
    """The batch stays as it is."""


class AnotherBatchIsOpen(BatchRefused):
    sentence = f"Un lot est déjà en cours{NBSP}: transmettez-le ou abandonnez-le d’abord."


class CutOffAhead(BatchRefused):
    sentence = "Le dernier jour ne peut pas être après aujourd’hui."


class BatchMoved(BatchRefused):
    sentence = "Ce lot n’est plus dans l’état que montrait la page. Regardez-le de nouveau."


class NothingToApprove(BatchRefused):
    sentence = "Ce lot n’a aucun paiement à approuver."


class SameAgent(BatchRefused):
    sentence = f"Qui a préparé un lot ne l’approuve pas{NBSP}: demandez à un autre agent."


class TotalDiffers(BatchRefused):
    sentence = (
        "Le total ou le nombre de paiements ne sont pas ceux du lot. Relisez-les sur l’état des sommes."
    )


class LastDigitsDiffer(BatchRefused):
    sentence = "Les quatre derniers chiffres d’un compte ne sont pas les bons. Relisez-les sur le RIB reçu."


class FilesMissing(BatchRefused):
    sentence = "Les fichiers de ce lot ne sont pas encore tous faits. Attendez un instant."


class AccountUnreadable(BatchRefused):
    sentence = (
        f"Un IBAN de ce lot ne se déchiffre pas{NBSP}: le secret qui l’a chiffré manque à IBAN_KEYS "
        "(docs/exploitation.md). Aucun fichier n’est fait sans lui."
    )


class TemplateRefused(Refusal):
    """No file is written by this template."""


class TemplateWithoutAmount(TemplateRefused):
    sentence = f"Ce modèle ne dit pas ce qu’on paie. Ajoutez une colonne «{NBSP}montant{NBSP}»."


class TemplateWithoutWidths(TemplateRefused):
    sentence = "Dans un modèle à colonnes de largeur fixe, chaque colonne a une largeur."


class FormatUnfit(TemplateRefused):
    sentence = "Une colonne s’écrit en centimes si elle dit un montant, comme une date si elle en dit une."


class ColumnTooNarrow(TemplateRefused):
    sentence = (
        "Une colonne du modèle est trop étroite pour ce qu’elle doit dire. Élargissez-la"
        f"{NBSP}: ni un montant, ni un IBAN ne se coupe."
    )


class HoldNotClearable(BatchRefused):
    sentence = "Cette retenue ne se lève pas ici, ou l’est déjà."


class PaymentMoved(BatchRefused):
    sentence = "Ce paiement n’est plus dans l’état que montrait la page. Regardez-le de nouveau."


class AlreadyTold(BatchRefused):
    sentence = "L’issue de ce paiement est déjà connue. Un virement payé ne devient pas impayé."


class BeforeItsApproval(BatchRefused):
    sentence = "Ce jour est avant l’approbation du lot. Relisez la date."


class NotPaidYet(BatchRefused):
    sentence = f"Ce paiement n’est pas payé{NBSP}: il peut être rejeté, il ne peut pas être revenu."
