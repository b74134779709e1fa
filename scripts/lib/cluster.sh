# One PostgreSQL server ("cluster" in PostgreSQL's words) in one folder:
#
#   $CLUSTER/data      the database files, owned by the account that runs it
#   $CLUSTER/log       its log
#   $CLUSTER/port      the port it was given; kept, so that the address stays the same
#   $CLUSTER/password  the superuser's random password, readable by the caller only
#   $CLUSTER/lock      held while starting or stopping
#
# It listens on 127.0.0.1 only and has no Unix socket: a socket's path may not be longer than 107
# characters, and a clone may lie deep. Needs: say.sh, account.sh, postgres-binaries.sh (ACCOUNT, PG set);
# CLUSTER, KIND (durable | throwaway) and DATABASE set by the caller.

SUPERUSER=remotemotel

cluster_url() {
  printf 'postgres://%s:%s@127.0.0.1:%s/%s\n' "$SUPERUSER" "$(cat "$CLUSTER/password")" "$(cat "$CLUSTER/port")" "$DATABASE"
}

cluster_settings() {
  local settings=(
    "-p $(cat "$CLUSTER/port")" "-c listen_addresses=127.0.0.1" "-c unix_socket_directories="
    "-c shared_buffers=256MB" "-c timezone=UTC" "-c log_timezone=UTC" "-c logging_collector=off"
  )
  if [ "$KIND" = durable ]; then
    settings+=("-c fsync=on" "-c full_page_writes=on" "-c synchronous_commit=on" "-c max_connections=100")
  else
    # Databases that live for one test: speed instead of surviving a power cut.
    # A test that ends while its pool still opens a connection blocks the thread that would prove the password;
    # dropping the database waits for that half-open connection, a minute unless it is told otherwise.
    settings+=("-c fsync=off" "-c full_page_writes=off" "-c synchronous_commit=off" "-c max_connections=200"
      "-c wal_level=minimal" "-c max_wal_senders=0" "-c max_wal_size=2GB" "-c authentication_timeout=5s")
  fi
  printf '%s' "${settings[*]}"
}

