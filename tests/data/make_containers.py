"""Makes the container files that the tests read. Needs: pip install pyarrow datasets"""

import json
import lzma
import pathlib
import shutil

import datasets
import pyarrow
import pyarrow.feather
import pyarrow.parquet

HERE = pathlib.Path(__file__).parent
ROWS = 40


def row(number):
    messages = [
        {"role": "user", "content": f"问题 {number}?", "tool_calls": None},
        {"role": "assistant", "content": None if number % 3 == 0 else f"answer {number}\n",
         "tool_calls": [{"name": "f", "arguments": "{}"}] if number % 3 == 0 else None},
    ]
    return {"id": number, "messages": messages, "score": number / 4, "kept": number % 2 == 0}


def main():
    (HERE / "lines.jsonl.xz").write_bytes(lzma.compress(b'{"a":1}\n{"a":"]"}\n'))

    rows = [row(number) for number in range(ROWS)]
    (HERE / "rows.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    table = pyarrow.Table.from_pylist(rows)
    pyarrow.parquet.write_table(table, HERE / "rows.parquet", row_group_size=15, compression="snappy")
    pyarrow.parquet.write_table(table, HERE / "rows-zstd.parquet", compression="zstd")
    with pyarrow.OSFile(str(HERE / "rows-stream.arrow"), "wb") as sink:
        with pyarrow.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=15)
    with pyarrow.OSFile(str(HERE / "rows-file.arrow"), "wb") as sink:
        with pyarrow.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=15)
    pyarrow.feather.write_feather(table, HERE / "rows-lz4.feather", compression="lz4")

    types = pyarrow.table({
        "dictionary": pyarrow.array(["x", "y", "x"]).dictionary_encode(),
        "large": pyarrow.array(["a", None, "c"], pyarrow.large_string()),
        "view": pyarrow.array(["a", None, "a string that is longer than twelve bytes"], pyarrow.string_view()),
        "small": pyarrow.array([1, -2, None], pyarrow.int8()),
        "big": pyarrow.array([2**63, 0, 2**64 - 1], pyarrow.uint64()),
        "real": pyarrow.array([0.5, float("nan"), None], pyarrow.float32()),
        "time": pyarrow.array([0, 1_700_000_000_123, None], pyarrow.timestamp("ms", "UTC")),
        "day": pyarrow.array([0, 1, None], pyarrow.date32()),
        "fixed": pyarrow.array([[1, 2], None, [3, 4]], pyarrow.list_(pyarrow.int32(), 2)),
        "nothing": pyarrow.nulls(3),
    })
    with pyarrow.OSFile(str(HERE / "types.arrow"), "wb") as sink:
        with pyarrow.ipc.new_stream(sink, types.schema) as writer:
            writer.write_table(types)

    train = datasets.Dataset.from_list(rows)
    test = datasets.Dataset.from_list(rows[:2])
    saved = HERE / "saved"
    shutil.rmtree(saved, ignore_errors=True)
    datasets.DatasetDict({"test": test, "train": train}).save_to_disk(str(saved), num_shards={"train": 3, "test": 1})


if __name__ == "__main__":
    main()
