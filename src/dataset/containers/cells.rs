//! The cells of Arrow tables as JSON.
//!
//! Numbers, texts, lists and structs are what they are. Times are written as ISO 8601, bytes in hexadecimal digits,
//! decimals as numbers, maps as objects; what is not finite is null, as JSON has no such numbers.

#[cfg(test)]
mod tests;
mod times;

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, RunEndIndexType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ListLikeArray, RecordBatch};
use arrow_schema::DataType;
use serde_json::{Map, Value};

use crate::error::{ColumnFault, RecordError};
use crate::json;

/// As deep as the parser of JSON goes, so that no record can be nested deeper in a table than in a file of text.
const DEEPEST: usize = 127;

/// A row of a batch as an object, with a key for each column.
pub(super) fn record(rows: &RecordBatch, at: usize) -> Result<Value, RecordError> {
    let schema = rows.schema_ref();
    let cells = schema.fields().iter().zip(rows.columns()).map(|(field, column)| {
        let pair = key(field.name()).and_then(|key| Ok((key, cell(column, at, 1)?)));
        pair.map_err(|fault| RecordError::Column { column: field.name().clone(), fault })
    });
    Ok(Value::Object(cells.collect::<Result<Map<_, _>, _>>()?))
}

/// One cell; `depth` is how many lists and objects it stands in.
fn cell(array: &dyn Array, at: usize, depth: usize) -> Result<Value, ColumnFault> {
    if array.is_null(at) {
        return Ok(Value::Null);
    }
    match array.data_type() {
        DataType::Null => Ok(Value::Null),
        DataType::Boolean => Ok(array.as_boolean().value(at).into()),
        number if number.is_numeric() => number_of(array, at),
        time if time.is_temporal() => times::text(array, at).map(Value::String),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(text(array, at).into()),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => {
            Ok(hexadecimal(bytes(array, at)).into())
        }
        DataType::Dictionary(..) => entry(array, at, depth),
        DataType::RunEndEncoded(ends, _) => run(array, ends.data_type(), at, depth),
        _ if depth == DEEPEST => Err(ColumnFault::TooDeep { deepest: DEEPEST }),
        DataType::Struct(_) => object(array, at, depth + 1),
        DataType::Map(..) => map(array, at, depth + 1),
        other => list(array, other, at, depth + 1),
    }
}

fn number_of(array: &dyn Array, at: usize) -> Result<Value, ColumnFault> {
    Ok(match array.data_type() {
        DataType::Float16 => real(array.as_primitive::<Float16Type>().value(at).to_f32()),
        DataType::Float32 => real(array.as_primitive::<Float32Type>().value(at)),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(at).into(),
        DataType::Decimal32(..) => decimal::<Decimal32Type>(array, at)?,
        DataType::Decimal64(..) => decimal::<Decimal64Type>(array, at)?,
        DataType::Decimal128(..) => decimal::<Decimal128Type>(array, at)?,
        DataType::Decimal256(..) => decimal::<Decimal256Type>(array, at)?,
        _ => integer(array, at),
    })
}

fn integer(array: &dyn Array, at: usize) -> Value {
    fn value<T: ArrowPrimitiveType<Native: Into<Value>>>(array: &dyn Array, at: usize) -> Value {
        array.as_primitive::<T>().value(at).into()
    }
    match array.data_type() {
        DataType::Int8 => value::<Int8Type>(array, at),
        DataType::Int16 => value::<Int16Type>(array, at),
        DataType::Int32 => value::<Int32Type>(array, at),
        DataType::UInt8 => value::<UInt8Type>(array, at),
        DataType::UInt16 => value::<UInt16Type>(array, at),
        DataType::UInt32 => value::<UInt32Type>(array, at),
        DataType::UInt64 => value::<UInt64Type>(array, at),
        _ => value::<Int64Type>(array, at),
    }
}

/// A float of 32 bits as the shortest number that it is written as: 0.1, not 0.10000000149011612.
fn real(value: f32) -> Value {
    value.to_string().parse::<f64>().map_or(Value::Null, Value::from)
}

fn decimal<T: DecimalType>(array: &dyn Array, at: usize) -> Result<Value, ColumnFault> {
    let digits = array.as_primitive::<T>().value_as_string(at);
    // As a number in a file of JSON lines, which may have more digits than fit.
    json::parse(&digits).map_err(|error| ColumnFault::Decimal { said: error.to_string(), digits })
}

