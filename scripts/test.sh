#!/bin/sh
# The whole check, in the order that fails soonest; the same on a laptop and in CI.
set -eu
bin="$1"
shift
step() { printf '\n== %s\n' "$1"; }

step "format and lint"
"$bin/ruff" format --check --quiet . || { echo "run \`make format\`" >&2; exit 1; }
"$bin/ruff" check --quiet .
step "types"
"$bin/mypy"
step "import contracts"
"$bin/lint-imports"
step "tests"
"$bin/python" -m pytest -n 2 --dist loadfile "$@"
