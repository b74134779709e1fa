# The virtual environment in .venv, made once and again whenever requirements.txt changes.
# Needs: ROOT, say.sh.

VENV=$ROOT/.venv

require_python() {
  have python3 || die "Python 3.9 or newer is needed and python3 was not found (Debian: apt-get install python3 python3-venv)."
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' ||
    die "Python 3.9 or newer is needed; this is $(python3 --version 2>&1)."
}

ensure_venv() {
  local wanted=$ROOT/scripts/requirements.txt stamp=$VENV/.requirements
  if [ -x "$VENV/bin/python" ] && cmp -s "$wanted" "$stamp"; then return; fi
  require_python
  mkdir -p "$VENV"
  (
    # Two scripts may start at once in a fresh clone; the second finds the work done.
    flock 9
    if [ -x "$VENV/bin/python" ] && cmp -s "$wanted" "$stamp"; then exit 0; fi
    step "Python packages: $(grep -v '^#' "$wanted" | tr '\n' ' ')"
    # Half an environment cannot be repaired, only made again (PostgreSQL's programs in it are a thing of their own).
    find "$VENV" -mindepth 1 -maxdepth 1 ! -name postgresql -exec rm -rf {} +
    # pip keeps the lock open: one left over from a killed script is waited for, not raced.
    python3 -m venv "$VENV" ||
      die "python3 cannot make a virtual environment (Debian: apt-get install python3-venv)."
    "$VENV/bin/python" -m pip --disable-pip-version-check install --quiet --requirement "$wanted" >&2 ||
      die "pip could not install $wanted; see above."
    # The stamp comes last: whatever was interrupted before is done again.
    cp "$wanted" "$stamp"
  ) 9<"$VENV"
}
