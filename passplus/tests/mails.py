"""Every e-mail there is, sent."""

import uuid

from django.utils import timezone

from accounts import identifiers, mail, services
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from applications import accepting, affiliating, changing_school, changing_sheet, deciding, signing
from applications import mail as applications_mail
from applications.tests.conventions import make_in_force
from applications.tests.factories import (
    enrol,
    make_application,
    make_enrolment,
    make_guardian_request,
    make_invited,
    make_school_change,
)
from applications.tests.organismes import make_candidacy
from applications.tests.sheets import make_sheet_request
from applications.tests.signatures import signer_of
from content import contact_mail
from partners import invitations
from partners import mail as members_mail
from partners.models import Role
from partners.tests.factories import make_offer, make_partner
from partners.tests.members import make_member
from payments import mail as payments_mail
from payments.bank_accounts import mail as accounts_mail
from payments.models import AccountState, Correction
from payments.tests.factories import make_account, make_batch, make_use
from tickets import disputes, reminders
from tickets import services as tickets
from tickets.models import Doubt, Notice, Ticket
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Campaign, Kind
from wallets.tests.factories import days, make_campaign, make_wallet

LONG = "Maximilien-Alexandre-Emmanuel-Constantin-Barthélemy"


def family():
    guardian = make_user("camille", first_name="Camille", last_name="DURAND")
    return guardian, make_beneficiary(guardian, first_name=LONG, last_name="DE MONTMORENCY")


def ticket(**fields):
    guardian, child = family()
    return make_ticket(wallet=make_wallet(beneficiary=child), actor=guardian, **fields)


def payment():
    offer = make_offer(partner=make_partner("L’ÉCOLE <DE> MUSIQUE & DE DANSE"))
    make_account(offer.partner)
    make_member(partner=offer.partner, role=Role.MANAGER)
    make_use(offer=offer)
    return make_batch().payments.get()


def account(**fields):
    return make_account(member(Role.MANAGER).partner, **fields)


def application():
    guardian, child = family()
    for kind in Kind:
        make_wallet(kind=kind, beneficiary=child, campaign=Campaign.objects.first() or make_campaign())
    return make_application(child, actor=guardian)


def decided(act, **fields):
    act(application_id=application().pk, actor=make_user("agent"), **fields)


def enrolled():
    application = make_enrolment()
    accepting.accept_enrolment(application_id=application.pk, actor=make_user("agent"))


def school_changed():
    changing_school.accept_school(application_id=make_school_change().pk, actor=make_user("agent"))


def candidacy(act=None, **fields):
    application = make_candidacy(make_user("camille"), name=LONG)
    if act:
        act(application_id=application.pk, actor=make_user("agent"), **fields)
    return application


def manager():
    return make_member(make_partner(LONG), Role.MANAGER)


def decide(act, **fields):
    act(application_id=make_sheet_request(manager()).pk, actor=make_user("agent"), **fields)


def forgotten():
    make_user("camille", first_name="Camille", last_name="DURAND", email="famille@famille.example")
    make_user("garance", email="famille@famille.example")
    identifiers.send_identifiers(contact="camille")


def series():
    guardian, child = family()
    make_tickets(6, wallet=make_wallet(beneficiary=child), actor=guardian)


def many():
    guardian, child = family()
    wallet = make_wallet(beneficiary=child)
    for made in make_tickets(5, amount="1", wallet=wallet, actor=guardian):
        tickets.cancel(ticket_id=made.pk, actor=guardian)


def cancelled():
    made = ticket()
    tickets.cancel(ticket_id=made.pk, actor=made.order.actor)


def used():
    made = ticket(offer=make_offer(partner=make_partner("L’ÉCOLE <DE> MUSIQUE & DE DANSE")))
    tickets.use(ticket_id=made.pk, actor=made.order.actor)
    return made


def use_undone():
    made = used()
    Notice.objects.all().delete()
    tickets.undo_use(ticket_id=made.pk, actor=made.order.actor)


def use_confirmed():
    made = used()
    Notice.objects.all().delete()
    disputes.raise_one(ticket_id=made.pk, doubt=Doubt.OTHER, actor=made.order.actor)
    disputes.decide(ticket_id=made.pk, is_founded=False, actor=make_user("agent"))


