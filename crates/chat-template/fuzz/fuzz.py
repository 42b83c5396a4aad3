#!/usr/bin/env python3
"""Renders random templates over random conversations with Transformers and with this crate, and reports every difference.

Half of the templates come from a grammar of Jinja2 (`grammar/`), half are real ones from a folder, a little changed
(`mutate.py`). Each is rendered with a few sets of values. A template and its values are known by the seed and a number,
so that the same command makes the same cases again.

    python3 -m venv venv
    venv/bin/pip install jinja2==3.1.6 transformers==5.24.0
    cargo build --release -p chat-template --example render
    venv/bin/python crates/chat-template/fuzz/fuzz.py --templates FOLDER --cases 200000 --seed 1

What differs is made smaller and written to the folder of `--out`, a file for each class. The exit code is 1 if anything
differs.
"""

import argparse
import json
import os
import platform
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import features
import jinja2
import mutate
import oracle
import transformers
from compare import BOTH_FAIL, DIFFERENT, REFUSED, SAME, SKIPPED, around, compare
from grammar import FILTERS, METHODS, TESTS, build
from program import Program
from shrink import Shrinker

WORKSPACE = Path(__file__).resolve().parents[3]
DEFAULT_PROGRAM = WORKSPACE / "target" / "release" / "examples" / "render"

# How many sets of values a template is rendered with, how many templates are sent to the program at once, how long an
# answer of the program may take, and how many differences alike are made smaller, in how many tries each.
SETS = 3
BATCH = 48
ANSWER_SECONDS = 20
SHRUNK_ALIKE = 3
TRIES = 1200


@dataclass
class Case:
    """A case and what it was made from."""

    origin: str
    number: int
    marks: frozenset
    input: dict


@dataclass
class Report:
    """What became of the cases. Reports of several processes are added up."""

    states: Counter = field(default_factory=Counter)
    details: Counter = field(default_factory=Counter)
    # How often something a template was made from stood in a case that renders alike on both sides.
    marks: Counter = field(default_factory=Counter)
    spans: int = 0
    classes: dict = field(default_factory=dict)

    def add(self, other):
        """Takes in another report."""
        self.states += other.states
        self.details += other.details
        self.marks += other.marks
        self.spans += other.spans
        for name, (count, example) in other.classes.items():
            known, first = self.classes.get(name, (0, example))
            self.classes[name] = (known + count, first)


# ------------------------------------------------------------------------------------------------------------- cases


def make(seed, number, sources, only):
    """The cases of one template."""
    rng = random.Random(f"{seed}/{number}")
    from_grammar = only == "grammar" or only is None and number % 2 == 0
    if from_grammar:
        template = build.generate(rng)
        text, marks, origin = template.source, frozenset(template.marks), "grammar"
        sets = [build.inputs(rng, template) for _ in range(SETS)]
    else:
        source = rng.choice(sources)
        text = mutate.mutate(rng, source)
        marks, origin = frozenset(), source.name
        sets = [mutate.inputs(rng, text) for _ in range(SETS)]
    return [Case(origin, number, marks, {"template": text, **values}) for values in sets]


