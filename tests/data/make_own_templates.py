#!/usr/bin/env python3
"""make_own_templates.py CASES TOKENIZERS TRAINER: writes cases of a trainer with templates of its own, as
tests/data/trainers/TRAINER.jsonl holds them.

CASES is a file of cases that were made by the trainers' own code, a JSON object a line: `policy`, `tokenizer`, `record`,
`input_ids` with `mask` and, where they are not 0 and 1, `weights`; instead of these three `error` or `dropped` where the
trainer makes nothing of the record. TOKENIZERS is the folder of those tokenizers (pip install tokenizers==0.23.3).

The tests have no tokenizer but the embedded ones. Of each case stays what is the same for all tokenizers: the text of each
run of tokens of the same weight (`runs`; null where the trainer makes nothing of the record). Of each policy with its options a few cases stay, those with most runs first.
"""
import collections, json, os, sys
from tokenizers import Tokenizer

CASES, TOKENIZERS, TRAINER = sys.argv[1:4]
# The markers of these are one token for one tokenizer alone.
OTHERS = ('deepseek_v3', 'gemma3')
KEPT = 3


def bytes_of():
    """The bytes that the letters of a byte-level vocabulary stand for."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    other = [b for b in range(256) if b not in plain]
    return {chr(b): b for b in plain} | {chr(256 + n): b for n, b in enumerate(other)}


LETTERS = bytes_of()
tokenizers = {}


def text_of(tokenizer, id_):
    entry = tokenizer.id_to_token(id_)
    if id_ in tokenizer.get_added_tokens_decoder():
        return entry.encode()
    return bytes(LETTERS[letter] for letter in entry)


def runs_of(case):
    name = case['tokenizer']
    if name not in tokenizers:
        tokenizers[name] = Tokenizer.from_file(os.path.join(TOKENIZERS, name, 'tokenizer.json'))
    runs = []
    for id_, weight in zip(case['input_ids'], case.get('weights') or case['mask']):
        if runs and runs[-1][1] == weight:
            runs[-1][0] += text_of(tokenizers[name], id_)
        else:
            runs.append([bytearray(text_of(tokenizers[name], id_)), weight])
    return [[text.decode(), float(weight)] for text, weight in runs]


def main():
    kept = collections.defaultdict(list)
    for line in open(CASES, encoding='utf-8'):
        case = json.loads(line)
        ours = case['policy'].split(':')[0] == TRAINER and case['template'] == 'builtin'
        # A mean depends on how many tokens there are, and this renderer writes the BOS of the tokenizer.
        depends = 'reduction=mean' in case['policy'] or 'role_colon' in case['policy'] and case['tokenizer'] == 'llama3_1'
        if not ours or case['max_length'] or case['tokenizer'] in OTHERS or depends:
            continue
        # The template of the tokenizer is another one.
        if 'template_backend' in case['policy']:
            continue
        # Where a text begins in the loss, only its first token is left out of it, and that is another with each tokenizer.
        if 'mask' in case and case['mask'][1] and runs_of(case)[0][0] != '<|im_start|>':
            continue
        out = {'policy': case['policy'], 'record': case['record'], 'runs': None}
        if 'mask' in case:
            out['runs'] = runs_of(case)
        kept[case['policy']].append(out)
    for policy in sorted(kept):
        cases = sorted(kept[policy], key=lambda c: -len(c['runs'] or []))
        for case in cases[:KEPT] + [c for c in cases[KEPT:] if c['runs'] is None][:1]:
            print(json.dumps(case, ensure_ascii=False, separators=(',', ':')))


main()
