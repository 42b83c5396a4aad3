#!/usr/bin/env python3
"""Writes llamafactory.jsonl: what LLaMA-Factory's own code gives for the records below, for the tests of the policy.

    cargo run --release --example train_tokenizer -- export DIR/chatml --dialect chatml
    pip install transformers==5.23.0 tokenizers==0.23.3 jinja2==3.1.6
    pip download --no-deps llamafactory==0.9.5 && unzip llamafactory-0.9.5-*.whl -d LLAMAFACTORY
    python3 tests/data/make_llamafactory.py LLAMAFACTORY/llamafactory DIR/chatml

Its modules run unchanged. What they import for training and media is stood in for, since none of it is on their path
for text: `datasets`, `fsspec`, the logger, and the plugins for images, of which only the check of placeholders is kept.

Lines with `pieces` come from a stand-in of a tokenizer that gives each text as one token, so that all templates can be
compared without their tokenizers. Lines with `ids` come from the tokenizer `chatml`.
"""
import copy, datetime, json, os, sys, types
from types import SimpleNamespace

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE, CHATML = sys.argv[1:3]
NOW = '2025-06-01T07:05:09'


def stand_in(name, path=None, **values):
    module = types.ModuleType(name)
    if path is not None:
        module.__path__ = [path]
    module.__dict__.update(values)
    sys.modules[name] = module
    parent, _, child = name.rpartition('.')
    if parent in sys.modules:
        setattr(sys.modules[parent], child, module)


class Quiet:
    def __getattr__(self, _):
        return lambda *args, **kwargs: None


class Plugin:
    def __init__(self, name):
        self.reads_media = name != 'base'

    def process_messages(self, messages, *_):
        said = [message['content'] for message in messages]
        if self.reads_media and any(sign in text for sign in ('<image>', '<video>', '<audio>') for text in said):
            raise ValueError('a placeholder without its media')
        return messages

    def process_token_ids(self, ids, labels, *_):
        return ids, labels


stand_in('datasets', DatasetDict=object, concatenate_datasets=None, interleave_datasets=None)
stand_in('fsspec', AbstractFileSystem=object)
for name, path in [('', ''), ('.extras', '/extras'), ('.data', '/data'), ('.data.processor', '/data/processor')]:
    stand_in('llamafactory' + name, SOURCE + path)
stand_in('llamafactory.extras.logging', get_logger=lambda _: Quiet())
stand_in('llamafactory.extras.constants', IGNORE_INDEX=-100)
stand_in('llamafactory.data.mm_plugin', get_mm_plugin=lambda name, *_, **__: Plugin(name))

import llamafactory.data.converter as converter
import llamafactory.data.processor.supervised as supervised
import llamafactory.data.template as template
import llamafactory.data.tool_utils as tool_utils


class Clock(datetime.datetime):
    @classmethod
    def now(cls, *_):
        return datetime.datetime.fromisoformat(NOW)


tool_utils.datetime = Clock


class PieceTokenizer:
    """Gives each text as one token, and special tokens as objects."""
    bos_token = bos_token_id = 'bos'
    eos_token = eos_token_id = pad_token = pad_token_id = 'eos'
    chat_template = ''

    def encode(self, text, add_special_tokens):
        return [{'text': text}]

    def convert_tokens_to_ids(self, token):
        return {'token': token}

    def add_special_tokens(self, *_, **__):
        return 0


TOOLS = [
    {'type': 'function', 'function': {'name': 'get_weather', 'description': '天气', 'parameters': {'type': 'object', 'properties': {
        'city': {'type': 'string', 'description': 'A city', 'enum': ['Paris', 'Rome']}, 'days': {'type': 'array', 'items': {'type': 'integer'}},
        'unit': {'type': ['string', 'null']}}, 'required': ['city']}}},
    {'name': 'nothing', 'description': 'does "nothing"', 'parameters': {'type': 'object', 'properties': {}}, 'x': 1.0},
]


def said(*texts, system=None):
    messages = [{'role': 'system', 'content': system}] if system is not None else []
    return messages + [{'role': ['user', 'assistant'][at % 2], 'content': text} for at, text in enumerate(texts)]


