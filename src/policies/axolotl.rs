//! `axolotl` is the mask of axolotl's `type: chat_template`: what the assistant's turns hold, and their end marker.
//!
//! Follows axolotl `src/axolotl/prompt_strategies/chat_template.py`, `ChatTemplateStrategy` (at 067b021), with the message
//! variables of `jinja_template_analyzer.py`. A turn is found by tokenizing the conversation up to it twice, once with a
//! placeholder instead of its content: what differs is its content. Then the first EOS, and the first end-of-turn token, at
//! most three tokens behind it are trained as `train_on_eos` and `train_on_eot` say.
//!
//! Faults included: a turn is looked for in the conversation that ends with it, so that a template that writes earlier
//! turns otherwise (Qwen3 drops their thoughts) has the wrong tokens trained; a content whose first or last token is the
//! placeholder's own is cut by it. A turn that is not found is not trained, and nothing says so.
//!
//! `turns=text` does as releases from 0.19 on do (followed at 0.19.0): the whole conversation is rendered with each of two
//! placeholders in place of the turn, and the characters that differ are brought to whole tokens. That fixes most of it.
//! `eot-tokens` that the template does not write are left out, and `train_detail` counts from the content even where
//! thoughts stand before it.
//!
//! `eos=turn` trains the EOS of trained turns, `eos=all` that of every turn, `eos=last` the last one alone, `eos=none`
//! none; `eot` is the same for the tokens of `eot-tokens` and goes with `eos` unless it is given. The EOS is the
//! tokenizer's; a template that ends its turns with another token needs `eot-tokens`, or the model never learns to stop.
//!
//! A message's own `train` (`training=KEY`) goes before `roles`, and `train_detail` (`detail=KEY`) lists ranges of
//! characters. axolotl reads these keys only where its configuration names them; `training=none` and `detail=none` leave
//! them unread. axolotl drops records longer than `sequence_len` unless `excess_length_strategy` says otherwise: with
//! `long=drop` such a record has no mask, and the reason says so; without it, it is cut as with `truncate`.
//!
//! Looking for turns renders the conversation again for each of them; the template does again only what differs, and only
//! what is new of the text is tokenized. A record for which that is more than 4096 MB of text, such as one of ten thousand
//! messages, has no mask.
//!
//! `type: chat_template` reads messages and no plain text: a record with a `text` has no mask, and `axolotl:type=completion`
//! shows what axolotl makes of such a record, with the EOS behind it.
//!
//! `type=alpaca`, `type=completion` and `type=input_output` are the masks of those types (`prompt_tokenizers.py`,
//! `prompters.py`, `prompt_strategies/{completion,input_output}.py`), which use no chat template: `--axolotl CONFIG` reads
//! their records. An Alpaca prompt and its answer are tokenized apart, each with the special tokens that the tokenizer adds,
//! the answer without BOS and with the EOS behind it. A completion is cut into rows of `sequence_len` tokens instead of
//! being dropped, and all of it is trained. Segments of `input_output` are tokenized apart without special tokens.
//!
//! `release=0.16` to `release=0.21` choose how turns are read and found by the number of axolotl's release. What was compared
//! is `chat_template.py`: that of 0.18.0 is the one at 067b021 to the byte, that of 0.17.0 differs from it in the words of
//! two messages, that of 0.16.1 does not join lists of parts, and that of 0.19.0 is the first to look in the text. 0.20 and
//! 0.21 could not be looked at, and are taken to do as 0.19.0.
//!
//! ## 中文
//!
//! `axolotl` 是 axolotl 的 `type: chat_template` 的掩码：assistant 各轮的内容及其结束标记。
//!
//! 依据 axolotl 的 `src/axolotl/prompt_strategies/chat_template.py`（`ChatTemplateStrategy`，提交 067b021），消息变量依
//! 据 `jinja_template_analyzer.py`。它把到某一轮为止的对话分词两次，其中一次用占位符代替该轮的内容，由此找到这一轮：不
//! 同之处就是内容。随后最多三个 token 之内的第一个 EOS 和第一个轮次结束 token，按 `train_on_eos` 和 `train_on_eot` 决定
//! 是否训练。
//!
//! 其中的错误也照原样保留：它在以该轮结尾的对话中查找该轮，因此如果模板对较早轮次的写法不同（Qwen3 会丢弃其中的思考内
//! 容），就会训练错误的 token；如果内容的第一个或最后一个 token 与占位符的相同，内容会被削去一截。找不到的轮次不训练，
//! 也没有任何提示。
//!
//! `turns=text` 与 0.19 起的版本相同（依据 0.19.0）：用两个占位符分别代替该轮，各渲染一次整段对话，不同的字符再扩展为完
//! 整的 token。上述问题大多由此解决。模板没有写出的 `eot-tokens` 会被忽略；即使内容之前有思考内容，`train_detail` 也从内
//! 容开始计数。
//!
//! `eos=turn` 训练被训练的轮次的 EOS，`eos=all` 训练每一轮的，`eos=last` 只训练最后一轮的，`eos=none` 都不训练；`eot`
//! 对 `eot-tokens` 中的 token 起同样作用，未给出时与 `eos` 相同。EOS 指分词器的 EOS；如果模板以其他 token 结束轮次，就
//! 需要 `eot-tokens`，否则模型学不会停止。
//!
//! 消息自身的 `train`（`training=KEY`）优先于 `roles`，`train_detail`（`detail=KEY`）列出字符范围。axolotl 只在配置中指
//! 定了这些键时才读取它们；`training=none` 和 `detail=none` 表示不读取。除非 `excess_length_strategy` 另有规定，axolotl
//! 会丢弃超过 `sequence_len` 的记录：指定 `long=drop` 时，这样的记录没有掩码，并说明原因；不指定时按 `truncate` 截断。
//!
//! 查找轮次时，每一轮都要重新渲染整段对话：模板只重新处理其中不同的部分，也只对新增的文本分词。如果一条记录因此需要超过
//! 4096 MB 的文本（例如有一万条消息），则没有掩码。
//!
//! `type: chat_template` 读取消息，不读取纯文本：含 `text` 的记录没有掩码；`axolotl:type=completion` 显示 axolotl 对这类记录
//! 的处理，末尾会加上 EOS。
//!
//! `type=alpaca`、`type=completion` 和 `type=input_output` 是这些类型的掩码（`prompt_tokenizers.py`、`prompters.py`、
//! `prompt_strategies/{completion,input_output}.py`），它们不使用对话模板：由 `--axolotl CONFIG` 读取其记录。Alpaca 的
//! 提示与回答分别分词，各自带有分词器加入的特殊 token，回答不带 BOS，末尾加上 EOS。completion 不会被丢弃，而是切成每行
//! `sequence_len` 个 token，全部训练。`input_output` 的各段分别分词，不加特殊 token。
//!
//! `release=0.16` 至 `release=0.21` 按 axolotl 的版本号选择读取和查找轮次的方式。比较的是 `chat_template.py`：0.18.0 的与
//! 067b021 逐字节相同，0.17.0 的只有两处提示文字不同，0.16.1 的不拼接分段列表，0.19.0 的首次在文本中查找。0.20 和 0.21
//! 未能查看，按与 0.19.0 相同处理。

