use std::sync::Arc;

use super::*;
use arrow_array::builder::{Int32Builder, MapBuilder, StringBuilder};
use arrow_array::types::{
    IntervalDayTimeType, IntervalMonthDayNanoType, TimestampMillisecondType, TimestampSecondType,
};
use arrow_array::*;
use arrow_schema::{Field, UnionFields};
use serde_json::json;

type Half = <Float16Type as ArrowPrimitiveType>::Native;
type Long = <Decimal256Type as ArrowPrimitiveType>::Native;

fn batch(name: &str, column: impl Array + 'static) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable([(name, Arc::new(column) as ArrayRef, true)]).unwrap()
}

/// The cells of a column.
#[track_caller]
fn cells(column: impl Array + 'static) -> Vec<Value> {
    let rows = batch("a", column);
    let cells = (0..rows.num_rows()).map(|at| record(&rows, at).unwrap()["a"].take());
    cells.collect()
}

/// What is said of the first cell of a column.
#[track_caller]
fn problem(column: impl Array + 'static) -> String {
    record(&batch("a column", column), 0).unwrap_err().to_string()
}

fn nothing() -> Value {
    Value::Null
}

#[test]
fn numbers() {
    assert_eq!(cells(Int8Array::from(vec![Some(-128), None])), [json!(-128), nothing()]);
    assert_eq!(cells(Int64Array::from(vec![i64::MIN])), [json!(i64::MIN)]);
    assert_eq!(cells(UInt64Array::from(vec![u64::MAX])), [json!(u64::MAX)]);
    let floats = [Some(0.1), Some(-0.0), Some(1e22), Some(f32::NAN), Some(f32::NEG_INFINITY), None];
    let expected = [json!(0.1), json!(-0.0), json!(1e22), nothing(), nothing(), nothing()];
    assert_eq!(cells(Float32Array::from(floats.to_vec())), expected);
    let floats = floats.map(|float| float.map(f64::from));
    let expected = [json!(0.100_000_001_490_116_12), json!(-0.0), json!(1e22_f32), nothing(), nothing(), nothing()];
    assert_eq!(cells(Float64Array::from(floats.to_vec())), expected);
    assert_eq!(cells(Float16Array::from(vec![Half::from_f32(0.5), Half::NAN])), [json!(0.5), nothing()]);
    assert_eq!(cells(BooleanArray::from(vec![Some(true), Some(false), None])), [json!(true), json!(false), nothing()]);
    assert_eq!(cells(NullArray::new(2)), [nothing(), nothing()]);
}

#[test]
fn decimals_are_numbers_and_keep_their_digits() {
    let column = |scale| Decimal128Array::from(vec![12_345, -5, 0]).with_precision_and_scale(20, scale).unwrap();
    assert_eq!(cells(column(2)), [json!(123.45), json!(-0.05), json!(0.0)]);
    assert_eq!(cells(column(0)), [json!(12_345), json!(-5), json!(0)]);
    assert_eq!(cells(column(-3)), [json!(12_345_000), json!(-5_000), json!(0)]);
    assert_eq!(cells(Decimal32Array::from(vec![7]).with_precision_and_scale(9, 1).unwrap()), [json!(0.7)]);
    assert_eq!(cells(Decimal64Array::from(vec![7]).with_precision_and_scale(9, 9).unwrap()), [json!(7e-9)]);
    let long = 12_345_678_901_234_567_890_123_i128;
    let column = Decimal256Array::from(vec![Long::from_i128(long)]).with_precision_and_scale(76, 0).unwrap();
    assert_eq!(json::literal(&cells(column)[0]), Some("12345678901234567890123"));
}

#[test]
fn dates_and_times() {
    let invalid = |number: i64, wanted: &str, kind: &str| {
        json!(format!("ERROR: Cast error: Failed to convert {number} to {wanted} for {kind}"))
    };
    let expected = [json!("1969-12-31"), invalid(i64::from(i32::MAX), "temporal", "Date32")];
    assert_eq!(cells(Date32Array::from(vec![-1, i32::MAX])), expected);
    assert_eq!(cells(Date64Array::from(vec![1])), [json!("1970-01-01T00:00:00.001")]);
    let expected = [json!("23:59:59"), invalid(-1, "temporal", "Time32(s)")];
    assert_eq!(cells(Time32SecondArray::from(vec![86_399, -1])), expected);
    assert_eq!(cells(Time32MillisecondArray::from(vec![1])), [json!("00:00:00.001")]);
    assert_eq!(cells(Time64MicrosecondArray::from(vec![1])), [json!("00:00:00.000001")]);
    assert_eq!(cells(Time64NanosecondArray::from(vec![1])), [json!("00:00:00.000000001")]);
    let expected = [json!("2023-11-14T22:13:20"), invalid(i64::MAX, "datetime", "Timestamp(s)")];
    assert_eq!(cells(TimestampSecondArray::from(vec![1_700_000_000, i64::MAX])), expected);
    assert_eq!(cells(TimestampMicrosecondArray::from(vec![-1])), [json!("1969-12-31T23:59:59.999999")]);
    assert_eq!(cells(TimestampNanosecondArray::from(vec![1])), [json!("1970-01-01T00:00:00.000000001")]);
}

