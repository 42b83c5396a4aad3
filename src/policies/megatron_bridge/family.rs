//! The markers of the families of chat templates that Megatron Bridge knows.

use super::super::parts::Renderer;
use super::Unavailable;

/// The ids that begin and end messages.
#[derive(Debug, Default)]
pub struct Markers {
    /// For each role, the assistant first, what stands before its content.
    starts: Vec<(String, Vec<u32>)>,
    /// What ends a message, the usual one first; none for GLM, whose messages end where the next begins.
    ends: Vec<Vec<u32>>,
    /// What is left out at the beginning of an answer.
    trimmed: Vec<Vec<u32>>,
}

/// A family: the texts that a template of it has, and the texts of its markers.
struct Family {
    has: &'static [&'static str],
    assistant: &'static str,
    ends: &'static [&'static str],
    others: &'static [(&'static str, &'static str)],
}

/// The families in the order in which they are tried.
const FAMILIES: [Family; 8] = [
    // GLM.
    Family {
        has: &["<|assistant|>", "clear_thinking", "<think>"],
        assistant: "<|assistant|>",
        ends: &[],
        others: &[("system", "<|system|>"), ("user", "<|user|>"), ("tool", "<|observation|>")],
    },
    // ChatML.
    Family {
        has: &["<|im_start|>assistant", "<|im_end|>"],
        assistant: "<|im_start|>assistant\n",
        ends: &["<|im_end|>\n", "<|im_end|>"],
        others: &[
            ("system", "<|im_start|>system\n"),
            ("developer", "<|im_start|>developer\n"),
            ("user", "<|im_start|>user\n"),
            ("tool", "<|im_start|>tool\n"),
        ],
    },
    // Kimi.
    Family {
        has: &["<|im_assistant|>", "<|im_user|>", "<|im_system|>", "<|im_middle|>", "<|im_end|>"],
        assistant: "<|im_assistant|>assistant<|im_middle|>",
        ends: &["<|im_end|>"],
        others: &[("system", "<|im_system|>system<|im_middle|>"), ("user", "<|im_user|>user<|im_middle|>")],
    },
    // Gemma 4.
    Family {
        has: &["<|turn>model", "<turn|>"],
        assistant: "<|turn>model\n",
        ends: &["<turn|>", "<|tool_response>"],
        others: &[],
    },
    // Gemma.
    Family {
        has: &["<start_of_turn>model", "<end_of_turn>"],
        assistant: "<start_of_turn>model\n",
        ends: &["<end_of_turn>"],
        others: &[],
    },
    // Llama 3.
    Family {
        has: &["<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"],
        assistant: "<|start_header_id|>assistant<|end_header_id|>\n\n",
        ends: &["<|eot_id|>"],
        others: &[
            ("system", "<|start_header_id|>system<|end_header_id|>\n\n"),
            ("developer", "<|start_header_id|>developer<|end_header_id|>\n\n"),
            ("user", "<|start_header_id|>user<|end_header_id|>\n\n"),
            ("tool", "<|start_header_id|>tool<|end_header_id|>\n\n"),
        ],
    },
    // Harmony.
    Family {
        has: &["<|start|>", "<|channel|>", "<|message|>"],
        assistant: "<|start|>assistant",
        ends: &["<|return|>", "<|end|>", "<|call|>"],
        others: &[
            ("system", "<|start|>system"),
            ("developer", "<|start|>developer"),
            ("user", "<|start|>user"),
            ("tool", "<|start|>tool"),
        ],
    },
    // MiniMax.
    Family {
        has: &["]~!b[", "]~b]", "[e~[", "<mm:think>"],
        assistant: "]~b]ai\n",
        ends: &["[e~[\n"],
        others: &[
            ("system", "]~!b[]~b]system\n"),
            ("developer", "]~b]developer\n"),
            ("user", "]~b]user\n"),
            ("tool", "]~b]tool"),
        ],
    },
];

impl Markers {
    /// Those of the first family whose texts the template has; `None` where there is none.
    ///
    /// # Errors
    /// [`Unavailable`] when the tokenizer fails.
    pub fn of(renderer: &Renderer<'_>) -> Result<Option<Self>, Unavailable> {
        let template = renderer.template_source();
        let has_all = |texts: &[&str]| texts.iter().all(|text| template.contains(text));
        let Some(family) = FAMILIES.iter().find(|family| has_all(family.has)) else { return Ok(None) };
        let mut markers = Self::default();
        let starts = std::iter::once(("assistant", family.assistant)).chain(family.others.iter().copied());
        for (role, text) in starts {
            markers.starts.push((role.to_owned(), renderer.ids(text)?));
        }
        for text in family.ends {
            markers.ends.push(renderer.ids(text)?);
        }
        if markers.has_ends() && has_all(&["truncate_history_thinking", "<think>", "</think>"]) {
            markers.trimmed = vec![renderer.ids("<think></think>")?, renderer.ids("<think>\n")?];
        }
        Ok(Some(markers))
    }

    /// What begins a message of a role.
    pub fn start(&self, role: &str) -> Option<&[u32]> {
        let start = self.starts.iter().find(|(name, ids)| name == role && !ids.is_empty());
        start.map(|(_, ids)| ids.as_slice())
    }

    /// What begins messages, with the roles.
    pub fn starts(&self) -> impl Iterator<Item = (&str, &[u32])> {
        self.starts.iter().map(|(role, ids)| (role.as_str(), ids.as_slice()))
    }

    /// What ends messages, the usual one first.
    pub fn ends(&self) -> &[Vec<u32>] {
        &self.ends
    }

    /// Whether messages have an end of their own.
    pub fn has_ends(&self) -> bool {
        !self.ends.is_empty()
    }

    /// Every marker.
    pub fn all(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.iter().map(|(_, ids)| ids.as_slice()).chain(self.ends.iter().map(Vec::as_slice))
    }

    /// Where an answer begins to be trained: behind what is left out.
    pub fn trim(&self, ids: &[u32], start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            let leading = self
                .trimmed
                .iter()
                .find(|left_out| !left_out.is_empty() && at + left_out.len() <= end && ids[at..].starts_with(left_out));
            let Some(leading) = leading else { break };
            at += leading.len();
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_an_answer_is_left_out_again_and_again() {
        let markers = Markers { trimmed: vec![vec![1, 2], vec![1]], ..Markers::default() };
        assert_eq!(markers.trim(&[0, 1, 2, 1, 5], 1, 5), 4);
        assert_eq!(markers.trim(&[1, 2], 0, 1), 1);
        assert_eq!(markers.trim(&[5], 0, 1), 0);
    }
}