mod details;
mod place;
mod plain;
mod turns;

use super::{Kind, LossMask, OptionHelp, Options, RecordInput, RecordRule, Rule, Trained, Unavailable};
use crate::error::PolicyError;
use crate::template::TemplateInput;
use crate::tokenizer::Tokenizer;
use crate::words::Said;
use crate::words::unavailable::Axolotl as Refusal;
use place::{Conversation, Given, Search, Sought};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;
use turns::{Parts, Turn};

/// The `axolotl` policy.
pub(super) static KIND: Kind = Kind {
    name: "axolotl",
    who: Said { en: "axolotl `type: chat_template`", zh: "axolotl 的 `type: chat_template`" },
    bits: Said {
        en: "the assistant's content, and the end marker after it",
        zh: "assistant 的内容，以及其后的结束标记",
    },
    options: &[
        OptionHelp {
            name: "eos",
            key: Some("train_on_eos"),
            value: "turn|all|last|none",
            help: Said { en: "`train_on_eos`; turn by default", zh: "`train_on_eos`；默认为 turn" },
        },
        OptionHelp {
            name: "eot",
            key: Some("train_on_eot"),
            value: "turn|all|last|none",
            help: Said {
                en: "`train_on_eot`; the same as eos by default", zh: "`train_on_eot`；默认与 eos 相同"
            },
        },
        OptionHelp {
            name: "eot-tokens",
            key: Some("eot_tokens"),
            value: "A+B",
            help: Said { en: "`eot_tokens`; the EOS by default", zh: "`eot_tokens`；默认为 EOS" },
        },
        OptionHelp {
            name: "roles",
            key: Some("roles_to_train"),
            value: "A+B",
            help: Said { en: "`roles_to_train`; assistant by default", zh: "`roles_to_train`；默认为 assistant" },
        },
        OptionHelp {
            name: "inputs",
            key: Some("train_on_inputs"),
            value: "trained",
            help: Said {
                en: "every turn is trained: `train_on_inputs: true`",
                zh: "所有轮次都计入损失：`train_on_inputs: true`",
            },
        },
        OptionHelp {
            name: "training",
            key: Some("message_field_training"),
            value: "KEY",
            help: Said {
                en: "`message_field_training`; train by default",
                zh: "`message_field_training`；默认为 train",
            },
        },
        OptionHelp {
            name: "turns",
            key: None,
            value: "ids|text",
            help: Said {
                en: "how turns are found: as at 067b021 and in 0.18, the default, or as in releases from 0.19 on",
                zh: "轮次的定位方式：与 067b021 和 0.18 相同（默认），或与 0.19 及之后的发布版相同",
            },
        },
        OptionHelp {
            name: "release",
            key: None,
            value: "0.N",
            help: Said {
                en: "the release of axolotl, which decides how turns are read and found; `turns` goes before it",
                zh: "axolotl 的发布版本，决定轮次的读取和定位方式；`turns` 优先",
            },
        },
        OptionHelp {
            name: "type",
            key: None,
            value: "chat_template|alpaca|completion|input_output",
            help: Said {
                en: "`type` of the data set; chat_template by default",
                zh: "数据集的 `type`；默认为 chat_template",
            },
        },
        OptionHelp {
            name: "long",
            key: Some("excess_length_strategy"),
            value: "truncate|drop|raise",
            help: Said {
                en: "`excess_length_strategy`, for records longer than the maximum length; truncate by default",
                zh: "`excess_length_strategy`，用于超过最大长度的记录；默认为 truncate",
            },
        },
        OptionHelp {
            name: "detail",
            key: Some("message_field_training_detail"),
            value: "KEY",
            help: Said {
                en: "`message_field_training_detail`; train_detail by default",
                zh: "`message_field_training_detail`；默认为 train_detail",
            },
        },
    ],
    source: include_str!("axolotl.rs"),
    build,
};

