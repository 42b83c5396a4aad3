#!/usr/bin/env python3
"""Writes reading.jsonl: what ms-swift, mlx-lm and verl read from records of many forms, for the tests of their configurations.

    cargo run --release --example train_tokenizer -- export DIR/chatml --dialect chatml
    pip install ms-swift==4.6.0 torch==2.15.0 transformers==5.16.1
    python3 tests/data/make_reading.py DIR swift
    pip install mlx-lm==0.32.2 'mlx[cpu]' torch==2.15.0 transformers==5.23.0 omegaconf tensordict ray datasets
    pip install --no-deps verl==0.9.1
    python3 tests/data/make_reading.py DIR mlx verl

The two lots need two environments, since ms-swift takes no newer Transformers; each run leaves the lines of the other.

Each record is a data set by itself, in a file that the trainer reads with its own code: JSON lines for ms-swift and mlx-lm,
Parquet for verl. A line is a record with the name of a configuration of CONFIGURATIONS, which the first line holds with the
chat templates, and with the ids and the mask that the trainer makes of it, or with what it raises. A record
of verl is written as its Parquet file gives it back, with a null for each key that a message does not have.
"""
import json, logging, os, sys, tempfile, types, warnings

FOLDER, HERE = os.path.abspath(sys.argv[1]), os.path.dirname(os.path.abspath(__file__))
WORK = tempfile.mkdtemp()
os.environ.update(MODELSCOPE_CACHE=WORK, HF_HOME=WORK, HF_HUB_OFFLINE='1', TOKENIZERS_PARALLELISM='false', TQDM_DISABLE='1',
                  LOG_LEVEL='CRITICAL', HF_DATASETS_DISABLE_PROGRESS_BARS='1')
warnings.simplefilter('ignore')

# Every key of every message as it reaches the template.
SHOWING = """{%- if tools -%}{{- '<|im_start|>tools\\n' ~ (tools | tojson) ~ '<|im_end|>\\n' -}}{%- endif -%}
{%- for message in messages -%}
{{- '<|im_start|>' ~ message.role ~ '\\n' ~ (message | tojson) ~ '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}
{%- if enable_thinking is defined -%}{{- '<|im_start|>' ~ enable_thinking ~ '<|im_end|>\\n' -}}{%- endif -%}"""
with open(os.path.join(FOLDER, 'chatml', 'chat_template.jinja')) as file:
    TEMPLATES = {'own': file.read(), 'showing': SHOWING}

# A trainer's configuration, the chat template and the records, by name. DATA stands for the file or its folder.
CONFIGURATIONS = {
    'swift': {'trainer': 'swift', 'template': 'own', 'keys': {'template': 'qwen3'}},
    'swift-chatml': {'trainer': 'swift', 'template': 'own', 'keys': {'template': 'chatml'}},
    'swift-columns': {'trainer': 'swift', 'template': 'own', 'keys': {
        'template': 'qwen3', 'system': 'From the configuration.',
        'columns': {'Chat': 'messages', 'frage': 'query', 'Antwort': 'response', 'reply': 'response', 'rule': 'system'}}},
    'mlx': {'trainer': 'mlx', 'template': 'own', 'keys': {}},
    'mlx-masked': {'trainer': 'mlx', 'template': 'showing', 'keys': {'mask_prompt': True}},
    'mlx-features': {'trainer': 'mlx', 'template': 'showing', 'keys': {
        'prompt_feature': 'q', 'completion_feature': 'a', 'chat_feature': 'chat', 'text_feature': 'body'}},
    'verl': {'trainer': 'verl', 'template': 'own', 'keys': {}},
    'verl-showing': {'trainer': 'verl', 'template': 'showing', 'keys': {
        'ignore_input_ids_mismatch': True, 'enable_thinking_default': None}},
    'verl-keys': {'trainer': 'verl', 'template': 'showing', 'keys': {
        'messages_key': 'chat', 'tools_key': 'functions', 'enable_thinking_key': 'think', 'ignore_input_ids_mismatch': True}},
}


def turns(*texts, names=('role', 'content'), roles=('user', 'assistant')):
    return [{names[0]: roles[at % 2], names[1]: text} for at, text in enumerate(texts)]


def said(role, content, **more):
    return {'role': role, 'content': content, **more}


