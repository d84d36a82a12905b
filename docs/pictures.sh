#!/usr/bin/env bash
# Draws the pictures of docs/pictures anew: the screens and the page of the report by the tests that
# compare them, the photograph of that page by a headless browser where there is one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

RENEW=1 cargo test --quiet --all-features --test it -- pictures
for browser in chromium chromium-browser google-chrome; do
    if command -v "$browser" >/dev/null; then
        "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.5 \
            --window-size=860,850 --screenshot="$PWD/docs/pictures/report.png" \
            "file://$PWD/docs/pictures/report.html" 2>/dev/null
        exit
    fi
done
echo "no browser is here: docs/pictures/report.png stays as it was" >&2
