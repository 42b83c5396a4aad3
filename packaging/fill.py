#!/usr/bin/env python3
"""Fills in what is known only when a release is made: `packaging/fill.py REPOSITORY VERSION FOLDER`.

REPOSITORY is `owner/name` at GitHub, VERSION that of the release, FOLDER the one that has the archives with their
checksums. The installers and the Homebrew formula are written there.
"""

import re
import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
TEMPLATES = ["install.sh.in", "install.ps1.in", "homebrew/maskview.rb.in"]


def main():
    repository, version, folder = sys.argv[1:]
    known = {"REPOSITORY": repository, "VERSION": version}

    def value(match):
        name = match.group(1)
        if name.startswith("SHA256 "):
            archive = name.removeprefix("SHA256 ")
            return Path(folder, archive + ".sha256").read_text().split()[0]
        return known[name]

    for template in TEMPLATES:
        text = (PACKAGING / template).read_text(encoding="utf-8")
        written = re.sub(r"@([A-Z0-9]+(?: [\w.-]+)?)@", value, text)
        Path(folder, Path(template).stem).write_text(written, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