#[test]
fn moments_are_written_in_their_time_zone() {
    for (zone, expected) in [
        ("UTC", "2023-11-14T22:13:20Z"),
        ("+08:00", "2023-11-15T06:13:20+08:00"),
        ("-0330", "2023-11-14T18:43:20-03:30"),
        ("Asia/Shanghai", "2023-11-15T06:13:20+08:00"),
        ("America/New_York", "2023-11-14T17:13:20-05:00"),
    ] {
        let column = PrimitiveArray::<TimestampSecondType>::from(vec![1_700_000_000]).with_timezone(zone);
        assert_eq!(cells(column), [json!(expected)], "{zone}");
    }
    let column = PrimitiveArray::<TimestampMillisecondType>::from(vec![1]).with_timezone("UTC");
    assert_eq!(cells(column), [json!("1970-01-01T00:00:00.001Z")]);
    let column = PrimitiveArray::<TimestampSecondType>::from(vec![0]).with_timezone("Mars/Olympus");
    assert_eq!(
        problem(column),
        "the column `a column` is in the time zone \"Mars/Olympus\", which is unknown; write it in UTC"
    );
}

#[test]
fn durations_and_intervals() {
    assert_eq!(cells(DurationSecondArray::from(vec![90, i64::MAX])), [json!("PT90S"), json!("<invalid>")]);
    assert_eq!(cells(DurationMillisecondArray::from(vec![-1])), [json!("-PT0.001S")]);
    assert_eq!(cells(DurationMicrosecondArray::from(vec![1])), [json!("PT0.000001S")]);
    assert_eq!(cells(DurationNanosecondArray::from(vec![1])), [json!("PT0.000000001S")]);
    let expected = [json!("1 years 2 mons"), json!("-1 years 11 mons"), json!("0 years 0 mons")];
    assert_eq!(cells(IntervalYearMonthArray::from(vec![14, -1, 0])), expected);
    let spans = [(0, 0), (-2, -8_445_960), (1, 3), (0, 3_600_000)].map(|(days, milliseconds)| {
        let span = IntervalDayTimeType::make_value(days, milliseconds);
        Some(span)
    });
    let expected = ["0 secs", "-2 days -2 hours -20 mins -45.960 secs", "1 days 0.003 secs", "1 hours"];
    assert_eq!(cells(IntervalDayTimeArray::from(spans.to_vec())), expected);
    let spans = [(0, 0, 0), (2, -1, -134_138_155_662_148), (0, 0, 1)]
        .map(|(months, days, nanoseconds)| Some(IntervalMonthDayNanoType::make_value(months, days, nanoseconds)));
    let expected = ["0 secs", "2 mons -1 days -37 hours -15 mins -38.155662148 secs", "0.000000001 secs"];
    assert_eq!(cells(IntervalMonthDayNanoArray::from(spans.to_vec())), expected);
}

#[test]
fn texts_and_bytes() {
    let texts = vec![Some("夏\"\u{1}"), None, Some("a string of more than twelve bytes")];
    let expected = [json!("夏\"\u{1}"), nothing(), json!("a string of more than twelve bytes")];
    assert_eq!(cells(StringArray::from(texts.clone())), expected);
    assert_eq!(cells(LargeStringArray::from(texts.clone())), expected);
    assert_eq!(cells(StringViewArray::from(texts)), expected);
    let bytes: Vec<Option<&[u8]>> = vec![Some(b"\x00\xff\x1a"), None, Some(b"")];
    let expected = [json!("00ff1a"), nothing(), json!("")];
    assert_eq!(cells(BinaryArray::from(bytes.clone())), expected);
    assert_eq!(cells(LargeBinaryArray::from(bytes.clone())), expected);
    assert_eq!(cells(BinaryViewArray::from(bytes)), expected);
    let fixed = FixedSizeBinaryArray::try_from_iter([[1, 2], [255, 0]].into_iter()).unwrap();
    assert_eq!(cells(fixed), [json!("0102"), json!("ff00")]);
}