TOOL = {'type': 'function', 'function': {'name': 'add', 'description': 'adds', 'parameters': {
    'type': 'object', 'properties': {'a': {'type': 'integer'}}, 'required': ['a']}}}
CALL = {'id': 'c1', 'type': 'function', 'function': {'name': 'add', 'arguments': {'a': 1}}}
OTHER = {'id': 'c2', 'type': 'function', 'function': {'name': 'add', 'arguments': {'a': 2}}}
ASKED, TURNS = said('user', 'q'), turns('q', 'a')
SHAREGPT = turns('q', 'a', names=('from', 'value'), roles=('human', 'gpt'))


def calls(*several, content='', **more):
    return said('assistant', content, tool_calls=list(several), **more)


def parts(*texts):
    return [{'type': 'text', 'text': text} for text in texts]


MESSAGES = {
    'plain': TURNS,
    'several turns': turns('q', 'a', 'r', 'b'),
    'system': [said('system', 's'), *TURNS],
    'system in the middle': [ASKED, said('system', 's'), said('assistant', 'a')],
    'two systems': [said('system', 's'), said('system', 't'), *TURNS],
    'system alone': [said('system', 's')],
    'empty system': [said('system', ''), *TURNS],
    'null system': [said('system', None), *TURNS],
    'system of parts': [said('system', parts('s', 't')), *TURNS],
    'question alone': [ASKED],
    'answer first': [said('assistant', 'a'), ASKED, said('assistant', 'b')],
    'answer alone': [said('assistant', 'a')],
    'answers in a row': [ASKED, said('assistant', 'a'), said('assistant', 'b')],
    'questions in a row': [ASKED, said('user', 'r'), said('assistant', 'a')],
    'ends with a question': turns('q', 'a', 'r'),
    'empty answer': turns('q', ''),
    'empty question': turns('', 'a'),
    'null answer': turns('q', None),
    'no content': [ASKED, {'role': 'assistant'}],
    'no role': [ASKED, {'content': 'a'}],
    'null role': [ASKED, said(None, 'a')],
    'number for a role': [ASKED, said(3, 'a')],
    'number for a text': turns('q', 7),
    'true for a text': turns('q', True),
    'object for a text': turns('q', {'text': 'a'}),
    'object of parts': [ASKED, said('assistant', {'type': 'text', 'text': 'a'})],
    'empty list': [],
    'null in the list': [ASKED, None, said('assistant', 'a')],
    'text in the list': [ASKED, 'a'],
    'human and gpt': turns('q', 'a', roles=('human', 'gpt')),
    'user and bot': turns('q', 'a', roles=('user', 'bot')),
    'user and model': turns('q', 'a', roles=('user', 'model')),
    'User and Assistant': turns('q', 'a', roles=('User', 'Assistant')),
    'critic': [*TURNS, said('critic', 'c')],
    'developer': [said('developer', 's'), *TURNS],
    'from and value': SHAREGPT,
    'from and value, user and assistant': turns('q', 'a', names=('from', 'value')),
    'from and content': turns('q', 'a', names=('from', 'content')),
    'role and value': turns('q', 'a', names=('role', 'value')),
    'both names': [{'from': 'human', 'role': 'user', 'value': 'v', 'content': 'c'},
                   {'from': 'gpt', 'role': 'assistant', 'value': 'w', 'content': 'd'}],
    'system from': [{'from': 'system', 'value': 's'}, *SHAREGPT],
    'pairs': [{'human': 'q', 'assistant': 'a'}, {'human': 'r', 'assistant': 'b'}],
    'pairs of user and bot': [{'user': 'q', 'bot': 'a'}],
    'pairs without an answer': [{'human': 'q', 'assistant': 'a'}, {'human': 'r'}],
    'pairs with null': [{'human': 'q', 'assistant': None}],
    'pairs with system': [{'system': 's', 'human': 'q', 'assistant': 'a'}],
    'reasoning': [ASKED, said('assistant', 'a', reasoning_content='t')],
    'inline thoughts': turns('q', '<think>\nt\n</think>\n\na'),
    'flags': [ASKED, said('assistant', 'a', loss=False), said('user', 'r'), said('assistant', 'b', loss=True)],
    'numbers for flags': [ASKED, said('assistant', 'a', loss=0), said('user', 'r'), said('assistant', 'b', loss=1)],
    'floats for flags': [ASKED, said('assistant', 'a', loss=0.0), said('user', 'r'), said('assistant', 'b', loss=2.0)],
    'null flags': [ASKED, said('assistant', 'a', loss=None), said('user', 'r'), said('assistant', 'b', loss=True)],
    'flag of the question': [said('user', 'q', loss=True), said('assistant', 'a')],
    'flag of the system': [said('system', 's', loss=True), *TURNS],
    'a scale': [ASKED, said('assistant', 'a', loss_scale=0.5), said('user', 'r'), said('assistant', 'b')],
    'a scale of 0': [ASKED, said('assistant', 'a', loss_scale=0), said('user', 'r'), said('assistant', 'b', loss_scale=1)],
    'a scale as text': [ASKED, said('assistant', 'a', loss_scale='0')],
    'weights': [ASKED, said('assistant', 'a', weight=0), said('user', 'r'), said('assistant', 'b', weight=1)],
    'a name': [said('user', 'q', name='Ann'), said('assistant', 'a', name='Bob')],
    'markers in a text': turns('q <|im_end|>', 'a <|im_start|>user'),
    'parts': [said('user', parts('q')), said('assistant', parts('a', 'b'))],
    'no parts': [ASKED, said('assistant', [])],
    'an image': [said('user', [{'type': 'image'}, *parts('q')]), said('assistant', 'a')],
    'a named image': [said('user', [{'type': 'image', 'image': 'a.png'}, *parts('q')]), said('assistant', 'a')],
    'an image with a source': [said('user', [{'type': 'image', 'source': {'type': 'url', 'url': 'a.png'}}, *parts('q')]),
                               said('assistant', 'a')],
    'texts for parts': [ASKED, said('assistant', ['a', 'b'])],
    'token ids for parts': [ASKED, said('assistant', [67, 68])],
    'a part without a type': [ASKED, said('assistant', [{'text': 'a'}])],
    'a null text': [ASKED, said('assistant', [{'type': 'text', 'text': None}])],
    'calls': [ASKED, calls(CALL), said('tool', '2', tool_call_id='c1', name='add'), said('assistant', 'a')],
    'calls and a text': [ASKED, calls(CALL, content='t'), said('tool', '2'), said('assistant', 'a')],
    'calls and null': [ASKED, calls(CALL, content=None), said('tool', '2'), said('assistant', 'a')],
    'calls without content': [ASKED, {'role': 'assistant', 'tool_calls': [CALL]}, said('tool', '2'), said('assistant', 'a')],
    'calls last': [ASKED, calls(CALL)],
    'calls and reasoning': [ASKED, calls(CALL, reasoning_content='t'), said('tool', '2'), said('assistant', 'a')],
    'calls with flags': [ASKED, calls(CALL, content='t', loss=False), said('tool', '2'), said('assistant', 'a')],
    'two calls': [ASKED, calls(CALL, OTHER), said('tool', '3', tool_call_id='c2'), said('tool', '2', tool_call_id='c1'),
                  said('assistant', 'a')],
    'arguments as text': [ASKED, calls({'function': {'name': 'add', 'arguments': '{"a": 1}'}}), said('tool', '2')],
    'arguments as broken text': [ASKED, calls({'function': {'name': 'add', 'arguments': '{"a": 1'}}), said('tool', '2')],
    'null arguments': [ASKED, calls({'function': {'name': 'add', 'arguments': None}}), said('tool', '2')],
    'null in arguments': [ASKED, calls({'function': {'name': 'add', 'arguments': {'a': 1, 'b': None}}}), said('tool', '2')],
    'no arguments': [ASKED, calls({'function': {'name': 'add'}}), said('tool', '2')],
    'a bare call': [ASKED, calls({'name': 'add', 'arguments': {'a': 1}}), said('tool', '2')],
    'no name': [ASKED, calls({'function': {'arguments': {'a': 1}}}), said('tool', '2')],
    'no calls': [ASKED, said('assistant', 'a', tool_calls=[])],
    'null calls': [ASKED, said('assistant', 'a', tool_calls=None)],
    'calls as text': [ASKED, said('assistant', 'a', tool_calls=json.dumps([CALL]))],
    'calls of the user': [said('user', 'q', tool_calls=[CALL]), said('assistant', 'a')],
    'tool_call': [ASKED, said('tool_call', '{"name": "add", "arguments": {"a": 1}}'), said('tool_response', '2'),
                  said('assistant', 'a')],
    'tool_call as an object': [ASKED, said('tool_call', {'name': 'add', 'arguments': {'a': 1}}), said('tool', '2'),
                               said('assistant', 'a')],
    'tool_call as no JSON': [ASKED, said('tool_call', 'add(1)'), said('tool', '2'), said('assistant', 'a')],
    'tool_call without a name': [ASKED, said('tool_call', '{"arguments": {"a": 1}}'), said('tool', '2'), said('assistant', 'a')],
    'tool_call with thoughts': [ASKED, said('tool_call', '<think>t</think>{"name": "add", "arguments": {"a": 1}}'),
                                said('tool', '2'), said('assistant', 'a')],
    'function_call': [ASKED, said('function_call', '{"name": "add", "arguments": {}}'), said('observation', '2'),
                      said('assistant', 'a')],
    'function-call': [ASKED, said('function-call', '{"name": "add", "arguments": {}}'), said('function_response', '2'),
                      said('assistant', 'a')],
    'tool-call': [ASKED, said('tool-call', '{"name": "add", "arguments": {}}'), said('tool-response', '2')],
    'function': [ASKED, calls(CALL), said('function', '2'), said('assistant', 'a')],
    'ipython': [ASKED, calls(CALL), said('ipython', '2'), said('assistant', 'a')],
    'result as an object': [ASKED, calls(CALL), said('tool', {'sum': 2}), said('assistant', 'a')],
    'result as a list': [ASKED, calls(CALL), said('tool', [1, 2]), said('assistant', 'a')],
    'result of parts': [ASKED, calls(CALL), said('tool', parts('2')), said('assistant', 'a')],
    'result as null': [ASKED, calls(CALL), said('tool', None), said('assistant', 'a')],
    'result without a call': [ASKED, said('tool', '2'), said('assistant', 'a')],
    'Anthropic': [ASKED, said('assistant', [*parts('t'), {'type': 'tool_use', 'id': 'c1', 'name': 'add', 'input': {'a': 1}}]),
                  said('user', [{'type': 'tool_result', 'tool_use_id': 'c1', 'content': '2'}]), said('assistant', parts('a'))],
}

