"""The demonstration after a year: tickets of both kinds in every state, campaigns that end, long names."""

import datetime as dt
import uuid
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from accounts import email_change, links, signing_up
from accounts import services as accounts
from accounts.demonstration import PASSWORD
from accounts.links import Channel
from accounts.mail_choices import MailKind, token_for
from accounts.models import Beneficiary, SignUp, User
from accounts.tests.factories import make_beneficiary, make_user
from applications import deciding, inviting, signing
from applications import sending as applications
from applications.models import Convention
from applications.tests.factories import ask_for_guardian, ask_for_school, enrol, make_invited, make_photo
from applications.tests.organismes import OTHER_SIRET, THIRD_SIRET, apply, make_draft
from applications.tests.signatures import signer_of
from demo.family import NOT_ACTIVATED
from partners import invitations
from partners.models import Offer, Partner, Role
from partners.services import directory_changed
from payments.bank_accounts import links as not_ours
from payments.models import BankAccount
from tickets import services as tickets
from tickets.models import Order, State, Ticket, Use
from wallets import campaigns
from wallets.models import Campaign, Kind, LateCancellation, Wallet
from wallets.tests.factories import make_wallet

from . import full_backoffice, full_lists
from .full_payments import pay

PEOPLE = ["", "parent.test", "garance.test", "voisin.test", "danse.test"]
# Of their pages none is found by following links: they are listed, for two who may the same.
AGENT, LISTS = "agent.test", "agent3.test"
LONG_NAME = (
    "INTERCOMMUNALE D’ENSEIGNEMENT CHORÉGRAPHIQUE ET DE GYMNASTIQUE-PRÉPARATOIRE-ANTICONSTITUTIONNELLE"
)


def furnish() -> dict[str, list[str]]:
    """Fill the house of Lucien, and say for each person from which addresses a crawl starts.

    Among them are those that only a form leads to. Garance and the neighbour keep their empty pages.
    """
    lucien = Beneficiary.objects.get(first_name="Lucien")
    lucien.first_name, lucien.last_name = "Maximilien-Alexandre-Emmanuel", "DE MONTMORENCY-WOLFENBÜTTEL CD 92"
    lucien.save()
    Partner.objects.filter(name="STUDIO DANSE D ANTONY").update(
        name=LONG_NAME, accessible=True, website="https://danse.example/"
    )
    directory_changed()
    orders = _this_year(lucien) + _last_year(lucien) + _the_year_before(lucien)
    partner = Partner.objects.get(name=LONG_NAME)
    here = Offer.objects.get(partner=partner, kind=Kind.SPORT)
    pay(partner, lambda: _use_one(lucien, here))
    asked = [*_asks(lucien), *_enrols(), *_moves(lucien), *_invites(lucien), *_applies()]
    # That of the payment which was rejected.
    suspect = BankAccount.objects.pending().get(partner=partner)
    garance, neighbour = (Beneficiary.objects.get(first_name=name) for name in ("Garance", "Maël"))
    colleague = make_user(LISTS, password=PASSWORD, is_staff=True, is_superuser=True)
    successes = [reverse("tickets:success", args=[lucien.public_id, order.pk]) for order in orders]
    return {
        "": [
            *(
                "/",
                *_email_links(),
                *(reverse("accounts:forgotten_sent"), reverse("accounts:sign_up_sent")),
                "/accueil/nouveau-mot-de-passe/trop/tard/",
            ),
            *_guardian_links(),
            *(_letter_link(), not_ours.path(suspect)),
            reverse("accounts:stop_mails", args=[token_for([orders[0].actor_id], MailKind.CREATED)]),
            reverse("content:contacted"),
            *(reverse("partners:suggested"), reverse("content:offline"), reverse("accounts:open_device")),
            f"{reverse('partners:directory')}?commune=92071&autour=on&accessible=on",
            f"{reverse('content:help')}?q=perdu",
        ],
        "parent.test": ["/", *_behind_forms(lucien), *successes, *asked],
        "garance.test": ["/", *_behind_forms(garance)],
        "voisin.test": ["/", _renews(), *_behind_forms(neighbour)],
        AGENT: full_backoffice.furnish(partner, lucien, lambda offer: _use_one(lucien, offer)),
        LISTS: full_lists.furnish(partner, lucien, colleague),
        "danse.test": ["/", reverse("partners:mine"), *_of_an_organisme(), *_at_the_counter()],
    }


def _asks(child: Beneficiary) -> list[str]:
    """For the supplement, with a paper that does not do."""
    campaign = _wallet(child, Kind.SPORT).campaign
    application = applications.send(
        beneficiary_id=child.pk,
        campaign_id=campaign.pk,
        key=uuid.uuid4(),
        papers=[make_photo()],
        actor=User.objects.get(username="parent.test"),
    )
    reason = "La notification est celle d’une autre année scolaire. Envoyez celle de cette année."
    agent = User.objects.get(username="agent.test")
    deciding.ask(application_id=application.pk, reason=reason, actor=agent)
    pages = ("scholarship", "withdraw")
    return [reverse(f"applications:{page}", args=[child.public_id, campaign.pk]) for page in pages]


