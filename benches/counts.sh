#!/usr/bin/env bash
# How many instructions the hot paths take, independent of what else the machine does:
# benches/counts.sh
#
# Needs valgrind. The program is built, a desk of a thousand records is made the first time, and
# gungraun's runner is installed beside them, all in Cargo's target folder. Each count stands beside
# the one of the run before.
set -euo pipefail

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$top/target}
counts=$top/benches/counts/Cargo.toml
if ! command -v valgrind >/dev/null; then
    echo "benches/counts.sh needs valgrind: apt install valgrind" >&2
    exit 3
fi

version=$(awk '/^name = "gungraun"$/ { getline; gsub(/.* = |"/, ""); print }' "${counts%toml}lock")
cargo install --quiet --locked --root "$target/tools" gungraun-runner --version "$version"
cargo build --profile dist --locked --quiet --manifest-path "$top/Cargo.toml" --target-dir "$target"
made=$target/tmp/desk-1000/made
if [[ ! -e $made || $(<"$made") != $(sed -n 's/^const VERSION: .* "\(.*\)";/\1/p' "$top/benches/desk/generate.rs") ]]; then
    ROUNDS=1 cargo bench --bench desk --manifest-path "$top/Cargo.toml" --target-dir "$target" -- 1000
fi
export GUNGRAUN_HOME=$target/gungraun GUNGRAUN_RUNNER=$target/tools/bin/gungraun-runner
# one thread does what several would, and no more
exec taskset --cpu-list 0 cargo bench --locked --quiet --manifest-path "$counts" --target-dir "$target" "$@"
