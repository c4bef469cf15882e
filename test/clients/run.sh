#!/usr/bin/env bash
# The kernel with the clients of others: Debian's jupyter_kernel_test, nbclient, nbconvert, jupyter console, the
# classic Notebook in Chromium, and the page of Jupyter's widgets.
# Needs the packages that .ci/run installs. Installs the kernelspec in a temporary prefix; nothing is left behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT
node dist/lab/cli/main.js kernel install --prefix "$prefix"
export JUPYTER_PATH="$prefix/share/jupyter"
export JUPYTER_CONFIG_DIR="$prefix/config" JUPYTER_RUNTIME_DIR="$prefix/runtime" IPYTHONDIR="$prefix/ipython"
export GRADBOOK_HISTORY="$prefix/history"
# not the python3 of a version manager, which does not see Debian's packages
exec /usr/bin/python3 test/clients/main.py "$@"