# The process id of this cluster's server, if it lives. The number in postmaster.pid alone proves
# nothing: after a kill -9 or a reboot it may belong to any other program.
cluster_pid() {
  local pid
  # Readable by root and by the owner, which are the only two callers there are.
  pid=$(head -n 1 "$CLUSTER/data/postmaster.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF "$CLUSTER/data" || return 1
  printf '%s\n' "$pid"
}

cluster_answers() {
  "$PG/bin/pg_isready" -q -h 127.0.0.1 -p "$(cat "$CLUSTER/port")" -t 5
}

cluster_runs() { cluster_pid >/dev/null && cluster_answers; }

cluster_start() {
  prepare_cluster_folder
  (
    flock -w 180 9 || die "somebody else has been starting or stopping $CLUSTER for three minutes."
    if ! cluster_runs; then
      [ "$KIND" = durable ] || forget_cluster
      [ -f "$CLUSTER/data/PG_VERSION" ] || create_cluster
      clear_remains
      launch_cluster
    fi
    ensure_database
  ) 9>"$CLUSTER/lock"
}

prepare_cluster_folder() {
  mkdir -p "$CLUSTER"
  # In a folder such as /var/tmp anybody could have put this name there first.
  [ "$(stat -c %u "$CLUSTER")" = "$(id -u)" ] || die "$CLUSTER belongs to somebody else; will not use it."
  chmod 711 "$CLUSTER"
  mkdir -p "$CLUSTER/log"
  [ "$(id -u)" != 0 ] || chown "$ACCOUNT:" "$CLUSTER/log"
}

# A throw-away server starts empty each time: left-over test databases go.
forget_cluster() {
  if cluster_pid >/dev/null; then stop_cluster_process; fi
  rm -rf "$CLUSTER/data"
}

create_cluster() {
  local fresh=$CLUSTER/data.new secret=$CLUSTER/log/initdb.password
  rm -rf "$fresh" "$secret"
  new_password
  mkdir "$fresh"
  install -m 600 "$CLUSTER/password" "$secret"
  [ "$(id -u)" != 0 ] || chown "$ACCOUNT:" "$fresh" "$secret"
  # The locale is PostgreSQL's own, so that sorting does not depend on what this machine has installed.
  as_account "$PG/bin/initdb" --pgdata="$fresh" --username="$SUPERUSER" --pwfile="$secret" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --no-instructions $([ "$KIND" = durable ] || echo --no-sync) 9<&- >"$CLUSTER/initdb.log" 2>&1 ||
    die "initdb failed: $(tail -3 "$CLUSTER/initdb.log")"
  rm -f "$secret"
  mv "$fresh" "$CLUSTER/data"
}

new_password() {
  (umask 077 && python3 -c 'import secrets; print(secrets.token_hex(16))' >"$CLUSTER/password")
}

# What a kill -9 leaves behind: a postmaster.pid naming a process that is not ours, and sometimes
# children of the dead server that have not noticed yet and still hold its shared memory.
clear_remains() {
  if cluster_pid >/dev/null; then
    stop_cluster_process
    return
  fi
  local orphan tries
  for tries in 1 2 3 4 5 6 7 8 9 10; do
    [ -n "$(processes_in_data)" ] || break
    sleep 0.5
  done
  for orphan in $(processes_in_data); do kill -9 "$orphan" 2>/dev/null || true; done
  rm -f "$CLUSTER/data/postmaster.pid"
}

# PostgreSQL's processes, and only they, have the data folder as their current folder.
processes_in_data() {
  local dir
  for dir in /proc/[0-9]*; do
    if [ "$(readlink "$dir/cwd" 2>/dev/null)" = "$CLUSTER/data" ] &&
      [ "$(readlink "$dir/exe" 2>/dev/null)" = "$PG/bin/postgres" ]; then echo "${dir#/proc/}"; fi
  done
}

launch_cluster() {
  local log=$CLUSTER/log/postgres.log tries
  for tries in 1 2 3; do
    port_is_free || free_port >"$CLUSTER/port"
    # 9<&-: the server must not inherit our lock.
    if as_account "$PG/bin/pg_ctl" start --wait --timeout=120 --silent --pgdata="$CLUSTER/data" --log="$log" \
      --options="$(cluster_settings)" 9<&- >&2; then return; fi
    # Somebody may have taken the port in between; anything else is a real fault.
    tail -n 5 "$log" | grep -q 'could not bind\|Address already in use' || break
  done
  die "PostgreSQL does not start; its log ($log) ends: $(tail -n 5 "$log" 2>/dev/null)"
}

port_is_free() {
  [ -s "$CLUSTER/port" ] && python3 - "$(cat "$CLUSTER/port")" <<'PY'
import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    s.bind(("127.0.0.1", int(sys.argv[1])))
except OSError:
    sys.exit(1)
PY
}

cluster_psql() { PGPASSWORD=$(cat "$CLUSTER/password") "$PG/bin/psql" -X -h 127.0.0.1 -p "$(cat "$CLUSTER/port")" -U "$SUPERUSER" "$@"; }

ensure_database() {
  [ "$DATABASE" != postgres ] || return 0
  [ "$(cluster_psql -d postgres -Atc "SELECT 1 FROM pg_database WHERE datname = '$DATABASE'" 9<&-)" = 1 ] ||
    cluster_psql -d postgres -qc "CREATE DATABASE \"$DATABASE\"" 9<&- >&2
}

cluster_stop() {
  [ -d "$CLUSTER" ] || return 0
  (
    flock -w 180 9 || die "somebody else has been starting or stopping $CLUSTER for three minutes."
    if cluster_pid >/dev/null; then stop_cluster_process; fi
  ) 9>"$CLUSTER/lock"
}

stop_cluster_process() {
  as_account "$PG/bin/pg_ctl" stop --silent --wait --timeout=60 --mode=fast --pgdata="$CLUSTER/data" 9<&- >&2 ||
    as_account "$PG/bin/pg_ctl" stop --silent --wait --timeout=60 --mode=immediate --pgdata="$CLUSTER/data" 9<&- >&2
}
