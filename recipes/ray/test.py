"""Kills a worker in the middle of an audit with Ray Data and compares the report with that of one run.

    "$(./setup.sh)" test.py path/to/maskview
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SHARDS = 6
RECORDS = 6000
RECIPE = Path(__file__).with_name("audit.py")


def record(number: int) -> str:
    """Plain records, some with faults, some that stand twice."""
    draw = random.Random(number % (RECORDS - 200))
    words = " ".join(str(draw.randrange(10**6)) for _ in range(60))
    answer = {0: "", 1: f"    {words}", 2: f"{words} </s>"}.get(draw.randrange(40), words)
    messages = [{"role": "user", "content": f"Is {words} prime?"}, {"role": "assistant", "content": answer}]
    return '{"messages": [' if draw.randrange(500) == 0 else json.dumps({"messages": messages})


def begun(reports: Path) -> list[dict]:
    file = reports / "begun.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def kill_a_worker(reports: Path, audit: subprocess.Popen) -> int:
    """Kills the worker of a shard of which there is no report yet, while others are there already."""
    while audit.poll() is None:
        written = {int(path.name.split("-")[0]) for path in reports.glob("*-of-*.json")}
        at_work = [row for row in begun(reports) if row["part"] not in written]
        if written and at_work:
            os.kill(at_work[-1]["pid"], signal.SIGKILL)
            print(f"killed worker {at_work[-1]['pid']} of shard {at_work[-1]['part']}, with {len(written)} reports written")
            return at_work[-1]["part"]
        time.sleep(0.02)
    raise SystemExit(f"the audit ended before a worker could be killed: exit code {audit.returncode}")


def main(maskview: str) -> None:
    maskview = str(Path(maskview).absolute())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, reports = folder / "train.jsonl", folder / "reports"
        data.write_text("".join(record(number) + "\n" for number in range(RECORDS)))
        options = ["-p", "minimind"]
        one = [maskview, "audit", str(data), *options, "--format", "json", "--fail-on", "never"]
        whole = json.loads(subprocess.run(one, check=True, capture_output=True).stdout)
        assert whole["records"] == RECORDS and whole["rules"], whole
        command = [sys.executable, str(RECIPE), str(data), "--shards", str(SHARDS), "--reports", str(reports)]
        command += ["--workers", "2", "--maskview", maskview, "--", *options]
        audit = subprocess.Popen(command)
        killed = kill_a_worker(reports, audit)
        audit.wait()
        # 1: findings, as in one run without --fail-on never.
        assert audit.returncode == 1, audit.returncode
        times = [row["part"] for row in begun(reports)]
        assert times.count(killed) == 2, f"shard {killed} was begun again: {times}"
        assert len({row["pid"] for row in begun(reports)}) >= 2, "several workers"
        merged = json.loads((reports / "all.json").read_text())
        assert merged == whole, "the sum is that of one run"
        print(f"{SHARDS} shards, {RECORDS} records: the report is that of one run")


if __name__ == "__main__":
    main(sys.argv[1])