def _enrols() -> list[str]:
    """A sister, with a paper that does not do."""
    parent, agent = (User.objects.get(username=name) for name in ("parent.test", "agent.test"))
    application = enrol(parent, first_name="Maximilienne-Alexandrine", last_name="DE MONTMORENCY CD 92")
    reason = "Il manque le papier qui dit que vous êtes son parent ou son responsable légal."
    deciding.ask(application_id=application.pk, reason=reason, actor=agent)
    pages = ("enrolment", "withdraw_enrolment")
    its_own = [reverse(f"applications:{page}", args=[application.pk]) for page in pages]
    return [reverse("applications:enrol"), *its_own]


def _moves(child: Beneficiary) -> list[str]:
    """To a collège of a long name, with a paper that does not do."""
    parent, agent = (User.objects.get(username=name) for name in ("parent.test", "agent.test"))
    name = "Collège international Marie-Madeleine-Olympe-de-Gouges, Saint-Germain-en-Laye"
    application = ask_for_school(child, actor=parent, school=None, other_school=name)
    reason = "Il manque son certificat de scolarité dans le nouveau collège, ou la lettre qui l’y affecte."
    deciding.ask(application_id=application.pk, reason=reason, actor=agent)
    return [reverse(f"applications:{page}", args=[child.public_id]) for page in ("school", "withdraw_school")]


def _invites(child: Beneficiary) -> list[str]:
    """A grandmother, with a paper that does not do."""
    parent, agent = (User.objects.get(username=name) for name in ("parent.test", "agent.test"))
    address = "maximilienne-alexandrine.de-montmorency-wolfenbuttel@messagerie-du-departement.example"
    asked = {"first_name": "Maximilienne-Alexandrine", "last_name": "DE MONTMORENCY-WOLFENBÜTTEL"}
    application = ask_for_guardian(child, actor=parent, email=address, **asked)
    reason = "Il manque le papier qui dit qu’elle est son parent ou son responsable légal."
    deciding.ask(application_id=application.pk, reason=reason, actor=agent)
    pages = ("guardian", "withdraw_guardian")
    return [reverse(f"applications:{page}", args=[child.public_id]) for page in pages]


def _renews() -> str:
    """Of a child of last year: its guardian enrols it again."""
    child = make_beneficiary(
        User.objects.get(username="voisin.test"), first_name="Ilian", last_name="VOISIN CD 92"
    )
    make_wallet("20", beneficiary=child, campaign=Campaign.objects.earliest("opens_on"))
    return reverse("applications:renew", args=[child.public_id])


def _guardian_links() -> list[str]:
    """Of an invitation, to who has an account and to who has none."""
    link = inviting.path(make_invited())
    return [link, f"{link}nouveau-compte/"]


def _applies() -> list[str]:
    """For an organisme, of which a paper is missing; one that is not sent yet; and one whose convention is to
    be signed.
    """
    parent, agent = (User.objects.get(username=name) for name in ("parent.test", "agent.test"))
    draft = make_draft(parent, name=LONG_NAME)
    application = apply(parent, siret=OTHER_SIRET, name=LONG_NAME, other_activities="Chessboxing" * 10)
    deciding.ask(application_id=application.pk, reason="Il manque les statuts.", actor=agent)
    version = Convention.objects.in_force().get()
    waiting = apply(parent, siret=THIRD_SIRET, name=LONG_NAME)
    signing.send_code(signer=signer_of(waiting), convention_id=version.pk)
    pages = ("candidacy", "candidacy_papers", "withdraw_candidacy")
    its_own = [reverse(f"applications:{page}", args=[draft.pk]) for page in pages]
    sent = [
        reverse(f"applications:{page}", args=[application.candidacy.pk])
        for page in ("candidacy", "correct_candidacy", "candidacy_convention")
    ]
    sent += [
        reverse(f"applications:{page}", args=[waiting.candidacy.pk])
        for page in ("candidacy", "candidacy_convention")
    ]
    return [reverse("applications:start_candidacy"), *its_own, *sent]


def _use_one(child: Beneficiary, offer: Offer) -> None:
    order = _order(_wallet(child, Kind.SPORT), "1", offer)
    tickets.use(ticket_id=order.tickets.get().pk, actor=order.actor)


def _at_the_counter() -> list[str]:
    """What the member of the long-named organisme comes to by a code, by ticking, and by using."""
    partner = Partner.objects.get(name=LONG_NAME)
    ours = Ticket.objects.filter(offer__partner=partner)
    waiting = ours.filter(state=State.UNUSED).latest("pk")
    paper = Ticket.objects.filter(offer=None, state=State.UNUSED).latest("pk")
    use = Use.objects.filter(offer__partner=partner).latest("pk")
    here = partner.pk
    return [
        *(reverse("tickets:to_confirm", args=[here, it.code]) for it in (waiting, paper)),
        f"{reverse('tickets:confirm_ticked', args=[here])}?ticket={waiting.pk}",
        reverse("tickets:used", args=[here, use.key]),
        reverse("tickets:undo", args=[here, use.pk]),
    ]