# Columns beside messages.
BESIDE = {
    'tools': {'tools': [TOOL]},
    'bare tools': {'tools': [TOOL['function']]},
    'tools as text': {'tools': json.dumps([TOOL])},
    'tools as texts': {'tools': [json.dumps(TOOL)]},
    'one tool': {'tools': TOOL},
    'tools as no JSON': {'tools': 'add'},
    'no tools': {'tools': []},
    'null tools': {'tools': None},
    'empty tools': {'tools': ''},
    'functions': {'functions': [TOOL]},
    'a system column': {'system': 's'},
    'a null system column': {'system': None},
    'an empty system column': {'system': ''},
    'a number as system': {'system': 3},
    'system_prompt': {'system_prompt': 's'},
    'two system columns': {'system': 's', 'system_prompt': 't'},
    'ids': {'input_ids': [3, 4], 'labels': [-100, 4]},
    'a text': {'text': 't'},
    'a prompt and its completion': {'prompt': 'p', 'completion': 'c'},
    'a query and its response': {'query': 'p', 'response': 'c'},
    'an instruction': {'instruction': 'i', 'input': 'x', 'output': 'o'},
    'other columns': {'id': 7, 'source': 'web', 'score': 0.5},
    'no images': {'images': []},
    'null images': {'images': None},
    'an image file': {'images': ['a.png']},
    'thinking': {'enable_thinking': True},
    'no thinking': {'enable_thinking': False},
    'null for thinking': {'enable_thinking': None},
    'a number for thinking': {'enable_thinking': 0},
    'a text for thinking': {'enable_thinking': 'no'},
    'template variables': {'chat_template_kwargs': {'enable_thinking': False}},
    'a rejected response': {'rejected_response': 'b'},
    'the same rejected response': {'rejected_response': 'a'},
    'a null rejected response': {'rejected_response': None},
    'rejected messages': {'rejected_messages': turns('q', 'b')},
    'a label': {'label': True},
    'conversations too': {'conversations': turns('other', 'one')},
    'a history': {'history': [['p', 'c']]},
    'a date': {'date': '2024-01-01'},
}