/// Of which turns the end is in the loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// Of those that are trained.
    OfTrained,
    /// Of all.
    All,
    /// The last one that is found.
    Last,
    None,
}

/// Which turns are in the loss without a flag of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Roles {
    All,
    Named(Vec<String>),
}

#[derive(Debug)]
struct Axolotl {
    eos: Ends,
    eot: Ends,
    /// None for the EOS.
    eot_tokens: Option<Vec<String>>,
    roles: Roles,
    training: Option<String>,
    detail: Option<String>,
    search: Search,
    parts: Parts,
    long: Long,
    form: Form,
}

/// The type of the data set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    #[default]
    ChatTemplate,
    Alpaca,
    Completion,
    InputOutput,
}

/// Releases of axolotl, and how each reads and finds turns.
const RELEASES: [(&str, (Parts, Search)); 6] = [
    ("0.16", (Parts::AsGiven, Search::InIds)),
    ("0.17", (Parts::Joined, Search::InIds)),
    ("0.18", (Parts::Joined, Search::InIds)),
    ("0.19", (Parts::Joined, Search::InText)),
    ("0.20", (Parts::Joined, Search::InText)),
    ("0.21", (Parts::Joined, Search::InText)),
];

/// What is done with a record that is longer than the maximum length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Long {
    #[default]
    Cut,
    Dropped,
    Refused,
}

