//! Reports that are merged, and one that is compared with itself as a baseline.
use super::said;
use maskview::error::{Error, ReportFault};
use maskview::report::audit::AuditReport;
use maskview::words::Language;

/// Runs the target on one input.
pub fn run(data: &[u8]) {
    let read = || serde_json::from_slice::<AuditReport>(data).ok();
    let (Some(one), Some(other)) = (read(), read()) else { return };
    match AuditReport::merged(vec![one, other], Language::English) {
        Ok(Some(merged)) => drop(serde_json::to_string(&merged).expect("a report can be written")),
        Ok(None) => {}
        Err((at, why)) => {
            assert!(at < 2, "the report at fault is one of those given");
            let fault = Box::new(ReportFault::Mismatch(why));
            let error = Error::Report { path: "report.json".into(), fault };
            said(&Language::English.say(&error));
        }
    }
}
