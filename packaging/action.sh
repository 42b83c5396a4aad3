#!/usr/bin/env bash
# What the GitHub action runs: audits once, and writes the report in whatever formats are asked for. Everything comes from
# the environment, so that no word of a workflow is ever run as code.
set -euo pipefail

run=(uvx --from "${MASKVIEW_FROM:-maskview}" maskview)
[ -z "${MASKVIEW:-}" ] || run=("$MASKVIEW")
report=${MASKVIEW_REPORT:-maskview.json}

readarray -t files < <(printf '%s\n' "${MASKVIEW_FILES:?the data sets, one a line}" | sed '/^[[:space:]]*$/d')
readarray -t arguments < <(printf '%s\n' "${MASKVIEW_ARGUMENTS:-}" | sed '/^[[:space:]]*$/d')
[ -z "${MASKVIEW_BASELINE:-}" ] || arguments+=("--baseline=$MASKVIEW_BASELINE")

code=0
"${run[@]}" audit --format json --output "$report" --fail-on "${MASKVIEW_FAIL_ON:-error}" "${arguments[@]}" -- "${files[@]}" ||
    code=$?
# With another code there is no report.
[ "$code" -le 1 ] || exit "$code"

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    "${run[@]}" merge "$report" --format markdown --fail-on never >>"$GITHUB_STEP_SUMMARY"
fi
if [ -n "${MASKVIEW_SARIF:-}" ]; then
    "${run[@]}" merge "$report" --format sarif --fail-on never --output "$MASKVIEW_SARIF"
fi
exit "$code"
