#!/usr/bin/env python3
"""The inputs that are kept for a target, a JSON string of Base64 a line in corpora/TARGET.jsonl.gz.

    fuzz/corpus.py unpack TARGET           into corpus/TARGET, where a run begins
    fuzz/corpus.py pack TARGET FOLDER      out of a folder that libFuzzer's -set_cover_merge=1 has written
"""

import base64
import gzip
import hashlib
import json
import sys
from pathlib import Path

FUZZ = Path(__file__).resolve().parent
# So many of the shortest, which `cargo test` takes through in seconds: a repository is no place for all.
MOST = 400
LONGEST = 4096


def unpack(target):
    folder = FUZZ / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    kept = FUZZ / f"corpora/{target}.jsonl.gz"
    for line in gzip.open(kept, "rt") if kept.exists() else []:
        data = base64.b64decode(json.loads(line))
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def pack(target, folder):
    inputs = (path.read_bytes() for path in Path(folder).iterdir() if path.stat().st_size <= LONGEST)
    inputs = sorted(sorted(inputs, key=lambda data: (len(data), data))[:MOST])
    lines = "".join(json.dumps(base64.b64encode(data).decode()) + "\n" for data in inputs)
    # Without a time, so that the same inputs are the same file.
    (FUZZ / f"corpora/{target}.jsonl.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    print(f"{target}: {len(inputs)} inputs")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["unpack", target]:
            unpack(target)
        case ["pack", target, folder]:
            pack(target, folder)
        case _:
            sys.exit(__doc__)
