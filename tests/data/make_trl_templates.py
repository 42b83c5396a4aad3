"""Prints the table of `src/policies/generation/training.rs`. Needs: pip install trl"""

import importlib.util
import pathlib


def fingerprint(data):
    value = 0xCBF29CE484222325
    for byte in data:
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return value


folder = pathlib.Path(importlib.util.find_spec("trl").origin).parent / "chat_templates"
for training in sorted(folder.glob("*_training.jinja")):
    name = training.stem.removesuffix("_training")
    digits = f"{fingerprint((folder / f'{name}.jinja').read_bytes()):016x}"
    print(f'    ("{name}", 0x{"_".join(digits[at:at + 4] for at in range(0, 16, 4))}),')