def calling(*calls):
    functions = [{'type': 'function', 'function': {'name': name, 'arguments': arguments}} for name, arguments in calls]
    return {'role': 'assistant', 'content': None, 'tool_calls': functions}


CALL = calling(('get_weather', {'city': 'Paris', 'days': [1, 2], 'f': 1.50, 'b': True, 'n': None, 'o': {'z': 'a"\n夏'}}))
RESULT = {'role': 'tool', 'content': '{"t": 1}'}
TALK = {'messages': said('Hi', '<think>\nr\n</think>\n\nHello {{idx}}', 'Again {{idx}}', 'Bye', system='Be brief.')}
PLAIN = {'messages': said('Hi', 'Hello')}
CALLED = {'messages': [*said('Weather?'), CALL, RESULT, *said('?', '1 degree')[1:]]}
OFFERED = {'messages': [*said('Weather?', system='S'), calling(('nothing', {}), ('nothing', {'a': 1})), RESULT, RESULT,
                        *said('?', '1 degree')[1:]], 'tools': TOOLS}
ONE_CALL = {'messages': [*said('Weather?'), CALL], 'tools': TOOLS}
SHAREGPT = {'conversations': [{'from': 'human', 'value': 'Hi'}, {'from': 'function_call', 'value': '{"name": "f", "arguments": {"a": 1}}'},
                              {'from': 'observation', 'value': 'r'}, {'from': 'gpt', 'value': 'Yo'}], 'system': 'outer', 'tools': json.dumps(TOOLS)}
LONG = {'messages': said('long ' * 12, 'answer ' * 8, 'short', '夏天' * 9)}
RECORDS = [
    PLAIN, TALK, SHAREGPT, LONG,
    {'messages': said('', '', ' ', ' ')},
    {'messages': said('  lead', '\n\nnewlines first\n', '\ttab\n', 'trail  ')},
    {'messages': said('q', '<think>reason</think>answer', 'q2', 'plain', 'q3', '<think>r3</think>\na3 <think>\nx\n</think>\n\n z')},
    {'instruction': 'I', 'input': 'in', 'output': 'O', 'system': 'S', 'history': [['a', 'b'], ['c', 'd']]},
    {'messages': [*said('weather?', system='Sys.'), CALL, RESULT, RESULT, *said('?', 'Done.', 'ok', 'bye')[1:]]},
    {'messages': said('no', 'tools'), 'tools': []},
]
SKIPPED = [
    {'messages': said('x', 'y', 'z')},
    {'messages': [*said('x'), *said('y', 'z')]},
    {'messages': [*said('x'), *said('?', 'y')[1:], *said('?', 'z')[1:]]},
    {'messages': said(system='only')},
    {'messages': [*said('x'), *said(system='late'), *said('?', 'y')[1:]]},
    {'messages': said('x', None)},
    {'messages': [*said('x'), {'role': 'critic', 'content': 'y'}]},
]

USER_TAGS = {'role_tag': 'role', 'content_tag': 'content', 'user_tag': 'user', 'assistant_tag': 'assistant', 'observation_tag': 'tool',
             'function_tag': 'function', 'messages': 'messages'}
SHAREGPT_TAGS = {'role_tag': 'from', 'content_tag': 'value', 'user_tag': 'human', 'assistant_tag': 'gpt', 'observation_tag': 'observation',
                 'function_tag': 'function_call', 'messages': 'conversations'}


def aligned(record, arguments):
    """The record as the converter aligns it that a data set of its form would be given to."""
    columns = dict(ranking=False, kto_tag=None, chosen=None, rejected=None, images=None, videos=None, audios=None, system_tag='system',
                   prompt='instruction', query='input', response='output', history='history', load_from='file')
    columns.update(system='system' if 'system' in record else None, tools='tools' if 'tools' in record else None)
    if 'instruction' in record:
        return converter.AlpacaDatasetConverter(SimpleNamespace(**columns), arguments)(record)
    messages = record.get('messages', [])
    in_a_row = any(one['role'] == other['role'] == 'tool' for one, other in zip(messages, messages[1:]))
    if in_a_row or any(message.get('tool_calls') for message in messages):
        return converter.OpenAIDatasetConverter(SimpleNamespace(**columns, **USER_TAGS), arguments)(record)
    if 'tools' in record and not isinstance(record['tools'], str):
        record = dict(record, tools=json.dumps(record['tools'], ensure_ascii=False))
    tags = SHAREGPT_TAGS if 'conversations' in record else USER_TAGS
    return converter.SharegptDatasetConverter(SimpleNamespace(**columns, **tags), arguments)(record)