def dispute_founded():
    made = used()
    make_member(partner=made.offer.partner, role=Role.MANAGER)
    disputes.raise_one(ticket_id=made.pk, doubt=Doubt.OTHER, actor=made.order.actor)
    Notice.objects.all().delete()
    disputes.decide(ticket_id=made.pk, is_founded=True, actor=make_agent())
    Notice.objects.all().delete()


def taken_back(*, campaign_is_over=False):
    offer = make_offer(partner=make_partner("L’ÉCOLE <DE> MUSIQUE & DE DANSE"))
    make_account(offer.partner)
    _, child = family()
    use = make_use(offer=offer, wallet=make_wallet(beneficiary=child, kind=Kind(offer.kind)))
    make_batch()
    disputes.raise_one(ticket_id=use.ticket_id, doubt=Doubt.OTHER, actor=use.actor)
    Notice.objects.all().delete()
    if campaign_is_over:
        Campaign.objects.update(last_ticket_on=days(-1), last_cancellation_on=days(-1))
    return use


def use_taken_back(**fields):
    use = taken_back(**fields)
    disputes.repay(ticket_id=use.ticket_id, key=uuid.uuid4(), actor=make_user("agent"))


def ticket_taken_back():
    use = taken_back()
    make_member(partner=use.offer.partner, role=Role.MANAGER)
    payments_mail.tell_taken_back(
        Correction(partner=use.offer.partner, ticket=Ticket.objects.get(pk=use.ticket_id))
    )


def member(role=Role.COUNTER):
    return make_member(make_partner("L’ÉCOLE <DE> MUSIQUE & DE DANSE"), role)


def invited():
    manager = member(Role.MANAGER)
    invitations.invite(
        partner_id=manager.partner_id, email="x@club.example", role=Role.COUNTER, actor=manager.user
    )


def reminded(left):
    campaign = make_campaign(last_ticket_on=days(left), last_cancellation_on=days(left))
    guardian, child = family()
    for kind in Kind:
        make_wallet("1234.50", kind=kind, beneficiary=child, campaign=campaign)
    make_wallet("20", beneficiary=make_beneficiary(guardian), campaign=campaign)
    reminders.send_due(today=days(0))


def written(author=None, child=None):
    contact_mail.send(
        topic="ticket",
        message="Bonjour,\n\nle club refuse le ticket.",
        address="camille@famille.example",
        author=author,
        child=child,
    )


