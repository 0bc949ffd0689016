# The Python environment in .venv, made by the Python's own venv and pip.

# usable_python PROGRAM: whether it is CPython 3.11–3.13 that can make an environment and build against its headers.
usable_python() {
    "$1" - 2>/dev/null <<'PY'
import ensurepip, os, sys, sysconfig, venv
good = (3, 11) <= sys.version_info[:2] <= (3, 13)
sys.exit(0 if good and os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")) else 1)
PY
}

find_python() {
    local name
    for name in "${KVMWEB_PYTHON:-}" python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && usable_python "$name" && { command -v "$name"; return; }
    done
    return 1
}

ensure_python() {
    PYTHON=$(find_python) && return
    if [ "$SYSTEM" = yes ] && may_install; then
        install_packages python3 python3-dev python3-venv
        PYTHON=$(find_python) && return
    fi
    die "KVMWeb needs Python 3.11, 3.12 or 3.13 with its venv module and headers. Run:" \
        "$(install_line python3 python3-dev python3-venv) (or set KVMWEB_PYTHON to such a Python)."
}

# ensure_environment FILE…: .venv holds exactly what these requirement files pin.
ensure_environment() {
    local hash stamp=.venv/kvmweb-requirements file arguments=()
    hash=$(cat "$@" | sha256sum | cut -c1-40)
    for file in "$@"; do arguments+=(-r "$file"); stamp+=-$(basename "$file" .txt); done
    stamped "$stamp" "$hash" && [ -x .venv/bin/python ] && return
    ensure_python
    if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
        run_quietly "Python environment with $("$PYTHON" --version)" "$PYTHON" -m venv --clear .venv
    fi
    run_quietly "Python packages ($*)" .venv/bin/python -m pip install --quiet --disable-pip-version-check "${arguments[@]}"
    echo "$hash" >"$stamp"
}
