//! The audit as one JSON object.

use super::{PolicyChoice, Report};
use crate::commands::safe_json;
use crate::error::Error;
use crate::lints::{Check, LINTS};
use crate::report::audit::Audit;
use serde::Serialize;
use std::io::Write;
use xxhash_rust::xxh3::xxh3_128;

/// The version of the schema.
const VERSION: u32 = 1;

/// What is audited.
#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    /// XXH3 of 128 bits of what it is made of, in hexadecimal digits.
    hash: String,
}

#[derive(Serialize)]
struct AuditJson<'a> {
    version: u32,
    data: &'a str,
    policy: &'a str,
    policy_chosen_by: &'static str,
    tokenizer: Named<'a>,
    template: Named<'a>,
    max_length: Option<usize>,
    not_checked: Vec<NotChecked>,
    #[serde(flatten)]
    figures: &'a Audit,
}

/// A lint that could not run.
#[derive(Serialize)]
struct NotChecked {
    code: &'static str,
    reason: &'static str,
}

pub(super) fn write(report: &Report<'_>, out: &mut impl Write) -> Result<(), Error> {
    let Report { engine, .. } = report;
    let hash = |text: &[u8]| format!("{:032x}", xxh3_128(text));
    let template = engine.template();
    let json = AuditJson {
        version: VERSION,
        data: &report.files,
        policy: report.policy.name(),
        policy_chosen_by: match report.choice {
            PolicyChoice::Named => "user",
            PolicyChoice::ByTemplate => "template",
        },
        tokenizer: Named { name: engine.tokenizer().name(), hash: engine.tokenizer().hash() },
        template: Named { name: template.name(), hash: hash(template.source().as_bytes()) },
        max_length: engine.setup().settings.max_length,
        not_checked: not_checked(report),
        figures: &report.figures,
    };
    safe_json::write(out, &json)?;
    Ok(out.write_all(b"\n")?)
}

/// Lints of masks, where the policy gives no mask for any record.
fn not_checked(report: &Report<'_>) -> Vec<NotChecked> {
    if report.figures.share.tokens > 0 {
        return Vec::new();
    }
    let of_masks = LINTS.iter().filter(|lint| matches!(lint.check(), Check::Mask(_)));
    of_masks.map(|lint| NotChecked { code: lint.code, reason: "the policy gives no mask for any record" }).collect()
}
