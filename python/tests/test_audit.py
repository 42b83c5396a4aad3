"""The report of a data set."""

import datetime
import json
from pathlib import Path

import maskview
import numpy
import pandas
import pytest
import torch
from datasets import Dataset, DatasetDict, IterableDataset
from maskview import _rows, _tokenizers


def test_a_data_set_is_audited(dataset, tokenizer):
    report = maskview.audit(dataset, tokenizer=tokenizer, policy="minimind", ignore=["duplicate-record", "other-answer"])
    assert report["records"] == len(dataset) == 8
    assert report["policy"] == "minimind"
    expected = sum(len(tokenizer.apply_chat_template(row["messages"], return_dict=True)["input_ids"]) for row in dataset)
    assert report["tokens"] == expected
    assert report.ok and report.failed == 0


def test_findings_and_their_table(dataset, tokenizer):
    report = maskview.audit(dataset, tokenizer=tokenizer, policy="fixed")
    assert not report.ok
    table = report.to_pandas()
    assert list(table["code"]) == [rule["code"] for rule in report.findings]
    row = table.set_index("code").loc["end-not-trained"]
    assert (row["severity"], row["count"], row["rate"]) == ("error", 8, 1.0)
    assert "<|im_end|>" in row["message"]
    assert "&lt;|im_end|&gt;" in report._repr_html_() and "<|im_end|>" not in report._repr_html_()
    assert "8 records" in repr(report)
    assert json.loads(json.dumps(report)) == report


def test_a_report_that_judged_nothing_is_not_ok(tokenizer):
    report = maskview.audit([{"text": "Hi"}], tokenizer=tokenizer, policy="generation", select="unknown-role")
    assert report["records"] == 1 and report.failed == 0 and report.findings == []
    assert not report.ok


def test_a_clean_report_has_an_empty_table(dataset, tokenizer):
    table = maskview.audit(dataset, tokenizer=tokenizer, policy="minimind", select="unknown-role").to_pandas()
    assert isinstance(table, pandas.DataFrame) and table.empty and "code" in table.columns


def test_rows_come_from_whatever_gives_rows(rows, dataset, tokenizer, tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(_rows.encode(rows)))

    class Map(torch.utils.data.Dataset):
        def __len__(self):
            return len(rows)

        def __getitem__(self, at):
            return rows[at]

    streaming = IterableDataset.from_generator(lambda: iter(rows))
    reports = [
        maskview.audit(data, tokenizer=tokenizer, policy="minimind")
        for data in (rows, iter(rows), dataset, streaming, Map(), path)
    ]
    for report in reports:
        # Where the rows come from is told, and differs.
        report["data"] = report["files"] = None
        report["rules"] = [{**rule, "places": None} for rule in report["rules"]]
    figures = [{key: value for key, value in report.items() if key not in ("figures", "state")} for report in reports]
    assert all(each == figures[0] for each in figures)


def test_a_data_set_is_read_while_it_is_made(tokenizer, rows):
    made = 0

    def many():
        nonlocal made
        for made in range(1, 3001):
            yield rows[0]

    assert maskview.audit(many(), tokenizer=tokenizer)["records"] == made == 3000


def test_a_record_that_fails_is_counted(rows, tokenizer):
    report = maskview.audit([*rows, {"messages": []}], tokenizer=tokenizer, policy="minimind")
    assert report.failed == 1 and not report.ok


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (DatasetDict({"train": Dataset.from_list([{"text": "a"}])}), "choose one of them: 'train'"),
        ({"messages": []}, "this is one record"),
        ("train.jsonl", "pathlib.Path"),
        (5, "no data set"),
        (["text"], "row 0 is a str"),
    ],
)
def test_what_is_no_data_set_is_refused(data, words):
    with pytest.raises(TypeError, match=words):
        maskview.audit(data)


def test_the_format_is_not_to_be_chosen(rows):
    with pytest.raises(TypeError, match="`format`"):
        maskview.audit(rows, format="human")


def test_values_that_json_has_no_form_for():
    row = {
        "numbers": numpy.array([1, 2]),
        "ids": torch.tensor([[3]]),
        "scalar": numpy.float32(0.5),
        "day": datetime.date(2025, 1, 2),
        "set": {2, 1},
    }
    [line] = _rows.encode([row])
    assert json.loads(line) == {"numbers": [1, 2], "ids": [[3]], "scalar": 0.5, "day": "2025-01-02", "set": [1, 2]}
    circle = {}
    circle["self"] = circle
    for bad in ({"a": float("nan")}, {"a": b"bytes"}, {"a": "\ud800"}, circle):
        with pytest.raises(maskview.MaskviewError, match="row 1 cannot be written"):
            list(_rows.encode([{}, bad]))


def test_a_tokenizer_is_written_once_until_it_changes(tokenizer):
    first = _tokenizers.location(tokenizer)
    assert _tokenizers.location(tokenizer) == first
    assert (Path(first) / "tokenizer.json").is_file()
    tokenizer.chat_template += "{# changed #}"
    second = _tokenizers.location(tokenizer)
    assert second != first
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|new|>"]})
    assert _tokenizers.location(tokenizer) not in (first, second)
    assert _tokenizers.location("Qwen/Qwen3-8B") == "Qwen/Qwen3-8B"


def test_the_folder_has_the_tokenizers_name(tokenizer, rows):
    assert Path(_tokenizers.location(tokenizer)).name == "tokenizer"
    for path, name in [("Qwen/Qwen3-8B", "Qwen3-8B"), ("/tmp/a b/", "a_b"), ("../..", "tokenizer"), ("x/\x1b]52", "__52")]:
        tokenizer.name_or_path = path
        assert Path(_tokenizers.location(tokenizer)).name == name
    assert "   __52   " in maskview.show(rows[0], tokenizer=tokenizer).text


def test_only_some_folders_are_kept(tokenizer):
    folders = []
    for number in range(_tokenizers._KEPT + 2):
        tokenizer.chat_template = f"{{{{ messages }}}}{number}"
        folders.append(Path(_tokenizers.location(tokenizer)))
    assert not folders[0].exists() and folders[-1].exists()
    assert sum(folder.exists() for folder in folders) == _tokenizers._KEPT


def test_a_tokenizer_of_the_tokenizers_library(tokenizer, rows):
    report = maskview.audit([{"text": "Name a river."}], tokenizer=tokenizer.backend_tokenizer, policy="full", chat_template="none")
    assert report["tokens"] == len(tokenizer("Name a river.")["input_ids"])


def test_a_processor_has_a_template_of_its_own(tokenizer, rows):
    class Processor:
        def __init__(self):
            self.tokenizer = tokenizer
            self.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"

    shown = maskview.show(rows[0], tokenizer=Processor(), policies="full")
    assert "im_start" not in shown.text and "Danube" in shown.text


def test_a_slow_tokenizer_is_refused():
    class Slow:
        def save_pretrained(self, folder):
            raise AssertionError("it is not asked")

    with pytest.raises(maskview.MaskviewError, match="fast tokenizer"):
        maskview.audit([{"text": "a"}], tokenizer=Slow())
