# Settings of a local start. Values already in the environment win over .env, and .env over what is chosen here.
# Needs: ROOT, say.sh, places.sh.

load_settings() {
  read_env_file "$ROOT/.env"
  PORT=${PORT:-${REMOTEMOTEL__HTTP__PORT:-8080}}
  HOST=${REMOTEMOTEL__HTTP__HOST:-127.0.0.1}
  DATABASE_URL=${DATABASE_URL:-${REMOTEMOTEL__DATABASE__URL:-}}
  DATA_DIR=${DATA_DIR:-${REMOTEMOTEL__DATA_DIR:-}}
  DATA_DIR=$(data_dir)
  case $PORT in *[!0-9]* | '') die "PORT must be a number, not '$PORT'." ;; esac
  # 0.0.0.0 is where it listens, not where one can look.
  local seen=$HOST
  [ "$seen" != 0.0.0.0 ] || seen=127.0.0.1
  URL=http://$seen:$PORT
  export DATA_DIR
  export REMOTEMOTEL__HTTP__PORT=$PORT REMOTEMOTEL__HTTP__HOST=$HOST REMOTEMOTEL__DATA_DIR=$DATA_DIR
  export REMOTEMOTEL__HTTP__PUBLIC_URL=${REMOTEMOTEL__HTTP__PUBLIC_URL:-$URL}
}

# NAME=value lines only; nothing in it is executed.
read_env_file() {
  local line name
  [ -f "$1" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in '' | '#'*) continue ;; esac
    name=${line%%=*}
    case $name in *[!A-Za-z0-9_]* | '' | [0-9]*) die "$1: not a NAME=value line: $line" ;; esac
    [ -n "${!name-}" ] || export "$name=${line#*=}"
  done <"$1"
}

embedded_database() { [ -z "$DATABASE_URL" ]; }

# Tells the binary where its database is. The embedded one must be running.
use_database() {
  if embedded_database; then
    REMOTEMOTEL__DATABASE__URL=$("$ROOT/scripts/postgres" url)
  else
    REMOTEMOTEL__DATABASE__URL=$DATABASE_URL
  fi
  export REMOTEMOTEL__DATABASE__URL
}

# Sessions should outlive a restart, so the key they are signed with is kept.
use_session_key() {
  local file=$DATA_DIR/session.key
  if [ -z "${REMOTEMOTEL__HTTP__SESSION_KEY-}" ]; then
    [ -s "$file" ] || (umask 077 && python3 -c 'import secrets; print(secrets.token_hex(64))' >"$file.new" && mv "$file.new" "$file")
    REMOTEMOTEL__HTTP__SESSION_KEY=$(cat "$file")
  fi
  export REMOTEMOTEL__HTTP__SESSION_KEY
}
