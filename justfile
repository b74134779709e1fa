# One-liners. `just` itself: .venv/bin/just after the first scripts/run or scripts/test.

# Start the front desk.
run *ARGS:
    scripts/run {{ARGS}}

# Run every test.
test *ARGS:
    scripts/test {{ARGS}}

# Put the demo motel into the database; a second time changes nothing.
seed:
    scripts/remotemotel seed --demo

# Read a folder of Markdown, HTML and text into a tenant's knowledge; unchanged files are skipped.
ingest DIR TENANT="remotemotel":
    scripts/remotemotel ingest {{quote(DIR)}} --tenant {{quote(TENANT)}}

# Measure it beside its database: docs/benchmarks/. Nothing else should run meanwhile.
bench *ARGS:
    scripts/bench {{ARGS}}

# Format and clippy.
lint:
    scripts/test --lint

# psql on the embedded database.
db *ARGS:
    scripts/postgres psql {{ARGS}}

# What works, what is missing, and what each missing thing turns off.
doctor:
    scripts/remotemotel doctor
