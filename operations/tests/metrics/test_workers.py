"""Several workers count together."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from .reading import TOKEN, read


@pytest.fixture
def gunicorn(tmp_path):
    """Two workers on an empty database; yields its process and its port."""
    environment = os.environ | {
        "DEBUG": "false",
        "SITE_URL": "http://127.0.0.1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'passplus.sqlite3'}",
        "WEB_CONCURRENCY": "2",
        "METRICS_TOKEN": TOKEN,
    }
    with socket.create_server(("127.0.0.1", 0)) as door:
        process = subprocess.Popen(  # noqa: S603 – our own command
            [
                *(sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"),
                *("--bind", f"fd://{door.fileno()}", "--log-level", "error"),
            ],
            cwd=settings.BASE_DIR,
            env=environment,
            pass_fds=[door.fileno()],
        )
        port = door.getsockname()[1]
    yield process, port
    counted = counters(process)
    process.terminate()
    process.wait(timeout=30)
    assert not any(file.parent.exists() for file in counted)


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Authorization": f"Bearer {TOKEN}"})
    answer = connection.getresponse().read().decode()
    connection.close()
    return answer


def alive(port):
    return read(ask(port, "/metrics"))["passplus_requests_total", "GET", "/healthz", "200"]


def children(process):
    path = f"/proc/{process.pid}/task/{process.pid}/children"
    with open(path) as file:  # noqa: PTH123 – the kernel's
        return file.read().split()


def counters(process):
    """The files where the workers count."""
    maps = [Path(f"/proc/{worker}/maps").read_text() for worker in children(process)]
    return {Path(found) for found in re.findall(r"/\S*passplus-metrics-\S+", "".join(maps))}


@pytest.mark.any_database
def test_workers_count_together_and_outlive_one_another(gunicorn):
    process, port = gunicorn
    for _ in range(40):
        ask(port, "/healthz")
    assert {alive(port) for _ in range(10)} == {40}

    old = children(process)
    for worker in old:
        os.kill(int(worker), signal.SIGKILL)
    while len(set(children(process)) - set(old)) < 2:
        time.sleep(0.1)
    for _ in range(20):
        ask(port, "/healthz")

    assert {alive(port) for _ in range(10)} == {60}
    [directory] = {file.parent for file in counters(process)}
    assert {file.name for file in directory.iterdir()} <= {
        f"{kind}_{place}.db" for kind in ("counter", "histogram") for place in (0, 1)
    }


@pytest.mark.any_database
def test_a_full_disk_does_not_keep_workers_from_counting(gunicorn):
    """A mapped page that the disk cannot give is the death of who touches it."""
    process, port = gunicorn
    ask(port, "/healthz")

    assert {file.parts[:3] for file in counters(process)} == {("/", "dev", "shm")}
