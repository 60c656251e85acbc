"""What finance software calls the columns of a return."""

from core.spreadsheet_files.headings import Titles

REFERENCE, MANDAT, BORDEREAU = "Référence bout en bout", "Mandat", "Bordereau"
DATE, STATUS, REASON, AMOUNT = "Date", "Statut", "Motif du rejet", "Montant"
# The last column of the lines that are refused.
WHY = "Pourquoi refusé"

TITLES = Titles(
    columns=(REFERENCE, MANDAT, BORDEREAU, DATE, STATUS, REASON, AMOUNT),
    required=frozenset([REFERENCE, DATE, STATUS]),
    others={
        REFERENCE: (
            *("Référence de bout en bout", "Réf. bout en bout", "Identifiant de bout en bout"),
            *("End to end", "EndToEndId", "End-to-end ID", "End to end reference", "Référence end to end"),
            *("E2E", "Référence E2E", "Référence SEPA", "Référence du virement", "Référence virement"),
            *("Référence du paiement", "Référence paiement", "Référence", "Réf."),
        ),
        MANDAT: (
            *("N° mandat", "N° de mandat", "N° du mandat", "Nº mandat", "Numéro de mandat", "Numéro mandat"),
            *("Mandat n°", "Num mandat", "No mandat"),
        ),
        BORDEREAU: (
            *("N° bordereau", "N° de bordereau", "N° du bordereau", "Nº bordereau", "Numéro de bordereau"),
            *("Numéro bordereau", "Bordereau n°", "Num bordereau", "No bordereau"),
        ),
        DATE: (
            *("Date de paiement", "Date du paiement", "Date paiement", "Date de règlement", "Date règlement"),
            *("Date d’exécution", "Date exécution", "Date du virement", "Date de virement"),
            *("Date du statut", "Date statut", "Date de l’issue", "Date de valeur", "Date valeur"),
        ),
        STATUS: (
            *("Statut du paiement", "Statut paiement", "Statut du virement", "Statut du mandat", "Status"),
            *("État", "État du paiement", "État du virement", "État du mandat", "Issue", "Situation"),
        ),
        REASON: (
            *("Motif de rejet", "Motif rejet", "Motif", "Cause du rejet", "Raison du rejet"),
            *("Libellé du rejet", "Motif du retour", "Motif de retour"),
        ),
        AMOUNT: (
            *("Montant payé", "Montant du paiement", "Montant du virement", "Montant en euros"),
            *("Montant (€)", "Montant TTC", "Montant net", "Somme", "Net à payer"),
        ),
    },
)
