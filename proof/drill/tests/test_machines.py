"""Of the examples of deploy/cluster only what is of a place is changed, and all of that."""

import re

import pytest

from proof.drill import front
from proof.drill.machines import APPLICATIONS, DATABASES, EXAMPLES, NUMBERS, Machines

ON = {"haproxy.cfg": APPLICATIONS, "pgbouncer.ini": APPLICATIONS, "upstream.conf": {"front": 10}}
# For systemd, of which the drill has none.
UNITS = {"web.socket.conf"}
WRITTEN = sorted(path.name for path in EXAMPLES.iterdir() if path.name not in UNITS)


@pytest.fixture
def machines(tmp_path, monkeypatch):
    # Nobody else reads these.
    monkeypatch.setattr("proof.drill.machines.OWNER", None)
    return Machines(tmp_path)


@pytest.mark.parametrize("name", WRITTEN)
def test_nothing_is_left_open(machines, name):
    for machine in ON.get(name, DATABASES):
        lines = machines.example(machine, name).read_text().splitlines()
        text = "\n".join(line for line in lines if not re.match(r"\s*(#|;|--)", line))

        assert not re.search(r"@[A-Z]+@|10\.0\.0\.", text)
        assert not re.search(r"(?<![\w./])/(var|run|etc)/", text)


def test_each_machine_has_its_address_and_its_directory(machines):
    assert len({machines.address(name) for name in NUMBERS}) == len(NUMBERS)
    [one, other] = (machines.example(name, "pgbouncer.ini").read_text() for name in APPLICATIONS)

    assert f"listen_addr = {machines.address('web1')}" in one
    assert f"logfile = {machines.root('web2')}/var/log/" in other


def test_nginx_keeps_all_but_the_certificate():
    configuration = front.configuration("upstream passplus { server 10.0.0.21:8000; }", 8443)

    assert configuration.count("upstream passplus") == configuration.count("listen ") == 1
    assert "ssl" not in configuration
    assert "proxy_set_header X-Forwarded-For" in configuration
