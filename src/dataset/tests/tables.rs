//! Parquet, Arrow and what `save_to_disk` writes; the files are made by `tests/data/make_containers.py`.

use super::*;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The rows that are in all the files.
fn rows() -> Vec<(usize, Result<serde_json::Value, RecordError>)> {
    all(&open(&data("rows.jsonl")))
}

#[test]
fn all_forms_of_a_table_hold_the_same_rows() {
    let forms = [
        ("rows.parquet", "Parquet"),
        ("rows-zstd.parquet", "Parquet"),
        ("rows-stream.arrow", "Arrow stream"),
        ("rows-file.arrow", "Arrow file"),
        ("rows-lz4.feather", "Arrow file"),
    ];
    for (name, kind) in forms {
        let dataset = open(&data(name));
        assert_eq!(all(&dataset), rows(), "{name}");
        assert_eq!(dataset.containers()[0].as_deref(), Some(kind), "{name}");
        for index in [39, 0, 15, 14, 16, 3, 38] {
            assert_eq!(dataset.record(index).unwrap().value, rows()[index].1, "{name}, {index}");
        }
    }
}

#[test]
fn tables_come_through_pipes_and_compression() {
    for name in ["rows.parquet", "rows-stream.arrow"] {
        let bytes = std::fs::read(data(name)).unwrap();
        let packed = zstd::encode_all(&bytes[..], 1).unwrap();
        for bytes in [bytes, packed] {
            assert_eq!(all(&Dataset::from_reader("-", io::Cursor::new(bytes)).unwrap()), rows(), "{name}");
        }
    }
}

#[test]
fn values_of_all_types_have_a_json_form() {
    let records = all(&open(&data("types.arrow")));
    let values: Vec<_> = records.into_iter().map(|(_, value)| value.unwrap()).collect();
    let nothing = json!(null);
    assert_eq!(
        values[0],
        json!({
            "dictionary": "x", "large": "a", "view": "a", "small": 1, "big": 9_223_372_036_854_775_808_u64, "real": 0.5,
            "time": "1970-01-01T00:00:00Z", "day": "1970-01-01", "fixed": [1, 2], "nothing": nothing
        })
    );
    assert_eq!(
        values[1],
        json!({
            "dictionary": "y", "large": nothing, "view": nothing, "small": -2, "big": 0, "real": nothing,
            "time": "2023-11-14T22:13:20.123Z", "day": "1970-01-02", "fixed": nothing, "nothing": nothing
        })
    );
    assert_eq!(values[2]["view"], "a string that is longer than twelve bytes");
    assert_eq!(values[2]["big"], u64::MAX);
}

#[test]
fn a_saved_data_set_opens_at_its_train_split() {
    let saved = data("saved");
    let dataset = open(&saved);
    let records: Vec<Record> = dataset.records().collect();
    let values: Vec<_> = records.iter().map(|record| record.value.clone()).collect();
    assert_eq!(values, rows().into_iter().map(|(_, value)| value).collect::<Vec<_>>());
    assert!(records[39].file.ends_with("data-00002-of-00003.arrow"));
    let note = crate::words::Language::English.say(&dataset.notes()[0]);
    assert!(note.contains("`train` is shown; for test name"), "{note}");

    let test = open(&saved.join("test"));
    assert_eq!(test.count(), 2);
    assert!(test.notes().is_empty());
}

#[test]
fn what_is_left_of_a_table_is_shown() {
    let folder = TempDir::new().unwrap();
    let stream = std::fs::read(data("rows-stream.arrow")).unwrap();
    let records = all(&open(&write(&folder, "a.arrow", &stream[..stream.len() - 100])));
    assert_eq!(records.len(), 31);
    assert_eq!(records[..30], rows()[..30]);
    assert!(records[30].1.as_ref().unwrap_err().to_string().contains("cut off"), "{:?}", records[30]);

    let parquet = std::fs::read(data("rows.parquet")).unwrap();
    let records = all(&open(&write(&folder, "a.parquet", &parquet[..parquet.len() - 100])));
    assert_eq!(records.len(), 1);
    assert!(records[0].1.as_ref().unwrap_err().to_string().contains("Parquet"), "{:?}", records[0]);
}