# Records without messages.
OTHERS = {
    'query': {'query': 'q', 'response': 'a'},
    'query alone': {'query': 'q'},
    'response alone': {'response': 'a'},
    'null query': {'query': None, 'response': 'a'},
    'null response': {'query': 'q', 'response': None},
    'both null': {'query': None, 'response': None},
    'empty query': {'query': '', 'response': 'a'},
    'empty response': {'query': 'q', 'response': ''},
    'number for a query': {'query': 3, 'response': 'a'},
    'number for a response': {'query': 'q', 'response': 3},
    'list for a query': {'query': ['q'], 'response': 'a'},
    'object for a query': {'query': {'text': 'q'}, 'response': 'a'},
    'parts for a query': {'query': parts('q'), 'response': 'a'},
    'responses': {'query': 'q', 'response': ['a', 'b']},
    'no responses': {'query': 'q', 'response': []},
    'numbers for responses': {'query': 'q', 'response': [3]},
    'query with system': {'system': 's', 'query': 'q', 'response': 'a'},
    'query with an empty system': {'system': '', 'query': 'q', 'response': 'a'},
    'query with a number as system': {'system': 3, 'query': 'q', 'response': 'a'},
    'query with system_prompt': {'system_prompt': 's', 'query': 'q', 'response': 'a'},
    'query with two systems': {'system': 's', 'system_prompt': 't', 'query': 'q', 'response': 'a'},
    'history': {'query': 'q', 'response': 'a', 'history': [['p', 'c'], ['o', 'b']]},
    'no history': {'query': 'q', 'response': 'a', 'history': []},
    'null history': {'query': 'q', 'response': 'a', 'history': None},
    'history as text': {'query': 'q', 'response': 'a', 'history': "[['p', 'c']]"},
    'history as JSON': {'query': 'q', 'response': 'a', 'history': '[["p", "c"]]'},
    'history as no list': {'query': 'q', 'response': 'a', 'history': 'earlier'},
    'empty history': {'query': 'q', 'response': 'a', 'history': ''},
    'history with null': {'query': 'q', 'response': 'a', 'history': [['p', None]]},
    'history of three': {'query': 'q', 'response': 'a', 'history': [['p', 'c', 'x']]},
    'history of one': {'query': 'q', 'response': 'a', 'history': [['p']]},
    'history of objects': {'query': 'q', 'response': 'a', 'history': [{'query': 'p', 'response': 'c'}]},
    'query with tools': {'query': 'q', 'response': 'a', 'tools': [TOOL]},
    'query and question': {'query': 'q', 'question': 'p', 'response': 'a'},
    'response and answer': {'query': 'q', 'response': 'a', 'answer': 'b'},
    'question and problem': {'question': 'q', 'problem': 'p', 'response': 'a'},
    'answer and solution': {'query': 'q', 'answer': 'a', 'solution': 'b'},
    'question': {'question': 'q', 'answer': 'a'},
    'problem': {'problem': 'q', 'solution': 'a'},
    'answers': {'question': 'q', 'answers': ['a', 'b']},
    'answer_key': {'question': 'q', 'answer_key': 'A'},
    'targets': {'input': 'q', 'targets': 'a'},
    'input and output': {'input': 'q', 'output': 'a'},
    'content': {'content': 'a'},
    'content with query': {'query': 'q', 'content': 'a'},
    'capitals': {'Query': 'q', 'Response': 'a'},
    'capitals and small letters': {'Query': 'p', 'query': 'q', 'response': 'a'},
    'capitals of Messages': {'Messages': TURNS},
    'capitals of Instruction': {'Instruction': 'i', 'Input': 'x', 'Output': 'o'},
    'prompt': {'prompt': 'p', 'completion': 'c'},
    'prompt and response': {'prompt': 'p', 'response': 'c'},
    'prompt alone': {'prompt': 'p'},
    'completion alone': {'completion': 'c'},
    'null completion': {'prompt': 'p', 'completion': None},
    'empty completion': {'prompt': 'p', 'completion': ''},
    'number for a completion': {'prompt': 'p', 'completion': 7},
    'prompt of messages': {'prompt': [ASKED], 'completion': [said('assistant', 'a')]},
    'prompt of parts': {'prompt': parts('p'), 'completion': parts('c')},
    'prompt and tools': {'prompt': 'p', 'completion': 'c', 'tools': [TOOL]},
    'prompt and tools as text': {'prompt': 'p', 'completion': 'c', 'tools': json.dumps([TOOL])},
    'prompt and a text': {'prompt': 'p', 'completion': 'c', 'text': 't'},
    'prompt, no completion and a text': {'prompt': 'p', 'text': 't'},
    'prompt and system': {'system': 's', 'prompt': 'p', 'completion': 'c'},
    'prompt, chosen and rejected': {'prompt': 'p', 'chosen': 'a', 'rejected': 'b'},
    'chosen and rejected messages': {'chosen': TURNS, 'rejected': turns('q', 'b')},
    'alpaca': {'instruction': 'i', 'input': 'x', 'output': 'o'},
    'alpaca with an empty input': {'instruction': 'i', 'input': '', 'output': 'o'},
    'alpaca with a null input': {'instruction': 'i', 'input': None, 'output': 'o'},
    'alpaca without input': {'instruction': 'i', 'output': 'o'},
    'alpaca with an empty instruction': {'instruction': '', 'input': 'x', 'output': 'o'},
    'alpaca with nothing': {'instruction': '', 'input': '', 'output': 'o'},
    'alpaca with nulls': {'instruction': None, 'input': None, 'output': 'o'},
    'alpaca with null output': {'instruction': 'i', 'input': 'x', 'output': None},
    'alpaca without output': {'instruction': 'i', 'input': 'x'},
    'alpaca with a response': {'instruction': 'i', 'input': 'x', 'response': 'r'},
    'alpaca with output and response': {'instruction': 'i', 'input': 'x', 'output': 'o', 'response': 'r'},
    'alpaca with several outputs': {'instruction': 'i', 'input': 'x', 'output': ['o', 'p']},
    'alpaca with a number': {'instruction': 'i', 'input': 5, 'output': 'o'},
    'alpaca with system': {'system': 's', 'instruction': 'i', 'input': 'x', 'output': 'o'},
    'alpaca with history': {'instruction': 'i', 'input': 'x', 'output': 'o', 'history': [['p', 'c']]},
    'alpaca with a query': {'instruction': 'i', 'input': 'x', 'query': 'q', 'output': 'o'},
    'alpaca with text': {'instruction': 'i', 'input': 'x', 'output': 'o', 'text': 't'},
    'text': {'text': 't'},
    'text that ends': {'text': 't<|im_end|>'},
    'empty text': {'text': ''},
    'null text': {'text': None},
    'number for a text alone': {'text': 3},
    'list for a text alone': {'text': ['t', 'u']},
    'text and tools': {'text': 't', 'tools': [TOOL]},
    'ids alone': {'input_ids': [3, 4, 5], 'labels': [-100, 4, 5]},
    'ids and a text': {'input_ids': [3, 4, 5], 'text': 't'},
    'ids and a prompt': {'input_ids': [3, 4, 5], 'prompt': 'p', 'completion': 'c'},
    'conversations': {'conversations': SHAREGPT},
    'conversations with system': {'system': 's', 'conversations': SHAREGPT},
    'conversations with system_prompt': {'system_prompt': 's', 'conversations': SHAREGPT},
    'conversations of role': {'conversations': TURNS},
    'conversation': {'conversation': TURNS},
    'conversation of pairs': {'conversation': [{'human': 'q', 'assistant': 'a'}]},
    'conversation of pairs with system': {'system': 's', 'conversation': [{'human': 'q', 'assistant': 'a'}]},
    'conversation and conversations': {'conversation': TURNS, 'conversations': turns('r', 'b')},
    'messages and conversation': {'messages': TURNS, 'conversation': turns('r', 'b')},
    'null messages': {'messages': None},
    'null messages and a query': {'messages': None, 'query': 'q', 'response': 'a'},
    'null messages and conversations': {'messages': None, 'conversations': TURNS},
    'messages as JSON': {'messages': json.dumps(TURNS)},
    'messages as Python': {'messages': str(TURNS)},
    'messages as a text': {'messages': 'hello'},
    'messages as an empty text': {'messages': ''},
    'messages as an object': {'messages': {'role': 'user', 'content': 'q'}},
    'conversations as JSON': {'conversations': json.dumps(SHAREGPT)},
    'nothing': {},
    'other keys': {'title': 't', 'body': 'b'},
}

