# The steps of scripts/test, each reporting to the tally. Needs: ROOT, LINT, say.sh, build.sh, chromium.sh, tally.sh.

BROWSER_TESTS=$ROOT/bins/server/tests/browser

# The server embeds the built user interface, so the Rust tests need it too.
build_ui_for_tests() { check "user interface" build_ui; }

lint() {
  check "user interface types" npm_check "$UI" lint
  check "browser test types" npm_check "$BROWSER_TESTS" check
  check "clippy" cargo clippy --workspace --all-targets --locked -- -D warnings
  # Advisories need the network, so where it is not installed nothing is asked for it; licences and sources are tested anyway.
  if cargo deny --version >/dev/null 2>&1; then check "dependencies" cargo deny check; fi
}

npm_check() {
  npm_install "$1"
  npm --prefix "$1" run --silent "$2"
}

# Stops the test server at the end only if it was not running before.
open_test_database() {
  [ -z "${MOTEL_TEST_DATABASE_URL-}" ] || return 0
  if ! "$ROOT/scripts/postgres" test-status 2>/dev/null; then trap '"$ROOT/scripts/postgres" test-stop' EXIT; fi
  local line
  if line=$("$ROOT/scripts/postgres" test-env); then
    eval "$line"
  else
    broken "PostgreSQL for the tests"
    count 0 1 0
  fi
}

rust_tests() {
  # The caller's own settings must not change what the tests see.
  local name
  for name in "${!REMOTEMOTEL__@}"; do unset "$name"; done
  if cargo nextest --version >/dev/null 2>&1; then
    tests "unit and integration tests" count_nextest cargo nextest run --workspace --locked --no-fail-fast
  else
    tests "unit and integration tests" count_cargo_test cargo test --workspace --lib --bins --tests --locked --no-fail-fast
  fi
  if [ "$LINT" = yes ]; then
    tests "documentation examples" count_cargo_test cargo test --workspace --doc --locked --no-fail-fast
  fi
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

browser_tests() {
  if ! ensure_chromium; then
    say ""
    say "!!! NO BROWSER TESTS: chromium is not here and could not be installed (apt-get as root or with sudo). Give --no-browser to go without. !!!"
    broken "browser tests (no chromium)"
    count 0 1 0
    return
  fi
  PROFILE=dev
  check "binary for the browser tests" build_binary
  MOTEL_BROWSER_PORT=$(free_port)
  MOTEL_BROWSER_CLOCK_PORT=$(free_port)
  export MOTEL_BROWSER_PORT MOTEL_BROWSER_CLOCK_PORT
  tests "browser tests" count_playwright npm_check "$BROWSER_TESTS" test
}
