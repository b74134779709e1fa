# Counting what the test programs report, for the one line at the end. A check that is not a test (format,
# clippy, types) counts only when it fails. Needs: LOGS, say.sh.

PASSED=0 FAILED=0 SKIPPED=0 BROKEN=()

# count PASSED FAILED SKIPPED
count() { PASSED=$((PASSED + $1)) FAILED=$((FAILED + $2)) SKIPPED=$((SKIPPED + $3)); }

broken() {
  BROKEN+=("$1")
  say "✗ $1"
}

# check NAME COMMAND…: shows and keeps the output; a failing command is one failure.
check() {
  local name=$1
  shift
  step "$name"
  "$@" 2>&1 | tee "$LOGS/${name// /-}.log" >&2 || {
    broken "$name"
    count 0 1 0
  }
}

# tests NAME COUNTER COMMAND…: COUNTER reads the log and prints "passed failed skipped". A program that fails
# without naming a failed test (it did not compile) is one failure.
tests() {
  local name=$1 counter=$2 log=$LOGS/${1// /-}.log code=0 passed failed skipped
  shift 2
  step "$name"
  "$@" 2>&1 | tee "$log" >&2 || code=$?
  read -r passed failed skipped <<<"$("$counter" "$log")"
  if [ "$code" != 0 ] && [ "$failed" = 0 ]; then failed=1; fi
  if [ "$((passed + failed + skipped))" = 0 ]; then
    say "no test ran"
    failed=1
  fi
  count "$passed" "$failed" "$skipped"
  if [ "$failed" != 0 ]; then broken "$name"; fi
}

# Summary [ 0.5s] 12 tests run: 9 passed (1 slow), 2 failed, 1 timed out, 3 skipped
count_nextest() {
  awk '/ Summary \[/ { line = $0 }
    END { print number(line, "passed"), number(line, "failed") + number(line, "timed out") + number(line, "exec failed"), number(line, "skipped") }
    function number(text, word) { return match(text, "[0-9]+ " word) ? substr(text, RSTART, RLENGTH) + 0 : 0 }' "$1"
}

# test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; … (one line for each binary)
count_cargo_test() {
  awk '/^test result:/ { for (i = 2; i <= NF; i++) {
      if ($i == "passed;") p += $(i - 1)
      if ($i == "failed;") f += $(i - 1)
      if ($i == "ignored;") s += $(i - 1) } }
    END { print p + 0, f + 0, s + 0 }' "$1"
}

count_playwright() {
  node -e '
    const stats = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8")).stats;
    console.log(stats.expected, stats.unexpected + stats.flaky, stats.skipped);' "$ROOT/artifacts/browser.json" 2>/dev/null || echo 0 0 0
}

# The last line is for machines and people in a hurry; keep its shape.
report() {
  say ""
  local name
  for name in "${BROKEN[@]}"; do say "✗ $name"; done
  printf '%s passed, %s failed, %s skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  [ "$FAILED" = 0 ]
}