def _letter_link() -> str:
    [user] = accounts.new_access_codes(user_ids=[User.objects.get(username=NOT_ACTIVATED).pk])
    return links.access_path(user, Channel.HAND)


def _of_an_organisme() -> list[str]:
    manager = User.objects.get(username="danse.test")
    partner = manager.memberships.get().partner
    invited = invitations.invite(
        partner_id=partner.pk, email="suite@club.example", role=Role.COUNTER, actor=manager
    )
    return [
        reverse("partners:organisme", args=[partner.pk]),
        reverse("partners:invite", args=[partner.pk]),
        invitations.path(invited),
    ]


def _email_links() -> list[str]:
    parent = User.objects.get(username="parent.test")
    change = email_change.ask(user_id=parent.pk, address="nouvelle@passplus.example")
    sign_up = SignUp.objects.create(email="anne@passplus.example", mailed_at=timezone.now())
    return [email_change.confirm_path(change), email_change.refuse_path(change), signing_up.path(sign_up)]


def _behind_forms(child: Beneficiary) -> list[str]:
    search = reverse("tickets:choose_partner", args=[child.public_id])
    paper = reverse("tickets:paper", args=[child.public_id])
    offer = Offer.objects.get(partner__name=LONG_NAME, kind=Kind.CULTURE)
    wallet = _wallet(child, Kind.CULTURE)
    return [
        search,
        f"{search}?commune={offer.partner.commune_id}&activites={Kind.CULTURE}",
        paper,
        reverse("tickets:create_paper", args=[child.public_id, wallet.pk]),
        reverse("tickets:create_assigned", args=[child.public_id, offer.partner_id, wallet.pk]),
    ]


def _this_year(child: Beneficiary) -> list[Order]:
    """Unused, used and cancelled; the Culture wallet ends up empty."""
    sport, culture = _wallet(child, Kind.SPORT), _wallet(child, Kind.CULTURE)
    sport_here, culture_here = (
        Offer.objects.get(partner__name=LONG_NAME, kind=kind) for kind in (Kind.SPORT, Kind.CULTURE)
    )
    orders = [
        _order(sport, "12.50", sport_here),
        _order(culture, "10", culture_here),
        _order(sport, "10", quantity=2),
        _order(culture, "10"),
    ]
    used, cancelled = (_order(sport, "5", sport_here), _order(sport, "20"))
    tickets.use(ticket_id=used.tickets.get().pk, actor=used.actor)
    tickets.cancel(ticket_id=cancelled.tickets.get().pk, actor=cancelled.actor)
    return [*orders, used]


def _last_year(child: Beneficiary) -> list[Order]:
    """No new tickets, and who cancels now loses the credit."""
    campaign, order = _campaign_with_a_ticket(child, "L’an dernier")
    campaign.late_cancellation = LateCancellation.FORFEITS
    campaign.last_ticket_on = campaign.last_cancellation_on = campaign.opens_on
    campaign.save()
    return [order]


def _the_year_before(child: Beneficiary) -> list[Order]:
    """Over: what was not used has expired."""
    campaign, order = _campaign_with_a_ticket(child, "Il y a deux ans")
    campaign.last_ticket_on = campaign.last_cancellation_on = campaign.last_validation_on = campaign.opens_on
    campaign.save()
    return [order]


def _campaign_with_a_ticket(child: Beneficiary, name: str) -> tuple[Campaign, Order]:
    today = timezone.localdate()
    campaign = Campaign.objects.create(
        name=name,
        opens_on=today - dt.timedelta(days=400),
        last_ticket_on=today,
        last_cancellation_on=today,
        last_validation_on=today + dt.timedelta(days=200),
    )
    campaigns.open_wallets(
        beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=Kind.CULTURE, actor=None
    )
    return campaign, _order(_wallet(child, Kind.CULTURE, campaign), "10")


def _wallet(child: Beneficiary, kind: Kind, campaign: Campaign | None = None) -> Wallet:
    """Of the newest campaign, if none is given."""
    of_the_child = Wallet.objects.filter(beneficiary=child, kind=kind).order_by("-campaign__last_ticket_on")
    return (of_the_child.filter(campaign=campaign) if campaign else of_the_child)[:1].get()


def _order(wallet: Wallet, amount: str, offer: Offer | None = None, quantity: int = 1) -> Order:
    return tickets.order(
        key=uuid.uuid4(),
        wallet_id=wallet.pk,
        offer_id=offer.pk if offer else None,
        amount=Decimal(amount),
        quantity=quantity,
        actor=User.objects.get(username="parent.test"),
    )
