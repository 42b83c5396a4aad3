#!/usr/bin/env python3
"""Writes axolotl.jsonl and axolotl-0.18.jsonl: what axolotl's own code gives for the records below, for the tests of the policy.

    cargo run --release --example train_tokenizer -- export DIR/minimind --dialect minimind
    cargo run --release --example train_tokenizer -- export DIR/chatml --dialect chatml
    pip install transformers==5.23.0 tokenizers==0.23.3 jinja2==3.1.6 pydantic
    pip download --no-deps axolotl==0.19.0 && unzip axolotl-0.19.0-*.whl -d AXOLOTL
    python3 tests/data/make_axolotl.py AXOLOTL/axolotl DIR axolotl.jsonl

The other file is made in the same way from axolotl==0.18.0, which looks for turns in the ids.

Its `ChatTemplateStrategy` runs unchanged; what it imports for training is stood in for, since none of it is on its path.
"""
import copy, json, logging, os, sys, types

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE, TOKENIZERS, NAME = sys.argv[1:4]


def stand_in(name, path=None, **values):
    module = types.ModuleType(name)
    module.__path__ = [path] if path else []
    module.__dict__.update(values)
    sys.modules[name] = module


class Strategy:
    def __init__(self, prompter, tokenizer, train_on_inputs, sequence_len):
        self.prompter, self.tokenizer, self.train_on_inputs = prompter, tokenizer, train_on_inputs


for name in ('', '.prompt_strategies', '.utils', '.utils.schemas'):
    stand_in('axolotl' + name, SOURCE + name.replace('.', '/'))
stand_in('axolotl.prompt_tokenizers', PromptTokenizingStrategy=Strategy)
stand_in('axolotl.prompters', IGNORE_TOKEN_ID=-100, Prompter=object)
stand_in('axolotl.utils.chat_templates', get_chat_template_from_config=None)
stand_in('axolotl.utils.logging', get_logger=logging.getLogger)
stand_in('axolotl.utils.schemas.datasets', DatasetConfig=dict)
stand_in('addict', Dict=dict)
logging.disable(logging.CRITICAL)
from axolotl.prompt_strategies import chat_template
from transformers import AutoTokenizer

chat_template.IGNORE_TOKEN_ID = -100

# Thoughts stay in the last answer only, as in Qwen3; `real_last_index` is what older releases hand over.
THINKING = """{%- for message in messages -%}
{{- '<|im_start|>' + message.role + '\\n' -}}
{%- if message.reasoning_content and loop.last -%}{{- '<think>\\n' + message.reasoning_content + '\\n</think>\\n\\n' -}}{%- endif -%}
{{- message.content + '<|im_end|>\\n' -}}
{%- endfor -%}"""
# A letter of the placeholder stands beside the content, and the content is stripped.
GLUED = "{% for message in messages %}<|im_start|>{{ message.role }}\n[{{ message.content | trim }}]<|im_end|>\n{% endfor %}"
# A question is written twice, an answer without text not at all.
TWICE = "{% for m in messages %}{% if m.content %}<|im_start|>{{ m.role }}\n{{ m.content }}{% if m.role == 'user' %} {{ m.content }}{% endif %}<|im_end|>\n{% endif %}{% endfor %}"
TEMPLATES = {'own': None, 'thinking': THINKING, 'glued': GLUED, 'twice': TWICE}


def turns(*texts):
    return [{'role': ('user', 'assistant')[at % 2], 'content': text} for at, text in enumerate(texts)]


def answer(content, **more):
    return [{'role': 'user', 'content': 'Q?'}, {'role': 'assistant', 'content': content} | more]


def detail(begin, end, train=True):
    return {'begin_offset': begin, 'end_offset': end, 'train': train}


