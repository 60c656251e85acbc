"""A family on one page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Guardianship, User
from accounts.proposals import Proposal
from accounts.security_log import Reading
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from applications import deciding
from applications.tests.factories import make_application, make_child
from backoffice.family.address import family_page
from backoffice.family.reading import TICKETS_SHOWN
from backoffice.tests.acts.journal import WHY
from core.models import Addressee, OutgoingMail
from partners.tests.factories import make_commune, make_offer
from tickets import services
from tickets.tests.factories import make_ticket
from wallets import supplements
from wallets.models import Kind
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def mother():
    return make_user(
        "karima.benali",
        first_name="Karima",
        last_name="BENALI",
        phone="06 12 34 56 78",
        email="k@famille.example",
    )


@pytest.fixture
def child(mother):
    make_commune("92025", "Colombes")
    return make_beneficiary(
        mother, first_name="Inès", last_name="GAUTHIER", pupil_number="920000123", insee_code="92025"
    )


def test_whatever_a_caller_asks_is_there(client, agent, mother, child):
    """admin.md 23: four lists for one family, and a lost ticket in seven clicks."""
    wallet = make_wallet("60", beneficiary=child, campaign=make_campaign(name="2026-2027"))
    offer = make_offer()
    ticket = make_ticket("20", wallet=wallet, offer=offer, actor=mother)
    brother = make_beneficiary(mother, first_name="Adam", last_name="BENALI")

    page = client.get(family_page(child.pk)).text

    for told in (
        *("Inès GAUTHIER", "920000123", "Colombes", "Collège", "2026-2027", f"40,00{NBSP}€", f"20,00{NBSP}€"),
        *(offer.partner.name, offer.activity.name, "Non utilisé"),
        *("karima.benali", "06 12 34 56 78", "k@famille.example", "jamais", "Adam BENALI"),
    ):
        assert told in page
    for name, row in [
        ("admin:tickets_ticket_annuler", ticket),
        ("admin:tickets_ticket_refaire", ticket),
        ("admin:tickets_ticket_utiliser", ticket),
        ("admin:tickets_ticket_change", ticket),
        ("admin:wallets_wallet_corriger", wallet),
        ("admin:accounts_user_rendre-l-acces", mother),
        ("admin:accounts_user_change", mother),
        ("admin:accounts_beneficiary_famille", brother),
        ("admin:accounts_beneficiary_remplacer-un-responsable", child),
        ("admin:accounts_beneficiary_change", child),
    ]:
        assert f'href="{reverse(name, args=[row.pk])}"' in page


def test_the_list_of_children_leads_there(client, agent, child):
    assert (
        f'href="{family_page(child.pk)}"' in client.get(reverse("admin:accounts_beneficiary_changelist")).text
    )


def test_what_nothing_brings_back_is_done_from_its_own_page(client, enter, mother, child):
    enter(make_agent("administrateur"))

    page = client.get(family_page(child.pk)).text

    assert reverse("admin:accounts_user_effacer", args=[mother.pk]) not in page
    own = reverse("admin:accounts_beneficiary_effacer", args=[child.pk])
    assert f'<a href="{own}" class="final">' in page


def test_who_opened_it_is_kept(client, agent, child):
    client.get(family_page(child.pk))

    assert Reading.objects.filter(agent=agent, subject_key=f"accounts.beneficiary {child.pk}").exists()


def test_the_last_acts_and_mails(client, agent, mother, child):
    ticket = make_ticket("20", wallet=make_wallet("60", beneficiary=child))
    mail = OutgoingMail.objects.create(from_email="site@x.example", to=[mother.email], subject="Ticket créé")
    Addressee.objects.create(email=mail, account=mother)

    done = client.post(reverse("admin:tickets_ticket_annuler", args=[ticket.pk]), {"reason": WHY})
    assert done.url == family_page(child.pk)

    page = client.get(family_page(child.pk)).text
    assert "ticket annulé" in page
    assert WHY in page
    assert "Ticket créé" in page


def test_a_teleconseiller_is_offered_what_he_may(client, enter, child):
    enter(make_agent("téléconseiller"))
    ticket = make_ticket("20", wallet=make_wallet("60", beneficiary=child))

    page = client.get(family_page(child.pk)).text

    assert reverse("admin:tickets_ticket_refaire", args=[ticket.pk]) in page
    assert reverse("admin:tickets_ticket_utiliser", args=[ticket.pk]) not in page
    assert "Derniers e-mails" not in page


def test_one_that_was_merged_leads_to_the_one_it_is_of(client, agent, mother, child):
    double = make_beneficiary(is_enrolled=False)
    double.merged_into = child
    double.save()

    assert client.get(family_page(double.pk)).url == family_page(child.pk)


def test_the_pages_of_a_ticket_and_a_wallet_say_whose_and_lead_to_it(client, agent, mother, child):
    """admin.md 23: the child was no link, no campaign was there, « Porte-monnaie » had no name."""
    wallet = make_wallet("60", beneficiary=child, campaign=make_campaign(name="2026-2027"))
    ticket = make_ticket("20", wallet=wallet, actor=mother)

    of_ticket, of_wallet, of_account = (
        client.get(reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])).text
        for row in (ticket, wallet, mother)
    )

    for page in (of_ticket, of_wallet, of_account):
        assert f'href="{family_page(child.pk)}"' in page
    assert f"<h1>{ticket} d’Inès GAUTHIER</h1>" in of_ticket
    assert f"<h1>{wallet} d’Inès GAUTHIER, 2026-2027</h1>" in of_wallet
    for told in ("2026-2027", "Karima BENALI", f"{ticket.valid_until:%d/%m/%Y}"):
        assert told in of_ticket


def test_what_is_proposed_keeps_its_link(client, agent, mother, child):
    """An access that has no address any more, and waits for its second agent."""
    User.objects.filter(pk=mother.pk).update(email="")
    act = reverse("admin:accounts_user_rendre-l-acces", args=[mother.pk])
    assert f'href="{act}"' not in client.get(family_page(child.pk)).text

    Proposal.objects.create(
        act="rendre-l-acces", subject_key=f"accounts.user {mother.pk}", reason=WHY, proposed_by=agent
    )

    assert f'href="{act}"' in client.get(family_page(child.pk)).text


def test_how_far_an_application_is(client, enter, mother):
    enter(make_agent("téléconseiller"))
    child = make_child(mother)
    application = make_application(child)
    deciding.refuse(application_id=application.pk, reason="Au nom d’un autre enfant.", actor=make_agent())
    page = client.get(family_page(child.pk)).text

    assert reverse("admin:applications_application_change", args=[application.pk]) in page
    assert f"refusée le {timezone.localdate():%d/%m/%Y}" in page
    assert "Au nom d’un autre enfant." in page


def test_its_queries_do_not_grow_with_the_family(client, agent, mother, child, django_assert_max_num_queries):
    """admin.md § 3: it took 31."""
    campaign = make_campaign()
    wallets = [make_wallet("60", beneficiary=child, campaign=campaign, kind=kind) for kind in Kind]
    offers = [make_offer(kind=kind) for kind in Kind]
    for number in range(TICKETS_SHOWN + 2):
        ticket = make_ticket("2", wallet=wallets[number % 2], offer=offers[number % 2])
        if number % 3 == 0:
            services.cancel(ticket_id=ticket.pk, actor=mother)
        if number % 3 == 1:
            services.use(ticket_id=ticket.pk, actor=agent)
    for _ in range(4):
        Guardianship.objects.create(user=make_user(email=""), beneficiary=child)
        make_beneficiary(mother)
    supplements.grant_supplement(beneficiary_id=child.pk, campaign_id=campaign.pk, actor=agent)
    client.get(family_page(child.pk))

    # One of them is the rights of a role, one what waits for a second agent.
    with django_assert_max_num_queries(16):
        assert client.get(family_page(child.pk)).status_code == 200
