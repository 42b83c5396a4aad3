//! Against ms-swift's own code.

use super::super::cases;

#[test]
fn what_its_own_code_gives() {
    cases::check(include_str!("../../../tests/data/trainers/swift.jsonl"));
}
