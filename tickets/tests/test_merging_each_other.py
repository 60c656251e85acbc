"""Two agents merge each row into the other at once: one of them waits, and is refused."""

import pytest

from accounts import account_merge, child_merge
from accounts.account_merge import merge_accounts
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Partner
from partners.tests.factories import make_partner
from tickets import partner_merge
from tickets.child_merge import merge_children
from tickets.partner_merge import merge_partners

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "locked",
    [
        pytest.param(True, id="the second one waits, and sees it"),
        # The control: each leads to the other, unless the database refuses.
        pytest.param(False, id="without"),
    ],
)
@pytest.mark.parametrize(
    ("model", "make", "merge", "module", "step"),
    [
        pytest.param(User, make_user, merge_accounts, account_merge, "_unite", id="accounts"),
        pytest.param(
            Beneficiary, make_beneficiary, merge_children, child_merge, "_unite_guardians", id="children"
        ),
        pytest.param(Partner, make_partner, merge_partners, partner_merge, "filled", id="organismes"),
    ],
)
def test_two_agents_merge_each_into_the_other(
    at_once, meeting_before, without_lock, monkeypatch, model, make, merge, module, step, locked
):
    double, kept = make(), make()
    meeting_before(module, step, sure=not locked)
    if not locked:
        without_lock()
        monkeypatch.setattr(module, "_lock", lambda *ids: model.objects.in_bulk(ids))

    outcomes = at_once(
        lambda: merge(double_id=double.pk, kept_id=kept.pk),
        lambda: merge(double_id=kept.pk, kept_id=double.pk),
    )
    assert (outcomes == ["NotMergeable", "done"]) is locked
    if locked:
        assert model.objects.exclude(merged_into=None).count() == 1
