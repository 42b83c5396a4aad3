"""The usual way in Python: json, apply_chat_template, the tokenizer, and a scan of the ids for what is trained.

Says the microseconds of processor time that a record takes. Needs `pip install transformers jinja2`.

    python benches/support/peer.py DATA.jsonl TOKENIZER_DIRECTORY
"""

import json
import os
import sys
import time

os.environ["TOKENIZERS_PARALLELISM"] = "false"
from transformers import AutoTokenizer

# More records take minutes and change nothing.
MOST = 4000


def trained(ids, begin, end):
    """How many ids stand between the markers, the end marker included."""
    at, count = 0, 0
    while at < len(ids):
        if ids[at : at + len(begin)] != begin:
            at += 1
            continue
        start = stop = at + len(begin)
        while stop < len(ids) and ids[stop : stop + len(end)] != end:
            stop += 1
        at = min(stop + len(end), len(ids))
        count += at - start
    return count


def main(data, directory):
    tokenizer = AutoTokenizer.from_pretrained(directory)
    begin = tokenizer("<|im_start|>assistant\n", add_special_tokens=False).input_ids
    end = tokenizer("<|im_end|>\n", add_special_tokens=False).input_ids
    records, started = 0, time.process_time()
    with open(data, encoding="utf-8") as lines:
        for records, line in zip(range(1, MOST + 1), lines):
            record = json.loads(line)
            messages = record.get("conversations") or record["messages"]
            text = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=False)
            trained(tokenizer(text).input_ids, begin, end)
    print((time.process_time() - started) * 1e6 / max(records, 1))


main(*sys.argv[1:])
