# Building the user interface and the binary. Both are skipped quickly when nothing changed.
# Needs: ROOT, say.sh.

UI=$ROOT/crates/web/ui

# Sets BINARY. PROFILE is `dev` or `release`.
build_all() {
  build_ui
  build_binary
}

build_ui() {
  local stamp=$UI/node_modules/.built-from now
  now=$(ui_fingerprint)
  if [ -f "$UI/dist/.vite/manifest.json" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then return; fi
  step "User interface (npm)"
  npm_install "$UI"
  (cd "$UI" && npm run --silent build) >&2 || die "the user interface does not build; see above."
  printf '%s\n' "$now" >"$stamp"
}

ui_fingerprint() {
  (cd "$UI" && find . \( -path ./node_modules -o -path ./dist \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# npm_install FOLDER: `npm ci`, unless the lock file is the one installed last.
npm_install() {
  local folder=$1 stamp=$1/node_modules/.installed-from
  if cmp -s "$folder/package-lock.json" "$stamp"; then return; fi
  # The lock stays open in npm itself: one left over from a killed script is waited for, not raced.
  (cd "$folder" && flock "$folder" npm ci --no-audit --no-fund) >&2 || die "npm ci failed in $folder; see above."
  cp "$folder/package-lock.json" "$stamp"
}

# --workspace, because -p would choose other features of shared dependencies than the tests do, and
# everything would be compiled again.
build_binary() {
  local flags=(--workspace --bin remotemotel --locked) target
  target=${CARGO_TARGET_DIR:-$ROOT/target}
  if [ "$PROFILE" = release ]; then flags+=(--release) BINARY=$target/release/remotemotel; else BINARY=$target/debug/remotemotel; fi
  if [ ! -x "$BINARY" ]; then step "Compiling remotemotel ($PROFILE): the first time takes about ten minutes on two cores"; fi
  (cd "$ROOT" && cargo build "${flags[@]}") >&2 || die "remotemotel does not compile; see above."
}
