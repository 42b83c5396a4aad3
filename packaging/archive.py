#!/usr/bin/env python3
"""Makes the archive of one target: the program, what is to be read, the completions and the manual page.

    packaging/archive.py TARGET PROGRAM FOLDER

writes FOLDER/maskview-TARGET.tar.gz (or .zip for Windows) and the file of its checksum beside it. The same input gives the
same bytes.
"""

import gzip
import hashlib
import io
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: 1 January 2020: an archive knows no time at all otherwise.
TIME = 1577836800
ZIP_TIME = (2020, 1, 1, 0, 0, 0)


def contents(target, program):
    """Names in the archive, with their bytes and whether they can be run."""
    name = "maskview.exe" if "windows" in target else "maskview"
    yield name, Path(program).read_bytes(), True
    for file in ["README.md", "LICENSE", "CHANGELOG.md"]:
        yield file, (ROOT / file).read_bytes(), False
    for file in sorted((ROOT / "packaging/generated").iterdir()):
        folder = "man" if file.suffix == ".1" else "completions"
        yield f"{folder}/{file.name}", file.read_bytes(), False


def tar(top, files):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data, is_program in files:
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.size, entry.mtime, entry.mode = len(data), TIME, 0o755 if is_program else 0o644
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), mtime=TIME)


def zipped(top, files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, is_program in files:
            entry = zipfile.ZipInfo(f"{top}/{name}", ZIP_TIME)
            entry.external_attr = (0o755 if is_program else 0o644) << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def main():
    target, program, folder = sys.argv[1:]
    top = f"maskview-{target}"
    pack, ending = (zipped, "zip") if "windows" in target else (tar, "tar.gz")
    data = pack(top, contents(target, program))
    archive = Path(folder, f"{top}.{ending}")
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.write_bytes(data)
    archive.with_name(archive.name + ".sha256").write_text(f"{hashlib.sha256(data).hexdigest()}  {archive.name}\n")
    print(archive)


if __name__ == "__main__":
    main()
