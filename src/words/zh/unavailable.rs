//! Why a policy gives no mask, in Chinese.

use super::errors;
use crate::words::Unavailable;
use crate::words::unavailable::{Axolotl, Holds, LlamaFactory, MarkerName, Skips};

pub(super) fn say(said: &Unavailable) -> String {
    match said {
        Unavailable::Pending => "分析中…".to_owned(),
        Unavailable::NoMask => "该策略没有给出掩码".to_owned(),
        Unavailable::NoMarker { marker, option } => {
            format!("无法从对话模板推导出{}，请用 {option} 指定", marker_name(*marker))
        }
        Unavailable::Unproven { message } => {
            format!("无法确认哪些 token 属于消息 {message}：对话模板丢弃了它，或改写了它的内容")
        }
        Unavailable::UnprovenDetails { message } => {
            format!("消息 {message} 按字符指定训练范围，但对话模板改写了它的内容")
        }
        Unavailable::NoGenerationBlock { trl } => no_generation_block(*trl),
        Unavailable::NotRendered => "这条记录不经过对话模板渲染".to_owned(),
        Unavailable::NotEncoded(error) => errors::encode(error),
        Unavailable::NeedsMessages { holds: Holds::Text } => "该策略需要消息，而这条记录是纯文本".to_owned(),
        Unavailable::NeedsMessages { holds: Holds::Tokens } => "该策略需要消息，而这条记录是 token id".to_owned(),
        Unavailable::NoCompletion => "记录中没有 `prompt` 和 `completion`".to_owned(),
        Unavailable::NoAssistant => "记录中没有 assistant 消息".to_owned(),
        Unavailable::NoTokenIds => "记录中没有带标签的 `input_ids`".to_owned(),
        Unavailable::NoLabels { masks } => {
            format!("记录的 `input_ids` 旁边既没有 `labels`，也没有 `{}`", masks.join("`、`"))
        }
        Unavailable::Template(error) => {
            format!("对话模板处理该训练框架的输入时出错：{}", errors::template(error))
        }
        Unavailable::Tokenizer(error) => errors::tokenizer(error),
        Unavailable::UnslothHeader => "Unsloth 不接受没有 token 的角色头".to_owned(),
        Unavailable::Axolotl(why) => axolotl(why),
        Unavailable::LlamaFactory(why) => llamafactory(why),
        Unavailable::Refused(refused) => super::refused::say(refused),
        Unavailable::Swift(why) => super::swift::say(why),
        Unavailable::Tinker(why) => super::tinker::say(why),
        Unavailable::WithLlamaFactoryTemplate { template, why } => {
            format!("使用 LLaMA-Factory 的模板 `{template}` 时：{}", say(why))
        }
    }
}

fn marker_name(marker: MarkerName) -> &'static str {
    match marker {
        MarkerName::Begin => "起始标记",
        MarkerName::End => "结束标记",
        MarkerName::UserBegin => "user 的起始标记",
    }
}

fn no_generation_block(trl: Option<&str>) -> String {
    match trl {
        Some(name) => format!(
            "模板没有 generation 块；TRL 把它识别为 `{name}`，训练时改用自带 generation 块的版本：把 \
             trl.chat_template_utils.get_training_chat_template 或 `maskview template mark` 的输出写入文件，再用 --chat-template 指定"
        ),
        None => "模板没有 generation 块，TRL 的 `assistant_only_loss` 会拒绝它：用 `maskview template mark` \
             写出带有 generation 块的副本，再用 --chat-template 指定"
            .to_owned(),
    }
}

