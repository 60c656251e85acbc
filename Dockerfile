# Pass+ in a container (docs/deploiement.md; compose.yaml). What builds it is not in what runs.
# Each RUN says `set -eu` itself: podman and buildah ignore SHELL, and would tag an image whose steps failed.
ARG DEBIAN=trixie
# Another one, a house's own with its proxy and its certificates: --build-arg BASE=…
ARG BASE=debian:${DEBIAN}-slim
# hadolint ignore=DL3006
FROM ${BASE} AS build
# Where pip finds packages if not on pypi.org.
ARG PIP_INDEX_URL=
WORKDIR /srv/passplus
# The versions of Debian's packages are those of its stable release, security updates included.
# hadolint ignore=DL3008
RUN set -eu; apt-get update; \
    apt-get install --yes --no-install-recommends make python3 python3-venv; \
    rm -rf /var/lib/apt/lists/*
COPY Makefile requirements.txt ./
COPY deploy/system-packages deploy/
# Wheels only, each with the hash that is locked: the Makefile says how.
RUN set -eu; make .venv/requirements.installed; \
    .venv/bin/python -m pip uninstall --yes --quiet pip

# hadolint ignore=DL3006
FROM ${BASE}
WORKDIR /srv/passplus
COPY deploy/system-packages deploy/
# hadolint ignore=DL3008
RUN set -eu; apt-get update; \
    apt-get install --yes --no-install-recommends python3 tzdata; \
    deploy/system-packages pdf backup; \
    rm -rf /var/lib/apt/lists/*; \
    useradd --system --uid 999 --no-create-home --home-dir /tmp passplus; \
    install -d -o passplus -g passplus -m 0755 /run/passplus; \
    install -d -o passplus -g passplus -m 0700 /var/backups/passplus
# What `git describe --tags` says; without it, what the changelog says.
ARG VERSION=
# Where its code is, for the label.
ARG SOURCE=
LABEL org.opencontainers.image.title="Pass+" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.source="${SOURCE}" \
      org.opencontainers.image.licenses="EUPL-1.2"
COPY --from=build /srv/passplus/.venv .venv
COPY . .
# Nobody's secrets: collecting needs the settings, and signs nothing.
RUN set -eu; \
    # Copied as it was in the clone, whose umask may have been closed to others.
    chmod -R go=rX .; \
    [ -z "$VERSION" ] || echo "$VERSION" > VERSION; \
    DEBUG=true DATABASE_URL=sqlite://:memory: .venv/bin/python manage.py collectstatic --noinput --verbosity 0; \
    .venv/bin/python -m compileall -q -x '/\.venv/' .
USER 999
# The last one gives Argon2id its memory in large pages: a login costs a third less.
ENV PATH=/srv/passplus/.venv/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
# nginx comes by this socket; nothing listens to the network.
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "unix:/run/passplus/web.sock"]
