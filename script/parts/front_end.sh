# The browser's side: node packages, the bundle in static/dist, translations, and what the web server serves.

ensure_node_packages() {
    [ -f package.json ] || return 0
    local hash
    hash=$(cat package.json package-lock.json | sha256sum | cut -c1-40)
    stamped node_modules/.kvmweb-stamp "$hash" && return
    if ! node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2>/dev/null; then
        die "The front end is built with Node.js 18 or newer. Install it (package nodejs), then start again."
    fi
    run_quietly "front-end packages" npm ci --ignore-scripts --no-audit --no-fund
    echo "$hash" >node_modules/.kvmweb-stamp
}

ensure_bundle() {
    [ -f package.json ] || return 0
    local hash
    hash=$( (hash_of static/js static/css static/icons static/img; cat package.json package-lock.json ./*.mjs 2>/dev/null) |
        sha256sum | cut -c1-40)
    stamped static/dist/.stamp "$hash" && return
    ensure_node_packages
    run_quietly "front end" npm run build --silent
    echo "$hash" >static/dist/.stamp
}

ensure_translations() {
    local po mo
    command -v msgfmt >/dev/null 2>&1 || return 0
    for po in locale/*/LC_MESSAGES/*.po; do
        mo=${po%.po}.mo
        [ -f "$po" ] || continue
        [ "$mo" -nt "$po" ] || run_quietly "translation $po" msgfmt --output-file "$mo" "$po"
    done
}

# ensure_static DATA: the hashed and compressed files that the web process serves, in DATA/static.
ensure_static() {
    local hash
    hash=$( (cat static/dist/.stamp .venv/kvmweb-requirements-requirements 2>/dev/null || true) | sha256sum | cut -c1-40)
    stamped "$1/static/.stamp" "$hash" && return
    run_quietly "static files" env KVMWEB_DATA="$1" .venv/bin/python manage.py collectstatic --noinput --clear
    echo "$hash" >"$1/static/.stamp"
}
