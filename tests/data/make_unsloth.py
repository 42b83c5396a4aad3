#!/usr/bin/env python3
"""Writes unsloth.jsonl: what Unsloth's own code gives for rows of tokens, for the tests of `unsloth:stop=any`.

    cargo run --release --example train_tokenizer -- export DIR/minimind --dialect minimind
    cargo run --release --example train_tokenizer -- export DIR/chatml --dialect chatml
    pip install transformers==5.23.0 tokenizers==0.23.3
    pip download --no-deps unsloth_zoo==2026.10.9 && unzip unsloth_zoo-2026.10.9-*.whl -d UNSLOTH
    python3 tests/data/make_unsloth.py UNSLOTH/unsloth_zoo DIR

The functions run unchanged; the rest of their module, which needs torch and a graphics card, is left out. The rows are
texts and pieces of headers in random order, so that every branch of the scan is met.
"""
import ast, json, os, random, sys, types
from transformers import AutoTokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE, TOKENIZERS = sys.argv[1:3]
NEEDED = {'_longest_common_sublist', '_find_common_token_ids', '_stable_marker_edges', 'train_on_responses_only', '_MARKER_EDGE_PROBES'}
HEADERS = [
    ('<|im_start|>user\n', '<|im_start|>assistant\n'), ('<s>user\n', '<s>assistant\n'), ('### Instruction:\n', '### Response:\n'),
    ('<|im_start|>user>', '<|im_start|>assistant>'), ('<|im_start|>', '<|im_start|>assistant\n'), ('\n<|im_end|>user:', '\n<|im_end|>bot:'),
]

with open(os.path.join(SOURCE, 'dataset_utils.py'), encoding='utf-8') as file:
    parsed = ast.parse(file.read())
name_of = lambda node: getattr(node, 'name', None) or getattr(getattr(node, 'targets', [None])[0], 'id', None)
module = {'torch': types.SimpleNamespace(Tensor=type('Tensor', (), {}), int64=None)}
exec(compile(ast.Module([node for node in parsed.body if name_of(node) in NEEDED], []), 'dataset_utils', 'exec'), module)

random.seed(1)
with open(os.path.join(HERE, 'unsloth.jsonl'), 'w', encoding='utf-8') as out:
    for name in ('minimind', 'chatml'):
        tokenizer = AutoTokenizer.from_pretrained(os.path.join(TOKENIZERS, name))
        ids_of = lambda text: tokenizer(text, add_special_tokens=False).input_ids
        for user, assistant in HEADERS:
            texts = [user, assistant] * 3 + ['hello', ' world', '\n', '\n\n', '.', '{', '>', '<|im_start|>tool\n', '<|im_end|>', '</s>', '<|endoftext|>']
            pieces = [ids_of(text) for text in texts]
            edges = ids_of(user + assistant)
            rows = []
            for row in range(24):
                count = random.randint(1, 12)
                if row % 2:
                    rows.append(ids_of(''.join(random.choice(texts) for _ in range(count))))
                else:
                    rows.append([id for _ in range(count) for id in (random.choice(pieces) if random.random() < 0.7 else [random.choice(edges)])])
            mask = module['train_on_responses_only'](None, user, assistant, tokenizer=tokenizer, return_function=True)
            labels = mask({'input_ids': rows})['labels']
            bits = [''.join(str(int(label != -100)) for label in row) for row in labels]
            print(json.dumps({'tokenizer': name, 'user': user, 'assistant': assistant, 'rows': rows, 'masks': bits}), file=out)
