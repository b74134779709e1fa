# Speaking to the person at the terminal. Everything goes to stderr, so that stdout stays free for
# what another program reads (`scripts/postgres url`).

say() { printf '%s\n' "$*" >&2; }

step() { printf '\n── %s\n' "$*" >&2; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }
