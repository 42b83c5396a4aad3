#!/usr/bin/env python3
"""Writes what a target begins with into corpus/TARGET, out of the samples and the test data: `fuzz/seeds.py TARGET`."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "samples").glob("*.jsonl"))
DATA = ROOT / "tests/data"


def records():
    for sample in SAMPLES:
        yield from sample.read_bytes().splitlines()


def of_record():
    for sample in SAMPLES:
        yield b"\0" + sample.read_bytes()
        yield b"\1[" + b",".join(sample.read_bytes().splitlines()[:2]) + b"]"
    yield b"\2messages,text\n\"[{\"\"role\"\": \"\"user\"\", \"\"content\"\": \"\"a\"\"}]\",b\n"
    for at, ending in [(5, "*.parquet"), (6, "*.arrow"), (6, "*.feather"), (0, "*.xz")]:
        yield from (bytes([at]) + path.read_bytes() for path in DATA.glob(ending))


def of_template():
    yield from (path.read_bytes() for path in (ROOT / "assets").rglob("*.jinja"))
    for line in (DATA / "renderings.jsonl").read_text().splitlines():
        source = json.loads(line).get("source")
        if source:
            yield source.encode()


def of_tokenizer():
    for path in (ROOT / "assets").rglob("tokenizer_config.json"):
        yield b"\0" + path.read_bytes()
    model = {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": [["a", "b"]]}
    split = {"type": "Split", "pattern": {"Regex": "a+|b"}, "behavior": "Isolated", "invert": False}
    replace = {"type": "Replace", "pattern": {"String": "a"}, "content": "b"}
    whole = {"version": "1.0", "added_tokens": [], "normalizer": replace, "pre_tokenizer": split, "model": model}
    yield b"\1" + json.dumps(whole).encode()


def of_trainer_config():
    yield b'\0policy = "legacy"\nmax-length = 5\n[severity]\nempty-answer = "info"\n'
    yield b'\1theme = "dark"\n[keys]\n"Q" = "quit"\n'
    for at, name in enumerate(["axolotl.yml", "llamafactory.yaml", "trl.yaml"]):
        yield bytes([at + 2]) + (ROOT / "samples" / name).read_bytes()
    yield b"\5model: m\ndataset: [train.jsonl#100]\nmax_length: 5\nloss_scale: last_round\n"
    yield b"\6model: m\ndata: data\nmask_prompt: true\nmax_seq_length: 5\n"
    yield b"\7data:\n  train_files: a.parquet\n  max_length: 5\nmodel:\n  path: m\n"


def of_tokens():
    for record in records():
        ids = json.loads(record).get("input_ids") if record.startswith(b"{\"input_ids") else None
        if ids:
            yield b"\3" + b"".join(number.to_bytes(2, "little") for number in ids)


def of_report():
    import subprocess

    program = ROOT / "target/debug/maskview"
    if program.is_file():
        for sample in SAMPLES:
            command = [program, "audit", sample, "--format=json", "--fail-on=never"]
            yield subprocess.run(command, capture_output=True, cwd=ROOT).stdout


def of_filter():
    terms = ["text~a", "/a b/", "!differs tokens>10", "role:tool", "share<5%", 'raw~"x y"', "record:1-3 finding:*", "trains:3"]
    yield from (term.encode() for term in terms)


def of_keys():
    yield from (keys.encode() for keys in ["jjjkk]c[f", "vvvv\tMa", "t[]{}m\r", "/夏\rnN", "&differs\r", "e?ijLS:t9\r", "yYrP"])


SEEDS = {
    "record": of_record,
    "schema": records,
    "template": of_template,
    "tokenizer": of_tokenizer,
    "trainer_config": of_trainer_config,
    "tokens": of_tokens,
    "report": of_report,
    "filter": of_filter,
    "keys": of_keys,
}


def main():
    target = sys.argv[1]
    folder = ROOT / "fuzz/corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]()):
        (folder / f"seed-{number:03}").write_bytes(seed)


if __name__ == "__main__":
    main()