def batches(job, sources):
    """The cases of one process, several templates at once."""
    batch, templates = [], -(-job.cases // SETS)
    left = job.share
    for number in range(job.index, templates, job.jobs):
        made = make(job.seed, number, sources, job.only)[:left]
        left -= len(made)
        batch += made
        if len(batch) >= BATCH * SETS:
            yield batch
            batch = []
    if batch:
        yield batch


# ----------------------------------------------------------------------------------------------------------- running


@dataclass
class Job:
    """What one process has to do."""

    program: str
    folders: list
    cases: int
    share: int
    seed: int
    only: str | None
    index: int
    jobs: int


class Differences:
    """Makes differences smaller and sorts them into classes."""

    def __init__(self, program):
        self.program = program
        self.alike = Counter()

    def note(self, report, case, verdict):
        """Notes a difference in the report; the first few of a kind are made smaller first."""
        self.alike[verdict.signature] += 1
        if self.alike[verdict.signature] > SHRUNK_ALIKE * (10 if verdict.kind == "text" else 1):
            name, example = f"{verdict.kind}: {verdict.words}", self.example(case, case.input, verdict)
        else:
            smallest = Shrinker(lambda other: self.verdict(other).signature == verdict.signature, TRIES).shrink(case.input)
            used = ", ".join(sorted(features.of_template(smallest["template"])))
            name, example = f"{verdict.kind}: {verdict.words} [{used}]", self.example(case, smallest, verdict)
        count, first = report.classes.get(name, (0, example))
        report.classes[name] = (count + 1, first)

    def verdict(self, input):
        """The verdict on a case of its own."""
        return compare(oracle.render(input), self.program.ask(input))

    def example(self, case, input, verdict):
        """What people need to see a difference."""
        python, rust = oracle.render(input), self.program.ask(input)
        place = around(python.text, rust["text"]) if python.text is not None and "text" in rust else ""
        return {"origin": case.origin, "number": case.number, "kind": verdict.kind, "place": place, "input": input,
                "python": python.record(), "rust": rust}


def run(job):
    """Does one process's share of the cases."""
    oracle.limit_memory()
    sources = mutate.load(job.folders)
    program, report = Program(job.program, ANSWER_SECONDS), Report()
    differences = Differences(program)
    started, done = time.monotonic(), 0
    for batch in batches(job, sources):
        program.submit([case.input for case in batch])
        outcomes = [oracle.render(case.input) for case in batch]
        answers = program.collect()
        for case, python, rust in zip(batch, outcomes, answers):
            verdict = compare(python, rust)
            origin = "grammar" if case.origin == "grammar" else "mutate"
            report.states[origin, verdict.state] += 1
            if verdict.state == SAME:
                report.marks.update(case.marks)
                report.spans += bool(python.generation)
            elif verdict.state == DIFFERENT:
                differences.note(report, case, verdict)
            elif verdict.state == REFUSED:
                report.details[verdict.kind, verdict.words] += 1
        done += len(batch)
        if sys.stderr.isatty() or done % (BATCH * SETS * 50) < BATCH * SETS:
            speed = done / (time.monotonic() - started)
            different = sum(count for count, _ in report.classes.values())
            print(f"process {job.index}: {done} of {job.share} cases, {speed:.0f} a second, {different} differ", file=sys.stderr, flush=True)
    program.stop()
    return report


def shares(total, jobs):
    """How many cases each of the processes has."""
    templates = -(-total // SETS)
    counts = [len(range(index, templates, jobs)) * SETS for index in range(jobs)]
    counts[(templates - 1) % jobs] -= templates * SETS - total
    return counts


# ------------------------------------------------------------------------------------------------------------ report


def write_out(folder, report):
    """A file for each class of differences."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("class-*.json"):
        old.unlink()
    for number, (name, (count, example)) in enumerate(sorted(report.classes.items(), key=lambda item: -item[1][0])):
        content = {"class": name, "count": count, **example}
        (folder / f"class-{number:03}.json").write_text(json.dumps(content, ensure_ascii=True, indent=1), encoding="ascii")


def never_alike(marks):
    """Filters, tests and methods of the grammar that stood in no case that both sides rendered alike."""
    tables = (("filter", FILTERS), ("test", TESTS), ("method", METHODS))
    return sorted({f"{table} {signature.name}" for table, signatures in tables for signature in signatures
                   if f"{table}:{signature.name}" not in marks})


def show(report, seconds):
    """The figures, for people."""
    total = sum(report.states.values())
    print(f"{total} cases in {seconds:.0f} s, {report.spans} of them rendered alike with generation spans\n")
    print(f"{'':32}{'grammar':>9}{'mutated':>9}")
    for state in (SAME, BOTH_FAIL, REFUSED, SKIPPED, DIFFERENT):
        print(f"{state:32}{report.states['grammar', state]:9}{report.states['mutate', state]:9}")
    if report.details:
        print("\nrefused by name, where Transformers renders:")
        for (kind, words), count in report.details.most_common():
            print(f"{count:9}  {kind}: {words}")
    if any(origin == "grammar" for origin, _ in report.states):
        missed = never_alike(report.marks)
        print(f"\n{len(report.marks)} features of the grammar stood in cases that render alike; never: {', '.join(missed) or 'none'}")
    if report.classes:
        print("\nclasses of differences:")
        for name, (count, example) in sorted(report.classes.items(), key=lambda item: -item[1][0]):
            print(f"{count:9}  {name}\n           {example['input']['template'][:300]!r}\n           {example['place']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=DEFAULT_PROGRAM, type=Path, help="the example `render`, built for release")
    parser.add_argument("--cases", default=3000, type=int, metavar="N", help="how many cases to render")
    parser.add_argument("--seed", default=1, type=int, metavar="N", help="what the cases are made from")
    parser.add_argument("--only", choices=("grammar", "mutate"), help="only one of the two kinds of templates")
    parser.add_argument("--templates", action="append", default=[], type=Path, metavar="FOLDER", help="real templates to change")
    parser.add_argument("--jobs", default=1, type=int, metavar="N", help="how many processes to use")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write what differs")
    arguments = parser.parse_args()
    if not arguments.program.exists():
        parser.error(f"no program {arguments.program}: cargo build --release -p chat-template --example render")
    if arguments.only != "grammar" and not mutate.load(arguments.templates):
        parser.error("no templates to change: name a folder of them with --templates, or give --only grammar")

    print(f"Transformers {transformers.__version__}, Jinja2 {jinja2.__version__}, Python {platform.python_version()}; "
          f"{arguments.cases} cases from seed {arguments.seed}\n", flush=True)
    started = time.monotonic()
    jobs = [Job(str(arguments.program.resolve()), arguments.templates, arguments.cases, share, arguments.seed, arguments.only, index, arguments.jobs)
            for index, share in enumerate(shares(arguments.cases, arguments.jobs))]
    report = Report()
    with get_context("spawn").Pool(arguments.jobs) as pool:
        for part in pool.imap_unordered(run, jobs):
            report.add(part)
    show(report, time.monotonic() - started)
    if arguments.out:
        write_out(arguments.out, report)
    return bool(report.classes)


if __name__ == "__main__":
    sys.exit(main())