MAILS = {
    "activation": lambda: services.send_first_access(user_id=make_user("camille").pk),
    "forgotten": forgotten,
    "sign_up": lambda: mail.sign_up("anne@famille.example", "/confirmer/x/"),
    "account_exists": lambda: mail.account_exists(
        "anne@famille.example", [make_user("anne"), make_user("anne.martin")]
    ),
    "identity_linked": lambda: mail.identity_linked(make_user("camille"), "FranceConnect"),
    "password_changed": lambda: mail.password_changed(make_user("camille")),
    "confirm_email": lambda: mail.confirm_email(
        make_user("camille"), "neuf@famille.example", "/confirmer/x/"
    ),
    "email_changed": lambda: mail.email_changed(
        make_user("camille"), "ancien@famille.example", "neuf@f.example"
    ),
    "email_change_asked": lambda: mail.email_change_asked(
        make_user("camille"), "ancien@famille.example", "neuf@f.example", "/refuser/x/"
    ),
    "email_changed, by itself": lambda: mail.email_changed(
        make_user("camille"), "ancien@famille.example", "neuf@f.example", "/refuser/x/"
    ),
    "email_taken_back": lambda: mail.email_taken_back(make_user("camille"), "neuf@f.example"),
    "appointed": lambda: mail.appointed(make_user("camille"), "téléconseiller"),
    "email_given": lambda: mail.email_given(make_user("camille")),
    "account_stolen": lambda: mail.account_stolen(make_user("camille"), "camille@famille.example"),
    "accounts_merged": lambda: mail.accounts_merged(
        make_user("camille"), make_user("camille2"), "camille@famille.example"
    ),
    "access_given_back": lambda: mail.access_given_back(make_user("camille"), "ancien@famille.example"),
    "letter_made": lambda: mail.letter_made(
        make_user("camille"), "autre@famille.example", account_ids=[make_user().pk]
    ),
    "guardians_changed": lambda: mail.guardians_changed(*family()),
    "guardians_changed, login": lambda: mail.guardians_changed(*family(), login_closed=True),
    "telephone_enrolled": lambda: mail.telephone_enrolled(make_user("agent")),
    "recovery_codes_made": lambda: mail.recovery_codes_made(make_user("agent")),
    "child_login_made": lambda: mail.child_login_made(*family()),
    "child_login_closed": lambda: mail.child_login_closed(*family()),
    "tickets_created": ticket,
    "tickets_created, assigned": lambda: ticket(offer=make_offer()),
    "tickets_created, series": series,
    "ticket_cancelled": cancelled,
    "ticket_used": used,
    "ticket_use_undone": use_undone,
    "ticket_use_confirmed": use_confirmed,
    "ticket_use_taken_back": use_taken_back,
    "ticket_use_taken_back, too late": lambda: use_taken_back(campaign_is_over=True),
    "ticket_dispute_founded": dispute_founded,
    "ticket_taken_back": ticket_taken_back,
    "tickets_changed": many,
    "invited_to_partner": invited,
    "partner_handed_over": lambda: members_mail.handed_over(member().partner, days(7)),
    "members_changed": lambda: members_mail.joined(member(Role.MANAGER)),
    "membership_closed": lambda: members_mail.closed(member(), make_user("chef")),
    "membership_closed, by nobody": lambda: members_mail.closed(member(), None),
    "payment_paid": lambda: payments_mail.tell_paid(payment()),
    "payment_rejected": lambda: payments_mail.tell_rejected(payment(), "Compte clos"),
    "bank_account_asked": lambda: accounts_mail.asked(account()),
    "bank_account_confirmed": lambda: accounts_mail.confirmed(account()),
    "bank_account_stopped": lambda: accounts_mail.stopped(
        account(state=AccountState.FROZEN, stopped_at=timezone.now(), stop_reason="Ce n’est pas nous")
    ),
    "application_sent": application,
    "application_incomplete": lambda: decided(deciding.ask, reason="Il manque une page."),
    "application_accepted": lambda: decided(deciding.accept),
    "application_refused": lambda: decided(deciding.refuse, reason="Elle est au nom d’un autre enfant."),
    "enrolled": enrolled,
    "school_changed": school_changed,
    "guardian_accepted": make_invited,
    "guardian_invited": lambda: applications_mail.guardian_invited(make_invited(), "/responsable/x/"),
    "application_refused, of a guardian": lambda: deciding.refuse(
        application_id=make_guardian_request().pk, reason="Il manque le jugement.", actor=make_user("agent")
    ),
    "application_refused, of a school": lambda: deciding.refuse(
        application_id=make_school_change().pk, reason="Ce papier est d’un autre.", actor=make_user("agent")
    ),
    "application_sent, of an enrolment": lambda: enrol(make_user("camille")),
    "application_refused, of an enrolment": lambda: deciding.refuse(
        application_id=enrol(make_user("camille")).pk,
        reason="Ces papiers sont d’un autre.",
        actor=make_user("agent"),
    ),
    "candidacy": candidacy,
    "candidacy, to sign": lambda: [make_in_force(), candidacy()],
    "candidacy, incomplete": lambda: candidacy(deciding.ask, reason="Il manque les statuts."),
    "candidacy, accepted": lambda: candidacy(affiliating.accept_affiliation),
    "candidacy, refused": lambda: candidacy(deciding.refuse, reason="Ce SIRET est d’un autre."),
    "signing_code": lambda: signing.send_code(
        signer=signer_of(candidacy()), convention_id=make_in_force().pk
    ),
    "convention_to_sign": lambda: [member(Role.MANAGER), make_in_force()],
    "new_sheet": lambda: make_sheet_request(manager()),
    "new_sheet, accepted": lambda: decide(changing_sheet.accept_sheet),
    "new_sheet, refused": lambda: decide(deciding.refuse, reason="Ce nom n’est pas celui du registre."),
    "new_sheet, reopened": lambda: applications_mail.reopened(make_sheet_request(manager()).pk),
    "candidacy, reopened": lambda: applications_mail.reopened(candidacy().pk),
    "account_exists, of an organisme": lambda: mail.account_exists(
        "anne@famille.example", [make_user("anne")], "/candidatures/nouvelle/"
    ),
    "application_reopened": lambda: applications_mail.reopened(application().pk),
    "membership_unseen": lambda: members_mail.will_close(member()),
    "reminder": lambda: reminded(30),
    "reminder, tomorrow": lambda: reminded(1),
    "reminder, today": lambda: reminded(0),
    "contact": written,
    "contact, connected": lambda: written(*family()),
}