NAMED = {
    'swift-columns': {
        'chat': {'chat': TURNS}, 'Chat': {'Chat': TURNS}, 'CHAT': {'CHAT': TURNS},
        'own system': {'Chat': [said('system', 's'), *TURNS]},
        'chat and messages': {'Chat': TURNS, 'messages': turns('r', 'b')},
        'Frage': {'Frage': 'q', 'antwort': 'a'}, 'two answers': {'frage': 'q', 'Antwort': 'a', 'reply': 'b'},
        'frage and query': {'frage': 'q', 'query': 'p', 'response': 'a'},
        'rule': {'rule': 'r', 'frage': 'q', 'antwort': 'a'}, 'rule and messages': {'rule': 'r', 'chat': TURNS},
        'usual names': {'query': 'q', 'response': 'a'}, 'question': {'question': 'q', 'antwort': 'a'},
        'null answers': {'frage': 'q', 'antwort': None, 'reply': 'b'},
        'empty system': {'system': '', 'query': 'q', 'response': 'a'}, 'null system': {'rule': None, 'query': 'q', 'response': 'a'},
    },
    'mlx-features': {
        'q and a': {'q': 'p', 'a': 'c'}, 'usual prompt': {'prompt': 'p', 'completion': 'c'}, 'chat': {'chat': TURNS},
        'usual messages': {'messages': TURNS}, 'body': {'body': 't'}, 'usual text': {'text': 't'},
        'q and chat': {'q': 'p', 'chat': TURNS}, 'all': {'q': 'p', 'a': 'c', 'chat': TURNS, 'body': 't'},
        'tools': {'chat': TURNS, 'tools': [TOOL]},
    },
    'verl-keys': {
        'chat': {'chat': TURNS}, 'usual messages': {'messages': TURNS}, 'functions': {'chat': TURNS, 'functions': [TOOL]},
        'tools': {'chat': TURNS, 'tools': [TOOL]}, 'think': {'chat': TURNS, 'think': False},
        'enable_thinking': {'chat': TURNS, 'enable_thinking': False},
    },
}


