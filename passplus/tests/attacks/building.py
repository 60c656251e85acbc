"""The rows of the world: the family, the agents, one of each model of the administration."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from post_office.models import STATUS

from accounts import email_change
from accounts import services as accounts
from accounts.audit import Action, AuditEntry, subject_key
from accounts.models import Beneficiary, Guardianship, SignUp, User
from accounts.security_log import Event, Reading, SecurityEvent
from accounts.tests.factories import make_beneficiary, make_telephone, make_user
from applications import conventions
from applications.models import Attestation, Reason
from applications.models import Rules as Asking
from applications.tests.conventions import make_convention
from applications.tests.factories import (
    ask_for_guardian,
    ask_for_school,
    enrol,
    make_application,
    make_invited,
)
from applications.tests.organismes import OTHER_SIRET, apply, make_draft
from applications.tests.sheets import make_sheet_request
from applications.tests.signatures import plant_signature
from backoffice import roles
from backoffice.models import Import, Sort
from content.models import HelpTopic, Page
from content.tests.factories import make_article, make_topic
from core.models import OutgoingMail, PreparedFile
from core.models import Stage as Making
from partners import invitations
from partners.models import Membership, Offer, Partner, Role, Suggestion, Synonym
from partners.tests.factories import make_offer
from partners.tests.members import make_member
from payments import file_seals, iban_keys
from payments.models import (
    AccountingCodes,
    AccountReading,
    Anomaly,
    Batch,
    BatchFile,
    BatchState,
    Correction,
    FileKind,
    FileTemplate,
    Hold,
    PartnerAccounting,
    Payer,
    Payment,
    ReturnFile,
    Rules,
)
from payments.tests.factories import make_account, make_use
from payments.tests.paid import make_sent
from tickets import services
from tickets.models import Dispute, Doubt, FailedTry, Ticket, Use, Way, Why
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_campaign, make_wallet

from . import rights
from .world import FIRST_NAME, LAST_NAME, World


def build() -> World:
    people = {
        persona: make_user(f"persona{number}") for number, persona in enumerate(sorted(rights.FAMILIES))
    }
    guardians = [people[rights.GUARDIAN], people[rights.SECOND_GUARDIAN]]
    former = people[rights.FORMER_GUARDIAN]
    names = {"first_name": FIRST_NAME, "last_name": LAST_NAME}
    child = make_beneficiary(*guardians, former, user=people[rights.CHILD], **names)
    # Made anew by this one, so that there is a link to show.
    child.login_made_by = people[rights.GUARDIAN]
    child.save(update_fields=["login_made_by"])
    people[rights.CHILD].set_unusable_password()
    people[rights.CHILD].save(update_fields=["password"])
    Guardianship.objects.filter(user=former).delete()
    make_beneficiary(*guardians, user=people[rights.SIBLING], first_name="Lucien")
    neighbour = make_beneficiary(people[rights.STRANGER], first_name="Maël")
    people |= _agents()
    offer = make_offer()
    people |= _members(offer)
    campaign = make_campaign()
    make_wallet(kind=Kind.SPORT, beneficiary=child, campaign=campaign)
    wallet = make_wallet(beneficiary=child, campaign=campaign)
    ticket = make_ticket("50", wallet=wallet, offer=offer, actor=people[rights.GUARDIAN])
    [newcomer] = accounts.new_access_codes(user_ids=[make_user("nouvelle", password=None).pk])
    asked = email_change.ask(user_id=people[rights.GUARDIAN].pk, address="autre@famille.example")
    used = make_ticket(wallet=make_wallet(beneficiary=neighbour), offer=offer)
    # By the key of her order, so that one value does for every address.
    use = services.use(ticket_id=used.pk, actor=people[rights.MEMBER], way=Way.LIST, key=ticket.order_id)
    rows = _rows(child, ticket, people) | _at_the_counter(use) | {"newcomer": newcomer, "email change": asked}
    rows |= _of_the_organisme(people, offer) | _of_applications(child)
    rows["enrolment"] = enrol(people[rights.GUARDIAN])
    rows["candidacy"] = make_draft(people[rights.GUARDIAN])
    rows |= _signed(people, offer.partner)
    rows["sign up"] = SignUp.objects.create(email="anne@famille.example", mailed_at=timezone.now())
    return World(people, child, ticket, rows)


def _signed(people: dict[str, User], partner: Partner) -> dict[str, Any]:
    """The convention in force: for what one parent asks for, and by the organisme."""
    version = make_convention("Convention en vigueur")
    conventions.put_in_force(convention_id=version.pk, actor=people[rights.ADMINISTRATOR])
    application = apply(people[rights.GUARDIAN], siret=OTHER_SIRET)
    plant_signature(version, people[rights.GUARDIAN], application=application)
    signed = plant_signature(version, people[rights.PARTNER_MANAGER], partner=partner)
    Attestation.objects.create(signature=signed, content=b"%PDF-", sha256="0" * 64)
    return {"signing": application.candidacy, "applications/signature": signed}


def _at_the_counter(use: Use) -> dict[str, Any]:
    return {
        "use": use,
        "tickets/dispute": Dispute.objects.create(use=use, actor=use.actor, doubt=Doubt.OTHER),
        "tickets/failedtry": FailedTry.objects.create(
            partner=use.offer.partner, actor=use.actor, why=Why.UNKNOWN, code_digest="0" * 64
        ),
    }


def _members(offer: Offer) -> dict[str, User]:
    """Who came today already: a visit is noted once a day."""
    members = {
        rights.MEMBER: make_member(offer.partner),
        rights.PARTNER_MANAGER: make_member(offer.partner, Role.MANAGER),
        rights.OTHER_MEMBER: make_member(make_offer("Piano").partner),
    }
    make_telephone(members[rights.PARTNER_MANAGER].user)
    Membership.objects.update(seen_on=timezone.localdate())
    return {persona: User.objects.get(pk=member.user_id) for persona, member in members.items()}


def _of_the_organisme(people: dict[str, User], offer: Offer) -> dict[str, Any]:
    invited = invitations.invite(
        partner_id=offer.partner_id,
        email="suite@club.example",
        role=Role.COUNTER,
        actor=people[rights.PARTNER_MANAGER],
    )
    account = make_account(offer.partner, sealed_iban=iban_keys.seal("FR76"))
    make_use(offer=offer)
    make_sheet_request(people[rights.PARTNER_MANAGER].memberships.get())
    return {
        "invitation": invited,
        "membership": people[rights.MEMBER].memberships.get(),
        "payment": make_sent().payments.get(),
        "payments/bankaccount": account,
        "payments/accountreading": AccountReading.objects.create(
            account=account, actor=people[rights.PARTNER_MANAGER], where="x"
        ),
    }


def _agents() -> dict[str, User]:
    agents: dict[str, User] = {}
    for role in roles.ROLES:
        agent = make_user(f"agent-{len(agents)}", is_staff=True)
        agent.groups.add(Group.objects.get(name=role))
        make_telephone(agent)
        agents[role] = agent
    half = make_user("agent-demi", is_staff=True, is_superuser=True)
    make_telephone(half)
    return agents | {rights.HALF_AGENT: half}


def _of_payments(people: dict[str, User], partner: Partner) -> dict[str, Any]:
    preparer = people[rights.PREPARER]
    gone = {"state": BatchState.DROPPED, "dropped_by": preparer, "dropped_at": timezone.now()}
    batch = Batch.objects.create(cut_off=timezone.localdate(), prepared_by=preparer, **gone)
    payment = Payment.objects.create(batch=batch, partner=partner, legal_name="x", amount=0, tickets=0)
    content = {"name": "x.pdf", "sealed": file_seals.seal(b"x", "0" * 64), "size": 1, "sha256": "0" * 64}
    return {
        "payments/batch": batch,
        "payments/payment": payment,
        "payments/hold": Hold.objects.create(
            batch=batch, partner=partner, anomaly=Anomaly.AT_NIGHT, amount=1, tickets=1
        ),
        "payments/correction": Correction.objects.create(
            partner=partner, amount=1, reason="x", author=people[rights.PREPARER]
        ),
        "payments/batchfile": BatchFile.objects.create(
            batch=batch, payment=payment, kind=FileKind.STATEMENT, **content
        ),
        "payments/returnfile": ReturnFile.objects.create(batch=batch, name="x.csv", owner=preparer),
        "payments/rules": Rules.objects.get_or_create(pk=1)[0],
        "payments/payer": Payer.objects.get_or_create(pk=1)[0],
        "payments/accountingcodes": AccountingCodes.objects.get(kind=Kind.SPORT),
        "payments/partneraccounting": PartnerAccounting.objects.create(partner=partner),
        "payments/filetemplate": FileTemplate.objects.create(name="x"),
    }


def _of_applications(child: Beneficiary) -> dict[str, Any]:
    application = make_application(child)
    return {
        "applications/application": application,
        "paper": application.papers.get(),
        "school change": ask_for_school(child),
        # Of another child, so that hers may still be asked for and withdrawn.
        "other guardian": make_invited(),
        "guardian asked": ask_for_guardian(child),
        "applications/reason": Reason.objects.all()[0],
        "applications/rules": Asking.current(),
    }


def _rows(child: Beneficiary, ticket: Ticket, people: dict[str, User]) -> dict[str, Any]:
    """One of each model of the administration, hers if it is somebody's."""
    guardian, offer = people[rights.GUARDIAN], ticket.offer
    assert offer
    return {
        "accounts/user": guardian,
        "accounts/beneficiary": child,
        "accounts/school": child.school,
        "accounts/auditentry": AuditEntry.objects.create(
            action=Action.CORRECTION, subject="x", subject_key="x 1", reason="x"
        ),
        "accounts/securityevent": SecurityEvent.objects.create(
            kind=Event.SIGN_IN_FAILED, account_digest="0" * 64, user=guardian, hour=timezone.now()
        ),
        "accounts/reading": Reading.objects.create(
            agent=guardian, subject_key=subject_key(child), day=timezone.localdate()
        ),
        "wallets/campaign": ticket.wallet.campaign,
        "wallets/wallet": ticket.wallet,
        "wallets/entry": ticket.entry,
        "tickets/ticket": ticket,
        "partners/partner": offer.partner,
        "partners/offer": offer,
        "partners/activity": offer.activity,
        "partners/commune": offer.partner.commune,
        "partners/suggestion": Suggestion.objects.create(name="Échecs", commune=offer.partner.commune),
        "partners/synonym": Synonym.objects.first(),
        "applications/convention": make_convention(),
        "content/article": make_article(),
        "content/helptopic": HelpTopic.objects.first() or make_topic("Pourquoi ?"),
        "content/page": Page.objects.first(),
        "core/outgoingmail": OutgoingMail.objects.create(
            from_email="x@x.example", to="x@x.example", status=STATUS.queued
        ),
        "backoffice/import": Import.objects.create(
            sort=Sort.ROSTER, name="x.csv", content=b"", owner=guardian, refused_lines=b"x"
        ),
        **_of_payments(people, offer.partner),
        "core/preparedfile": PreparedFile.objects.create(
            owner=people[rights.MANAGER], name="tickets.csv", content_type="text/csv", stage=Making.READY
        ),
    }
