"""The examples of the README's chapter on Python do what it says."""

from pathlib import Path

import maskview
import pytest
from trl import SFTConfig, SFTTrainer


def examples():
    chapter = Path(__file__).parents[2].joinpath("README.md").read_text(encoding="utf-8").split("### From Python\n")[1]
    blocks = chapter.split("\n### ")[0].split("\n## ")[0].split("```python\n")[1:]
    return [block.split("```")[0] for block in blocks]


def test_the_examples_run_one_after_the_other(tokenizer, model, dataset, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    config = SFTConfig(output_dir=str(tmp_path), max_steps=1, report_to=[], use_cpu=True, per_device_train_batch_size=2)
    names = {"dataset": dataset, "tok": tokenizer, "model": model, "config": config, "SFTTrainer": SFTTrainer}
    names["trainer"] = SFTTrainer(model, config, train_dataset=dataset, processing_class=tokenizer)
    show, marking = examples()
    with pytest.raises(maskview.LabelError, match="everything-trained"):
        exec(show, names)
    assert "Danube" in capsys.readouterr().out
    assert names["report"]["records"] == len(dataset)
    assert {"code", "count"} <= set(names["table"].columns)
    exec(marking, names)
    assert names["trainer"].state.global_step == 1