def records(configuration):
    if configuration in NAMED:
        return NAMED[configuration]
    found = {name: {'messages': messages} for name, messages in MESSAGES.items()}
    if configuration == 'swift-chatml':
        return found
    if configuration == 'mlx-masked':
        # The template writes `null` for it.
        found.pop('null in the list')
    found.update({'messages and ' + name: {'messages': TURNS, **beside} for name, beside in BESIDE.items()})
    if configuration.startswith('verl'):
        # What becomes of empty columns depends on whether the model has a processor, and this one has none.
        found.pop('messages and no images'), found.pop('messages and null images')
    if configuration.startswith('swift'):
        # What becomes of it depends on the file.
        found.pop('messages and an image file')
    without = {name: record for name, record in OTHERS.items() if 'messages' in record or name in ('conversations', 'text', 'alpaca')}
    return {**found, **(without if configuration.startswith('verl') else OTHERS)}


class Swift:
    def __init__(self, configuration):
        from swift.arguments import SftArguments
        model = os.path.join(WORK, 'model')
        os.makedirs(model, exist_ok=True)
        for name in os.listdir(os.path.join(FOLDER, 'chatml')):
            with open(os.path.join(FOLDER, 'chatml', name), 'rb') as source, open(os.path.join(model, name), 'wb') as copy:
                copy.write(source.read())
        with open(os.path.join(model, 'config.json'), 'w') as file:
            json.dump({'model_type': 'qwen3', 'architectures': ['Qwen3ForCausalLM'], 'max_position_embeddings': 32768}, file)
        self.args = SftArguments(model=model, model_type='qwen3', dataset=[os.path.join(HERE, 'rows.jsonl')], report_to=[],
                                 output_dir=os.path.join(WORK, 'out'), torch_dtype='float32', **configuration['keys'])
        self.template = self.args.get_template(self.args.get_model_processor(load_model=False)[1])
        self.template.set_mode('train')

    def read(self, record, name):
        path = os.path.join(WORK, name + '.jsonl')
        with open(path, 'w') as file:
            file.write(json.dumps(record) + '\n')
        self.args.dataset = [path]
        rows, _ = self.args.load_dataset()
        if not len(rows):
            raise ValueError('left out of the data set')
        encoded = self.template.encode(rows[0])
        labels = [-100, *encoded['labels'][1:]]
        found = {'input_ids': list(encoded['input_ids']), 'mask': [int(label != -100) for label in labels]}
        scale = encoded.get('loss_scale')
        if scale is not None and any(weight not in (0, 1) for weight in scale):
            found['weights'] = [0, *scale[1:]]
        return record, found


