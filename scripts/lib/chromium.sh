# Debian's chromium for the browser tests, installed where that is allowed. Needs: say.sh.

find_chromium() {
  local path
  for path in "${CHROMIUM-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    if [ -n "$path" ] && [ -x "$path" ]; then
      export CHROMIUM=$path
      return 0
    fi
  done
  return 1
}

ensure_chromium() {
  find_chromium || { install_chromium && find_chromium; }
}

install_chromium() {
  local root=()
  have apt-get || return 1
  if [ "$(id -u)" != 0 ]; then
    # -n: a test run must not stop to ask for a password.
    have sudo && sudo -n true 2>/dev/null || return 1
    root=(sudo -n)
  fi
  step "Installing chromium (apt-get)"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 || true
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium >&2
}
