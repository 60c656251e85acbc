# `make` alone lists what there is. What apt must bring is in deploy/system-packages.

HOST ?= 127.0.0.1
PORT ?= 8000
# Where others find it: 0.0.0.0 is every address of this machine, and the name of none.
SEEN_AT := $(strip $(if $(filter 0.0.0.0,$(HOST)),$(shell hostname -I | tr ' ' '\n' | grep -v :),$(HOST)))
# The Python that makes .venv: the system's if it is recent enough, because distributions build it with the
# optimisations that cost them hours; a page takes a tenth less. `make run PYTHON3=python3.12` takes another.
ifndef PYTHON3
PYTHON3 := $(shell /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo /usr/bin/python3 || echo python3)
endif
export PYTHON3
# Its text is French whatever the terminal speaks, and pip installs here whatever pip.conf says.
export PYTHONUTF8 := 1
export PIP_USER := 0
# Passed on to pytest, to uv and to the bench: `make test-sqlite ARGS="-k wallets"`, `make lock ARGS=--upgrade`,
# `make bench ARGS="--only 1,2 --rounds 3"`, `make races ARGS="--seconds 600"`.
ARGS ?=

PYTHON := .venv/bin/python
# A folder that was moved, or another Python, takes another .venv: its scripts hold both.
MADE_FOR := .venv/made-for-$(shell { pwd; $(PYTHON3) -c 'import sys; print(sys.version_info[:2])'; } | cksum | cut -d' ' -f1)
RUN := .venv/requirements.installed
DEV := .venv/requirements-dev.installed
STATIC := var/static/staticfiles.json

# What each target takes from apt: one call, so that there is one line to type if we may not.
run lint test-sqlite: NEEDS := pdf
test-postgresql: NEEDS := pdf postgresql backup
races test-races test-drill: NEEDS := pdf postgresql
drill: NEEDS := pdf postgresql cluster
test-journeys screenshots: NEEDS := pdf browser
test: NEEDS := pdf postgresql backup browser bench
bench test-bench: NEEDS := pdf postgresql bench

help: ## cette liste
	@echo "Pass+ : make CIBLE, où CIBLE est"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

# --- Use ----------------------------------------------------------------------------------------

# A machine whose .env says nothing of DEBUG is somebody's trial, not a production.
ifeq ($(shell grep -s ^DEBUG= .env),)
run screenshots bench test-bench races test-races drill test-drill: export DEBUG ?= true
run: export SITE_URL ?= http://$(firstword $(SEEN_AT)):$(PORT)
run: export EMAIL_URL ?= consolemail://
# SQLite has one writer at a time; beyond two workers the slowest pages wait ten times longer.
run: export WEB_CONCURRENCY ?= 2
# Only the loading needs DEBUG. The site is served as families see it, error pages included, but without TLS.
run: ITS_SECRET = SECRET_KEY=$$(cat var/secret-key)
run: AS_IN_PRODUCTION = DEBUG=false GLIBC_TUNABLES=glibc.malloc.hugetlb=1 $(ITS_SECRET)
endif

