"""A trainer's own batch, and its template."""

import copy

import maskview
import pytest
import torch
from datasets import Dataset
from transformers import DataCollatorForSeq2Seq, Trainer, TrainerCallback, TrainingArguments
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer


@pytest.fixture
def settings(tmp_path):
    return {
        "output_dir": str(tmp_path),
        "per_device_train_batch_size": 2,
        "max_steps": 2,
        "report_to": [],
        "logging_steps": 1,
        "use_cpu": True,
        "save_strategy": "no",
        "disable_tqdm": True,
    }


@pytest.fixture
def sft(model, dataset, tokenizer, settings):
    def make(callbacks=None, data=dataset, **options):
        config = SFTConfig(**{**settings, "max_length": 64, **options})
        return SFTTrainer(model, config, train_dataset=data, processing_class=tokenizer, callbacks=callbacks)

    return make


def labelled(tokenizer, rows, first=0, last=0):
    """Rows whose labels are the answer with its end marker, moved by as many tokens at each end."""
    made = []
    for row in rows:
        prompt = tokenizer.apply_chat_template(row["messages"][:1], add_generation_prompt=True, return_dict=True)["input_ids"]
        ids = tokenizer.apply_chat_template(row["messages"], return_dict=True)["input_ids"]
        # The line break behind the end marker is not trained.
        inside = range(len(prompt) + first, len(ids) - 1 + last)
        made.append({"input_ids": ids, "labels": [token if at in inside else -100 for at, token in enumerate(ids)]})
    return Dataset.from_list(made)


@pytest.fixture
def plain(model, tokenizer, settings):
    def make(data, callbacks=None, **options):
        collator = DataCollatorForSeq2Seq(tokenizer, padding=True)
        arguments = TrainingArguments(**{**settings, **options})
        return Trainer(
            model, arguments, data_collator=collator, train_dataset=data, processing_class=tokenizer, callbacks=callbacks
        )

    return make


def test_right_labels_are_right(plain, tokenizer, rows):
    found = maskview.check(plain(labelled(tokenizer, rows)))
    assert found.ok and found.problems == [] and len(found.rows) == 2
    assert "2 rows" in str(found) and repr(found) == "<maskview check: ok>"


def test_a_lost_first_token_and_a_lost_end_are_found(plain, tokenizer, rows):
    with pytest.raises(maskview.LabelError, match="first-token-lost") as raised:
        maskview.check(plain(labelled(tokenizer, rows, first=1)))
    assert raised.value.check.audit["records"] == 2
    with pytest.raises(maskview.LabelError, match="end-not-trained"):
        maskview.check(plain(labelled(tokenizer, rows, last=-1)))


def test_trained_padding_is_found(plain, tokenizer, rows):
    trainer = plain(labelled(tokenizer, rows))
    collate = trainer.data_collator

    def trains_padding(features):
        batch = collate(features)
        batch["labels"][batch["attention_mask"] == 0] = tokenizer.pad_token_id
        return batch

    trainer.data_collator = trains_padding
    found = maskview.check(trainer, on_problem="report", batches=4)
    assert any(problem.startswith("padding-trained") for problem in found.problems), found.problems


def test_what_was_meant_decides(plain, tokenizer, rows):
    trainer = plain(labelled(tokenizer, rows))
    assert maskview.check(trainer, meant="boundary:keep-end:end=-1").ok
    with pytest.raises(maskview.LabelError, match="rows differ from `fixed`") as raised:
        maskview.check(trainer, meant="fixed")
    difference = raised.value.check.difference
    assert (difference["enters"], difference["leaves"]) == (0, 2)
    with pytest.raises(maskview.MaskviewError, match="`generation` cannot be compared"):
        maskview.check(trainer, meant="generation")


def test_problems_are_raised_warned_of_or_reported(plain, tokenizer, rows):
    trainer = plain(labelled(tokenizer, rows, first=1))
    assert not maskview.check(trainer, on_problem="report").ok
    with pytest.warns(maskview.MaskviewWarning, match="first-token-lost"):
        maskview.check(trainer, on_problem="warn")
    with pytest.raises(ValueError, match="raise, warn, report"):
        maskview.check(trainer, on_problem="ignore")


def test_a_row_of_the_batch_is_shown(plain, tokenizer, rows):
    found = maskview.check(plain(labelled(tokenizer, rows)))
    assert "Danube" in found.show(0, tokenizer=tokenizer).text + found.show(1, tokenizer=tokenizer).text


def test_trl_trains_everything_unless_it_is_told_otherwise(sft):
    with pytest.raises(maskview.LabelError, match="everything-trained"):
        maskview.check(sft())
    assert maskview.check(sft(), meant="full").ok


