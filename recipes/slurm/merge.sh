#!/usr/bin/env bash
#SBATCH --job-name=maskview-merge
#
# Adds up the reports that audit.sbatch has written: all.json among them holds the sum, and the exit code is that of an audit
# of the whole. A shard that is missing is named.
set -euo pipefail
exec "${MASKVIEW:-maskview}" merge "$REPORTS"/*-of-*.json --format json --output "$REPORTS/all.json" "$@"