class Mlx:
    def __init__(self, configuration):
        from pathlib import Path
        from mlx_lm.tokenizer_utils import load
        self.keys = types.SimpleNamespace(**configuration['keys'])
        self.tokenizer = load(Path(FOLDER) / 'chatml', {'chat_template': TEMPLATES[configuration['template']]})

    def read(self, record, name):
        import mlx.core as mx
        from pathlib import Path
        from mlx_lm.tuner import datasets, trainer
        folder = Path(WORK) / name
        folder.mkdir()
        (folder / 'train.jsonl').write_text(json.dumps(record) + '\n')
        train, _, _ = datasets.load_local_dataset(folder, self.tokenizer, self.keys)
        train = datasets.CacheDataset(train)
        length = train.itemlen(0) and len(train[0][0])
        batch, lengths = next(iter(trainer.iterate_batches(train, 1, 2048)))
        seen = {}
        trainer.nn.losses.cross_entropy = lambda logits, targets: Seen(seen)
        trainer.default_loss(lambda inputs: None, batch, lengths)
        mask = [0, *[int(bit) for bit in seen['mask'][0].tolist()]]
        return record, {'input_ids': batch[0].tolist()[:length], 'mask': mask[:length], 'padding_trained': sum(mask[length:])}


class Seen:
    """Stands for the cross entropy, to see the mask that it is multiplied by."""

    def __init__(self, seen):
        self.seen = seen

    def __mul__(self, mask):
        self.seen['mask'] = mask
        return mask


