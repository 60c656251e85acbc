"""Of the examples of deploy/cluster only what is of a place is changed, and all of that."""

import re
import subprocess
from types import SimpleNamespace

import pytest

from proof.drill import front
from proof.drill.machines import APPLICATIONS, DATABASES, EXAMPLES, NUMBERS, Machines, etcd_api

ON = {"haproxy.cfg": APPLICATIONS, "pgbouncer.ini": APPLICATIONS, "upstream.conf": {"front": 10}}
# For systemd, of which the drill has none.
UNITS = {"web.socket.conf"}
WRITTEN = sorted(path.name for path in EXAMPLES.iterdir() if path.name not in UNITS)


@pytest.fixture
def machines(tmp_path, monkeypatch):
    # Nobody else reads these.
    monkeypatch.setattr("proof.drill.machines.OWNER", None)
    # Neither is installed for the tests alone.
    monkeypatch.setattr("proof.drill.machines.release", lambda: "17")
    monkeypatch.setattr("proof.drill.machines.etcd_api", lambda: "etcd3")
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


def test_each_debian_has_its_own_postgresql_and_etcd(machines):
    """newcomer.md 15: 15 stood in the examples, and Patroni 4 found no way to ask etcd."""
    text = machines.example("base1", "patroni.yml").read_text()

    assert f"data_dir: {machines.root('base1')}/var/lib/postgresql/17/passplus" in text
    assert "bin_dir: /usr/lib/postgresql/17/bin" in text
    assert '"etcd3":\n  hosts: [' in text


@pytest.mark.parametrize(("told", "api"), [("patroni 3.0.2", "etcd"), ("patroni 4.0.7", "etcd3")])
def test_the_patroni_of_debian_12_asks_by_the_former_api(monkeypatch, told, api):
    """With etcd3, one that was frozen took its place back: patroni.yml says why."""
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: SimpleNamespace(stdout=told))
    etcd_api.cache_clear()

    assert etcd_api() == api
    etcd_api.cache_clear()


def test_nginx_keeps_all_but_the_certificate():
    configuration = front.configuration("upstream passplus { server 10.0.0.21:8000; }", 8443)

    assert configuration.count("upstream passplus") == configuration.count("listen ") == 1
    assert "ssl" not in configuration
    assert "proxy_set_header X-Forwarded-For" in configuration