fn build(options: &mut Options) -> Result<Rule, PolicyError> {
    const ENDS: [(&str, Ends); 4] =
        [("turn", Ends::OfTrained), ("all", Ends::All), ("last", Ends::Last), ("none", Ends::None)];
    const LONG: [(&str, Long); 3] = [("truncate", Long::Cut), ("drop", Long::Dropped), ("raise", Long::Refused)];
    let eos = options.one_of("eos", &ENDS)?.unwrap_or(Ends::OfTrained);
    let eot = options.one_of("eot", &ENDS)?.unwrap_or(eos);
    let eot_tokens = options.words("eot-tokens");
    let named = options.words("roles").unwrap_or_else(|| vec!["assistant".to_owned()]);
    let inputs = options.one_of("inputs", &[("trained", ())])?;
    let (parts, of_release) = options.one_of("release", &RELEASES)?.unwrap_or_default();
    let forms = [
        ("chat_template", Form::ChatTemplate),
        ("alpaca", Form::Alpaca),
        ("completion", Form::Completion),
        ("input_output", Form::InputOutput),
    ];
    let key = |given: Option<String>, usual: &str| match given.as_deref() {
        None => Some(usual.to_owned()),
        Some("none" | "") => None,
        Some(key) => Some(key.to_owned()),
    };
    Ok(Rule::Record(Arc::new(Axolotl {
        eos,
        eot,
        eot_tokens,
        roles: if inputs.is_some() { Roles::All } else { Roles::Named(named) },
        training: key(options.word("training"), "train"),
        detail: key(options.word("detail"), "train_detail"),
        search: options.one_of("turns", &[("ids", Search::InIds), ("text", Search::InText)])?.unwrap_or(of_release),
        parts,
        long: options.one_of("long", &LONG)?.unwrap_or_default(),
        form: options.one_of("type", &forms)?.unwrap_or_default(),
    })))
}

/// How far behind a turn its end may stand, in tokens.
const REACH: usize = 3;

/// One of the two searches for the end of a turn.
struct EndSearch {
    ids: Vec<u32>,
    ends: Ends,
    last: Option<usize>,
}

impl RecordRule for Axolotl {
    fn flags(&self) -> Vec<&str> {
        self.training.as_deref().into_iter().collect()
    }

    fn train(&self, input: RecordInput<'_>) -> Result<Trained, Unavailable> {
        if self.form != Form::ChatTemplate {
            let made = plain::train(self.form, self.roles == Roles::All, &input)?;
            if self.form != Form::Completion {
                self.check_length(made.ids.len(), input.max_length)?;
            }
            return Ok(made);
        }
        let reader = turns::Reader::new(input.template, self.training.as_deref(), self.detail.as_deref(), self.parts);
        let turns = reader.turns(input.messages()?)?;
        let tools = input.given.tools.map(turns::tools).transpose()?;
        let given = TemplateInput { tools: tools.as_ref(), ..input.given };
        let input = RecordInput { given, ..input };
        let is_sought = |trained: bool| trained || self.eos == Ends::All || self.eot == Ends::All;
        let sought = turns.iter().filter(|turn| is_sought(self.trains(turn))).count();
        // Before anything is rendered; what the chat template writes is as long as what is rendered here.
        place::check_work(sought, input.sequence.text.len(), self.search)?;
        let given = Given::for_turns(&turns, input.given.kwargs);
        let conversation = Conversation::new(&input, &turns, &given, self.search)?;
        let ids = &conversation.whole.ids;
        self.check_length(ids.len(), input.max_length)?;
        let mut mask = LossMask::none(ids.len());
        let mut searches = self.end_searches(&input)?;
        for (at, turn) in turns.iter().enumerate() {
            let trained = self.trains(turn);
            if !is_sought(trained) {
                continue;
            }
            let is_detailed = turn.details.is_some() || turn.thought_details.is_some();
            let with_thoughts = self.parts == Parts::Joined && turn.message.contains_key(turns::THOUGHTS);
            let sought = if is_detailed && with_thoughts { Sought::Content } else { Sought::Turn };
            let place = conversation.find(at, sought)?;
            if let Some(place) = place.as_ref().filter(|_| trained) {
                match (&turn.details, &turn.thought_details) {
                    (Some(details), _) => set_details(&mut mask, place, turn, "content", details, input.tokenizer)?,
                    (None, None) => mask.set(place.clone()),
                    (None, Some(_)) => {}
                }
            }
            if let Some(details) = turn.thought_details.as_ref().filter(|_| trained)
                && let Some(place) = conversation.find(at, Sought::Thoughts)?
            {
                set_details(&mut mask, &place, turn, turns::THOUGHTS, details, input.tokenizer)?;
            }
            if place.is_none() && ids.is_empty() {
                return Err(Unavailable::Axolotl(Refusal::NothingWritten));
            }
            for search in &mut searches {
                search.look(ids, place.as_ref().map(|place| place.end), trained, &mut mask);
            }
        }
        for search in searches.iter().filter(|search| search.ends == Ends::Last) {
            if let Some(last) = search.last {
                mask.set(last..last + 1);
            }
        }
        Ok(Trained::new(conversation.whole.ids, mask))
    }

