#!/bin/sh
# Makes .venv from requirements/dev.lock (or the environment that is named second from the lock that is
# named first), and does nothing when it is already what the lock says.
# Run from the project's folder. The stamp holds the folder's path too: an environment does not
# survive being moved.
set -eu

lock=${1:-requirements/dev.lock}
venv=${2:-.venv}
stamp=$venv/.made-from

wanted="$(cksum <"$lock") $PWD"
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -c '' 2>/dev/null &&
    [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then
    exit 0
fi
for candidate in python3.13 python3.12 python3.11 python3; do
    # A name on the PATH may be a shim for a version that is not installed: run it.
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "${python:-}" ]; then
    echo "Mungchi needs Python 3.11 or newer; python3 on this machine is:" \
        "$(python3 --version 2>/dev/null || echo absent)." >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi
if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1 ||
    { [ -f "$stamp" ] && [ "$(cut -d' ' -f3- "$stamp")" != "$PWD" ]; }; then
    echo "making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi
echo "installing $lock into $venv"
rm -f "$stamp"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input \
    --require-hashes -r "$lock"
printf '%s' "$wanted" >"$stamp"
