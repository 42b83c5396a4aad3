use super::*;

#[test]
fn the_registry_is_in_the_order_of_the_causes() {
    for (place, kind) in CAUSES.iter().enumerate() {
        assert_eq!(kind.cause as usize, place, "{}", kind.name);
        assert_eq!(kind.cause.kind().name, kind.name);
    }
}
