# One image for the web server, the worker, the scheduler and the one-shot migration.
# Pin the base for a release: --build-arg BASE=python:3.11.15-slim-bookworm@sha256:...
ARG BASE=python:3.11.15-slim-bookworm

FROM ${BASE} AS build
WORKDIR /app
COPY requirements.lock ./
RUN python3 -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY . .
# Settings refuse to load without these; they exist in this one step and in no layer.
RUN KEY="$(/opt/venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    && SECRET_KEY="$KEY" DATA_KEY="$KEY" SIGNING_KEY="$KEY" \
    ALLOWED_HOSTS=build.invalid DATABASE_URL=postgres://build.invalid/none REDIS_URL=redis://build.invalid \
    /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q accounts assessments config reports

FROM ${BASE}
# Debian's current security fixes are wanted here, so no versions are pinned.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 evenkeel \
    && useradd --system --uid 10001 --gid 10001 --no-create-home evenkeel \
    && install -d -o evenkeel -g evenkeel -m 0700 /var/lib/evenkeel/files /var/lib/evenkeel/backups
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp/cache
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "config.probe", "web"]
CMD ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
