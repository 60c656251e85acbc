"""What agents see in the furnished house: a page of each kind, with something on it."""

import uuid
from collections.abc import Callable
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from applications import sending as applications
from applications.models import (
    Application,
    ApplicationKind,
    ApplicationState,
    Convention,
    SheetEdit,
    Signature,
)
from applications.tests.conventions import make_convention
from applications.tests.factories import make_guardian_request, make_photo, make_readable, make_school_change
from applications.tests.organismes import make_candidacy
from partners.models import Offer, Partner
from payments import corrections
from payments.models import BankAccount, Batch, BatchState, Fate, Hold, Outcome, Payment, ReturnFile
from payments.returns import receiving
from payments.tests.factories import make_batch
from tickets import disputes
from tickets.models import Doubt, State, Use
from wallets import campaigns
from wallets.models import Campaign, Kind


def furnish(partner: Partner, child: Beneficiary, use_one: Callable[[Offer], None]) -> list[str]:
    """Add what waits for an agent, and say where it is read.

    `partner` has payments, and `child` its tickets (`full_payments`); `use_one` uses one more of them.
    """
    agent = User.objects.get(username="agent.test")
    offer = Offer.objects.get(partner=partner, kind=Kind.SPORT)
    unknown = Offer.objects.filter(kind=Kind.SPORT, partner__bank_accounts=None).earliest("pk")
    sent = Batch.objects.filter(state=BatchState.SENT).latest("pk")
    use_one(unknown)
    prepared = make_batch(actor=User.objects.get(username="agent2.test"))
    use_one(offer)
    _owes(unknown.partner, agent)
    return [
        reverse("admin:index"),
        f"{reverse('admin:search')}?q=montmorency",
        *_rows(child),
        *_applications(child),
        *_batches(sent, prepared),
        *_payments(),
        *_accounts(partner),
        *_returns(sent, agent),
        *_disputes(offer),
    ]


def _page(row: str, name: str, pk: int | None = None) -> str:
    return reverse(f"admin:{row}_{name}", args=[] if pk is None else [pk])


def _rows(child: Beneficiary) -> list[str]:
    campaign = Campaign.objects.latest("opens_on")
    return [
        _page("accounts_beneficiary", "famille", child.pk),
        _page("wallets_campaign", "change", campaign.pk),
        _page("accounts_auditentry", "changelist"),
        _page("payments_payer", "change", 1),
    ]


def _applications(child: Beneficiary) -> list[str]:
    """That of another child, which no agent has read."""
    campaign = Application.objects.get(beneficiary=child, kind=ApplicationKind.SCHOLARSHIP).campaign
    guardian = make_user()
    other = make_beneficiary(guardian, first_name="Zoé", last_name="LAMBERT")
    campaigns.open_wallets(
        beneficiary_ids=[other.pk], campaign_id=campaign.pk, preferred=Kind.SPORT, actor=None
    )
    application = applications.send(
        beneficiary_id=other.pk,
        campaign_id=campaign.pk,
        key=uuid.uuid4(),
        papers=[make_photo()],
        actor=guardian,
    )
    make_readable(application)
    row = "applications_application"
    pages = [_page(row, name, application.pk) for name in ("change", "refuser")]
    moved = make_school_change(other, school=None, other_school="Collège Rodin, Paris")
    invites = make_guardian_request(other)
    candidacy = make_candidacy(rna="")
    pages += [_page(row, name, candidacy.pk) for name in ("change", "affilier")]
    sheet = Application.objects.get(kind=ApplicationKind.SHEET, state=ApplicationState.SENT)
    SheetEdit.objects.filter(sheet=sheet.new_sheet).update(after="0" * 200)
    asked = [
        _page(row, "changelist"),
        *pages,
        *(_page(row, "change", it.pk) for it in (moved, invites, sheet)),
    ]
    return [*asked, *_conventions()]


def _conventions() -> list[str]:
    version, draft = Convention.objects.in_force().get(), make_convention()
    row, signature = "applications_convention", Signature.objects.latest("pk")
    return [
        *(_page(row, "changelist"), _page(row, "add"), _page(row, "change", draft.pk)),
        *(_page(row, "change", version.pk), _page(row, "retirer", version.pk)),
        _page(row, "mettre-en-vigueur", draft.pk),
        *(
            _page("applications_signature", "changelist"),
            _page("applications_signature", "change", signature.pk),
        ),
    ]


def _batches(sent: Batch, prepared: Batch) -> list[str]:
    row = "payments_batch"
    return [
        *(_page(row, "changelist"), _page(row, "add")),
        *(_page(row, "change", sent.pk), _page(row, "solder", sent.pk)),
        *(_page(row, "change", prepared.pk), _page(row, "approuver", prepared.pk)),
        *(
            _page("payments_hold", "changelist"),
            _page("payments_hold", "change", Hold.objects.latest("pk").pk),
        ),
    ]


def _payments() -> list[str]:
    row = "payments_payment"
    rejected = Outcome.objects.filter(fate=Fate.REJECTED).latest("pk").payment_id
    awaited = Payment.objects.awaited().latest("pk").pk
    return [
        *(_page(row, "changelist"), _page(row, "change", rejected), _page(row, "rejete", awaited)),
        *(_page("payments_correction", "changelist"), reverse("admin:payments_correction_debts")),
    ]


def _owes(partner: Partner, agent: User) -> None:
    corrections.correct(
        partner_id=partner.pk,
        amount=Decimal(-40),
        reason="Tickets du mois dernier, payés deux fois",
        key=uuid.uuid4(),
        author=agent,
    )


def _accounts(partner: Partner) -> list[str]:
    row, account = "payments_bankaccount", BankAccount.objects.pending().filter(partner=partner).latest("pk")
    pages = [_page(row, name, account.pk) for name in ("change", "refuser", "lire-l-iban")]
    return [_page(row, "changelist"), *pages, _page("payments_accountreading", "changelist")]


def _returns(sent: Batch, agent: User) -> list[str]:
    """One to be read, with a line that is refused; and one of which nobody knows the columns."""
    payment, today = sent.payments.latest("pk"), f"{timezone.localdate():%d/%m/%Y}"
    ready = f"Référence;Statut;Date\n{payment.reference};payé;{today}\nPASS-1-999;rejeté;{today}\n"
    unmapped = f"Virement;Suite;Jour;Tiers\n{payment.reference};OK;{today};{payment.legal_name}\n"
    files = [_brought(sent, content, agent) for content in (ready, unmapped)]
    row = "payments_returnfile"
    return [
        *(_page(row, "changelist"), f"{_page(row, 'add')}?lot={sent.pk}"),
        *(_page(row, "change", files[0].pk), _page(row, "relate", files[1].pk)),
    ]


def _brought(batch: Batch, content: str, agent: User) -> ReturnFile:
    return receiving.receive(batch_id=batch.pk, name="retour.csv", content=content.encode(), actor=agent)


def _disputes(offer: Offer) -> list[str]:
    """Of a ticket that waits for a batch, and of one that is paid."""
    row, parent = "tickets_ticket", User.objects.get(username="parent.test")
    living = Use.objects.living().filter(offer=offer)
    used, paid = (
        living.filter(ticket__state=state).latest("pk").ticket_id for state in (State.USED, State.PAID)
    )
    for ticket in (used, paid):
        disputes.raise_one(ticket_id=ticket, doubt=Doubt.NOT_THERE, actor=parent)
    return [
        *(_page("tickets_dispute", "changelist"), _page(row, "changelist"), _page(row, "change", used)),
        *(_page(row, "decider-la-contestation", used), _page(row, "regler-la-contestation", paid)),
    ]
