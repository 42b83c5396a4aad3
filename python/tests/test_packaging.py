"""The archives, the installer and the GitHub action, tried with the program of the wheel."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import maskview
import pytest

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


def archive(target, folder):
    # A stand-in: the program itself takes its time to be packed.
    program = folder / "program"
    folder.mkdir(exist_ok=True)
    program.write_text("#!/bin/sh\necho maskview \"$@\"\n")
    command = [sys.executable, str(PACKAGING / "archive.py"), target, str(program), str(folder)]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


TARGETS = [
    f"{machine}-{system}"
    for machine in ("x86_64", "aarch64")
    for system in ("unknown-linux-musl", "apple-darwin")
]


@pytest.fixture
def release(tmp_path):
    """A folder as a release has it."""
    for target in TARGETS:
        archive(target, tmp_path / "dist")
    command = [sys.executable, str(PACKAGING / "fill.py"), "someone/maskview", "9.8.7", str(tmp_path / "dist")]
    subprocess.run(command, check=True)
    return tmp_path / "dist"


def test_archives_hold_what_is_promised_and_are_the_same_each_time(tmp_path):
    packed = archive("x86_64-unknown-linux-musl", tmp_path)
    with tarfile.open(packed) as opened:
        names = {entry.name.split("/", 1)[1]: entry for entry in opened.getmembers()}
    expected = {"maskview", "README.md", "LICENSE", "CHANGELOG.md", "man/maskview.1", "completions/maskview.bash"}
    assert expected <= set(names) and names["maskview"].mode == 0o755
    assert archive("x86_64-unknown-linux-musl", tmp_path / "again").read_bytes() == packed.read_bytes()
    with zipfile.ZipFile(archive("x86_64-pc-windows-msvc", tmp_path)) as opened:
        assert "maskview-x86_64-pc-windows-msvc/maskview.exe" in opened.namelist()


def install(release, home, **environment):
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "MASKVIEW_BASE_URL": f"file://{release}", **environment}
    return subprocess.run(["sh", str(release / "install.sh")], capture_output=True, text=True, env=environment)


@pytest.mark.skipif(sys.platform == "win32", reason="it is for a shell")
def test_the_installer_installs_what_its_checksum_says_and_nothing_else(release, tmp_path):
    done = install(release, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "maskview 9.8.7 is in" in done.stdout
    installed = tmp_path / ".local" / "bin" / "maskview"
    assert subprocess.run([installed, "--version"], capture_output=True, text=True).stdout == "maskview --version\n"
    for packed in release.glob("*.tar.gz"):
        packed.write_bytes(packed.read_bytes() + b"\0")
    refused = install(release, tmp_path, MASKVIEW_INSTALL_DIR=str(tmp_path / "other"))
    assert refused.returncode == 1 and "nothing was installed" in refused.stderr
    assert not (tmp_path / "other").exists()


def test_nothing_is_left_to_be_filled_in(release):
    for name in ("install.sh", "install.ps1", "maskview.rb"):
        text = (release / name).read_text()
        assert "@" not in text.replace("[email", ""), name
        assert "someone/maskview" in text and "9.8.7" in text
    formula = (release / "maskview.rb").read_text()
    for packed in release.glob("*.tar.gz"):
        assert (release / f"{packed.name}.sha256").read_text().split()[0] in formula


def act(folder, data, **environment):
    path = folder / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in data))
    environment = {
        **os.environ,
        "MASKVIEW": maskview.program(),
        "MASKVIEW_FILES": f"{path}\n",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "MASKVIEW_SARIF": str(folder / "maskview.sarif"),
        **environment,
    }
    return subprocess.run(["bash", str(PACKAGING / "action.sh")], capture_output=True, text=True, cwd=folder, env=environment)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="it runs where jobs do")
def test_the_action_audits_once_and_writes_what_is_asked_for(rows, tmp_path):
    good = act(tmp_path, rows[:2], MASKVIEW_ARGUMENTS="--policy=minimind\n--ignore=no-such\n")
    assert good.returncode == 2 and "no-such" in good.stderr, "what is wrong ends the job"
    good = act(tmp_path, rows[:2], MASKVIEW_ARGUMENTS="--policy=minimind\n")
    assert good.returncode == 0, good.stderr
    assert (tmp_path / "summary.md").read_text().startswith("#")
    sarif = json.loads((tmp_path / "maskview.sarif").read_text())
    assert sarif["version"] == "2.1.0"
    assert json.loads((tmp_path / "maskview.json").read_text())["records"] == 2

    (tmp_path / "maskview.json").rename(tmp_path / "before.json")
    bad = act(tmp_path, rows[:2], MASKVIEW_ARGUMENTS="--policy=fixed")
    assert bad.returncode == 1, bad.stderr
    assert "end-not-trained" in (tmp_path / "summary.md").read_text()
    assert act(tmp_path, rows[:2], MASKVIEW_ARGUMENTS="--policy=fixed", MASKVIEW_FAIL_ON="never").returncode == 0


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="it runs where jobs do")
def test_a_word_of_a_workflow_is_never_run(rows, tmp_path):
    done = act(tmp_path, rows[:2], MASKVIEW_ARGUMENTS="$(touch pwned)\n; touch pwned\n--lang=`touch pwned`")
    assert done.returncode == 2
    assert not (tmp_path / "pwned").exists()
