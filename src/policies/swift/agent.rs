//! How tools, calls and results are written.

use super::dialogue::{Content, Turn};
use super::record::dumped;
use super::refused;
use super::table::{Agent, QUERY, Template};
use crate::json;
use crate::policies::Unavailable;
use crate::template::{python_json, python_text};
use crate::words::unavailable::Swift as Refusal;
use serde_json::{Value, json};

/// The agent template of a template.
///
/// # Errors
/// [`Unavailable`] where it has none.
pub(super) fn of(template: &Template) -> Result<Agent, Unavailable> {
    template.agent.ok_or_else(|| refused(Refusal::NoAgentTemplate { template: template.name.into() }))
}

/// The words of `ReAct`.
const ACTION: &str = "Action:";
const ACTION_INPUT: &str = "Action Input:";
const OBSERVATION: &str = "Observation:";

impl Agent {
    /// The text of calls that follow each other.
    ///
    /// # Errors
    /// [`Unavailable`] where one is no call.
    pub fn calls(self, calls: &[String]) -> Result<String, Unavailable> {
        let written = calls.iter().map(|call| {
            let (name, arguments) = call_of(call)?;
            match self {
                Self::Hermes => {
                    let call = dumped(&json!({"name": name, "arguments": arguments}))?;
                    Ok(format!("<tool_call>\n{call}\n</tool_call>"))
                }
                Self::Llama3 => dumped(&json!({"name": name, "parameters": arguments})),
            }
        });
        Ok(written.collect::<Result<Vec<_>, Unavailable>>()?.join("\n"))
    }

    /// What stands between an answer that calls tools and the next one, results included. An answer with the words of
    /// `ReAct` gets its own.
    pub fn results(self, template: &Template, answer: &mut Content, results: &[String]) -> Vec<String> {
        if let Content::Text(text) = answer
            && text.contains(ACTION)
            && text.contains(ACTION_INPUT)
        {
            return observations(text, results);
        }
        match self {
            Self::Hermes => {
                vec![template.separator.to_owned(), template.prompt.replace(QUERY, &hermes_results(results))]
            }
            Self::Llama3 => {
                let header = |role: &str| format!("<|start_header_id|>{role}<|end_header_id|>\n\n");
                let mut written = vec!["<|eot_id|>".to_owned()];
                written.extend(results.iter().map(|result| format!("{}{result}<|eot_id|>", header("tool"))));
                written.push(header("assistant"));
                written
            }
        }
    }

    /// What is appended to a question for results that no call stands before.
    ///
    /// # Errors
    /// [`Unavailable`] where the agent template has no form for them.
    pub fn results_without_call(self, template: &Template, results: &[String]) -> Result<String, Unavailable> {
        match self {
            Self::Hermes => {
                let header = template.prompt.split_once(QUERY).map_or("", |(header, _)| header);
                Ok([template.separator, header, &hermes_results(results)].concat())
            }
            Self::Llama3 => Err(refused(Refusal::ResultWithoutCall)),
        }
    }

    /// The system prompt with the tools in it; Llama 3 has them in the first message instead.
    ///
    /// # Errors
    /// [`Unavailable`] where there is no message to take them.
    pub fn system_with_tools(
        self,
        tools: &[Value],
        system: &str,
        first: Option<&mut Turn>,
    ) -> Result<String, Unavailable> {
        let no_turns = || refused(Refusal::NoTurns);
        let first = first.ok_or_else(no_turns)?;
        match self {
            Self::Hermes => {
                let described = tools.iter().map(dumped).collect::<Result<Vec<_>, _>>()?.join("\n");
                Ok([system, HERMES_BEFORE, &described, HERMES_BEHIND].concat())
            }
            Self::Llama3 => {
                let described = tools.iter().map(indented).collect::<Result<Vec<_>, _>>()?.join("\n\n");
                let said = match &first.content {
                    Content::Text(text) => text.clone(),
                    // Answers that were joined are a list in Python, and are printed as one.
                    Content::Joined(texts) => printed(texts)?,
                    Content::Written(_) | Content::Open => return Err(no_turns()),
                };
                first.content = Content::Text(format!("{LLAMA3_BEFORE}{described}\n\n{said}"));
                Ok(system.to_owned())
            }
        }
    }
}

