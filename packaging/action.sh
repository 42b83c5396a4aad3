#!/usr/bin/env bash
# What the GitHub action runs: audits once, and writes the report in whatever formats are asked for. Everything comes from
# the environment, so that no word of a workflow is ever run as code.
set -euo pipefail

run=(uvx --from "${MASKVIEW_FROM:-maskview}" maskview)
[ -z "${MASKVIEW:-}" ] || run=("$MASKVIEW")
report=${MASKVIEW_REPORT:-maskview.json}

# The Bash of macOS is 3.2: it has no `readarray`, and takes an empty list for one that is not set.
command=("${run[@]}" audit --format json --output "$report")
[ -z "${MASKVIEW_FAIL_ON:-}" ] || command+=("--fail-on=$MASKVIEW_FAIL_ON")
[ -z "${MASKVIEW_BASELINE:-}" ] || command+=("--baseline=$MASKVIEW_BASELINE")
add_lines() {
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in *[![:space:]]*) command+=("$line") ;; esac
    done <<<"$1"
}
add_lines "${MASKVIEW_ARGUMENTS:-}"
command+=(--)
add_lines "${MASKVIEW_FILES:?the data sets, one a line}"

code=0
"${command[@]}" || code=$?
# With another code there is no report.
[ "$code" -le 1 ] || exit "$code"

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    "${run[@]}" merge "$report" --format markdown --fail-on never >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${MASKVIEW_SARIF:-}" ]; then
    "${run[@]}" merge "$report" --format sarif --fail-on never --output "$MASKVIEW_SARIF"
fi
exit "$code"