def run(tokenizer, name, record, history=False, prompt=False, thinking=True, kept=False, tool_format=None, cutoff=10**9):
    arguments = SimpleNamespace(template=name, train_on_prompt=prompt, mask_history=history, enable_thinking=thinking, cutoff_len=cutoff,
                                preserve_thinking=kept, tool_format=tool_format, default_system=None)
    # Arguments are written into the template, which is shared.
    registered = template.TEMPLATES[name]
    template.TEMPLATES[name] = copy.deepcopy(registered)
    try:
        used = template.get_template_and_fix_tokenizer(tokenizer, arguments)
    finally:
        template.TEMPLATES[name] = registered
    processor = supervised.SupervisedDatasetProcessor(used, tokenizer, None, arguments)
    try:
        made = processor.preprocess_dataset({key: [value] for key, value in aligned(copy.deepcopy(record), arguments).items()})
    except (KeyError, RuntimeError, AttributeError, TypeError, ValueError) as error:
        return None
    if not made['input_ids']:
        return None
    [ids], [labels] = made['input_ids'], made['labels']
    assert len(ids) == len(labels)
    return ids, [int(label != -100) for label in labels]


def policy(name, history=False, prompt=False, thinking=True, kept=False, tool_format=None, cutoff=None):
    words = [f'llamafactory:template={name}', 'history=masked' if history else '', 'prompt=trained' if prompt else '',
             {True: '', False: 'thinking=off', None: 'thinking=unset'}[thinking], 'past-thoughts=kept' if kept else '',
             f'tool-format={tool_format}' if tool_format else '']
    return ':'.join(word for word in words if word)


def piece_lines():
    cases = [(name, record, {}) for name in template.TEMPLATES for record in (TALK, CALLED)]
    cases += [(name, PLAIN, {}) for name, one in template.TEMPLATES.items() if one.default_system]
    for form in tool_utils.TOOLS:
        cases += [(name, record, {'tool_format': form}) for name in ('yi', 'gemma') for record in (OFFERED, ONE_CALL)]
    for name, record, options in cases:
        made = run(PieceTokenizer(), name, record, **options)
        # Text stands as such; a token by itself, BOS and EOS stay objects.
        shown = lambda one: {'special': one} if isinstance(one, str) else one.get('text', one)
        pieces = made and [shown(one) for one in made[0]]
        yield {'policy': policy(name, **options), 'record': record, 'pieces': pieces}


def id_lines():
    from transformers import AutoTokenizer
    chosen = [('qwen3', {}), ('qwen3', {'history': True}), ('qwen3', {'thinking': False}), ('qwen3', {'thinking': None}),
              ('qwen3', {'history': True, 'kept': True}), ('qwen', {'prompt': True}), ('gpt_oss', {}), ('gpt_oss', {'history': True}),
              ('chatml', {}), ('default', {}), ('mistral', {}), ('llama2', {})]
    cases = [(name, record, options) for name, options in chosen for record in RECORDS]
    cases += [('qwen3', record, {}) for record in SKIPPED]
    cases += [(name, LONG, {'cutoff': cutoff, 'history': history}) for name in ('qwen3', 'gpt_oss') for cutoff in (20, 60, 90)
              for history in (False, True)]
    for name, record, options in cases:
        made = run(AutoTokenizer.from_pretrained(CHATML), name, record, **options)
        line = {'policy': policy(name, **options), 'record': record, 'cutoff': options.get('cutoff')}
        yield line | ({'ids': made[0], 'mask': ''.join(map(str, made[1]))} if made else {'ids': None})


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


# The first line holds the records, since most of them are used many times; the others say their places in it.
lines = [*piece_lines(), *id_lines()]
records = list(dict.fromkeys(text(line['record']) for line in lines))
with open(os.path.join(HERE, 'llamafactory.jsonl'), 'w', encoding='utf-8') as out:
    print(f'[{",".join(records)}]', file=out)
    for line in lines:
        print(text(line | {'record': records.index(text(line['record']))}), file=out)
