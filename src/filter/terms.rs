//! The terms: one line each.

use super::number::{Count, Share, records};
use super::pattern::Pattern;
use super::read::Word;
use super::test::Test;
use crate::error::{FilterError, TermFault, likely, nearest};
use crate::formats::{self, SCHEMAS};
use crate::lints::{Check, LINTS, Severity};
use crate::words::Said;

/// A kind of term.
#[derive(Debug)]
pub struct TermKind {
    /// Its name.
    pub name: &'static str,
    /// How it is written.
    pub example: &'static str,
    /// For which records it holds, in the middle of a sentence.
    pub holds: Said,
    /// What it asks, by its operator and value.
    read: fn(&str, &str) -> Result<Test, Wrong>,
}

/// What is wrong with the operator or the value of a term.
enum Wrong {
    /// It is not written as the example.
    Form,
    /// Something else.
    Fault(TermFault),
}

impl From<TermFault> for Wrong {
    fn from(fault: TermFault) -> Self {
        Self::Fault(fault)
    }
}

const fn kind(
    name: &'static str,
    example: &'static str,
    (en, zh): (&'static str, &'static str),
    read: fn(&str, &str) -> Result<Test, Wrong>,
) -> TermKind {
    TermKind { name, example, holds: Said { en, zh }, read }
}

/// Every term, in the order of tables.
pub static TERMS: &[TermKind] = &[
    kind(
        "text",
        "text~REGEX",
        ("whose rendered text matches; `/REGEX/` says the same", "渲染后的文本匹配；也可写成 `/REGEX/`"),
        |operator, value| pattern(operator, value).map(Test::Text),
    ),
    kind("raw", "raw~REGEX", ("whose line in the file matches", "文件中的原始行匹配"), |operator, value| {
        pattern(operator, value).map(Test::Raw)
    }),
    kind("role", "role:tool", ("with a message of that role", "含有该角色的消息"), |operator, value| {
        named(operator, value).map(|role| Test::Role(role.to_owned()))
    }),
    kind("schema", "schema:sharegpt", ("of that schema", "属于该 schema"), |operator, value| {
        let known = || SCHEMAS.iter().map(|schema| schema.name).collect();
        let schema = formats::by_name(named(operator, value)?);
        Ok(Test::Schema(schema.ok_or_else(|| TermFault::Schema { known: known() })?.name))
    }),
    kind("file", "file:train.jsonl", ("of that file", "来自该文件"), |operator, value| {
        named(operator, value).map(|name| Test::File(name.to_owned()))
    }),
    kind("record", "record:100-200", ("with these numbers", "编号在该范围内"), |operator, value| {
        records(named(operator, value)?).map(Test::Record).ok_or(Wrong::Form)
    }),
    kind(
        "finding",
        "finding:CODE",
        ("in which that lint finds something; `*` for any", "该检查项在其中发现问题；`*` 表示任意检查项"),
        |operator, value| finding(named(operator, value)?),
    ),
    kind("level", "level:error", ("with a finding of that level", "含有该级别的问题"), |operator, value| {
        let name = named(operator, value)?;
        let level = Severity::ALL.into_iter().find(|level| level.name() == name);
        Ok(Test::Level(level.ok_or_else(|| TermFault::Level { known: Severity::ALL.map(Severity::name).to_vec() })?))
    }),
    kind(
        "tokens",
        "tokens>4096",
        ("by their tokens, before they are cut and without padding", "按 token 数（截断前，不含填充）"),
        |operator, value| count(operator, value).map(Test::Tokens),
    ),
    kind("trained", "trained=0", ("by the tokens that A trains", "按 A 训练的 token 数"), |operator, value| {
        count(operator, value).map(Test::Trained)
    }),
    kind(
        "share",
        "share<5%",
        ("by the share of tokens that A trains", "按 A 训练的 token 所占比例"),
        |operator, value| Share::read(operator, value).map(Test::Share).ok_or(Wrong::Form),
    ),
    kind("messages", "messages>=10", ("by their messages", "按消息数"), |operator, value| {
        count(operator, value).map(Test::Messages)
    }),
    kind(
        "answer",
        "answer<3",
        ("by the tokens of the shortest answer", "按最短回答的 token 数"),
        |operator, value| count(operator, value).map(Test::Answer),
    ),
    kind("differs", "differs", ("whose masks of A and B differ", "A 与 B 的掩码不同"), |operator, value| {
        alone(operator, value, Test::Differs)
    }),
    kind("fails", "fails", ("that cannot be shown", "无法显示"), |operator, value| {
        alone(operator, value, Test::Fails)
    }),
    kind("cut", "cut", ("that the maximum length cuts", "被最大长度截断"), |operator, value| {
        alone(operator, value, Test::Cut)
    }),
    kind("id", "id:151645", ("with that token id", "含有该 token id"), |operator, value| {
        id(operator, value).map(Test::Id)
    }),
    kind(
        "trains",
        "trains:151645",
        ("in which A trains that token id", "A 训练了该 token id"),
        |operator, value| id(operator, value).map(Test::Trains),
    ),
];

/// What each of the terms asks.
pub(super) fn tests(words: &[Word]) -> Result<Vec<Test>, FilterError> {
    let asked = |(at, word): (usize, &Word)| test(word).map_err(|error| unquoted(words, at).unwrap_or(error));
    words.iter().enumerate().map(asked).collect()
}