#[test]
fn lists() {
    let lists = || [Some(vec![Some(1), None]), None, Some(vec![])].into_iter();
    let expected = [json!([1, null]), nothing(), json!([])];
    let list = || ListArray::from_iter_primitive::<Int32Type, _, _>(lists());
    let large = || LargeListArray::from_iter_primitive::<Int32Type, _, _>(lists());
    assert_eq!(cells(list()), expected);
    assert_eq!(cells(large()), expected);
    assert_eq!(cells(ListViewArray::from(list())), expected);
    assert_eq!(cells(LargeListViewArray::from(large())), expected);
    assert_eq!(cells(list().slice(2, 1)), [json!([])]);
    let pairs = [Some(vec![Some(1), None]), None].into_iter();
    let fixed = FixedSizeListArray::from_iter_primitive::<Int32Type, _, _>(pairs, 2);
    assert_eq!(cells(fixed), [json!([1, null]), nothing()]);
}

#[test]
fn dictionaries_and_runs_are_what_they_stand_for() {
    let words = || [Some("x"), Some("x"), None, Some("y")].into_iter();
    let expected = [json!("x"), json!("x"), nothing(), json!("y")];
    assert_eq!(cells(words().collect::<DictionaryArray<Int8Type>>()), expected);
    assert_eq!(cells(words().collect::<DictionaryArray<UInt64Type>>()), expected);
    assert_eq!(cells(words().collect::<RunArray<Int16Type>>()), expected);
    assert_eq!(cells(words().collect::<RunArray<Int32Type>>().slice(1, 3)), expected[1..]);
    assert_eq!(cells(words().collect::<RunArray<Int64Type>>()), expected);
    // A null among the values is null as well.
    let keys = Int8Array::from(vec![0, 1]);
    let dictionary = DictionaryArray::new(keys, Arc::new(StringArray::from(vec![None, Some("x")])));
    assert_eq!(cells(dictionary), [nothing(), json!("x")]);
}

#[test]
fn maps_and_structs_are_objects() {
    let mut maps = MapBuilder::new(None, StringBuilder::new(), Int32Builder::new());
    maps.keys().append_value("k");
    maps.values().append_value(1);
    maps.keys().append_value("夏");
    maps.values().append_null();
    maps.append(true).unwrap();
    maps.append(false).unwrap();
    assert_eq!(cells(maps.finish()), [json!({"k": 1, "夏": null}), nothing()]);

    let field = |name: &str| Arc::new(Field::new(name, DataType::Int32, true));
    let numbers = |number| Arc::new(Int32Array::from(vec![number])) as ArrayRef;
    let fields = vec![(field("b"), numbers(Some(1))), (field("a"), numbers(None)), (field("b"), numbers(Some(2)))];
    // The last of two equal keys wins and the first gives the place, as in a file of text.
    assert_eq!(cells(StructArray::from(fields))[0].to_string(), r#"{"b":2,"a":null}"#);
}

#[test]
fn what_json_has_no_form_for_is_named() {
    let children = vec![Arc::new(Int32Array::from(vec![1])) as ArrayRef];
    let fields = UnionFields::try_new([0], [Field::new("number", DataType::Int32, false)]).unwrap();
    let union = UnionArray::try_new(fields, vec![0_i8].into(), None, children).unwrap();
    let said = problem(union);
    assert!(said.starts_with("the column `a column` has the type Union("), "{said}");
    assert!(said.ends_with("which has no form in JSON; remove it, or write it as text"), "{said}");

    let mut maps = MapBuilder::new(None, Int32Builder::new(), Int32Builder::new());
    maps.keys().append_value(1);
    maps.values().append_value(1);
    maps.append(true).unwrap();
    assert!(problem(maps.finish()).contains("a map with keys of the type Int32"));

    let field = Arc::new(Field::new("\u{10fffe}5", DataType::Int32, true));
    let column = StructArray::from(vec![(field, Arc::new(Int32Array::from(vec![5])) as ArrayRef)]);
    assert!(problem(column).contains("a key that begins with U+10FFFE"));
}

#[test]
fn a_table_is_nested_no_deeper_than_a_line_of_text() {
    let mut column = Arc::new(Int32Array::from(vec![1])) as ArrayRef;
    for depth in 1..130 {
        let field = Arc::new(Field::new("item", column.data_type().clone(), true));
        column = Arc::new(FixedSizeListArray::new(field, 1, column, None));
        let rows = RecordBatch::try_from_iter([("a", Arc::clone(&column))]).unwrap();
        let text = format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(record(&rows, 0).ok(), json::parse(&text).ok(), "{depth}");
    }
}
