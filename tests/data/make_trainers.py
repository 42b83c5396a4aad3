#!/usr/bin/env python3
"""Writes trainers/NAME.jsonl: what the code of trainers gives for records, for the tests of the policies.

    python3 tests/data/make_trainers.py CASES [NAME...]

CASES holds one JSON object a line: `policy`, `tokenizer`, `template`, `max_length`, `record`, and `input_ids`, `mask` and
`padding_trained`, or `error` or `dropped`. The versions of the trainers are those that the policies name; each ran its own
function on the record, with the tokenizer and the template that the project has built in as `minimind`. Only cases of that
tokenizer are taken; without names, those of every trainer that has a file already.
"""
import json, os, sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'trainers')
os.makedirs(HERE, exist_ok=True)
names = sys.argv[2:] or [name[:-len('.jsonl')] for name in os.listdir(HERE)]
taken = {name: [] for name in names}
for line in open(sys.argv[1], encoding='utf-8'):
    case = json.loads(line)
    name = case['policy'].split(':')[0]
    if name not in taken or (case['tokenizer'], case['template']) != ('minimind', 'builtin'):
        continue
    kept = {key: case[key] for key in ('policy', 'max_length', 'record', 'input_ids', 'mask', 'weights', 'padding_trained')
            if case.get(key) is not None}
    if 'mask' not in case:
        kept['fails'] = True
    taken[name].append(json.dumps(kept, ensure_ascii=False, separators=(',', ':')))
for name, lines in taken.items():
    with open(os.path.join(HERE, name + '.jsonl'), 'w', encoding='utf-8') as file:
        file.write(''.join(line + '\n' for line in lines))
    print(name, len(lines))
