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
  if ui_is_built; then return; fi
  step "User interface (npm)"
  npm_install "$UI"
  in_turn_at "$UI" build_ui_now || die "the user interface does not build; see above."
}

ui_is_built() { [ -f "$UI/dist/.vite/manifest.json" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; }

build_ui_now() {
  if ui_is_built; then return; fi
  (cd "$UI" && npm run --silent build) >&2 && printf '%s\n' "$now" >"$stamp"
}

ui_fingerprint() {
  (cd "$UI" && find . \( -path ./node_modules -o -path ./dist \) -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
}

# npm_install FOLDER: `npm ci`, unless the lock file is the one installed last.
npm_install() {
  local folder=$1 stamp=$1/node_modules/.installed-from
  if npm_is_installed; then return; fi
  in_turn_at "$folder" npm_install_now || die "npm ci failed in $folder; see above."
}

npm_is_installed() { cmp -s "$folder/package-lock.json" "$stamp"; }

npm_install_now() {
  if npm_is_installed; then return; fi
  (cd "$folder" && npm ci --no-audit --no-fund) >&2 && cp "$folder/package-lock.json" "$stamp"
}

# in_turn_at FOLDER COMMAND…: one at a time. The lock stays open in what the command starts, so that an npm left over
# from a killed script is waited for, not raced.
in_turn_at() { (flock 9 && shift && "$@") 9<"$1"; }

# --workspace, because -p would choose other features of shared dependencies than the tests do, and
# everything would be compiled again.
build_binary() {
  local flags=(--workspace --bin remotemotel --locked) target
  target=${CARGO_TARGET_DIR:-$ROOT/target}
  if [ "$PROFILE" = release ]; then flags+=(--release) BINARY=$target/release/remotemotel; else BINARY=$target/debug/remotemotel; fi
  if [ ! -x "$BINARY" ]; then step "Compiling remotemotel ($PROFILE): the first time takes about ten minutes on two cores"; fi
  (cd "$ROOT" && cargo build "${flags[@]}") >&2 || die "remotemotel does not compile; see above."
}
