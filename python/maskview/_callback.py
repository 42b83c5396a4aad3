"""`CheckLabels`: the same check as a callback of Transformers' and TRL's trainers."""

from __future__ import annotations

from typing import Any, Optional

from transformers import TrainerCallback

from . import _tokenizers
from ._check import Check, of_loader


class CheckLabels(TrainerCallback):  # type: ignore[misc]
    """Checks the labels of a real batch before the first step: `SFTTrainer(…, callbacks=[maskview.CheckLabels()])`.

    `meant`, `tokenizer`, `on_problem` and `batches` are those of `maskview.check`; what was found stands in `found`.
    """

    def __init__(
        self,
        *,
        meant: Optional[str] = None,
        tokenizer: Optional[_tokenizers.Tokenizer] = None,
        on_problem: str = "raise",
        batches: int = 1,
    ) -> None:
        self.meant = meant
        self.tokenizer = tokenizer
        self.on_problem = on_problem
        self.batches = batches
        self.found: Optional[Check] = None

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Looks at the DataLoader that the trainer is about to use."""
        # One look is enough where several processes train.
        if not getattr(state, "is_world_process_zero", True):
            return
        tokenizer = self.tokenizer or kwargs.get("processing_class") or kwargs.get("tokenizer")
        if tokenizer is None:
            raise TypeError("the trainer has no tokenizer; give it as CheckLabels(tokenizer=…)")
        self.found = of_loader(kwargs["train_dataloader"], tokenizer, self.meant, self.on_problem, self.batches)
