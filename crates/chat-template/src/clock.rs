//! `strftime_now`: the local time, written as Python writes it.

use std::fmt::Write as _;
use std::str::FromStr;

use jiff::civil::DateTime;

/// A local date and time, as `MASKVIEW_NOW` gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime(DateTime);

impl LocalTime {
    /// What the clock shows.
    #[must_use]
    fn from_clock() -> Self {
        Self(jiff::ZonedDateTime::now().datetime())
    }
}

impl FromStr for LocalTime {
    type Err = String;

    /// Reads an ISO local time such as `2025-06-01T12:30:00` or `2025-06-01`.
    fn from_str(text: &str) -> Result<Self, String> {
        text.trim()
            .parse()
            .map(Self)
            .map_err(|error| format!("{text:?} is no local time such as 2025-06-01T12:30:00: {error}"))
    }
}

/// `datetime.strftime` of a time without a zone, in the C locale.
///
/// # Errors
/// Names the directive that is not supported.
pub fn strftime(format: &str, now: Option<LocalTime>) -> Result<String, String> {
    let LocalTime(now) = now.unwrap_or_else(LocalTime::from_clock);
    let mut out = String::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let flag = rest.chars().next().filter(|flag| matches!(flag, '-' | '_' | '0' | '^' | '#'));
        let after = &rest[flag.map_or(0, char::len_utf8)..];
        let Some(directive) = after.chars().next() else {
            // The C library copies a percent sign that nothing follows.
            out.push('%');
            continue;
        };
        rest = &after[directive.len_utf8()..];
        let expanded = match directive {
            '%' => {
                out.push('%');
                continue;
            }
            // No zone: these are empty.
            'z' | 'Z' => continue,
            'f' => {
                let _ = write!(out, "{:06}", now.subsec_nanosecond() / 1000);
                continue;
            }
            'c' => "%a %b %e %H:%M:%S %Y",
            'x' | 'D' => "%m/%d/%y",
            'X' | 'T' => "%H:%M:%S",
            'r' => "%I:%M:%S %p",
            'R' => "%H:%M",
            'F' => "%Y-%m-%d",
            'h' => "%b",
            'a' | 'A' | 'b' | 'B' | 'C' | 'd' | 'e' | 'g' | 'G' | 'H' | 'I' | 'j' | 'k' | 'l' | 'm' | 'M' | 'n'
            | 'p' | 'P' | 'S' | 't' | 'u' | 'U' | 'V' | 'w' | 'W' | 'y' | 'Y' => {
                // The C library writes capitals for both flags, but for `%p` small letters for the second.
                let flag = match (flag, directive) {
                    (Some('#'), 'a' | 'A' | 'b' | 'B') => "^".to_owned(),
                    (flag, _) => flag.map(String::from).unwrap_or_default(),
                };
                let single = format!("%{flag}{directive}");
                out.push_str(&jiff::fmt::strtime::format(&single, now).map_err(|error| error.to_string())?);
                continue;
            }
            other => {
                return Err(format!("the directive '%{other}' of strftime_now is not supported"));
            }
        };
        if flag.is_some() {
            return Err(format!("a flag on '%{directive}' of strftime_now is not supported"));
        }
        out.push_str(&jiff::fmt::strtime::format(expanded, now).map_err(|error| error.to_string())?);
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_python_writes() {
        let now: LocalTime = "2025-06-01T07:05:09".parse().unwrap();
        let write = |format: &str| strftime(format, Some(now)).unwrap();
        assert_eq!(write("%d %b %Y"), "01 Jun 2025");
        assert_eq!(write("%A, %B %-d, %Y %I:%M %p"), "Sunday, June 1, 2025 07:05 AM");
        assert_eq!(write("%Y-%m-%d %H:%M:%S.%f%z%%"), "2025-06-01 07:05:09.000000%");
        assert_eq!(write("%c|%x|%X|%j|%U|%w|%y|%e"), "Sun Jun  1 07:05:09 2025|06/01/25|07:05:09|152|22|0|25| 1");
        assert!(strftime("%Q", Some(now)).is_err());
    }
}
