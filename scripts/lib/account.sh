# PostgreSQL refuses to run as root. For root the servers run as an unprivileged account; for
# everybody else they run as the caller. Needs: say.sh.

choose_account() {
  if [ "$(id -u)" != 0 ]; then
    ACCOUNT=$(id -un)
    return
  fi
  local name
  if ! id -u remotemotel >/dev/null 2>&1 && have useradd; then
    useradd --system --user-group --no-create-home --home-dir /nonexistent \
      --shell /usr/sbin/nologin remotemotel 2>/dev/null || true
  fi
  for name in remotemotel postgres nobody; do
    if id -u "$name" >/dev/null 2>&1; then
      ACCOUNT=$name
      return
    fi
  done
  die "PostgreSQL does not run as root, and no unprivileged account could be made (useradd remotemotel) or found."
}

# Runs a command as that account, with nothing of root's left: groups, home, current folder.
as_account() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  else
    (cd / && exec setpriv --reuid="$ACCOUNT" --regid="$(id -g "$ACCOUNT")" --clear-groups \
      env HOME=/nonexistent USER="$ACCOUNT" LOGNAME="$ACCOUNT" "$@")
  fi
}

account_can_enter() { as_account test -x "$1"; }