var/secret-key: | $(RUN)
	@$(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

# What most people do first is to copy .env.example, which is a production's.
no-production:
	@! grep -qs '^DEBUG=false' .env || { echo "Un .env de production est là. Pour essayer : mettez-y DEBUG=true, ou retirez-le."; exit 1; }

run: no-production $(RUN) $(STATIC) var/secret-key ## installe, prépare et sert la démonstration (HOST et PORT au choix)
	@deploy/system-packages $(NEEDS)
	@$(PYTHON) deploy/can_listen.py "$(HOST)" "$(PORT)"
	@$(PYTHON) manage.py migrate --noinput --verbosity 0
	@env $(ITS_SECRET) $(PYTHON) manage.py demo --if-empty
	@echo "Pass+ $$($(PYTHON) -c 'from passplus.settings import VERSION; print(VERSION)') répond sur http://$(firstword $(SEEN_AT)):$(PORT)/ (Ctrl-C l'arrête)."
	@env $(AS_IN_PRODUCTION) $(PYTHON) manage.py run_tasks --every 2 & worker=$$!; \
	env $(AS_IN_PRODUCTION) $(PYTHON) -m gunicorn --config deploy/gunicorn.conf.py --bind $(HOST):$(PORT) & server=$$!; \
	trap "kill $$server" INT TERM; wait $$server; status=$$?; kill $$worker; \
	[ $$status -ge 128 ] || exit $$status

screenshots: $(DEV) ## refait les captures : docs/screenshots, les guides ; toutes les pages dans var/screenshots, ou dans DOSSIER seul (ARGS=--administration ou --organismes : celles-là)
	@deploy/system-packages $(NEEDS)
	$(PYTHON) manage.py screenshots $(if $(DOSSIER),--dossier $(DOSSIER)) $(ARGS)

# --- Check --------------------------------------------------------------------------------------

lint: $(DEV) ## format, fautes, types, gabarits, migrations, réglages de production, failles connues des dépendances
	@deploy/system-packages $(NEEDS)
	.venv/bin/ruff format --check
	.venv/bin/ruff check
	DEBUG=true .venv/bin/mypy
	.venv/bin/djlint --lint --quiet --profile jinja templates
	.venv/bin/djlint --lint --quiet --profile django backoffice/templates
	DEBUG=true DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py makemigrations --check --dry-run
	DEBUG=false SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
	SITE_URL=https://pass.example EMAIL_URL=smtp://localhost:25 DATABASE_URL=postgres:///passplus \
	$(PYTHON) manage.py check --deploy --fail-level WARNING
	@$(PYTHON) deploy/audit.py

# The two databases side by side, each by two processes: some wait while others work. Then the races and the
# drill, which wait more than they work, beside the bench, which is not judged here; the journeys alone, because
# a browser on a busy machine loses patience.
test: $(DEV) ## tout : les tests sur SQLite et sur PostgreSQL, puis les parcours dans Chromium
	@deploy/system-packages $(NEEDS)
	@$(MAKE) --no-print-directory --keep-going --jobs=1 test-both test-broken test-journeys

BY_TWO := --numprocesses 2

test-both:
	@echo "Tests sur SQLite et sur PostgreSQL, côte à côte ; les résultats viennent à la fin."
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target test-sqlite test-postgresql

test-broken:
	@echo "Course, casse et mesures, côte à côte ; les résultats viennent à la fin."
	@$(MAKE) --no-print-directory --keep-going --jobs=3 --output-sync=target test-races test-drill test-bench

test-sqlite: $(DEV) ## les tests sur SQLite
	@deploy/system-packages $(NEEDS)
	DATABASE_URL=sqlite:///var/passplus.sqlite3 .venv/bin/pytest $(BY_TWO) $(ARGS)

# What no database can change (markup, typography, files) is tried once.
test-postgresql: $(DEV) ## les mêmes sur un PostgreSQL jetable, ou celui de DATABASE_URL
	@deploy/system-packages $(NEEDS)
	deploy/with-postgresql .venv/bin/pytest -m "not journey and not any_database" $(BY_TWO) $(ARGS)

test-journeys: $(DEV) ## les parcours dans Chromium
	@deploy/system-packages $(NEEDS)
	DATABASE_URL=sqlite:///var/passplus.sqlite3 .venv/bin/pytest -m journey --numprocesses 2 $(ARGS)

# Never in the database of somebody's DATABASE_URL: the controls leave a ledger that does not agree.
races: $(DEV) $(STATIC) ## chasse aux doublons et aux euros perdus, sur les deux bases (ARGS="--seconds 600")
	@deploy/system-packages $(NEEDS)
	@env --unset=DATABASE_URL deploy/with-postgresql $(PYTHON) -m proof.races $(ARGS)

test-races: $(DEV) $(STATIC)
	@deploy/system-packages $(NEEDS)
	@env --unset=DATABASE_URL deploy/with-postgresql $(PYTHON) -m proof.races --quick

# It starts, kills and fills PostgreSQLs of its own. A small disk to fill takes root; without it that line fails.
drill: $(DEV) $(STATIC) ## casse ce qui cassera (processus, base, disque, messagerie, machines) sous la charge (ARGS="--only disque")
	@deploy/system-packages $(NEEDS)
	@$(PYTHON) -m proof.drill $(ARGS)

test-drill: $(DEV) $(STATIC)
	@deploy/system-packages $(NEEDS)
	@$(PYTHON) -m proof.drill --quick

# --- Measure ------------------------------------------------------------------------------------

# It writes hundreds of thousands of rows: never in the database of somebody's DATABASE_URL.
bench: $(DEV) $(STATIC) ## mesure Pass+ contre ses planchers, en une heure et demie (ARGS=--quick : en deux minutes)
	@deploy/system-packages $(NEEDS)
	@env --unset=DATABASE_URL FSYNC=on deploy/with-postgresql $(PYTHON) -m proof.bench $(ARGS)

# Every measure, too short to judge: that it can be taken, and that nobody is refused anything meanwhile.
test-bench: $(DEV) $(STATIC)
	@deploy/system-packages $(NEEDS)
	@env --unset=DATABASE_URL deploy/with-postgresql $(PYTHON) -m proof.bench --quick

# --- Keep ---------------------------------------------------------------------------------------

format: $(DEV) ## met le code en forme
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

LOCK := .venv/bin/uv pip compile --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" --quiet $(ARGS)

lock: $(DEV) ## verrouille les dépendances (ARGS=--upgrade les met à jour)
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --output-file requirements-dev.txt --constraints requirements.txt

clean: ## enlève .venv et les caches, jamais la base de données
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis var/static
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Both are made again only when what they come from has changed: the second `make run` starts in
# seconds. Wheels only, since the hashes do not cover what a source package fetches to build itself.
# Before Python 3.12 it comes with a setuptools that nothing locks, nothing audits and nothing needs.
$(MADE_FOR):
	@deploy/system-packages venv $(NEEDS)
	@rm -rf .venv
	@$(PYTHON3) -m venv .venv
	@$(PYTHON) -m pip uninstall --disable-pip-version-check -qq --yes setuptools
	@touch $@

# One after the other, into one folder.
$(DEV): | $(RUN)

.venv/%.installed: %.txt $(MADE_FOR)
	@deploy/system-packages venv $(NEEDS)
	@echo "Installation de $$(grep -c '^[a-z].*==' $<) paquets ($<) dans .venv, une minute environ…"
	@$(PYTHON) -m pip install --disable-pip-version-check -qq --require-hashes --only-binary :all: --requirement $<
	@touch $@

$(STATIC): $(RUN) $(shell find static -type f)
	@$(PYTHON) manage.py collectstatic --noinput --verbosity 0

.PHONY: help no-production run screenshots lint test test-both test-sqlite test-postgresql test-journeys races test-races drill test-drill bench test-bench format lock clean
