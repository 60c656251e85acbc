"""Whatever is done, in whatever order, all that is kept and shown agrees with a model of ten lines."""

import io
import re
import uuid
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.tests.factories import make_beneficiary, make_user
from core.exceptions import Refusal
from core.money import parse_euros
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State, Ticket
from wallets import campaigns
from wallets import services as wallet_services
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_campaign

SERIES_AMOUNT = Decimal(10)
ROW = re.compile(r'<tr class="tone-(\w+)">.*?<a [^>]*>(\d+)</a>.*?<b>([^<]+)</b>.*?state--(\w+)', re.DOTALL)
LEFT = re.compile(r'tone-(\w+)" aria-labelledby.*?<dt>Reste</dt><dd class="amount">([^<]+)<', re.DOTALL)
OLDER = re.compile(r'name="avant" value="([^"]+)">Tickets plus anciens')

amounts = st.decimals(min_value=Decimal("0.50"), max_value=70, places=2)
kinds = st.sampled_from(Kind)


class Family(RuleBasedStateMachine):
    """Two wallets that receive, spend, take back, by the services and by the pages.

    The model: `money` is what each wallet should hold, `tickets` is of which wallet each ticket should be,
    what it should be worth, and in which state.
    """

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.actor = make_user()
        self.browser = Client()
        self.browser.force_login(self.actor)
        campaign = make_campaign()
        self.child = make_beneficiary(self.actor)
        campaigns.open_wallets(
            beneficiary_ids=[self.child.pk], campaign_id=campaign.pk, preferred=Kind.SPORT, actor=None
        )
        self.wallets = {Kind(wallet.kind): wallet.pk for wallet in self.child.wallets.all()}
        self.offers = {kind: make_offer(kind=kind) for kind in Kind}
        self.money = {Kind.SPORT: Decimal(60), Kind.CULTURE: Decimal(20)}
        self.granted: set[tuple[Kind, str]] = set()
        self.tickets: dict[int, tuple[Kind, Decimal, State]] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @rule(kind=kinds, key=st.sampled_from(["boursier", "geste"]), amount=amounts)
    def grant(self, kind, key, amount):
        wallet_services.grant(
            wallet_ids=[self.wallets[kind]], key=key, amount=amount, label="Dotation", actor=self.actor
        )
        if (kind, key) not in self.granted:
            self.granted.add((kind, key))
            self.money[kind] += amount

    @rule(kind=kinds, amount=amounts, quantity=st.integers(1, 4), assigned=st.booleans(), twice=st.booleans())
    def order(self, kind, amount, quantity, assigned, twice):
        asked = {
            "key": uuid.uuid4(),
            "wallet_id": self.wallets[kind],
            "offer_id": self.offers[kind].pk if assigned else None,
            "amount": amount,
            "quantity": quantity,
            "actor": self.actor,
        }
        for _ in range(1 + twice):
            self._agree(kind, amount, quantity, asked["key"], _is_done(services.order, **asked))

    @rule(kind=kinds, amount=amounts, assigned=st.booleans(), twice=st.booleans())
    def order_on_a_page(self, kind, amount, assigned, twice):
        key, offer = uuid.uuid4(), self.offers[kind]
        # A rest that is too small for a ticket is warned of once: the family says that it knows.
        form = {"amount": str(amount).replace(".", ","), "leave_rest": "on"}
        form |= {"offer": str(offer.pk)} if assigned else {}
        page = "create_assigned" if assigned else "create_paper"
        where = [offer.partner_id, self.wallets[kind]] if assigned else [self.wallets[kind]]
        for _ in range(1 + twice):
            self._agree(kind, amount, 1, key, self._fill_in(page, where, key, form))

    @rule(kind=kinds, quantity=st.integers(1, 6), twice=st.booleans())
    def series_on_a_page(self, kind, quantity, twice):
        key, form = uuid.uuid4(), {"choice": f"{self.wallets[kind]}-{quantity}"}
        for _ in range(1 + twice):
            self._agree(kind, SERIES_AMOUNT, quantity, key, self._fill_in("paper", [], key, form))

    def _fill_in(self, page, where, key, form):
        """Send a form; return whether it led to « Félicitations »."""
        answer = self.browser.post(self._address(page, *where), {"key": key, **form}, follow=True)
        assert answer.status_code == 200
        return answer.request["PATH_INFO"].endswith("/felicitations/")

    def _agree(self, kind, amount, quantity, key, done):
        """Done if the model has the money, and once, however often it was asked."""
        made = Ticket.objects.filter(order=key).in_bulk()
        if made and made.keys() <= self.tickets.keys():
            assert done
            return
        assert done is (amount >= 1 and amount * quantity <= self.money[kind])
        assert len(made) == quantity * done
        self.money[kind] -= amount * quantity * done
        self.tickets |= dict.fromkeys(made, (kind, amount, State.UNUSED))

    @rule(data=st.data(), twice=st.booleans())
    def cancel(self, data, twice):
        for number in self._one_unused(data, State.CANCELLED):
            assert _is_done(services.cancel, ticket_id=number, actor=self.actor)
            assert not (twice and _is_done(services.cancel, ticket_id=number, actor=self.actor))

    @rule(data=st.data(), twice=st.booleans())
    def cancel_on_a_page(self, data, twice):
        for number in self._one_unused(data, State.CANCELLED):
            for said in ("est annulé", "ne peut plus être annulé")[: 1 + twice]:
                assert said in self.browser.post(self._address("cancel", number), follow=True).text

    @rule(data=st.data())
    def use(self, data):
        for number in self._one_unused(data, State.USED):
            kind, *_ = self.tickets[number]
            offer = Ticket.objects.get(pk=number).offer or self.offers[kind]
            services.use(ticket_id=number, offer_id=offer.pk, actor=self.actor)
            assert not _is_done(services.cancel, ticket_id=number, actor=self.actor)

    def _one_unused(self, data, becomes):
        """A ticket that may still be used or cancelled, if there is one; the model has it so from now on."""
        unused = [number for number, (_, _, state) in self.tickets.items() if state == State.UNUSED]
        for number in unused and [data.draw(st.sampled_from(unused))]:
            kind, amount, _ = self.tickets[number]
            self.tickets[number] = kind, amount, becomes
            self.money[kind] += amount if becomes == State.CANCELLED else 0
            yield number

    @invariant()
    def the_ledger_agrees(self):
        wallets = Wallet.objects.filter(pk__in=self.wallets.values())
        assert {wallet.kind: wallet.balance for wallet in wallets} == self.money
        assert dict(Ticket.objects.values_list("pk", "state")) == {
            number: state for number, (_, _, state) in self.tickets.items()
        }
        call_command("check_ledger", stdout=io.StringIO())

    @invariant()
    def the_pages_agree(self):
        shown = self.browser.get(self._address("wallets")).text
        assert {kind: parse_euros(left) for kind, left in LEFT.findall(shown)} == self.money
        assert dict(self._statement(f"{self._address('statement')}?annules=1")) == self.tickets

    def _statement(self, address):
        """What each row of the statement says, on as many pages as there are."""
        shown = self.browser.get(address).text
        for kind, number, amount, state in ROW.findall(shown):
            yield int(number), (kind, parse_euros(amount), state)
        if older := OLDER.search(shown):
            yield from self._statement(f"{self._address('statement')}?annules=1&avant={older[1]}")

    def _address(self, page, *where):
        return reverse(f"tickets:{page}", args=[self.child.public_id, *where])


def _is_done(service, **asked):
    try:
        service(**asked)
    except Refusal:
        return False
    return True


@pytest.mark.django_db
def test_whatever_a_family_does():
    often = settings(
        max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(Family, settings=often)