#[test]
fn a_table_of_which_nothing_can_be_read_is_refused() {
    let folder = TempDir::new().unwrap();
    let mut parquet = std::fs::read(data("rows.parquet")).unwrap();
    let stream = std::fs::read(data("rows-stream.arrow")).unwrap();
    let feather = std::fs::read(data("rows-lz4.feather")).unwrap();
    let end = parquet.len() - 4;
    parquet[end..].copy_from_slice(b"XXXX");
    for (name, bytes) in [
        ("a.parquet", &parquet[..]),
        ("b.parquet", &parquet[..end - 100]),
        ("c.parquet", &parquet[..4]),
        ("d.arrow", &stream[..100]),
        ("e.feather", &feather[..feather.len() / 2]),
        ("f.parquet", b"<!DOCTYPE html>"),
        ("g.jsonl", b"PK\x03\x04...."),
    ] {
        let path = write(&folder, name, bytes);
        let problem = open(&path).readable().unwrap_err().to_string();
        assert!(problem.contains(name) && problem.len() > name.len() + 40, "{problem}");
        let several = Dataset::open(&[path, data("rows.parquet")]).unwrap();
        assert!(several.readable().is_ok());
        assert_eq!(several.count(), 41, "{name}");
        let record = several.record(0).unwrap();
        assert_eq!((record.line, record.unit.name()), (1, "row"));
    }
    for name in ["rows.parquet", "rows-stream.arrow", "rows.jsonl"] {
        assert_eq!(open(&data(name)).readable(), Ok(()));
    }
}

#[test]
fn damage_in_the_middle_hides_only_its_own_rows() {
    let folder = TempDir::new().unwrap();
    let good = rows();
    let mut struck = 0;
    // In both files the second group of fifteen rows stands in these bytes, between the others.
    for (name, places) in [("rows.parquet", 900..2000), ("rows-stream.arrow", 2700..4200)] {
        let bytes = std::fs::read(data(name)).unwrap();
        for place in places.step_by(23) {
            let mut broken = bytes.clone();
            broken[place..place + 8].fill(0xff);
            let dataset = open(&write(&folder, "broken", &broken));
            let records = all(&dataset);
            let wrong: Vec<usize> = (0..records.len()).filter(|row| records[*row] != good[*row]).collect();
            let group = |row: &usize| row / 15;
            assert!(wrong.windows(2).all(|pair| group(&pair[0]) == group(&pair[1])), "{name} {place}: {wrong:?}");
            for error in wrong.iter().filter_map(|row| records[*row].1.as_ref().err()) {
                struck += 1;
                assert!(error.to_string().contains("download the file again"), "{name} {place}: {error}");
            }
        }
    }
    assert!(struck > 200, "{struck}");
}

#[test]
fn damage_anywhere_never_panics() {
    let folder = TempDir::new().unwrap();
    for name in ["rows.parquet", "rows-stream.arrow", "rows-lz4.feather"] {
        let bytes = std::fs::read(data(name)).unwrap();
        for place in (0..bytes.len()).step_by(37) {
            let mut broken = bytes.clone();
            broken[place] ^= 0xa5;
            let path = write(&folder, "broken", &broken);
            let dataset = open(&path);
            // Damage may make any number of rows; some are enough.
            dataset.records().take(50).for_each(drop);
        }
    }
}

/// The Arrow stream with another number of rows in the description of its first batch.
fn stream_that_claims(rows: i64) -> Vec<u8> {
    let mut stream = std::fs::read(data("rows-stream.arrow")).unwrap();
    let fifteen = 15_i64.to_le_bytes();
    let place = stream.windows(8).position(|bytes| bytes == fifteen).expect("the first batch has 15 rows");
    stream[place..place + 8].copy_from_slice(&rows.to_le_bytes());
    stream
}

