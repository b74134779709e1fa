# Opening and closing the front desk: one per DATA_DIR. What runs is written down in DATA_DIR/run, so that
# a start after a kill -9 knows what is its own.
# Needs: ROOT, DATA_DIR, PORT, HOST, URL, say.sh, places.sh, processes.sh, settings.sh.

RUN= SERVER=

claim_data_dir() {
  make_data_dir
  RUN=$DATA_DIR/run
  mkdir -p "$RUN"
  local other
  exec 8>"$RUN/claim.lock"
  flock 8
  if other=$(remembered_process "$RUN/script.pid"); then
    say "The front desk runs already: $(cat "$RUN/url" 2>/dev/null || echo 'it is just starting') (process $other, data in $DATA_DIR)."
    exit 0
  fi
  remember_process "$RUN/script.pid" $$
  printf '%s\n' "$URL" >"$RUN/url"
  exec 8>&-
  # A server whose script was killed still holds the port and would work beside the new one.
  if other=$(remembered_process "$RUN/server.pid"); then
    say "Stopping the server left over from a killed start (process $other)."
    stop_process "$other" 15
  fi
}

require_free_port() {
  local problem
  problem=$(python3 - "$HOST" "$PORT" 2>&1 <<'PY'
import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    s.bind((sys.argv[1], int(sys.argv[2])))
    s.listen()
except (OSError, OverflowError) as error:
    sys.exit(str(error))
PY
  ) || die "cannot listen on $HOST:$PORT ($problem). Another program may be using it; choose another port: PORT=8081 scripts/run"
}

# The marker says whose the running database is: Ctrl-C closes the one a run opened (also a killed run), and
# leaves alone the one somebody started with scripts/postgres.
open_database() {
  embedded_database || return 0
  local opened=$RUN/opened-database
  "$ROOT/scripts/postgres" status 2>/dev/null && [ ! -e "$opened" ] && return
  touch "$opened"
  "$ROOT/scripts/postgres" start
}

# One after another even if the script before was killed and its command goes on.
in_turn() { flock "$RUN" "$@"; }

prepare_database() {
  use_database
  use_session_key
  in_turn "$BINARY" migrate >&2 || die "the migrations failed; see above."
  if embedded_database || [ "$SEED_OWN" = yes ]; then
    in_turn "$BINARY" seed --demo >&2 || die "seeding the demo motel failed; see above."
  fi
}

open_front_desk() {
  (
    # Written down before the server exists, under the same process number: no moment without a trace.
    remember_process "$RUN/server.pid" "$BASHPID"
    exec "$BINARY" serve
  ) &
  SERVER=$!
  python3 "$ROOT/scripts/lib/wait-until-it-answers.py" "$URL/health" "$SERVER" ||
    die "the server did not come up; see above."
}

announce() {
  local tenant=$ROOT/fixtures/remotemotel/tenant.toml
  say ""
  say "RemoteMotel is open."
  say ""
  say "  Guest page   $URL/"
  say "  Console      $URL/console"
  if embedded_database || [ "$SEED_OWN" = yes ]; then
    say "  Sign in      $(demo_sign_in email "$tenant")  /  $(demo_sign_in password "$tenant")   (demo account)"
  fi
  say "  Data         $DATA_DIR"
  say ""
  say "Ctrl-C stops it."
}

demo_sign_in() { sed -n "/^\[demo_staff\]/,/^\[/s/^$1 *= *\"\(.*\)\"/\1/p" "$2"; }

watch_front_desk() {
  local code=0
  { wait "$SERVER"; } 2>/dev/null || code=$?
  say "The server ended by itself (exit code $code)."
  exit "$((code == 0 ? 1 : code))"
}

close_front_desk() {
  local code=$?
  trap '' INT TERM HUP
  if [ -n "$SERVER" ]; then stop_process "$SERVER" 15; fi
  if [ -e "$RUN/opened-database" ]; then
    "$ROOT/scripts/postgres" stop && rm -f "$RUN/opened-database"
  fi
  rm -f "$RUN/script.pid" "$RUN/server.pid" "$RUN/url"
  exit "$code"
}
