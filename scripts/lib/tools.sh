# The tools a machine must have, asked for in one clear sentence each, before anything slow starts.
# Needs: say.sh, python.sh.

require_rust() {
  # rustup writes PATH into the login profile, which a fresh shell may not have read.
  if ! have cargo && [ -x "$HOME/.cargo/bin/cargo" ]; then PATH=$HOME/.cargo/bin:$PATH; fi
  have cargo || die "Rust is needed and cargo was not found: install it from https://rustup.rs."
  have cc || die "A C compiler and linker are needed and cc was not found (Debian: apt-get install build-essential)."
}

require_node() {
  have node && have npm || die "Node 20.19 or newer and npm are needed and were not found (Debian 13: apt-get install nodejs npm; otherwise https://nodejs.org)."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node 20.19 or newer is needed; this is $(node --version)."
}

require_tools() {
  require_python
  require_node
  require_rust
}
