#!/bin/sh
# Makes the virtual environment and installs exactly what requirements.lock names, by hash.
set -eu
venv="$1"
python="${PYTHON:-python3}"

if ! command -v "$python" >/dev/null 2>&1; then
    echo "setup: $python is missing: install Python 3.11 or newer, or set PYTHON to one" >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "setup: $("$python" --version) is too old: Python 3.11 or newer is needed; set PYTHON to one" >&2
    exit 2
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "setup: $python has no venv module: install the package python3-venv" >&2
    exit 2
fi
[ -x "$venv/bin/python" ] || { echo "setup: making $venv"; "$python" -m venv "$venv"; }
echo "setup: installing from requirements.lock, by hash (about a minute the first time)"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "setup: done"
