"""Identifiants made from names."""

import pytest

from accounts.usernames import Usernames


@pytest.mark.parametrize(
    ("first_name", "last_name", "username"),
    [
        ("Lina-Zoé", "D’ÉON MARTIN", "lina-zoe.d-eon-martin"),
        # cases 33: of one name alone.
        ("Suharto", "", "suharto"),
    ],
)
def test_they_are_read_and_said(first_name, last_name, username):
    assert Usernames([]).take(first_name, last_name) == username
    assert Usernames([username]).take(first_name, last_name) == f"{username}2"