fn indented(tool: &Value) -> Result<String, Unavailable> {
    python_json(tool, Some(4)).map_err(|reason| refused(Refusal::Call { reason: reason.into() }))
}

/// A list of texts as Python prints it.
fn printed(texts: &[String]) -> Result<String, Unavailable> {
    python_text(&json!(texts)).map_err(|reason| refused(Refusal::Call { reason: reason.into() }))
}

/// The name and the arguments of a call that is JSON text.
fn call_of(text: &str) -> Result<(Value, Value), Unavailable> {
    let not_a_call = |reason: &str| refused(Refusal::Call { reason: reason.into() });
    let call: Value = json::parse(text).map_err(|error| not_a_call(&error.to_string()))?;
    let name = call.get("name").cloned().ok_or_else(|| not_a_call("name"))?;
    let given = |key: &str| call.get(key).filter(|value| !value.is_null());
    let arguments = match given("arguments").or_else(|| given("parameters")) {
        Some(Value::String(text)) => json::parse(text).map_err(|error| not_a_call(&error.to_string()))?,
        Some(arguments) => arguments.clone(),
        None => Value::Null,
    };
    if arguments.is_null() { Err(not_a_call("arguments")) } else { Ok((name, arguments)) }
}

fn hermes_results(results: &[String]) -> String {
    let wrapped = results.iter().map(|result| format!("<tool_response>\n{result}\n</tool_response>"));
    wrapped.collect::<Vec<_>>().join("\n")
}

/// Results as observations, for which the answer opens the first.
fn observations(answer: &mut String, results: &[String]) -> Vec<String> {
    if !answer.ends_with(OBSERVATION) {
        if !answer.ends_with('\n') {
            answer.push('\n');
        }
        answer.push_str(OBSERVATION);
    }
    let mut written = Vec::new();
    for (at, result) in results.iter().enumerate() {
        if at > 0 {
            written.push(OBSERVATION.to_owned());
        }
        written.push(result.clone());
        if !result.ends_with('\n') {
            written.push("\n".to_owned());
        }
    }
    written
}

const HERMES_BEFORE: &str = "

# Tools

You may call one or more functions to assist with the user query.

You are provided with function signatures within <tools></tools> XML tags:
<tools>
";

const HERMES_BEHIND: &str = r#"
</tools>

For each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:
<tool_call>
{"name": <function-name>, "arguments": <args-json-object>}
</tool_call>"#;

const LLAMA3_BEFORE: &str = r#"Given the following functions, please respond with a JSON for a function call with its proper arguments that best answers the given prompt.

Respond in the format {"name": function name, "parameters": dictionary of argument name and its value}. Do not use variables.

"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_the_words_of_react_opens_the_observation() {
        let mut answer = Content::Text("Action: a\nAction Input: b".to_owned());
        let written =
            Agent::Hermes.results(&super::super::table::QWEN3, &mut answer, &["c".to_owned(), "d\n".to_owned()]);
        assert_eq!(answer, Content::Text("Action: a\nAction Input: b\nObservation:".to_owned()));
        assert_eq!(written, ["c", "\n", "Observation:", "d\n"]);
    }

    #[test]
    fn a_call_needs_arguments() {
        assert!(Agent::Hermes.calls(&[r#"{"name": "a"}"#.to_owned()]).is_err());
        let call = Agent::Llama3.calls(&[r#"{"name": "a", "parameters": "{\"b\": 1}"}"#.to_owned()]).unwrap();
        assert_eq!(call, r#"{"name": "a", "parameters": {"b": 1}}"#);
    }
}