    fn heeds_length(&self) -> bool {
        false
    }
}

impl Axolotl {
    fn trains(&self, turn: &Turn) -> bool {
        turn.trained.unwrap_or_else(|| match &self.roles {
            Roles::All => true,
            Roles::Named(names) => names.iter().any(|name| turns::role_of(name) == turn.role()),
        })
    }

    /// What axolotl does with a record that is too long, where it does not cut it.
    fn check_length(&self, length: usize, maximum: Option<usize>) -> Result<(), Unavailable> {
        let Some(maximum) = maximum.filter(|maximum| length > *maximum) else { return Ok(()) };
        match self.long {
            Long::Cut => Ok(()),
            Long::Dropped => Err(Unavailable::Axolotl(Refusal::Dropped { length, maximum })),
            Long::Refused => Err(Unavailable::Axolotl(Refusal::Stops { length, maximum })),
        }
    }

    /// The tokens that end a turn, with what is done about them.
    fn end_searches(&self, input: &RecordInput<'_>) -> Result<[EndSearch; 2], Unavailable> {
        let eos: Vec<u32> = input.tokenizer.special_id("eos_token").into_iter().collect();
        let eos_text = input.tokenizer.special("eos_token");
        let is_eos = |token: &String| eos_text == Some(token.as_str());
        let eot = match self.eot_tokens.as_deref() {
            None => eos.clone(),
            Some([only]) if is_eos(only) => eos.clone(),
            Some(tokens) => {
                // What the template does not write itself is left out.
                let known = |token: &&String| input.template.source().contains(token.as_str());
                let known: Vec<&String> = tokens.iter().filter(known).collect();
                if self.eos != self.eot && known.iter().any(|token| is_eos(token)) {
                    return Err(Unavailable::Axolotl(Refusal::EotBesideEos));
                }
                known.into_iter().map(|token| single_id(token, input.tokenizer)).collect::<Result<_, _>>()?
            }
        };
        let search = |ids, ends| EndSearch { ids, ends, last: None };
        Ok([search(eot, self.eot), search(eos, self.eos)])
    }
}

fn single_id(token: &str, tokenizer: &Tokenizer) -> Result<u32, Unavailable> {
    match tokenizer.ids(token)?.as_slice() {
        [id] => Ok(*id),
        ids => Err(Unavailable::Axolotl(Refusal::EndOfTurn { token: token.into(), tokens: ids.len() })),
    }
}

impl EndSearch {
    /// Looks behind a turn. Where that was not found, axolotl goes on with -1, which Python takes for the last token and
    /// then for the first.
    fn look(&mut self, ids: &[u32], behind: Option<usize>, trained: bool, mask: &mut LossMask) {
        let is_end = |id: &u32| self.ids.contains(id);
        if behind.is_none() && ids.last().is_some_and(is_end) {
            return;
        }
        let from = behind.unwrap_or(0);
        // Counted from -1 where the turn was not found.
        let reach = behind.map_or(REACH, |_| REACH + 1);
        let Some(end) = ids.iter().skip(from).take(reach).position(is_end).map(|at| from + at) else { return };
        self.last = Some(end);
        if self.ends == Ends::All || (self.ends == Ends::OfTrained && trained) {
            mask.set(end..end + 1);
        }
    }
}

/// Trains the ranges of characters that a message lists.
fn set_details(
    mask: &mut LossMask,
    place: &Range<usize>,
    turn: &Turn,
    key: &str,
    details: &[Value],
    tokenizer: &Tokenizer,
) -> Result<(), Unavailable> {
    let Some(Value::String(text)) = turn.message.get(key) else {
        return Err(Unavailable::Axolotl(Refusal::Details { key: key.into() }));
    };
    for (at, is_trained) in details::tokens(text, details, tokenizer)?.into_iter().enumerate() {
        if is_trained {
            mask.set(place.start + at..place.start + at + 1);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
