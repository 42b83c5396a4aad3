"""`python -m maskview` is the program `maskview`."""

import os
import subprocess
import sys

from ._program import MaskviewError, program


def main() -> int:
    try:
        command = [program(), *sys.argv[1:]]
    except MaskviewError as error:
        print(f"maskview: {error}", file=sys.stderr)
        return 2
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
