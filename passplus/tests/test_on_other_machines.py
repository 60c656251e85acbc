"""Plausible first mistakes get one sentence, and what another machine has of its own breaks nothing."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_database

DEPLOY = settings.BASE_DIR / "deploy"
MAKEFILE = settings.BASE_DIR / "Makefile"
GUIDE = settings.BASE_DIR / "docs" / "deploiement.md"


def run(*command, cwd=settings.BASE_DIR, **environment):
    """Return how it ended and all that it said; what this process has of variables stays out of it."""
    plain = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 – our own commands
        command, cwd=cwd, env=plain | environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def said_by_make(recipe, cwd=settings.BASE_DIR, **variables):
    """What a recipe prints that is only ours to ask for."""
    given = [f"{name}={value}" for name, value in variables.items()]
    shown = f"--eval=shown: ; @echo {recipe}"
    status, text = run("make", "--no-print-directory", shown, "shown", *given, cwd=cwd)
    assert status == 0, text
    return text.strip()


def another_python(directory, release):
    file = directory / "python"
    file.write_text(f"#!/bin/sh\necho '{release}'\n")
    file.chmod(0o755)
    return file


def test_another_python_or_another_folder_takes_another_venv(tmp_path):
    """newcomer.md 3, 21: after Debian 12 → 13, or in a folder that was moved, nothing was found any more."""
    shutil.copy(MAKEFILE, tmp_path)
    stamp = said_by_make("$(MADE_FOR)", PYTHON3=another_python(tmp_path, "(3, 11)"))

    assert said_by_make("$(MADE_FOR)", PYTHON3=another_python(tmp_path, "(3, 11)")) == stamp
    assert said_by_make("$(MADE_FOR)", PYTHON3=another_python(tmp_path, "(3, 13)")) != stamp
    assert said_by_make("$(MADE_FOR)", tmp_path, PYTHON3=another_python(tmp_path, "(3, 11)")) != stamp


def test_pips_own_settings_do_not_lead_elsewhere():
    """newcomer.md 22: `user = true` in pip.conf, and a terminal in Latin-9."""
    assert said_by_make("$$PIP_USER $$PYTHONUTF8") == "0 1"


def test_programs_are_started_by_the_python_that_is_there():
    """newcomer.md 21: a script of .venv holds the path where it was installed."""
    assert re.findall(r"\.venv/bin/(?:gunicorn|pip)\b", MAKEFILE.read_text()) == []


def test_the_setuptools_that_nothing_locks_goes():
    """newcomer.md 44: that of ensurepip has known faults, and nobody audits it."""
    made = MAKEFILE.read_text().partition("\n$(MADE_FOR):\n")[2].partition("\n\n")[0]

    assert "uninstall --disable-pip-version-check -qq --yes setuptools" in made


def test_what_takes_a_minute_says_so():
    """newcomer.md 24: pip was silent for as long as two minutes."""
    assert re.search(r"Installation de .* paquets .* une minute environ", MAKEFILE.read_text())


def test_the_parts_of_make_test_follow_each_other():
    """newcomer.md 8: with MAKEFLAGS=-j4 they all began together, and failed for want of a processor."""
    recipe = MAKEFILE.read_text().partition("\ntest: $(DEV)")[2].partition("\n\n")[0]

    assert "--jobs=1 test-both test-broken test-journeys" in recipe


@pytest.mark.parametrize(("env", "status"), [("DEBUG=false\n", 2), ("DEBUG=true\n", 0), ("", 0)])
def test_the_env_of_a_production_is_named_before_anything(tmp_path, env, status):
    """newcomer.md 20: whoever had copied .env.example met 45 lines of traceback."""
    shutil.copy(MAKEFILE, tmp_path)
    (tmp_path / ".env").write_text(env)
    ended, text = run("make", "no-production", cwd=tmp_path)

    assert ended == status
    assert ("Un .env de production est là" in text) is bool(status)


def test_a_setting_that_is_missing_gets_one_sentence():
    """newcomer.md 20: DEBUG=app:*, which Node's programs read, is no DEBUG of ours."""
    ended, text = run(sys.executable, "manage.py", "check", DEBUG="app:*")

    assert ended == 1
    assert text == "SECRET_KEY manque\N{NO-BREAK SPACE}: donnez-le dans .env (voir .env.example).\n"


