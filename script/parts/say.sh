# How the scripts speak: short lines, errors as sentences.
say() { printf '%s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# run_quietly WHAT COMMAND…: shows one line; the command's own output only when it fails.
run_quietly() {
    local what=$1 log; shift
    log=$(mktemp)
    say "  $what"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2; rm -f "$log"
        die "Failed: $what (command: $*)"
    fi
    rm -f "$log"
}

# hash_of PATH…: one hash over the contents and names of files and folders.
hash_of() {
    find "$@" -type f -not -name '*.pyc' -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum | cut -c1-40
}

# stamped FILE VALUE: whether FILE says VALUE, so that the work is done already.
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }
