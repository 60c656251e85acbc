"""Where a request comes from."""

import pytest

from core.networks import network_of

pytestmark = pytest.mark.any_database

HOME, ELSEWHERE = "192.0.2.1", "203.0.113.9"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_an_address_is_a_network(rf, address, network):
    assert network_of(rf.get("/", REMOTE_ADDR=address)) == network


@pytest.mark.parametrize(
    ("forwarded", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("203.0.113.66, 192.0.2.1", "192.0.2.1"),
        ("203.0.113.66,203.0.113.67,2001:db8::1", "2001:db8::/64"),
        ("", "10.0.0.1"),
    ],
)
def test_behind_our_proxy_the_last_address_is_its_own_word(rf, settings, forwarded, network):
    settings.SECURE_PROXY = True
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})

    assert network_of(request) == network


def test_without_a_proxy_the_header_is_anybodys_word(rf):
    request = rf.get("/", REMOTE_ADDR=HOME, headers={"X-Forwarded-For": ELSEWHERE})

    assert network_of(request) == HOME