def test_any_other_trouble_keeps_its_traceback():
    """The control: a fault of ours is not to be hushed up."""
    fault = "from django.core.exceptions import ImproperlyConfigured; raise ImproperlyConfigured('ours')"
    ended, text = run(sys.executable, "manage.py", "shell", "-c", fault, DEBUG="true")

    assert ended == 1
    assert "Traceback" in text


@pytest.mark.parametrize(("has_sudo", "line"), [(True, "sudo sh -c"), (False, "su -c")])
def test_the_line_to_type_can_be_typed(tmp_path, has_sudo, line):
    """newcomer.md 23: a Debian whose root has a password comes without sudo."""
    for name in ("sh", "dirname", "rm", "env"):
        (tmp_path / name).symlink_to(shutil.which(name))
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    if has_sudo:
        (tmp_path / "sudo").write_text("#!/bin/sh\nexit 1\n")
    for name in ("id", "sudo"):
        if (tmp_path / name).exists():
            (tmp_path / name).chmod(0o755)
    ended, text = run(str(DEPLOY / "system-packages"), "backup", "bench", PATH=str(tmp_path))

    assert ended == 1
    assert f"  {line} 'apt-get update && apt-get install" in text
    assert "age postgresql-client wrk" in text


def test_a_release_is_readable_whatever_the_umask():
    """newcomer.md 4, 5: roots whose umask is 077, and clones made under 027."""
    release = (DEPLOY / "release").read_text()

    assert release.index("\numask 022\n") < release.index("mkdir")
    assert "chmod -R go=rX ." in (settings.BASE_DIR / "Dockerfile").read_text()


def test_a_release_that_is_not_checked_is_not_called_prepared():
    """newcomer.md 3, 4: it was tried again with the same .venv, for ever."""
    release = (DEPLOY / "release").read_text()
    [stamped] = [match.start() for match in re.finditer(r'echo "\$python" >"\$release/\.prepared"', release)]

    assert release.index("\nmanage check --deploy") < stamped


def test_a_branch_is_what_origin_has_of_it(tmp_path):
    """newcomer.md 6: `deploy/release main` served the same commit for ever, git fetch or not."""
    [line] = [line for line in (DEPLOY / "release").read_text().splitlines() if "refs/remotes/origin" in line]
    origin, source = tmp_path / "origin", tmp_path / "source"
    commit = ("-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "--quiet", "--allow-empty")
    run("git", "init", "--quiet", "--initial-branch=main", str(origin))
    run("git", *commit, "--message=one", cwd=origin)
    run("git", "clone", "--quiet", str(origin), str(source))
    run("git", *commit, "--message=two", cwd=origin)
    run("git", "fetch", "--quiet", cwd=source)
    script = f"version=main\n{line}\ngit -C source log -1 --format=%s $version"
    _, text = run("sh", "-euc", script, cwd=tmp_path)

    assert text == "two\n"


def test_a_fresh_install_ends_green():
    """newcomer.md 7: the doctor wants each timer to have succeeded once; step 9 starts them."""
    [started] = re.findall(r"(?m)^systemctl start (passplus-job@.*check_ledger.*)$", GUIDE.read_text())
    timed = {path.stem.partition("@")[2] for path in (DEPLOY / "systemd").glob("*.timer")}

    assert {f"passplus-job@{name}" for name in timed - {"doctor"}} == set(started.split())


def test_debian_13_comes_first():
    """newcomer.md 10: what Debian's own team does not mend any more is for whoever asks for it."""
    docker = (settings.BASE_DIR / "Dockerfile").read_text()
    rows = re.findall(r"(?m)^\| \**(\d+)\** \((\w+)\)", GUIDE.read_text())

    assert "ARG DEBIAN=trixie" in docker
    assert rows == [("13", "trixie"), ("12", "bookworm")]
    assert "Ubuntu" not in (settings.BASE_DIR / "README.md").read_text()


def test_containers_are_led_to_a_site_that_serves():
    """newcomer.md 26: no communes, no first agent, a certificate that ended on day 90."""
    chapter = GUIDE.read_text().partition("## Dans des conteneurs\n")[2].partition("\n## ")[0]

    for needed in ("load_communes", "createsuperuser", "certbot certonly --standalone", "nginx -s reload"):
        assert needed in chapter
