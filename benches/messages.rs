//! Records of 1,000, 10,000 and 100,000 short messages, in usual turns, of one unknown role and of as many roles as messages,
//! and of 1,000 and 4,000 messages as long as people write them: what each step costs, and how that grows beside tokens
//! plus messages. A step whose growth stays near 1 is linear.
//!
//! `MASKVIEW_BENCH_MESSAGES` sets the most messages.

#[allow(dead_code, reason = "each bench uses some of it")]
mod support;

use clap::Parser;
use maskview::cli::Arguments;
use maskview::config::{Config, Environment};
use maskview::dataset::Dataset;
use maskview::lints::PolicyMask;
use maskview::paint::views::VIEWS;
use maskview::paint::{Glyphs, Lane, Scene, Side};
use maskview::pipeline::Engine;
use maskview::policies::Rule;
use maskview::policies::causes::Subject;
use maskview::sequence::MarkerForm;
use std::hint::black_box;
use std::time::Duration;
use support::{milliseconds, time};

const SIZES: &[usize] = &[1_000, 10_000, 100_000];

/// Columns of the first frame.
const WIDTH: usize = 200;

/// Who speaks in a message.
type RoleOf = fn(usize) -> String;

/// One sort of records.
#[derive(Clone, Copy)]
struct Shape {
    name: &'static str,
    /// How many messages they have.
    sizes: &'static [usize],
    /// How often a message says the same.
    times: usize,
    role: RoleOf,
}

const SHAPES: [Shape; 4] = [
    Shape { name: "usual turns", sizes: SIZES, times: 1, role: in_turns },
    Shape { name: "one unknown role", sizes: SIZES, times: 1, role: |_| "critic".to_owned() },
    Shape { name: "a role for each message", sizes: SIZES, times: 1, role: |at| format!("role-{at}") },
    Shape { name: "turns of 170 characters", sizes: &[1_000, 4_000], times: 8, role: in_turns },
];

fn in_turns(at: usize) -> String {
    if at.is_multiple_of(2) { "user" } else { "assistant" }.to_owned()
}

fn record(messages: usize, shape: Shape) -> String {
    let content = |at: usize| format!("what is said at {at}. ").repeat(shape.times);
    let message = |at: usize| serde_json::json!({"role": (shape.role)(at), "content": content(at)});
    serde_json::json!({"messages": (0..messages).map(message).collect::<Vec<_>>()}).to_string()
}

/// The quickest of several runs, so that what else the machine does does not count; once where one takes long.
fn quickest<T>(mut what: impl FnMut() -> T) -> (Duration, T) {
    const LONG: Duration = Duration::from_millis(200);
    let mut best = time(&mut what);
    for _ in 0..6 {
        if best.0 > LONG {
            break;
        }
        let next = time(&mut what);
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}

/// The steps of one record by name, and its tokens plus messages.
fn steps(config: &Config, engine: &Engine, messages: usize, shape: Shape) -> (usize, Vec<(String, Duration)>) {
    let text = record(messages, shape);
    let dataset = Dataset::from_reader("generated", std::io::Cursor::new(text)).expect("a thread");
    let mut steps = Vec::new();
    let raw = dataset.raw_records(0).next().expect("a record");
    let (duration, record) = time(|| raw.parse());
    steps.push(("parse".to_owned(), duration));
    let (duration, encoded) = quickest(|| engine.encode(&record).expect("a record that is rendered"));
    steps.push(("render, tokenize, label".to_owned(), duration));
    let form = MarkerForm::Given;
    let mut masks = Vec::new();
    for policy in &config.policies {
        // Those that are worked out once are kept for the second run.
        let (duration, mask) = match policy.rule() {
            Rule::Sequence(_) => quickest(|| engine.annotate(&encoded, policy, form)),
            Rule::Record(_) => time(|| engine.annotate(&encoded, policy, form)),
        };
        steps.push((format!("mask of {}", policy.name()), duration));
        masks.push(mask);
    }
    let shown = PolicyMask::of(&config.policies, &masks);
    let (duration, _) = quickest(|| black_box(engine.findings(&record, &encoded, &shown, form)));
    steps.push(("lints".to_owned(), duration));
    let subject = |at: usize| Some(Subject { policy: &config.policies[at], mask: masks[at].as_ref().ok()? });
    let (duration, _) = quickest(|| black_box(engine.tell(&encoded, [subject(0), subject(2)], form)));
    steps.push(("causes".to_owned(), duration));
    let lanes: Vec<Lane> = config
        .policies
        .iter()
        .zip(&masks)
        .map(|(policy, mask)| Lane { name: policy.name().to_owned(), mask: mask.clone().into() })
        .collect();
    let (duration, ()) = quickest(|| {
        let glyphs = Glyphs::measure(&encoded.sequence, |id| engine.tokenizer().decode_one(id));
        let scene = Scene {
            sequence: &encoded.sequence,
            tokenizer: engine.tokenizer(),
            glyphs: &glyphs,
            lanes: &lanes,
            compared: (0, 2),
            shown: Side::A,
            cursor: None,
            beside: None,
            matches: &[],
            theme: &config.theme,
            language: config.language,
        };
        let layout = VIEWS[0].layout(&scene, WIDTH);
        (0..60.min(layout.rows())).for_each(|row| drop(black_box((VIEWS[0].row)(&scene, &layout, row))));
    });
    steps.push(("a first frame".to_owned(), duration));
    (encoded.sequence.len() + messages, steps)
}

fn main() {
    let most = std::env::var("MASKVIEW_BENCH_MESSAGES").ok().and_then(|most| most.parse().ok()).unwrap_or(usize::MAX);
    let arguments = Arguments::parse_from(["maskview", "generated", "-p", "all"]);
    let config = Config::resolve(arguments.viewer, &Environment::default()).expect("plain arguments");
    let engine = config.engine().expect("the embedded tokenizer");
    for shape in SHAPES {
        let sizes = shape.sizes.iter().copied().filter(|size| *size <= most);
        let measured: Vec<_> = sizes.map(|size| (size, steps(&config, &engine, size, shape))).collect();
        let heads = measured.iter().map(|(size, _)| format!("{size:>10}")).collect::<Vec<_>>().concat();
        println!("\n{:<32}{heads}   ms by messages; growth beside tokens plus messages", shape.name);
        let Some((_, (least, first))) = measured.first() else { continue };
        for (at, (name, base)) in first.iter().enumerate() {
            let figures = measured.iter().map(|(_, (_, steps))| format!("{:>10.2}", milliseconds(steps[at].1)));
            let growth = measured.iter().skip(1).map(|(_, (size, steps))| {
                let expected = base.as_secs_f64() * *size as f64 / *least as f64;
                format!("{:>7.2}", steps[at].1.as_secs_f64() / expected)
            });
            println!("{name:<32}{}{}", figures.collect::<Vec<_>>().concat(), growth.collect::<Vec<_>>().concat());
        }
    }
}
