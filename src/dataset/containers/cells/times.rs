//! Dates, times, durations and intervals as texts.

use arrow_array::cast::AsArray;
use arrow_array::timezone::Tz;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTemporalType, Date32Type, Date64Type, DurationMicrosecondType, DurationMillisecondType,
    DurationNanosecondType, DurationSecondType, IntervalDayTimeType, IntervalMonthDayNanoType, IntervalYearMonthType,
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
};
use arrow_array::{Array, PrimitiveArray};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};
use chrono::SecondsFormat;

use crate::error::ColumnFault;

/// The text of a cell of a temporal type.
pub(super) fn text(array: &dyn Array, at: usize) -> Result<String, ColumnFault> {
    Ok(match array.data_type() {
        DataType::Date32 => date(array.as_primitive::<Date32Type>(), at),
        DataType::Date64 => date_and_time(array.as_primitive::<Date64Type>(), at),
        DataType::Time32(TimeUnit::Second) => time(array.as_primitive::<Time32SecondType>(), at),
        DataType::Time32(_) => time(array.as_primitive::<Time32MillisecondType>(), at),
        DataType::Time64(TimeUnit::Microsecond) => time(array.as_primitive::<Time64MicrosecondType>(), at),
        DataType::Time64(_) => time(array.as_primitive::<Time64NanosecondType>(), at),
        DataType::Timestamp(unit, zone) => moment(array, at, *unit, zone.as_deref())?,
        DataType::Duration(TimeUnit::Second) => duration(array.as_primitive::<DurationSecondType>(), at),
        DataType::Duration(TimeUnit::Millisecond) => duration(array.as_primitive::<DurationMillisecondType>(), at),
        DataType::Duration(TimeUnit::Microsecond) => duration(array.as_primitive::<DurationMicrosecondType>(), at),
        DataType::Duration(TimeUnit::Nanosecond) => duration(array.as_primitive::<DurationNanosecondType>(), at),
        DataType::Interval(unit) => interval(array, at, *unit),
        other => return Err(ColumnFault::NoForm { data_type: other.to_string() }),
    })
}

/// What stands in place of a number that no time is counted by; a record is not lost for it.
fn no_time<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>, at: usize, wanted: &str) -> String {
    format!("ERROR: Cast error: Failed to convert {:?} to {wanted} for {}", array.value(at), array.data_type())
}

fn date<T: ArrowTemporalType>(array: &PrimitiveArray<T>, at: usize) -> String
where
    i64: From<T::Native>,
{
    array.value_as_date(at).map_or_else(|| no_time(array, at, "temporal"), |date| format!("{date:?}"))
}

fn date_and_time<T: ArrowTemporalType>(array: &PrimitiveArray<T>, at: usize) -> String
where
    i64: From<T::Native>,
{
    array.value_as_datetime(at).map_or_else(|| no_time(array, at, "temporal"), |moment| format!("{moment:?}"))
}

fn time<T: ArrowTemporalType>(array: &PrimitiveArray<T>, at: usize) -> String
where
    i64: From<T::Native>,
{
    array.value_as_time(at).map_or_else(|| no_time(array, at, "temporal"), |time| format!("{time:?}"))
}

fn duration<T: ArrowTemporalType>(array: &PrimitiveArray<T>, at: usize) -> String
where
    i64: From<T::Native>,
{
    array.value_as_duration(at).map_or_else(|| "<invalid>".to_owned(), |duration| duration.to_string())
}

fn moment(array: &dyn Array, at: usize, unit: TimeUnit, zone: Option<&str>) -> Result<String, ColumnFault> {
    let zone = zone.map(|zone| zone.parse::<Tz>().map_err(|_| ColumnFault::TimeZone { zone: zone.to_owned() }));
    let zone = zone.transpose()?;
    Ok(match unit {
        TimeUnit::Second => moment_in(array.as_primitive::<TimestampSecondType>(), at, zone),
        TimeUnit::Millisecond => moment_in(array.as_primitive::<TimestampMillisecondType>(), at, zone),
        TimeUnit::Microsecond => moment_in(array.as_primitive::<TimestampMicrosecondType>(), at, zone),
        TimeUnit::Nanosecond => moment_in(array.as_primitive::<TimestampNanosecondType>(), at, zone),
    })
}

fn moment_in<T: ArrowTemporalType>(array: &PrimitiveArray<T>, at: usize, zone: Option<Tz>) -> String
where
    i64: From<T::Native>,
{
    let text = match zone {
        Some(zone) => {
            array.value_as_datetime_with_tz(at, zone).map(|moment| moment.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
        None => array.value_as_datetime(at).map(|moment| format!("{moment:?}")),
    };
    text.unwrap_or_else(|| no_time(array, at, "datetime"))
}

fn interval(array: &dyn Array, at: usize, unit: IntervalUnit) -> String {
    match unit {
        IntervalUnit::YearMonth => {
            let months = array.as_primitive::<IntervalYearMonthType>().value(at);
            format!("{} years {} mons", months.div_euclid(12), months.rem_euclid(12))
        }
        IntervalUnit::DayTime => {
            let span = array.as_primitive::<IntervalDayTimeType>().value(at);
            parts(&[(i64::from(span.days), "days")], i64::from(span.milliseconds), 1_000)
        }
        IntervalUnit::MonthDayNano => {
            let span = array.as_primitive::<IntervalMonthDayNanoType>().value(at);
            let whole = [(i64::from(span.months), "mons"), (i64::from(span.days), "days")];
            parts(&whole, span.nanoseconds, 1_000_000_000)
        }
    }
}

/// The parts of an interval that are not zero: `1 mons 2 days 3 hours -4 mins 0.500 secs`. `rest` is what is less than a
/// day, in parts of a second of which one has `in_a_second`, a power of ten.
fn parts(whole: &[(i64, &str)], rest: i64, in_a_second: i64) -> String {
    let (seconds, fraction) = (rest / in_a_second, rest % in_a_second);
    let (minutes, hours) = (seconds / 60, seconds / 3600);
    let counted = whole.iter().copied().chain([(hours, "hours"), (minutes % 60, "mins")]);
    let mut parts: Vec<String> =
        counted.filter(|(count, _)| *count != 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    let seconds = seconds % 60;
    if seconds != 0 || fraction != 0 {
        let sign = if seconds < 0 || fraction < 0 { "-" } else { "" };
        let digits = in_a_second.ilog10() as usize;
        parts.push(format!("{sign}{}.{:0digits$} secs", seconds.abs(), fraction.abs()));
    }
    if parts.is_empty() { "0 secs".to_owned() } else { parts.join(" ") }
}
