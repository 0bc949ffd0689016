# Debian packages: which are missing, and how to get them.

# missing_packages wish|need FILE…: the packages of these lists that are neither installed nor stood in for.
missing_packages() {
    local kind=$1 arch line package program wanted=()
    shift
    arch=$(dpkg --print-architecture 2>/dev/null || echo unknown)
    while IFS= read -r line; do
        line=${line%%#*}
        [ -n "${line// /}" ] || continue
        case $line in \?*) [ "$kind" = wish ] || continue; line=${line#\?} ;; *) [ "$kind" = need ] || continue ;; esac
        case $line in *\[*) [[ $line == *"[$arch]"* ]] || continue; line=${line%%\[*} ;; esac
        package=$(echo "${line%%|*}" | xargs)
        program=$(case $line in *\|*) echo "${line##*|}" | xargs ;; esac)
        if [ -n "$program" ] && command -v "$program" >/dev/null 2>&1; then continue; fi
        wanted+=("$package")
    done < <(cat "$@")
    [ ${#wanted[@]} -gt 0 ] || return 0
    if ! command -v dpkg-query >/dev/null 2>&1; then printf '%s\n' "${wanted[@]}"; return; fi
    dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null |
        awk '$2 == "installed" {print $1}' | sort | comm -13 - <(printf '%s\n' "${wanted[@]}" | sort -u)
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install_line() {
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo "
    echo "${sudo}apt-get update && ${sudo}apt-get install -y $*"
}

# install_packages PACKAGE…: from Debian's or Ubuntu's own archive, without questions.
install_packages() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq)
    run_quietly "package lists" retry 3 as_root "${apt[@]}" update
    run_quietly "packages: $*" as_root "${apt[@]}" install -y --no-install-recommends "$@"
}

retry() {
    local left=$1; shift
    until "$@"; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 5
    done
}

# ensure_packages FILE…: installs what is missing where that is allowed; else says the one line to run, and stops
# only when something indispensable is missing.
ensure_packages() {
    local need wish
    need=$(missing_packages need "$@" | xargs)
    wish=$(missing_packages wish "$@" | xargs)
    [ -n "$need$wish" ] || return 0
    if [ "$SYSTEM" = yes ] && may_install; then
        # shellcheck disable=SC2086 # names of packages, one word each
        install_packages $need $wish
        return
    fi
    [ -z "$wish" ] || say "  not installed, useful: $wish"
    # shellcheck disable=SC2086
    say "  to install what is missing, run:  $(install_line $need $wish)"
    [ -z "$need" ] || die "Missing: $need. Run the line above, then start again."
}
