"""The sums of a campaign close at each step of its years, and `check_ledger` says so."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import expiry, services
from tickets.child_merge import merge_children
from tickets.figures import kept, sums
from tickets.models import Figure, KeptFigures
from tickets.tests.factories import make_ticket
from wallets import campaigns, formulas, supplements
from wallets import services as wallets
from wallets.models import Campaign, Kind, LateCancellation, Wallet
from wallets.tests.factories import days, make_campaign

pytestmark = pytest.mark.django_db


class Year:
    """Three children, one of whom has two rows, and all that may happen to their euros."""

    def __init__(self):
        self.agent = make_user(is_staff=True, is_superuser=True)
        self.campaign = make_campaign(late_cancellation=LateCancellation.FORFEITS)
        self.one, self.other, self.double = (make_beneficiary() for _ in range(3))
        self.offer = make_offer(kind=Kind.CULTURE)

    def wallet(self, child, kind=Kind.CULTURE):
        return Wallet.objects.get(beneficiary=child, kind=kind)

    def ticket(self, child, amount, offer=None):
        return make_ticket(amount, wallet=self.wallet(child), offer=offer)

    def ends(self, *names, ago=-1):
        Campaign.objects.filter(pk=self.campaign.pk).update(**dict.fromkeys(names, days(ago)))

    def steps(self):
        """Each does one thing; its name says where it went wrong."""
        agent, campaign = self.agent, self.campaign
        of_campaign: Any = {"campaign_id": campaign.pk, "limit": 10, "actor": agent}
        yield "opened", campaigns.open_campaign(**of_campaign)
        yield "opening undone", campaigns.undo_opening(**of_campaign)
        yield "opened again", campaigns.open_campaign(**of_campaign)
        yield "preferred", self.prefer()
        of_one: Any = {"beneficiary_id": self.one.pk, "campaign_id": campaign.pk, "actor": agent}
        yield "supplement", supplements.grant_supplement(**of_one)
        yield "taken back", supplements.take_back_supplement(**of_one)
        yield "supplement again", supplements.grant_supplement(**of_one)
        for amount in (40, -5):
            key = uuid4()
            pk = self.wallet(self.one).pk
            yield "corrected", wallets.correct(wallet_id=pk, amount=Decimal(amount), key=key, actor=agent)
        used, undone, cancelled, lost, kept_open = (self.ticket(self.one, "3.10") for _ in range(5))
        yield "ordered", kept_open
        self.ticket(self.double, "19.99", self.offer)
        yield "ordered by the double", cancelled
        for ticket in (used, undone):
            services.use(ticket_id=ticket.pk, actor=agent, offer_id=self.offer.pk)
        yield "used", used
        yield "use undone", services.undo_use(ticket_id=undone.pk, actor=agent)
        yield "cancelled", services.cancel(ticket_id=cancelled.pk, actor=agent)
        yield "merged", merge_children(double_id=self.double.pk, kept_id=self.other.pk)
        self.ends("last_ticket_on", "last_cancellation_on")
        yield "lost", services.cancel(ticket_id=lost.pk, actor=agent, accept_loss=True)
        yield "closed", campaigns.close_campaign(**of_campaign)
        yield "reopened", campaigns.reopen_campaign(**of_campaign)
        left = sum(wallet.balance for wallet in Wallet.objects.filter(beneficiary=self.other))
        yield "given up", wallets.give_up(beneficiary_id=self.other.pk, amount=left, actor=agent)
        yield "closed again", campaigns.close_campaign(**of_campaign)
        self.ends("last_validation_on")
        yield "over", None
        yield "expired", expiry.expire(today=timezone.localdate())
        self.ends("last_validation_on", ago=30)
        yield "put off", expiry.expire(today=timezone.localdate())

    def prefer(self):
        return formulas.switch_formula(
            beneficiary_id=self.other.pk,
            campaign_id=self.campaign.pk,
            preferred=Kind.CULTURE,
            actor=self.agent,
        )

    def told(self):
        campaign = Campaign.objects.get(pk=self.campaign.pk)
        return sums.both(sums.of(sums.count(campaign)["kinds"], campaign, timezone.localdate()))


@pytest.fixture
def year():
    return Year()


def test_at_each_step_of_a_year(year, capsys):
    """admin.md 6: and so it is for what is kept of it, counted at each step."""
    for step, _ in year.steps():
        kept.count_and_keep(year.campaign.pk)
        try:
            call_command("check_ledger")
        except CommandError:
            pytest.fail(f"{step} : {capsys.readouterr().err}")

    whole = year.told()
    assert whole.credited == whole.found > 0
    assert all(
        getattr(whole, name) for name in ("granted", "supplements", "corrections", "lapsed", "used", "lost")
    )
    assert (whole.left, whole.on_tickets) == (0, Decimal("26.19"))


@pytest.mark.parametrize("when", ["opened", "used", "merged", "closed", "expired"])
def test_a_euro_that_goes_astray_is_seen_at_each_step(year, when, capsys):
    """The control: an amount that changes on the way."""
    for step, _ in year.steps():
        if step == when:
            break
    # A balance that no entry accounts for, as an update by hand would leave it.
    wallet = year.wallet(year.one)
    Wallet.objects.filter(pk=wallet.pk).update(balance=wallet.balance + 1)

    with pytest.raises(CommandError):
        call_command("check_ledger")
    assert "écart de −1,00" in capsys.readouterr().err


def spoil_sums(figures):
    figures["kinds"]["culture"]["left"] += 100


def spoil_lines(figures):
    now = figures["now"]
    next(iter(now["lines"].values()))[now["names"].index("made_cents_culture")] += 100


def spoil_weeks(figures):
    figures[next(iter(figures))] += 1


@pytest.mark.parametrize(
    ("what", "spoil", "told"),
    [
        (Figure.SUMS, spoil_sums, "sommes gardées qui ne sont pas celles du grand livre"),
        (Figure.COMMUNE, spoil_lines, "statistiques gardées par commune, écart de 1,00"),
        (Figure.MONTH, spoil_lines, "statistiques gardées par mois, écart de 1,00"),
        (Figure.WEEKS, spoil_weeks, "tickets gardés par semaine qui ne sont pas ceux de la campagne"),
    ],
)
def test_what_is_kept_is_compared(what, spoil, told, capsys):
    ticket = make_ticket()
    kept.count_and_keep(ticket.wallet.campaign_id)
    row = KeptFigures.objects.get(what=what)
    spoil(row.figures)
    row.save(update_fields=["figures"])

    with pytest.raises(CommandError, match="1 désaccord"):
        call_command("check_ledger")
    assert told in capsys.readouterr().err


def test_what_was_counted_before_the_last_ticket_is_no_fault():
    ticket = make_ticket()
    kept.count_and_keep(ticket.wallet.campaign_id)
    make_ticket("5", wallet=ticket.wallet)

    call_command("check_ledger")