TALKS = [
    turns('Hi', 'Hello', 'Again', 'Hello again', '再来', '你好'),
    turns('Same', 'Same', 'Same', 'Same'),
    turns('夏天?', '夏天，热浪滚滚。👩‍👩‍👧'),
    turns('An empty one.', '', 'And?', 'yes'),
    turns('zz', '[[dummy_message]]', 'dummy', 'zzdummymessagezz'),
    turns('edges', '[x]', 'edges', 'z'),
    turns('spaces', '  padded  ', 'tabs', '\t\treturn\n'),
    turns('says it', 'I say <|im_end|> here.', 'ends', 'with a question'),
    [{'role': 'system', 'content': 'Be brief.'}, *turns('Hi', 'Yes.')],
    [{'role': 'system', 'content': 'Only a system message.'}],
    [{'role': 'human', 'content': 'Hi'}, {'role': 'gpt', 'content': 'Yo'}, {'role': 'tool', 'content': 'out'}],
    answer('first', reasoning_content='thoughts') + answer('last', reasoning_content='more thoughts'),
    answer('first', train=False) + answer('last', train=True),
    answer('masked', train=0) + [{'role': 'user', 'content': 'trained', 'train': True}],
    answer('one two three four', train_detail=[detail(4, 6), detail(8, 12, False)]),
    answer('one two three four', train_detail=[]),
    answer('one two', reasoning_content='some thoughts', train_detail=[detail(0, 2)]),
    answer([{'type': 'text', 'text': 'one'}, {'type': 'text', 'text': ' two', 'train': False}, ' lost', {'value': ' four', 'weight': 1}]),
    answer('answer', reasoning_content=[{'text': 'wrong idea.', 'train': False}, {'text': ' Right idea.', 'train': True}]),
    answer('answer', reasoning_content=[{'text': 'no'}, {'text': ' flags'}]),
    answer([{'text': 'a b', 'train': True}, {'text': ' c', 'train': False}],
           reasoning_content=[{'text': 'x', 'weight': 0}, {'text': ' y'}]),
]
POLICIES = [
    ('eos=turn', {}),
    ('eos=all', {'train_on_eos': 'all'}),
    ('eos=last', {'train_on_eos': 'last'}),
    ('eos=none', {'train_on_eos': 'none'}),
    ('inputs=trained', {'train_on_inputs': True}),
    ('roles=assistant+tool:eot=all:eot-tokens=<|im_end|>+<|nowhere|>', {
        'roles_to_train': ['assistant', 'tool'], 'train_on_eot': 'all', 'eot_tokens': ['<|im_end|>', '<|nowhere|>']}),
    ('eot=all:eot-tokens=<|im_start|>', {'train_on_eot': 'all', 'eot_tokens': ['<|im_start|>']}),
    ('eos=none:eot-tokens=<|im_end|>', {'train_on_eos': 'none', 'eot_tokens': ['<|im_end|>']}),
]


def mask(tokenizer, template, arguments, messages):
    prompter = chat_template.ChatTemplatePrompter(
        tokenizer, template or tokenizer.chat_template, message_field_training='train', message_field_training_detail='train_detail')
    try:
        strategy = chat_template.ChatTemplateStrategy(
            prompter, tokenizer, **{'train_on_inputs': False, 'sequence_len': 10**6, 'roles_to_train': ['assistant'], 'train_on_eos': 'turn'} | arguments)
        made = strategy.tokenize_prompt({'messages': copy.deepcopy(messages)})
    except Exception:
        return None
    return ''.join(str(int(label != -100)) for label in made['labels'])


with open(os.path.join(HERE, NAME), 'w', encoding='utf-8') as out:
    print(json.dumps({'records': [{'messages': talk} for talk in TALKS], 'templates': TEMPLATES}, ensure_ascii=False), file=out)
    for name in ('minimind', 'chatml'):
        tokenizer = AutoTokenizer.from_pretrained(os.path.join(TOKENIZERS, name))
        for template, source in TEMPLATES.items():
            if (name, template) not in (('minimind', 'own'), ('chatml', 'own'), ('chatml', 'thinking'), ('chatml', 'glued'), ('chatml', 'twice')):
                continue
            for policy, arguments in POLICIES:
                masks = [mask(tokenizer, source, arguments, talk) for talk in TALKS]
                print(json.dumps({'tokenizer': name, 'template': template, 'policy': policy, 'masks': masks}), file=out)
