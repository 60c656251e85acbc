from unittest.mock import MagicMock, Mock

import pytest

from operations.doctor import replica

from .faults import wrong


@pytest.mark.parametrize("follows", [True, False])
def test_a_replica(settings, monkeypatch, follows):
    assert replica.check().startswith("aucune")

    settings.REPLICA = "replica"
    cursor = MagicMock()
    cursor.__enter__.return_value.fetchone.return_value = (follows,)
    monkeypatch.setattr(replica, "connections", {"replica": Mock(cursor=lambda: cursor)})
    if follows:
        assert replica.check() == "répond"
        return
    with wrong("mène au serveur principal", "patronictl list"):
        replica.check()