fn axolotl(why: &Axolotl) -> String {
    match why {
        Axolotl::NoMessages => "对话没有消息，axolotl 抛出 IndexError".to_owned(),
        Axolotl::Parameters(reason) => format!("工具的 parameters 不是 JSON，axolotl 抛出异常：{reason}"),
        Axolotl::Arguments(reason) => format!("工具调用的 arguments 不是 JSON，axolotl 抛出异常：{reason}"),
        Axolotl::NothingWritten => "模板没有输出内容，axolotl 抛出 IndexError".to_owned(),
        Axolotl::Dropped { length, maximum } => too_long("丢弃这条记录", "drop", *length, *maximum),
        Axolotl::Stops { length, maximum } => too_long("在这条记录处中止", "raise", *length, *maximum),
        Axolotl::EotBesideEos => {
            "当 EOS 属于 `eot_tokens` 时，axolotl 不允许 `train_on_eot` 与 `train_on_eos` 不同".to_owned()
        }
        Axolotl::EndOfTurn { token, tokens } => {
            format!("axolotl 不接受 end-of-turn token `{token}`：分词器把它切成 {tokens} 个 token，而不是一个")
        }
        Axolotl::Details { key } => format!("`{key}` 不是文本，axolotl 不接受按字符指定的范围"),
        Axolotl::NeedsForm { form } => {
            format!("这条记录不是按 axolotl 的 `type: {form}` 读取的：请用 --axolotl 给出配置")
        }
        Axolotl::NoEos => "axolotl 会在每段文本后加 EOS，而分词器没有 EOS".to_owned(),
        Axolotl::TooManyTurns { turns, mebibytes, most } => format!(
            "axolotl 会为 {turns} 轮中的每一轮重新渲染整段对话，共 {mebibytes} MB 文本；maskview 最多处理 {most} MB，请拆分这条记录"
        ),
    }
}

fn too_long(does: &str, strategy: &str, length: usize, maximum: usize) -> String {
    format!(
        "axolotl 会{does}：它有 {length} 个 token，最大长度为 {maximum}（`excess_length_strategy: {strategy}`）；设为 \
         `truncate` 则截断"
    )
}

fn llamafactory(why: &LlamaFactory) -> String {
    match why {
        LlamaFactory::Raises(what) => format!("LLaMA-Factory 抛出异常：{what}"),
        LlamaFactory::Parts => {
            "LLaMA-Factory 抛出异常：Expected a string；消息的内容是分段列表，maskview 不支持它存放图片等\
                                多媒体的列"
                .to_owned()
        }
        LlamaFactory::NoText => "LLaMA-Factory 抛出异常：Expected a string；有一条消息没有文本".to_owned(),
        LlamaFactory::NoTag { role } => format!("LLaMA-Factory 抛出异常：角色 `{role}` 没有对应的标签"),
        LlamaFactory::ToolText { key } => {
            format!("工具的 `{key}` 不是文本，LLaMA-Factory 会抛出异常或输出非文本内容")
        }
        LlamaFactory::TrainOnPrompt { template } => {
            format!("LLaMA-Factory 抛出异常：Current template does not support `train_on_prompt`：`{template}`")
        }
        LlamaFactory::NoToken { token } => format!("LLaMA-Factory 抛出异常：分词器没有 token `{token}`"),
        LlamaFactory::AddsToken { token } => {
            format!("LLaMA-Factory 会为该模板向分词器添加 `{token}`，因此 token id 不同")
        }
        LlamaFactory::OneLabelTooMany => "LLaMA-Factory 在这里多出一个标签：提问被截掉，结尾却保留了下来".to_owned(),
        LlamaFactory::Skips(why) => format!("LLaMA-Factory 跳过这条记录：{}", skips(*why)),
        LlamaFactory::NoTemplate => "LLaMA-Factory 没有模板会输出这个对话模板的标记；请指定训练所用的模板：\
                                     `llamafactory:template=NAME`"
            .to_owned(),
        LlamaFactory::Media { template, signs } => format!(
            "LLaMA-Factory 的模板 `{template}` 会在文本出现 {} 的位置放入图片、视频或音频，maskview 不支持这种情况",
            signs.join("、")
        ),
        LlamaFactory::VerbatimTools => "maskview 不支持 LLaMA-Factory 中原样输出工具定义的模板".to_owned(),
        LlamaFactory::ThoughtsBeforeCall => "maskview 不支持 LLaMA-Factory 处理工具调用之前带思考内容的记录".to_owned(),
    }
}

fn skips(why: Skips) -> String {
    let out_of_order =
        |turn: usize, who: &str| format!("Invalid role tag：system 提示之后的第 {turn} 轮（从 0 计）应来自{who}");
    match why {
        Skips::LateSystem => "Invalid role tag：system 消息出现在第一条消息之后".to_owned(),
        Skips::NotUser { turn } => out_of_order(turn, " user 或 tool"),
        Skips::NotAssistant { turn } => out_of_order(turn, " assistant"),
        Skips::Empty => "Dropped invalid example：没有任何轮次".to_owned(),
        Skips::Unanswered { turns } => {
            format!("Invalid message count：共有 {turns} 轮，最后一轮不是 assistant")
        }
    }
}
