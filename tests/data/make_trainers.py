#!/usr/bin/env python3
"""Writes trainers/NAME.jsonl: what the code of trainers gives for records, for the tests of the policies.

    python3 tests/data/make_trainers.py CASES TOKENIZERS

CASES holds one JSON object a line: `case` (it begins with the record's name), `policy`, `tokenizer`, `template`, `max_length`,
`record`, and `input_ids`, `mask` and `padding_trained`, or `error` or `dropped`. Each trainer ran its own function, in the
version that the policy names, with Qwen3's tokenizer (TOKENIZERS/qwen3/tokenizer.json) and with its template, or with a version
of it that has generation blocks.

Neither is in this repository. The two templates below write the same texts for the records that are taken, so that what is kept
of a case is its text, in pieces that are trained or not: those are the same with the built-in tokenizer `chatml`.
"""
import json, os, sys
from tokenizers import Tokenizer

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'trainers')
RECORDS = ('single.p1', 'multi.p1', 'multi.p2', 'system.p2', 'chinese.p2', 'reasoning.p2', 'inline_think.p2', 'inline_think.p4',
           'ends_user.p1', 'starts_assistant.p1', 'consecutive.p1', 'empty.p1', 'marker.p2', 'repeat.p1', 'pair.p1')
TRAINERS = ('automodel', 'megatron-bridge', 'mlx', 'nemo-rl', 'open-instruct', 'openrlhf', 'oumi', 'verl')

# Thoughts behind the last question only, and an empty think block in the last answer of all.
DROPPING = """{%- set seen = namespace(question=messages | length - 1) -%}
{%- for message in messages -%}
{%- if message.role == 'user' -%}{%- set seen.question = loop.index0 -%}{%- endif -%}
{%- endfor -%}
{%- for message in messages -%}
{%- set parts = message.content.split('</think>') -%}
{%- set thought = parts[0].split('<think>')[-1].strip('\\n') if parts | length > 1 else '' -%}
{%- set thought = message.reasoning_content or thought -%}
{{- '<|im_start|>' + message.role + '\\n' -}}
{%- if message.role == 'assistant' and loop.index0 > seen.question and (loop.last or thought) -%}
{{- '<think>\\n' + thought + '\\n</think>\\n\\n' -}}
{%- endif -%}
{{- parts[-1].lstrip('\\n') + '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\\n' + ('<think>\\n\\n</think>\\n\\n' if enable_thinking is defined and not enable_thinking else '') -}}
{%- endif -%}"""
# Thoughts, or an empty think block, in every answer, and generation blocks.
MARKED = """{%- for message in messages -%}
{%- set parts = message.content.split('</think>') -%}
{%- set thought = parts[0].split('<think>')[-1].strip('\\n') if parts | length > 1 else '' -%}
{%- set thought = message.reasoning_content or thought -%}
{{- '<|im_start|>' + message.role + '\\n' -}}
{%- if message.role == 'assistant' -%}
{%- generation -%}
{{- '<think>\\n' + thought + '\\n</think>\\n\\n' + parts[-1].lstrip('\\n') + '<|im_end|>\\n' -}}
{%- endgeneration -%}
{%- else -%}
{{- message.content + '<|im_end|>\\n' -}}
{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\\n' + ('<think>\\n\\n</think>\\n\\n' if enable_thinking is defined and not enable_thinking else '') -}}
{%- endif -%}"""
# Policies that count the tokens of other texts than the one that is trained on: with more than one answer and a template that
# rewrites earlier ones, what they train depends on the tokenizer; so does what emptied reasoning leaves of white space.
COUNTING = ('mlx:mask_prompt=true', 'openrlhf:multiturn=true', 'open-instruct', 'open-instruct:last_turn=true')
TEMPLATES = {'builtin': 'dropping', 'trl:qwen3_training.jinja': 'marked'}

tokenizer = Tokenizer.from_file(os.path.join(sys.argv[2], 'qwen3', 'tokenizer.json'))


def pieces(ids, mask):
    runs = []
    for token, bit in zip(ids, mask):
        if not runs or runs[-1][1] != bit:
            runs.append(([], bit))
        runs[-1][0].append(token)
    return [[tokenizer.decode(run, skip_special_tokens=False), bool(bit)] for run, bit in runs]


def is_counted(case):
    if 'mask_reasoning_content' in case['policy'] and case['case'].startswith('reasoning'):
        return True
    after = [m['role'] for m in case['record'].get('messages', [])][-2:]
    turns = sum(m['role'] == 'assistant' for m in case['record'].get('messages', []))
    return case['policy'] in COUNTING and case['template'] == 'builtin' and (turns > 1 or after[-1:] == ['user'])


os.makedirs(HERE, exist_ok=True)
taken = {name: [json.dumps({'dropping': DROPPING, 'marked': MARKED})] for name in TRAINERS}
for line in open(sys.argv[1], encoding='utf-8'):
    case = json.loads(line)
    name = case['policy'].split(':')[0]
    if (name not in taken or case['tokenizer'] != 'qwen3' or case['template'] not in TEMPLATES or case['max_length']
            or case['case'].split('@')[0] not in RECORDS or is_counted(case)):
        continue
    kept = {'policy': case['policy'], 'template': TEMPLATES[case['template']], 'record': case['record']}
    if 'mask' in case:
        kept['pieces'] = pieces(case['input_ids'], case['mask'])
        if case.get('padding_trained') is not None:
            kept['padding_trained'] = case['padding_trained']
    taken[name].append(json.dumps(kept, ensure_ascii=False, separators=(',', ':')))
for name, lines in taken.items():
    with open(os.path.join(HERE, name + '.jsonl'), 'w', encoding='utf-8') as file:
        file.write(''.join(line + '\n' for line in lines))
    print(name, len(lines) - 1)
