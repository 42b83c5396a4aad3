//! The commands' output in English.

use super::{counted, listed, number, unavailable};
use crate::words::commands::{CommandWords, ExampleTemplate, RecordPlace, Totals};
use crate::words::number::percent;
use crate::words::visible::prose;

pub(super) fn say(said: &CommandWords<'_>) -> String {
    let fixed = match said {
        CommandWords::Head(place) => return head(*place),
        CommandWords::About { schema, tokenizer, tokens, cut } => {
            let cut = if *cut > 0 { format!("   {cut} cut off") } else { String::new() };
            return format!("{schema}   {tokenizer}   {}{cut}", number(*tokens, "token"));
        }
        CommandWords::FirstOnly { count } => {
            let of = count.map(|count| format!(" of {count}")).unwrap_or_default();
            return format!("record 1{of}; `maskview print --records all` prints every record");
        }
        CommandWords::Boxed(characters) => {
            return format!("no installed font has {}: drawn as boxes; SVG and HTML keep them", prose(characters));
        }
        CommandWords::Chosen { policy, by } => {
            return format!(
                "no policy is named, so the labels are those of `{policy}`, chosen by {}; -p names another",
                super::audit::chooser(*by)
            );
        }
        CommandWords::LeftOut { records, place, why } => {
            let why = why.map_or_else(|| "several reasons".to_owned(), prose);
            return format!("left out {}, first {}: {why}", super::counted(*records, "record"), prose(place));
        }
        CommandWords::Example { found, options, template } => return example(*found, options, *template),
        CommandWords::Doubted { token, quick, reference } => return doubted(*token, *quick, *reference),
        CommandWords::Fails(error) => return format!("error: {error}"),
        CommandWords::Trains { policy, count: 0, tokens } => {
            return format!("{policy}: 0 of {} trained: trains nothing", number(*tokens, "token"));
        }
        CommandWords::Trains { policy, count, tokens } => {
            let share = percent(*count, *tokens);
            return format!("{policy}: {count} of {} trained ({share:.1} %)", number(*tokens, "token"));
        }
        CommandWords::NotAvailable { policy, why } => {
            return format!("{policy}: not available: {}", unavailable::say(why));
        }
        CommandWords::OnlyOne { b, a } => return only_one(*b, *a),
        CommandWords::Records { totals, both_answers } => {
            let both = if *both_answers { " (both answers of a record count)" } else { "" };
            return format!("records  {}{both}", records(*totals));
        }
        CommandWords::Tokens { tokens, trained: [a, b], b: only_b, a: only_a } => {
            return format!(
                "tokens   {tokens}: A trains {a} ({:.1} %), B trains {b} ({:.1} %); {}",
                percent(*a, *tokens),
                percent(*b, *tokens),
                only_one(*only_b, *only_a)
            );
        }
        CommandWords::Unmatched { policies: [a, b], trained: [of_a, of_b] } => {
            return format!(
                "not compared, since only one of the two feeds them to the model: {} that `{a}` trains, {} that `{b}` trains",
                counted(*of_a, "token"),
                counted(*of_b, "token")
            );
        }
        CommandWords::SameBits { a, b } => return format!("`{a}` and `{b}` train the same tokens, bit for bit"),
        CommandWords::Cause => "cause",
        CommandWords::Only(side) => return format!("only {side}"),
        CommandWords::FirstPlaces => "first places",
        CommandWords::AnswerTokens => "answer tokens",
        CommandWords::Answers => "answers",
        CommandWords::Differ => "differ",
        CommandWords::Share => "share of the answers' own tokens that differ",
        CommandWords::Failing => "records that fail",
        CommandWords::NotComparable => "records that cannot be compared",
        CommandWords::Problem { why, first } => {
            return format!("{}; first: {}", why.map_or_else(|| "other reasons".to_owned(), prose), at(*first));
        }
        CommandWords::TokenAt { at: place, token } => return format!("{} token {token}", at(*place)),
        CommandWords::Written { file, records, faulty, warned } => {
            let kind = if *faulty { "faulty" } else { "clean" };
            let written = format!("{} written to {}", number(*records, &format!("{kind} record")), prose(file));
            return match warned {
                0 => written,
                warned => format!("{written}, {warned} of them with warnings (--fail-on warning leaves those out)"),
            };
        }
        CommandWords::NotCompared { files, records } => {
            return format!(
                "{} of {} cannot be read, so that they are not looked for",
                number(*records, "record"),
                prose(files)
            );
        }
        CommandWords::Lost(records) => {
            return format!("{} stand in no file, since nothing can be read of them", number(*records, "record"));
        }
        CommandWords::Counting => "{spinner} {pos} records, {per_sec}",
        CommandWords::Counted => "{wide_bar} {pos} of {len} records, {per_sec}, {eta} left",
    };
    fixed.to_owned()
}

fn doubted(token: usize, quick: Option<u32>, reference: Option<u32>) -> String {
    let id = |id: Option<u32>| id.map_or_else(|| "no id".to_owned(), |id| format!("id {id}"));
    format!(
        "warning: the fast tokenizer engine gives {} for token {token} of a text, and the tokenizers library gives {}; all \
         records are counted again with the library",
        id(quick),
        id(reference)
    )
}

fn example(found: bool, options: &[&str], template: ExampleTemplate) -> String {
    let mut with: Vec<String> = options.iter().map(|option| format!("`{option}`")).collect();
    with.extend(match template {
        ExampleTemplate::Unsaid => None,
        ExampleTemplate::Below => Some("this chat template".to_owned()),
        ExampleTemplate::OfTokenizer => Some("the tokenizer's own chat template".to_owned()),
    });
    let with = if with.is_empty() { String::new() } else { format!(", with {}", listed(&with)) };
    format!("{}{with}:", if found { "Found" } else { "Not found" })
}

fn head(RecordPlace { file, record, unit, line, choice }: RecordPlace<'_>) -> String {
    let choice = choice.map(|choice| format!("   {choice}")).unwrap_or_default();
    format!("{}   record {record}   {} {line}{choice}", prose(file), unit.en)
}

fn at(RecordPlace { file, record, unit, line, choice }: RecordPlace<'_>) -> String {
    let choice = choice.map(|choice| format!(" {choice}")).unwrap_or_default();
    format!("{} record {record} {} {line}{choice}", prose(file), unit.en)
}

fn only_one(b: usize, a: usize) -> String {
    format!("trained only by B: {b} · only by A: {a}")
}

fn records(Totals { records, differing, equal, failed, unavailable }: Totals) -> String {
    format!("{records}: {differing} different, {equal} equal, {failed} failed, {unavailable} not comparable")
}
