"""`mark`: a chat template with generation blocks."""

from __future__ import annotations

from typing import Any

from . import _rows, _tokenizers
from ._program import MaskviewError, Option, flags, run


def mark(tokenizer: Any, dataset: Any = None, **options: Option) -> str:
    """Sets the tokenizer's chat template to the same one with `{% generation %}` blocks, and gives it back.

    `return_assistant_tokens_mask` of Transformers and `assistant_only_loss` of TRL work with it. The blocks are proven on
    built-in conversations, and on every record of `dataset` where one is given; a template that cannot be marked, or a
    block that cannot be proven, raises `MaskviewError` and leaves the template as it was. Every other option is one of
    `maskview template mark`, such as `template_kwargs={"enable_thinking": False}`.
    """
    if not hasattr(tokenizer, "chat_template"):
        raise TypeError(f"{type(tokenizer).__name__} has no chat_template to mark")
    arguments = ["template", "mark", *_tokenizers.arguments(tokenizer), *flags(options)]
    rows = None
    if dataset is not None:
        arguments += ["--", "-"]
        rows = _rows.encode(_rows.of_data(dataset))
    answer = run(arguments, rows)
    if answer.code:
        raise MaskviewError("\n".join(answer.said) or "the template could not be marked")
    tokenizer.chat_template = answer.output
    return answer.output
