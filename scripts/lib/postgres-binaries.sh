# PostgreSQL's programs. The wheel holds them packed inside its own command `pg0`, which unpacks them
# below $HOME at its first start. We let it do that once in a scratch home, keep the programs and
# drive initdb and pg_ctl ourselves: `pg0` would switch fsync off and use a fixed password.
# Needs: ROOT, say.sh, python.sh, account.sh; ACCOUNT chosen. Sets PG (the folder with bin/).

PG_VERSION_TAG=pg0-0.15.2

ensure_postgres_binaries() {
  ensure_venv
  # Root's clone may lie where the account cannot read; /var/lib is open to it wherever the clone is.
  local shelf=$VENV/postgresql
  if [ "$(id -u)" = 0 ]; then shelf=/var/lib/remotemotel/postgresql; fi
  PG=$shelf/$PG_VERSION_TAG
  if [ ! -x "$PG/bin/postgres" ]; then
    mkdir -p "$shelf"
    (
      flock 9
      [ -x "$PG/bin/postgres" ] || unpack_postgres "$shelf"
    ) 9<"$shelf"
  fi
  # Its own ICU lies beside the programs, and one of its libraries looks for it elsewhere.
  export LD_LIBRARY_PATH=$PG/lib
}

# Unpacks in a scratch folder and moves the result into place at the end, so that an interrupted
# run leaves nothing that looks finished.
unpack_postgres() {
  local shelf=$1 scratch unpacked
  step "Unpacking PostgreSQL ($PG_VERSION_TAG)"
  rm -rf "$shelf"/unpack.*
  scratch=$(mktemp -d "$shelf/unpack.XXXXXX")
  cp "$VENV"/lib/python3.*/site-packages/pg0/bin/pg0 "$scratch/pg0"
  chmod 755 "$scratch" "$scratch/pg0"
  mkdir "$scratch/home"
  [ "$(id -u)" != 0 ] || chown "$ACCOUNT:" "$scratch/home"
  as_account env HOME="$scratch/home" "$scratch/pg0" start --port "$(free_port)" 9<&- >"$scratch/log" 2>&1 ||
    die "the packed PostgreSQL does not start here: $(tail -3 "$scratch/log")"
  as_account env HOME="$scratch/home" "$scratch/pg0" drop --force 9<&- >>"$scratch/log" 2>&1 || true
  unpacked=$(dirname "$(dirname "$(ls -d "$scratch"/home/.pg0/installation/*/bin/postgres)")")
  # Owned by the caller, not by the account that runs it: a server should not be able to change its own programs.
  [ "$(id -u)" != 0 ] || chown -R root:root "$unpacked"
  mv "$unpacked" "$PG"
  rm -rf "$scratch"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