/// The Parquet file with another number of rows in the description of its first row group.
fn parquet_that_claims(rows: u64) -> Vec<u8> {
    let parquet = std::fs::read(data("rows.parquet")).unwrap();
    let (rest, end) = parquet.split_at(parquet.len() - 8);
    let footer = rest.len() - u32::from_le_bytes(end[..4].try_into().unwrap()) as usize;
    // Field 3 of a row group, a number of 15, before field 5.
    let place = rest[footer..].windows(3).position(|bytes| bytes == [0x16, 30, 0x26]).expect("a group of 15 rows");
    let mut number = rows * 2;
    let mut digits = Vec::new();
    while number >= 0x80 {
        digits.push(number as u8 | 0x80);
        number >>= 7;
    }
    digits.push(number as u8);
    let (before, after) = rest.split_at(footer + place + 1);
    let footer_length = (rest.len() - footer - 1 + digits.len()) as u32;
    [before, &digits, &after[1..], &footer_length.to_le_bytes(), &end[4..]].concat()
}

#[test]
fn rows_that_are_only_claimed_are_no_records() {
    let folder = TempDir::new().unwrap();
    for rows in [1_000_000_000, i64::MAX] {
        let path = write(&folder, "a.arrow", stream_that_claims(rows));
        let problem = open(&path).readable().unwrap_err().to_string();
        assert!(problem.contains(&format!("claims {rows} rows, which it does not hold")), "{problem}");
    }
    for rows in [1_000_000_000, i64::MAX as u64] {
        let problem = open(&write(&folder, "a.parquet", parquet_that_claims(rows))).readable().unwrap_err().to_string();
        assert!(problem.contains(&format!("claims {rows} rows, which it does not hold")), "{problem}");
    }
    // A few rows too many are the records of the batch that cannot be read.
    let records = all(&open(&write(&folder, "a.arrow", stream_that_claims(16))));
    assert_eq!(records.len(), 41);
    assert!(records[..16].iter().all(|(_, value)| value.is_err()));
}

#[test]
fn rows_that_take_hardly_any_bytes_are_records() {
    use arrow_array::{ArrayRef, Int64Array, NullArray, RecordBatch};
    let folder = TempDir::new().unwrap();
    let rows = 100_000;
    let column = Arc::new(Int64Array::from(vec![7; rows])) as ArrayRef;
    let batch = RecordBatch::try_from_iter([("a", column)]).unwrap();
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let parquet = writer.into_inner().unwrap();
    assert!(parquet.len() < rows / 10);
    let dataset = open(&write(&folder, "a.parquet", parquet));
    assert_eq!((dataset.count(), dataset.record(rows - 1).unwrap().value), (rows, Ok(json!({"a": 7}))));

    // Of nothing there are not arbitrarily many.
    for (rows, expected) in [(rows, rows), (1_000_000_000, 1)] {
        let column = Arc::new(NullArray::new(rows)) as ArrayRef;
        let batch = RecordBatch::try_from_iter_with_nullable([("a", column, true)]).unwrap();
        let mut stream = arrow_ipc::writer::StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
        stream.write(&batch).unwrap();
        assert_eq!(open(&write(&folder, "a.arrow", stream.into_inner().unwrap())).count(), expected);
    }
}

#[test]
fn a_compression_that_is_not_read_is_named() {
    let folder = TempDir::new().unwrap();
    let mut parquet = std::fs::read(data("rows.parquet")).unwrap();
    // The path of the first column, then field 4: snappy is 1, Brotli 4, each written twice as large.
    let path = b"\x18\x02id\x15\x02";
    let place = parquet.windows(path.len()).rposition(|bytes| bytes == path).expect("a column called id");
    parquet[place + path.len() - 1] = 8;
    let problem = open(&write(&folder, "a.parquet", parquet)).readable().unwrap_err().to_string();
    assert!(problem.contains("BROTLI") && problem.contains("write the file with zstd, snappy or gzip"), "{problem}");
}
