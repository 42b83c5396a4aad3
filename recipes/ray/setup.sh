#!/usr/bin/env bash
# Makes a virtual environment beside this script (or in the folder given) and installs Ray Data into it.
set -euo pipefail
folder=${1:-"$(dirname "$0")/.venv"}
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet "ray[data]==2.60.0"
echo "$folder/bin/python"
