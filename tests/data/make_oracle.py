#!/usr/bin/env python3
"""Writes oracle.jsonl: what Transformers and minimind's scan give for the records below, for tests/oracle.rs.

    cargo run --release --example train_tokenizer -- export DIR/minimind --dialect minimind
    cargo run --release --example train_tokenizer -- export DIR/chatml --dialect chatml
    pip install transformers==5.23.0 tokenizers==0.23.3 jinja2==3.1.6
    python3 tests/data/make_oracle.py DIR

Nothing of it comes from maskview but the embedded tokenizer's files. The scan is that of minimind's
SFTDataset.generate_labels and generate_loss_mask, written down anew from what they do.
"""
import json, os, sys
from transformers import AutoTokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
MARKERS = {'minimind': ('<s>assistant\n', '</s>\n'), 'chatml': ('<|im_start|>assistant\n', '<|im_end|>\n')}


def turn(*texts):
    roles = ['user', 'assistant'] * len(texts)
    return {'messages': [{'role': r, 'content': t} for r, t in zip(roles, texts)]}


RECORDS = [
    turn('生成一段关于夏天的诗歌。', '夏天，热浪滚滚，阳光普照。'),
    turn('Answer yes or no.', 'Yes'),
    turn('Hi', 'Hello', 'Again', 'Hello again', '再来', '你好'),
    turn('Say nothing.', ''),
    turn('A space.', ' '),
    turn('Newlines.', '\n\n'),
    turn('  padded  ', '  padded  '),
    turn('Indent.', '\t\treturn\n'),
    turn('Two spaces first.', '  two'),
    turn('Ends with the marker.', 'I say </s> and <|im_end|> here.'),
    turn('Marker in full.', 'a </s>\nb <|im_end|>\nc'),
    turn('Begins anew.', '<s>assistant\nnested <|im_start|>assistant\nnested'),
    turn('Ends with user', 'ok', 'and then?'),
    turn('👩‍👩‍👧?', 'Here: 👨‍👩‍👧‍👦 and café and naı̈ve'),
    turn('عربي', 'مرحبا بالعالم'),
    turn('control', '\x1b[31mred\x1b[0m\r\nplain\u200b\u202e'),
    turn('astral 𝒜', '𝟘𝟙𝟚 𐍈 🀄 नमस्ते สวัสดี 안녕하세요'),
    turn('long', 'word ' * 120 + '夏天 ' * 60),
    {'messages': [{'role': 'system', 'content': 'Be brief.'}, {'role': 'user', 'content': 'a?'}, {'role': 'assistant', 'content': 'b'}]},
    {'messages': [{'role': 'user', 'content': 'one'}, {'role': 'assistant', 'content': 'two'}, {'role': 'assistant', 'content': 'three'}]},
    {'messages': [{'role': 'user', 'content': 'x'}, {'role': 'tool', 'content': '{"t": 1}'}, {'role': 'critic', 'content': 'no'}, {'role': 'assistant', 'content': 'y'}]},
    {'messages': [{'role': 'system', 'content': 'only a system prompt'}]},
]


def scan(ids, begin, end, shift, keep_end):
    mask, at = [0] * len(ids), 0
    while at < len(ids):
        if ids[at:at + len(begin)] != begin:
            at += 1
            continue
        start = stop = at + len(begin)
        while stop < len(ids) and ids[stop:stop + len(end)] != end:
            stop += 1
        last = stop + (len(end) if keep_end else 0) + shift
        for place in range(start + shift, min(last, len(ids))):
            mask[place] = 1
        at = stop + len(end)
    return mask


def masks(tokenizer, ids, begin, end):
    id_list = lambda text: tokenizer(text, add_special_tokens=False).input_ids
    newline, bare = (id_list(begin), id_list(end)), (id_list(begin.rstrip('\n')), id_list(end.rstrip('\n')))
    return {
        'legacy': scan(ids, *newline, 1, True), 'legacy-bare': scan(ids, *bare, 1, True),
        'fixed': scan(ids, *newline, 0, False), 'minimind': scan(ids, *newline, 0, True), 'bare': scan(ids, *bare, 0, True),
    }


with open(os.path.join(HERE, 'oracle.jsonl'), 'w', encoding='utf-8') as out:
    for dialect, (begin, end) in MARKERS.items():
        tokenizer = AutoTokenizer.from_pretrained(os.path.join(sys.argv[1], dialect))
        for record in RECORDS:
            text = tokenizer.apply_chat_template(record['messages'], tokenize=False)
            encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
            trained = tokenizer.apply_chat_template(record['messages'], tokenize=True, return_dict=True, return_assistant_tokens_mask=True)
            ids = encoded.input_ids
            assert trained['input_ids'] == ids
            limit = max(4, len(ids) * 2 // 3)
            cut, padded = ids[:limit], ids + [tokenizer.pad_token_id] * 6
            case = {
                'tokenizer': dialect, 'record': record, 'rendered': text, 'input_ids': ids,
                'offsets': [list(o) for o in encoded.offset_mapping],
                'masks': {**masks(tokenizer, ids, begin, end), 'generation': trained['assistant_masks']},
                'cut': {'max_length': limit, 'masks': masks(tokenizer, cut, begin, end)},
                'padded': {'padding': 6, 'masks': masks(tokenizer, padded, begin, end)},
            }
            out.write(json.dumps(case, ensure_ascii=False, separators=(',', ':')) + '\n')