/// The error of a word that goes on with the pattern before it, which has spaces and no quotes.
fn unquoted(words: &[Word], at: usize) -> Option<FilterError> {
    let is_rest = |word: &&Word| word.operator.is_empty() && TERMS.iter().all(|kind| kind.name != word.name);
    let pattern = words.get(at.checked_sub(1)?)?;
    // What is quoted ends with the quote.
    let is_open = pattern.operator == "~" && pattern.text.ends_with(&pattern.value);
    let rest = words[at..].iter().take_while(is_rest);
    let parts: Vec<&str> = rest.map(|word| word.text.as_str()).collect();
    let is_likely = || nearest(&words[at].name, TERMS.iter().map(|kind| kind.name)).is_some();
    if !is_open || parts.is_empty() || is_likely() {
        return None;
    }
    let name = pattern.text.strip_suffix(&pattern.value)?;
    let value = format!("{} {}", pattern.value, parts.join(" ")).replace('"', "\\\"");
    Some(FilterError {
        term: words[at].text.clone(),
        fault: TermFault::Unquoted { whole: format!("{name}\"{value}\"") },
    })
}

/// What a term asks.
fn test(word: &Word) -> Result<Test, FilterError> {
    let wrong = |fault| FilterError { term: word.text.clone(), fault };
    let Some(kind) = TERMS.iter().find(|kind| kind.name == word.name) else {
        let nearest = nearest(&word.name, TERMS.iter().map(|kind| kind.name));
        return Err(wrong(TermFault::Unknown { nearest, known: TERMS.iter().map(|kind| kind.example).collect() }));
    };
    (kind.read)(word.operator, &word.value).map_err(|why| {
        wrong(match why {
            Wrong::Form => TermFault::Form { example: kind.example },
            Wrong::Fault(fault) => fault,
        })
    })
}

fn pattern(operator: &str, value: &str) -> Result<Pattern, Wrong> {
    if operator != "~" || value.is_empty() {
        return Err(Wrong::Form);
    }
    Ok(Pattern::new(value).map_err(|reason| TermFault::Pattern { reason })?)
}

fn named<'a>(operator: &str, value: &'a str) -> Result<&'a str, Wrong> {
    if operator == ":" && !value.is_empty() { Ok(value) } else { Err(Wrong::Form) }
}

fn count(operator: &str, value: &str) -> Result<Count, Wrong> {
    Count::read(operator, value).ok_or(Wrong::Form)
}

fn id(operator: &str, value: &str) -> Result<u32, Wrong> {
    named(operator, value)?.parse().map_err(|_| Wrong::Form)
}

fn alone(operator: &str, value: &str, test: Test) -> Result<Test, Wrong> {
    if operator.is_empty() && value.is_empty() { Ok(test) } else { Err(Wrong::Form) }
}

fn finding(code: &str) -> Result<Test, Wrong> {
    if code == "*" {
        return Ok(Test::Finding(None));
    }
    let Some(lint) = LINTS.iter().find(|lint| lint.code == code) else {
        return Err(TermFault::Lint { likely: likely(code, LINTS.iter().map(|lint| lint.code)) }.into());
    };
    match lint.check() {
        Check::Record(_) | Check::Mask(_) => Ok(Test::Finding(Some(lint.code))),
        Check::Template(_) | Check::Dataset(_) => Err(TermFault::NotOfRecords.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filter::Filter;

    fn problem(text: &str) -> String {
        text.parse::<Filter>().unwrap_err().to_string()
    }

    #[test]
    fn every_example_is_understood() {
        for kind in TERMS {
            let example = kind.example.replace("CODE", "*");
            assert!(example.parse::<Filter>().is_ok(), "{example}");
            assert!(format!("!{example}").parse::<Filter>().is_ok(), "{example}");
        }
    }

    #[test]
    fn what_is_not_understood_says_which_term_and_what_to_write() {
        assert!(
            problem("role:tool tokns>3").starts_with("`tokns>3`: no such term (did you mean `tokens`?)"),
            "{}",
            problem("role:tool tokns>3")
        );
        assert!(problem("hello").contains("text~REGEX, raw~REGEX"), "{}", problem("hello"));
        assert_eq!(
            problem("text~return x y differs"),
            "`x`: no such term; a pattern with spaces needs quotes: text~\"return x y\""
        );
        assert!(problem("!raw~say \"so").contains("closing"), "{}", problem("!raw~say \"so"));
        assert!(problem("text~\"a b\" x").contains("the terms are"));
        assert!(problem("/a b/ x").contains("the terms are"));
        assert!(problem("text~a tokns").contains("did you mean `tokens`?"));
        assert!(problem("finding:empty").contains("did you mean `empty-answer`"), "{}", problem("finding:empty"));
        assert_eq!(problem("tokens:3"), "`tokens:3`: write it as in tokens>4096");
        assert_eq!(problem("!share<5"), "`!share<5`: write it as in share<5%");
        assert_eq!(problem("differs:A"), "`differs:A`: write it as in differs");
        assert_eq!(problem("record:9-3"), "`record:9-3`: write it as in record:100-200");
        assert_eq!(problem("text~a("), "`text~a(`: not a regular expression: unclosed group");
        assert!(problem("schema:x").contains("messages"));
        assert!(problem("level:bad").ends_with("info, warning, error"));
        assert!(problem("finding:end-not-traind").contains("`end-not-trained`"));
        assert!(problem("finding:duplicate-record").contains("maskview audit"));
    }

    #[test]
    fn cheap_terms_come_first() {
        let filter: Filter = "finding:* differs text~a raw~b record:3-9 !record:1-4 role:tool".parse().unwrap();
        assert!(filter.terms.iter().map(|term| term.test.stage()).is_sorted());
        assert_eq!(filter.bounds(), 2..9);
    }
}
