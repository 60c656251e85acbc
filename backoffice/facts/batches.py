"""What a page shows of a batch, or of a payment, before an act."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.formats import counted_in_french
from core.money import NBSP, euros
from payments import approving, files
from payments.models import Batch, Hold, Payment

from .about import About, Facts


def listed(model: str, **asked: Any) -> str:
    return f"{reverse(f'admin:payments_{model}_changelist')}?{urlencode(asked)}"


def of_batch(batch: Batch) -> Facts:
    true = approving.totals(batch.pk)
    return [
        ("Dernier jour", f"{batch.cut_off:%d/%m/%Y}"),
        ("Préparé par", batch.prepared_by),
        ("Total", euros(true.amount)),
        ("Paiements", true.payments),
        ("Tickets", true.tickets),
    ]


def _links(batch: Batch) -> list[tuple[str, str]]:
    links = [("Relire les paiements", listed("payment", batch__number__exact=batch.pk))]
    if batch.holds.filter(cleared_at=None).exists():
        links.append(("Relire ce qui est retenu", listed("hold", batch__number__exact=batch.pk)))
    return links


def approving_it(batch: Batch) -> About:
    first = list(approving.first_on_account(batch.pk))
    warning = (
        f"{counted_in_french(len(first), 'paiement')} sur un compte nouveau{NBSP}: "
        "retapez ses quatre derniers chiffres, lus sur le RIB reçu."
    )
    return About(of_batch(batch), warnings=[warning] if first else [], links=_links(batch))


def dropping_it(batch: Batch) -> About:
    true = approving.totals(batch.pk)
    tickets = counted_in_french(true.tickets, "ticket")
    wait = "attendent" if true.tickets > 1 else "attend"
    outcome = f"{tickets}, {euros(true.amount)}, {wait} de nouveau un lot."
    return About(of_batch(batch), outcome=outcome, links=_links(batch))


def sending_it(batch: Batch) -> About:
    made, expected = files.progress(batch.pk)
    told = "tous faits" if made == expected else f"{made} sur {expected}"
    return About([*of_batch(batch), ("Fichiers", told)], links=_links(batch))


def settling_it(batch: Batch) -> About:
    awaited = ("Sans issue connue", approving.awaited(batch.pk))
    return About([*of_batch(batch), awaited], links=_links(batch))


def of_payment(payment: Payment) -> About:
    facts: Facts = [
        ("Organisme", payment.legal_name),
        ("Lot", f"{payment.batch}, jusqu’au {payment.batch.cut_off:%d/%m/%Y}"),
        ("Référence", payment.reference),
        ("Montant", euros(payment.amount)),
        ("Tickets", payment.tickets),
        ("Compte", payment.account.masked if payment.account else "aucun"),
    ]
    return About(facts)


def of_hold(hold: Hold) -> About:
    facts: Facts = [
        ("Organisme", hold.partner),
        ("Lot", f"{hold.batch}, jusqu’au {hold.batch.cut_off:%d/%m/%Y}"),
        ("Retenu pour", hold.get_anomaly_display()),
        ("Détail", hold.detail or "–"),
        ("Montant", euros(hold.amount)),
        ("Tickets", hold.tickets),
    ]
    asked = {"offer__partner__id__exact": hold.partner_id}
    tickets = f"{reverse('admin:tickets_ticket_changelist')}?{urlencode(asked)}"
    return About(facts, links=[("Ses tickets", tickets)])
