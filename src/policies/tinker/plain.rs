//! The renderers `role_colon` and `llama3`, which read nothing but a role and a text.

use super::content::Message;
use super::renderer::Rendered;
use crate::policies::Unavailable;
use crate::tokenizer::Tokenizer;

pub(super) fn role_colon(message: &Message<'_>, tokenizer: &Tokenizer) -> Result<Rendered, Unavailable> {
    let overlap = if message.role == "assistant" { "User:" } else { "<UNUSED>" };
    Ok(Rendered {
        header: role_colon_header(message.role, tokenizer)?,
        output: tokenizer.ids(&format!(" {}\n\n", message.text()?))?,
        overlap: tokenizer.ids(overlap)?,
    })
}

pub(super) fn role_colon_header(role: &str, tokenizer: &Tokenizer) -> Result<Vec<u32>, Unavailable> {
    Ok(tokenizer.ids(&format!("{}:", capitalized(role)))?)
}

/// A role with its first letter large and the others small.
fn capitalized(role: &str) -> String {
    let mut letters = role.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters.as_str().to_lowercase().chars()).collect()
}

pub(super) fn llama3(message: &Message<'_>, tokenizer: &Tokenizer) -> Result<Rendered, Unavailable> {
    Ok(Rendered {
        header: llama3_header(message.role, tokenizer)?,
        output: tokenizer.ids(&format!("{}<|eot_id|>", message.text()?))?,
        overlap: Vec::new(),
    })
}

pub(super) fn llama3_header(role: &str, tokenizer: &Tokenizer) -> Result<Vec<u32>, Unavailable> {
    Ok(tokenizer.ids(&format!("<|start_header_id|>{role}<|end_header_id|>\n\n"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_capitalized_as_python_does() {
        assert_eq!(["user", "ASSISTANT", "écho", ""].map(capitalized), ["User", "Assistant", "Écho", ""]);
    }
}