def test_trl_with_a_marked_template_trains_the_answers(sft, tokenizer, dataset):
    template = tokenizer.chat_template
    marked = maskview.mark(tokenizer, dataset)
    assert "generation" in marked and tokenizer.chat_template == marked != template
    found = maskview.check(sft(assistant_only_loss=True))
    assert found.ok and 0 < found.audit["trained"] < found.audit["tokens"]


def test_trl_with_prompt_and_completion(sft, rows):
    data = Dataset.from_list([{"prompt": row["messages"][:1], "completion": row["messages"][1:]} for row in rows])
    assert maskview.check(sft(data=data)).ok


def test_rows_without_padding_are_taken_apart():
    from maskview._batch import of_batch

    batch = {
        "input_ids": torch.tensor([[5, 6, 7, 8]]),
        "labels": torch.tensor([[-100, 6, -100, 8]]),
        "position_ids": torch.tensor([[0, 1, 0, 1]]),
    }
    assert list(of_batch(batch)) == [{"input_ids": [5, 6], "labels": [-100, 6]}, {"input_ids": [7, 8], "labels": [-100, 8]}]


def test_padding_before_the_text_counts_only_where_it_is_trained():
    from maskview._batch import of_batch

    batch = {"input_ids": [[0, 5]], "attention_mask": [[0, 1]]}
    assert list(of_batch({**batch, "labels": [[-100, 5]]})) == [{"input_ids": [5], "labels": [5], "attention_mask": [1]}]
    assert [len(row["input_ids"]) for row in of_batch({**batch, "labels": [[0, 5]]})] == [2]


def test_preferences_have_completion_masks(model, tokenizer, rows, settings):
    data = [
        {"prompt": row["messages"][:1], "chosen": row["messages"][1:], "rejected": [{"role": "assistant", "content": "No."}]}
        for row in rows
    ]
    config = DPOConfig(**settings)
    beside = copy.deepcopy(model)
    trainer = DPOTrainer(model, beside, config, train_dataset=Dataset.from_list(data), processing_class=tokenizer)
    found = maskview.check(trainer, on_problem="report")
    assert found.audit["trained"] > 0


def test_a_batch_without_labels_is_refused(plain, tokenizer, rows):
    trainer = plain(labelled(tokenizer, rows))
    trainer.data_collator = lambda features: {"input_ids": torch.tensor([[1]])}
    with pytest.raises(maskview.MaskviewError, match="neither `labels` nor a mask"):
        maskview.check(trainer)
    trainer.data_collator = lambda features: {"pixels": torch.tensor([[1]])}
    with pytest.raises(maskview.MaskviewError, match="it has: pixels"):
        maskview.check(trainer)


class Losses(TrainerCallback):
    def __init__(self):
        self.seen = []

    def on_log(self, args, state, control, logs=None, **kwargs):
        self.seen += [logs["loss"]] if "loss" in logs else []


def test_the_training_is_the_same_with_and_without_the_check(model, plain, tokenizer, rows):
    data = labelled(tokenizer, rows)
    start = {name: value.clone() for name, value in model.state_dict().items()}

    def losses(check, callbacks):
        model.load_state_dict(start)
        seen = Losses()
        trainer = plain(data, [seen, *callbacks], seed=7, max_steps=4)
        if check:
            maskview.check(trainer)
        trainer.train()
        return seen.seen

    alone = losses(False, [])
    assert len(alone) == 4 and len(set(alone)) > 1
    assert losses(True, []) == alone
    assert losses(False, [maskview.CheckLabels()]) == alone


def test_the_callback_stops_the_training_before_its_first_step(plain, tokenizer, rows):
    check = maskview.CheckLabels()
    trainer = plain(labelled(tokenizer, rows, first=1), [check])
    with pytest.raises(maskview.LabelError, match="first-token-lost"):
        trainer.train()
    assert trainer.state.global_step == 0


def test_the_callback_keeps_what_it_found(sft):
    check = maskview.CheckLabels(meant="full")
    sft([check]).train()
    assert check.found.ok and check.found.audit["records"] == 2


def test_a_template_that_cannot_be_marked_stays_as_it_was(tokenizer, rows):
    tokenizer.chat_template = "{{ messages }}"
    with pytest.raises(maskview.MaskviewError):
        maskview.mark(tokenizer)
    assert tokenizer.chat_template == "{{ messages }}"
    with pytest.raises(TypeError, match="no chat_template"):
        maskview.mark(object())


def test_a_marked_template_gives_the_masks_of_transformers(tokenizer, rows):
    maskview.mark(tokenizer)
    written = tokenizer.apply_chat_template(rows[0]["messages"], return_dict=True, return_assistant_tokens_mask=True)
    trained = [token for token, bit in zip(written["input_ids"], written["assistant_masks"]) if bit]
    assert tokenizer.decode(trained) == "The Danube.<|im_end|>"
