"""Audits a data set with Ray Data: one task a shard, on every machine of the cluster, and the reports added up.

    python audit.py train.jsonl --shards 64 --reports /shared/reports -- -p minimind --tokenizer Qwen/Qwen3-8B

What stands behind `--` goes to `maskview audit`. The data, the tokenizer and the folder of the reports must be reached by
the same paths from every machine. A task writes the report of its shard in one step and always the same, so that a task
which Ray starts again, since its worker died, takes the place of what was there before: no record is lost, and none is
counted twice. `maskview merge` refuses a sum in which a shard is missing or stands twice.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import ray


def audit_shard(row: dict, settings: dict) -> dict:
    """Audits one shard. Runs in a worker, perhaps more than once."""
    part, shards = row["part"], settings["shards"]
    reports = Path(settings["reports"])
    report = reports / f"{part}-of-{shards}.json"
    # Who works on which shard: one line for each time that it is begun.
    with open(reports / "begun.jsonl", "a") as begun:
        begun.write(json.dumps({"part": part, "pid": os.getpid()}) + "\n")
    command = [settings["maskview"], "audit", *settings["data"], *settings["options"]]
    command += ["--shard", f"{part}/{shards}", "--format", "json", "--fail-on", "never", "--output", str(report)]
    environment = {**os.environ, "RAYON_NUM_THREADS": str(settings["cores"])}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"shard {part}/{shards}: {done.stderr.strip()}")
    return {"part": part, "report": str(report)}


def arguments() -> argparse.Namespace:
    own = sys.argv[1:]
    split = own.index("--") if "--" in own else len(own)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", nargs="+", help="the files of the data set")
    parser.add_argument("--shards", type=int, required=True, help="into how many parts the records are split")
    parser.add_argument("--reports", type=Path, required=True, help="a new folder for the reports of the shards")
    parser.add_argument("--output", type=Path, help="where the sum is written; default: all.json among the reports")
    parser.add_argument("--cores", type=int, default=1, help="cores of each task")
    parser.add_argument("--maskview", default=shutil.which("maskview") or "maskview", help="the program")
    parser.add_argument("--address", help="the Ray cluster; default: a local one")
    parser.add_argument("--workers", type=int, help="cores of a local cluster; default: those of the machine")
    parsed = parser.parse_args(own[:split])
    parsed.options = own[split + 1 :]
    return parsed


def main() -> int:
    given = arguments()
    given.reports.mkdir(parents=True)
    settings = {
        "data": [path if path.startswith("/") else os.path.abspath(path) for path in given.data],
        "options": given.options,
        "shards": given.shards,
        "reports": str(given.reports.absolute()),
        "cores": given.cores,
        "maskview": given.maskview,
    }
    # Before a task is started: a wrong option would be said once for each of them.
    check = [given.maskview, "audit", *settings["data"], *given.options, "--where", "record:1", "--fail-on", "never"]
    tried = subprocess.run(check, capture_output=True, text=True)
    if tried.returncode != 0:
        print(tried.stderr.strip(), file=sys.stderr)
        return tried.returncode
    ray.init(address=given.address, num_cpus=None if given.address else given.workers, log_to_driver=False)
    parts = ray.data.from_items(
        [{"part": part} for part in range(1, given.shards + 1)], override_num_blocks=given.shards
    )
    # Ray starts a task again whose worker died; one that raises ends the run.
    done = parts.map(audit_shard, fn_args=(settings,), num_cpus=given.cores).take_all()
    reports = [row["report"] for row in sorted(done, key=lambda row: row["part"])]
    output = given.output or given.reports / "all.json"
    merge = [given.maskview, "merge", *reports, "--format", "json", "--output", str(output)]
    return subprocess.run(merge).returncode


if __name__ == "__main__":
    sys.exit(main())
