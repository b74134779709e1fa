# Remembering a process so that it can be recognised later, also after a kill -9 or a reboot: its number
# together with the moment it started, because numbers are used again.

# Field 22 of /proc/PID/stat, counted after the name in parentheses, which may hold spaces.
started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d ' ' -f 20; }

# remember_process FILE PID
remember_process() {
  printf '%s %s\n' "$2" "$(started_at "$2")" >"$1.new"
  mv "$1.new" "$1"
}

# remembered_process FILE: prints the number if that very process still lives.
remembered_process() {
  local pid start
  read -r pid start 2>/dev/null <"$1" || return 1
  [ -n "${start-}" ] && [ "$(started_at "$pid")" = "$start" ] || return 1
  printf '%s\n' "$pid"
}

# stop_process PID SECONDS: asks, waits, then insists.
stop_process() {
  local tries=$(($2 * 10))
  kill -TERM "$1" 2>/dev/null || return 0
  while kill -0 "$1" 2>/dev/null; do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then
      kill -KILL "$1" 2>/dev/null || true
      return
    fi
    sleep 0.1
  done
}