fn text(array: &dyn Array, at: usize) -> &str {
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(at),
        DataType::LargeUtf8 => array.as_string::<i64>().value(at),
        _ => array.as_string_view().value(at),
    }
}

fn bytes(array: &dyn Array, at: usize) -> &[u8] {
    match array.data_type() {
        DataType::Binary => array.as_binary::<i32>().value(at),
        DataType::LargeBinary => array.as_binary::<i64>().value(at),
        DataType::BinaryView => array.as_binary_view().value(at),
        _ => array.as_fixed_size_binary().value(at),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn entry(array: &dyn Array, at: usize, depth: usize) -> Result<Value, ColumnFault> {
    let dictionary = array.as_any_dictionary();
    let place = integer(dictionary.keys(), at).as_u64().and_then(|place| usize::try_from(place).ok());
    let values = dictionary.values();
    let place = place.filter(|place| *place < values.len()).ok_or(ColumnFault::NoEntry)?;
    cell(values, place, depth)
}

fn run(array: &dyn Array, ends: &DataType, at: usize, depth: usize) -> Result<Value, ColumnFault> {
    fn value<R: RunEndIndexType>(array: &dyn Array, at: usize, depth: usize) -> Result<Value, ColumnFault> {
        let runs = array.as_run::<R>();
        cell(runs.values(), runs.get_physical_index(at), depth)
    }
    match ends {
        DataType::Int16 => value::<Int16Type>(array, at, depth),
        DataType::Int32 => value::<Int32Type>(array, at, depth),
        _ => value::<Int64Type>(array, at, depth),
    }
}

fn list(array: &dyn Array, kind: &DataType, at: usize, depth: usize) -> Result<Value, ColumnFault> {
    let cells = |list: &dyn ListLikeArray| items(list.values(), list.element_range(at), depth);
    match kind {
        DataType::List(_) => cells(array.as_list::<i32>()),
        DataType::LargeList(_) => cells(array.as_list::<i64>()),
        DataType::ListView(_) => cells(array.as_list_view::<i32>()),
        DataType::LargeListView(_) => cells(array.as_list_view::<i64>()),
        DataType::FixedSizeList(..) => cells(array.as_fixed_size_list()),
        other => Err(ColumnFault::NoForm { data_type: other.to_string() }),
    }
}

fn items(values: &dyn Array, places: Range<usize>, depth: usize) -> Result<Value, ColumnFault> {
    Ok(Value::Array(places.map(|at| cell(values, at, depth)).collect::<Result<_, _>>()?))
}

fn object(array: &dyn Array, at: usize, depth: usize) -> Result<Value, ColumnFault> {
    let object = array.as_struct();
    let fields = object.fields().iter().zip(object.columns());
    let cells = fields.map(|(field, column)| Ok((key(field.name())?, cell(column, at, depth)?)));
    Ok(Value::Object(cells.collect::<Result<_, ColumnFault>>()?))
}

fn map(array: &dyn Array, at: usize, depth: usize) -> Result<Value, ColumnFault> {
    let map = array.as_map();
    let (keys, values) = (map.keys(), map.values());
    let offset = |at: usize| usize::try_from(map.value_offsets()[at]).unwrap_or_default();
    let cells = (offset(at)..offset(at + 1)).map(|entry| {
        if map.entries().is_null(entry) || keys.is_null(entry) {
            return Err(ColumnFault::NullKey);
        }
        if !keys.data_type().is_string() {
            return Err(ColumnFault::KeyType { data_type: keys.data_type().to_string() });
        }
        Ok((key(text(keys, entry))?, cell(values, entry, depth)?))
    });
    Ok(Value::Object(cells.collect::<Result<_, ColumnFault>>()?))
}

/// A key, if it is not of those that stand for long numbers.
fn key(name: &str) -> Result<String, ColumnFault> {
    let alone = Value::Object(Map::from_iter([(name.to_owned(), Value::Bool(true))]));
    match json::literal(&alone) {
        Some(_) => Err(ColumnFault::PrivateKey),
        None => Ok(name.to_owned()),
    }
}
