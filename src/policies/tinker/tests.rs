//! Against the cookbook's own code.

use super::super::oracle;

#[test]
fn what_its_own_code_gives() {
    oracle::agrees("tinker");
}
