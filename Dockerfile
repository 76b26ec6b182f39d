# One image for the API, the worker and the migration; the command decides which.

FROM python:3.11.14-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src

# Dependencies first: they change less often than the code. All are checked by hash.
COPY pyproject.toml requirements.lock docker/product_lock.py ./
RUN python product_lock.py > product.lock \
    && python product_lock.py setuptools > build.lock \
    && python -m venv /opt/agent \
    && /opt/agent/bin/pip install --quiet --require-hashes -r product.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/pip install --quiet --require-hashes -r build.lock

# Only the rooms of the product: no sandbox, no tests, no development tools.
COPY README.md LICENSE NOTICE worker.py ./
COPY activities activities
COPY agent agent
COPY api api
COPY domain domain
COPY providers providers
COPY runtime runtime
COPY store store
COPY workflows workflows
RUN /opt/build/bin/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /opt/agent/bin/pip install --quiet --no-deps --no-index /wheels/*.whl

FROM python:3.11.14-slim-bookworm
RUN groupadd --gid 10001 agent \
    && useradd --uid 10001 --gid agent --no-create-home --shell /usr/sbin/nologin agent
COPY --from=build /opt/agent /opt/agent
COPY docker/worker_health.py /opt/agent/worker_health.py
ENV PATH=/opt/agent/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /opt/agent
USER agent
EXPOSE 8000
CMD ["python", "-m", "api"]
