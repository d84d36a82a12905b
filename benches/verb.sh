#!/usr/bin/env bash
# How long one step takes, beside git doing the same: benches/verb.sh [RECORDS…]
#
# Builds the program as for a release (`--profile dist`), makes a desk with so many records in a
# temporary directory, and measures in turns, so that a busy disk meets all alike:
#   A  docket update ID --note x --quiet
#   B  git add FILE && git commit
#   C  the same with core.fsync=all, which is what docket promises
# Times are only printed: they belong to the machine. ROUNDS=21 and DOCKET=target/dist/docket
# may be set.
set -euo pipefail
export LC_ALL=C

rounds=${ROUNDS:-21}
warmup=3
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ -z ${DOCKET:-} ]]; then
    cargo build --profile dist --locked --quiet --manifest-path "$top/Cargo.toml"
    DOCKET=${CARGO_TARGET_DIR:-$top/target}/dist/docket
fi
DOCKET=$(realpath "$DOCKET")

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# nobody's own settings
export HOME=$scratch XDG_CONFIG_HOME=$scratch/none GIT_CONFIG_NOSYSTEM=1
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE "${!DOCKET_@}" 2>/dev/null || true
export -n DOCKET
git config --global user.name "Zhang Wei"
git config --global user.email zhang@desk.example
git config --global advice.detachedHead false

# A desk with one record that docket made, and copies of it under other ids: ten years of months.
make_desk() {
    local records=$1 real file
    "$DOCKET" init desk --quiet >"$scratch/said"
    cd desk
    real=$("$DOCKET" open fault "Printer on the second floor jams" --quiet --no-input \
        --channel phone --customer "Harbour Office" --name "Ms Wang" --phone "555 0100" \
        --category hardware --answer "device=HP 4015, number 1234" --symptom "jams on every page" \
        --reported "The printer jams on every page since this morning." \
        --need "Print the minutes by noon" --expected-by none --occurred-at unknown \
        --impact low --urgency low --location "Room 204" --read-back done)
    file=$(git ls-files "records/*/$real.yaml")
    awk -v records="$records" -v real="$real" -v from="$(git symbolic-ref HEAD)" '
        BEGIN { digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" }
        { text = text $0 "\n" }
        function id(n,    month, tail, place, rest) {
            month = n % 120
            rest = n * 7919 + 12345
            for (place = 0; place < 5; place++) {
                tail = substr(digits, rest % 32 + 1, 1) tail
                rest = int(rest / 32)
            }
            folder = sprintf("20%02d/%02d", 16 + int(month / 12), month % 12 + 1)
            return sprintf("R-%02d%02d%02d-%s", 16 + int(month / 12), month % 12 + 1, n % 28 + 1, tail)
        }
        END {
            printf "commit %s\ncommitter Zhang Wei <zhang@desk.example> now\n", from
            printf "data 5\nfill\nfrom %s^0\n", from
            for (n = 0; n < records - 1; n++) {
                name = id(n); copy = text
                gsub(real, name, copy)
                printf "M 100644 inline records/%s/%s.yaml\ndata %d\n%s\n", folder, name, length(copy), copy
            }
        }' "$file" | git fast-import --quiet --date-format=now
    git reset --quiet --hard
    git status --short | head -n 5
}

# Prints the milliseconds that a command takes.
clock() {
    local from=$EPOCHREALTIME until
    "$@" >"$scratch/said" 2>&1 || { cat "$scratch/said" >&2; return 1; }
    until=$EPOCHREALTIME
    awk -v from="$from" -v until="$until" 'BEGIN { printf "%.2f\n", (until - from) * 1000 }'
}

step() { "$DOCKET" update "$1" --note x --quiet; }
commit() { git add "$1" && git commit -q -m x; }
commit_flushed() { git -c core.fsync=all add "$1" && git -c core.fsync=all commit -q -m x; }
edit() { echo "# $RANDOM" >>"$1"; }

median() { sort -n "$scratch/$1" | awk '{ v[NR] = $1 } END { print (NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2) }'; }
ratio() { awk -v a="$(median "$1")" -v b="$(median "$2")" 'BEGIN { printf "%.2f", a / b }'; }

measure() {
    local records=$1 round files ids to
    cd "$scratch"
    rm -rf desk A B C show version
    make_desk "$records"
    # every round changes records that no other round does, all over the years
    mapfile -t files < <(git ls-files 'records/*.yaml' | awk -v want=$((3 * (rounds + warmup))) \
        '{ v[NR] = $0 } END { for (i = 0; i < want; i++) print v[int(i * NR / want) + 1] }')
    for ((round = 0; round < rounds + warmup; round++)); do
        ids=$(basename "${files[3 * round]}" .yaml)
        ((round < warmup)) && to=/dev/null || to=
        clock step "$ids" >>"${to:-$scratch/A}"
        edit "${files[3 * round + 1]}"
        clock commit "${files[3 * round + 1]}" >>"${to:-$scratch/B}"
        edit "${files[3 * round + 2]}"
        clock commit_flushed "${files[3 * round + 2]}" >>"${to:-$scratch/C}"
        clock "$DOCKET" show "$ids" >>"${to:-$scratch/show}"
        clock "$DOCKET" --version >>"${to:-$scratch/version}"
    done
    [[ -z $(git status --porcelain) ]] || { echo "git status is not clean" >&2; return 1; }
    printf '%8d  %8.1f  %8.1f  %8.1f  %5s %5s  %8.1f  %8.1f\n' "$records" \
        "$(median A)" "$(median B)" "$(median C)" "$(ratio A B)" "$(ratio A C)" \
        "$(median show)" "$(median version)"
    cd "$scratch"
}

(($#)) || set -- 1000 100000
echo "medians of $rounds rounds in ms; $(git --version)"
echo " records  A docket     B git   C flush    A/B   A/C      show   version"
echo "goal                                      ≤ 1  ≤ 0.5   the same  the same"
for records; do
    measure "$records"
done
