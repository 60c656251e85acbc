"""Whatever is done, in whatever order, balances, entries and tickets agree with a model of ten lines."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.exceptions import Refusal
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import State, Ticket
from wallets import services as wallet_services
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_campaign

amounts = st.decimals(min_value=Decimal("0.50"), max_value=70, places=2)
kinds = st.sampled_from(Kind)


class Family(RuleBasedStateMachine):
    """Two wallets that receive, spend, take back: `money` is what they should hold."""

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()
        self.actor = make_user()
        campaign = make_campaign()
        child = make_beneficiary()
        wallet_services.open_wallets(
            beneficiary_ids=[child.pk], campaign_id=campaign.pk, preferred=Kind.SPORT, actor=None
        )
        self.wallets = {wallet.kind: wallet for wallet in child.wallets.all()}
        self.offers = {kind: make_offer(kind=kind) for kind in Kind}
        self.money = {Kind.SPORT: Decimal(60), Kind.CULTURE: Decimal(20)}
        self.granted: set[tuple[Kind, str]] = set()
        self.unused: list[tuple[Kind, Decimal, int]] = []

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @rule(kind=kinds, key=st.sampled_from(["boursier", "geste"]), amount=amounts)
    def grant(self, kind, key, amount):
        wallet_services.grant(
            wallet_ids=[self.wallets[kind].pk], key=key, amount=amount, label="Dotation", actor=self.actor
        )
        if (kind, key) not in self.granted:
            self.granted.add((kind, key))
            self.money[kind] += amount

    @rule(kind=kinds, amount=amounts, quantity=st.integers(1, 4), assigned=st.booleans(), twice=st.booleans())
    def order(self, kind, amount, quantity, assigned, twice):
        asked = {
            "key": uuid.uuid4(),
            "wallet_id": self.wallets[kind].pk,
            "offer_id": self.offers[kind].pk if assigned else None,
            "amount": amount,
            "quantity": quantity,
            "actor": self.actor,
        }
        if amount < 1 or amount * quantity > self.money[kind]:
            with pytest.raises(Refusal):
                services.order(**asked)
            return
        order = services.order(**asked)
        if twice:
            assert services.order(**asked) == order
        self.money[kind] -= amount * quantity
        self.unused += [(kind, amount, ticket.pk) for ticket in order.tickets.all()]

    @rule(data=st.data(), twice=st.booleans())
    def cancel(self, data, twice):
        if self.unused:
            kind, amount, pk = self.unused.pop(data.draw(st.integers(0, len(self.unused) - 1)))
            services.cancel(ticket_id=pk, actor=self.actor)
            self.money[kind] += amount
            if twice:
                with pytest.raises(Refusal):
                    services.cancel(ticket_id=pk, actor=self.actor)

    @rule(data=st.data())
    def use(self, data):
        if self.unused:
            kind, _, pk = self.unused.pop(data.draw(st.integers(0, len(self.unused) - 1)))
            offer = Ticket.objects.get(pk=pk).offer or self.offers[kind]
            services.use(ticket_id=pk, offer_id=offer.pk, actor=self.actor)
            with pytest.raises(Refusal):
                services.cancel(ticket_id=pk, actor=self.actor)

    @invariant()
    def everything_agrees(self):
        wallets = Wallet.objects.filter(pk__in=[wallet.pk for wallet in self.wallets.values()])
        assert {wallet.kind: wallet.balance for wallet in wallets} == self.money
        assert not Wallet.objects.out_of_balance().exists()
        assert not Ticket.objects.at_odds_with_ledger().exists()
        unused = set(Ticket.objects.filter(state=State.UNUSED).values_list("pk", flat=True))
        assert unused == {pk for _, _, pk in self.unused}


@pytest.mark.django_db
def test_whatever_a_family_does():
    often = settings(
        max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(Family, settings=often)
