//! Which stretches of a rendered text a message itself says, read from the origins that the rendering gives.

use super::Block;
use crate::template::{Origin, Place, Rendered, Variable};

/// The fields of a message that say something.
const SAID: [&str; 5] = ["content", "reasoning_content", "thinking", "reasoning", "tool_calls"];

/// Keys inside of these fields whose texts tell what kind of thing something is rather than say it.
const TOLD: [&str; 6] = ["role", "type", "id", "tool_call_id", "required", "enum"];

/// The stretches that come from what messages say: sorted, without overlap.
#[must_use]
pub fn blocks(rendered: &Rendered) -> Vec<Block> {
    let messages: Vec<Option<usize>> = rendered.places.iter().map(message).collect();
    let block = |run: &crate::template::Run| match run.origin {
        Some(Origin::Value { place, .. }) => Some(Block { bytes: run.bytes.clone(), message: messages[place]? }),
        _ => None,
    };
    rendered.runs.iter().filter_map(block).collect()
}

/// The message that says the text at a place, if one does.
fn message(place: &Place) -> Option<usize> {
    let Variable::Message(message) = place.variable else { return None };
    let mut keys = place.pointer.split('/').skip(1);
    let says = keys.next().is_some_and(|field| SAID.contains(&field)) && keys.all(|key| !TOLD.contains(&key));
    says.then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_their_content_and_not_their_roles() {
        let said = |pointer: &str| message(&Place { variable: Variable::Message(3), pointer: pointer.to_owned() });
        assert_eq!(said("/content"), Some(3));
        assert_eq!(said("/content/0/text"), Some(3));
        assert_eq!(said("/tool_calls/0/function/arguments/a"), Some(3));
        assert_eq!((said("/role"), said("/content/0/type"), said("/name")), (None, None, None));
        assert_eq!(message(&Place { variable: Variable::Tools, pointer: "/0/content".to_owned() }), None);
    }
}
