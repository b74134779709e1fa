# Where the two servers keep their files. Needs: ROOT, say.sh, account.sh, cluster.sh.

# DATA_DIR as an absolute path without symbolic links, so that one folder has one name.
data_dir() { realpath -m "${DATA_DIR:-$ROOT/.data}"; }

# Guests' mail and secrets lie in it: closed to others, except that root lets the database's account pass through.
# A folder that was there before keeps the permissions its owner gave it.
make_data_dir() {
  local home
  home=$(data_dir)
  [ ! -d "$home" ] || return 0
  mkdir -p "$home"
  if [ "$(id -u)" = 0 ]; then chmod 711 "$home"; else chmod 700 "$home"; fi
}

use_front_desk() {
  local home
  home=$(data_dir)
  KIND=durable DATABASE=remotemotel
  make_data_dir
  if account_can_enter "$home"; then
    CLUSTER=$home/postgres
    return
  fi
  # A clone below root's home: closed to the account, and it shall stay closed.
  CLUSTER=/var/lib/remotemotel/$(printf '%s' "$home" | sha256sum | cut -c1-16)
  if [ ! -e "$home/postgres.path" ]; then
    say "The account '$ACCOUNT' cannot enter $home: the database lies in $CLUSTER instead (noted in $home/postgres.path)."
    printf '%s\n' "$CLUSTER" >"$home/postgres.path"
  fi
}

use_test_server() {
  KIND=throwaway DATABASE=postgres CLUSTER=/var/tmp/remotemotel-test-$(id -u)
}

require_running() {
  cluster_runs || die "the embedded PostgreSQL is not running (scripts/run or scripts/postgres start starts it)."
}

tell_status() {
  if cluster_runs; then
    say "running: port $(cat "$CLUSTER/port"), data in $CLUSTER"
  else
    say "stopped: data in $CLUSTER"
    exit 3
  fi
}