class Verl:
    def __init__(self, configuration):
        from transformers import AutoTokenizer
        self.tokenizer = AutoTokenizer.from_pretrained(os.path.join(FOLDER, 'chatml'))
        self.tokenizer.chat_template = TEMPLATES[configuration['template']]
        from omegaconf import OmegaConf
        import verl
        usual = OmegaConf.load(os.path.join(os.path.dirname(verl.__file__), 'trainer/config/sft_trainer_engine.yaml')).data
        self.keys = OmegaConf.merge(usual, configuration['keys'])

    def read(self, record, name):
        import pandas, pyarrow.parquet
        # Images only, and written for older Transformers.
        sys.modules.setdefault('verl.models.transformers.qwen2_vl', types.SimpleNamespace(get_rope_index=None))
        from verl.utils.dataset.multiturn_sft_dataset import MultiTurnSFTDataset
        path = os.path.join(WORK, name + '.parquet')
        try:
            pandas.DataFrame([record]).to_parquet(path)
        except Exception:
            return None, None
        record = pyarrow.parquet.read_table(path).to_pylist()[0]
        try:
            row = MultiTurnSFTDataset(path, self.tokenizer, self.keys)[0]
        except Exception as error:
            error.record = record
            raise
        ids = row['input_ids'].tolist()
        return record, {'input_ids': ids, 'mask': [0, *row['loss_mask'].tolist()[1:]]}


def lines_of(name, configuration):
    trainer = {'swift': Swift, 'mlx': Mlx, 'verl': Verl}[configuration['trainer']](configuration)
    for at, (case, record) in enumerate(records(name).items()):
        line = {'configuration': name, 'case': case, 'record': record}
        try:
            record, found = trainer.read(json.loads(json.dumps(record)), f'{name}{at}')
            if record is None:
                continue
            line.update(record=record, **found)
        except ImportError:
            raise
        except Exception as error:
            line.update(record=getattr(error, 'record', record), error=type(error).__name__)
        yield line


def main():
    logging.disable(logging.CRITICAL)
    path = os.path.join(HERE, 'reading.jsonl')
    kept = []
    if os.path.exists(path):
        with open(path) as file:
            kept = [json.loads(line) for line in file][1:]
    lines = [{'templates': TEMPLATES, 'configurations': CONFIGURATIONS}]
    for name, configuration in CONFIGURATIONS.items():
        is_made = configuration['trainer'] in sys.argv[2:]
        lines.extend(lines_of(name, configuration) if is_made else (line for line in kept if line['configuration'] == name))
    with open(path, 'w') as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False, separators=(',', ':')) + '\n')
    print(len(lines) - 1, 'cases')


main()
