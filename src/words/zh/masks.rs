//! Masks in Chinese.

use super::listed;
use crate::words::Raw;
use crate::words::masks::{Cause, Count, Drawn, Item, MaskWords, Skipped, Space};

pub(super) fn say(said: &MaskWords) -> String {
    match said {
        MaskWords::Untrained { policy, answers, why } => untrained(policy, *answers, why),
        MaskWords::Same([a, b]) => format!("`{a}` 与 `{b}` 在这条记录中训练的 token 完全相同"),
        MaskWords::OnlySpace { policies: [a, b], trains, space: which } => {
            format!("`{a}` 与 `{b}` 只差{}：`{trains}` 训练它", space(*which))
        }
        MaskWords::Differs { policy, leaves_out, trains } => {
            format!("`{policy}` {}", [clause("漏掉了", leaves_out), clause("训练了", trains)].concat().join("；"))
        }
        MaskWords::NeitherStops { policies: [a, b], marker } => {
            format!("`{a}` 和 `{b}` 在这里都没有训练 `{marker}`：模型学不会停止")
        }
        MaskWords::NoStop { policy, marker } => format!("`{policy}` 在这里没有训练 `{marker}`：模型学不会停止"),
        MaskWords::MissesStops { policy, marker, missed, answers } => {
            format!("`{policy}` 在{}之后没有训练 `{marker}`：模型在这些地方学不会停止", missed_of(*missed, *answers))
        }
        MaskWords::NoAnswer => "在这条记录中没有找到 assistant 的回答".to_owned(),
        MaskWords::Cut { tokens, answers: 0 } => format!("最大长度截掉了 {tokens} 个 token"),
        MaskWords::Cut { tokens, answers } => {
            format!("最大长度截掉了 {tokens} 个 token，其中包括 {answers} 个回答的结尾或全部内容")
        }
        MaskWords::OtherTokens { policy, unseen, unseen_trained, absent, lost } => {
            other_tokens(policy, (*unseen, *unseen_trained), *absent, lost.as_ref())
        }
        MaskWords::TrainersTokens(policy) => {
            format!("这里显示的是 `{policy}` 的训练框架生成的 token，与对话模板写出的不同")
        }
        MaskWords::PutBlocksIn(policy) => {
            format!("对话模板没有 generation 块：`{policy}` 按 `maskview template mark` 加入的块显示")
        }
        MaskWords::Drawn(case) => drawn(*case),
        MaskWords::OwnLabels => "这条记录可能自带标签；用 `-p labels,minimind` 查看".to_owned(),
    }
}

fn other_tokens(policy: &Raw, (unseen, trained): (usize, usize), absent: usize, lost: Option<&(Raw, usize)>) -> String {
    let more = (unseen > 0).then(|| {
        let trained = match trained {
            0 => "不计入损失".to_owned(),
            all if all == unseen => "计入损失".to_owned(),
            some => format!("其中 {some} 个计入损失"),
        };
        format!("另有 {unseen} 个未显示（{trained}）")
    });
    let lost = lost.map_or_else(String::new, |(other, trained)| match trained {
        all if *all == absent => format!("，它们在 `{other}` 下都计入损失"),
        some => format!("，其中 {some} 个在 `{other}` 下计入损失"),
    });
    let less = (absent > 0).then(|| format!("没有这里的 {absent} 个 token（标为 ×）{lost}"));
    let parts: Vec<String> = [less, more].into_iter().flatten().collect();
    format!("`{policy}` 送入模型的 token 与此处不同：{}", parts.join("；"))
}

pub(super) fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::First => "回答开头的 token",
        Cause::Last => "回答末尾的 token",
        Cause::Inside => "回答中间的 token",
        Cause::Whole => "整个回答",
        Cause::Thoughts => "回答之前的思考内容",
        Cause::EndMarker => "结束标记",
        Cause::Space => "结束标记处的空白",
        Cause::Header => "assistant 的角色头",
        Cause::Padding => "填充",
        Cause::OtherRole => "其他角色的消息",
        Cause::GenerationPrompt => "生成提示",
        Cause::Scaffold => "消息之外的模板文本",
    }
}

fn untrained(policy: &Raw, answers: usize, why: &Skipped) -> String {
    let this = format!(" {answers} 个回答");
    match why {
        Skipped::Merged(text) => {
            format!(
                "`{policy}` 跳过了{this}：分词器把角色头的末尾与回答的第一个字符合并成了一个 token（`{}`）",
                Raw::from(text.as_str())
            )
        }
        Skipped::NoMarker(marker) => {
            format!("`{policy}` 跳过了{this}：回答之前没有起始标记 `{}`", Raw::from(marker.as_str()))
        }
        Skipped::Flag(key) => format!("`{policy}` 跳过了{this}：消息的 `{}` 要求如此", Raw::from(key.as_str())),
        Skipped::LastOnly => format!("`{policy}` 跳过了{this}：它只训练最后一个回答"),
        Skipped::Unknown => format!("`{policy}` 完全没有训练{this}"),
    }
}

fn space(space: Space) -> &'static str {
    match space {
        Space::Newline => "结束标记之后的换行符",
        Space::Other => "结束标记处的空白",
    }
}

fn clause(verb: &str, items: &[Item]) -> Vec<String> {
    let items: Vec<String> = items.iter().filter_map(item).collect();
    if items.is_empty() { Vec::new() } else { vec![format!("{verb}{}", listed(&items))] }
}

/// What is left out or trained; `None` for what has a sentence of its own.
fn item(Item { cause, count, roles, space: which }: &Item) -> Option<String> {
    let tokens = count.tokens;
    Some(match cause {
        Cause::First => at_edge("开头", *count),
        Cause::Last => at_edge("末尾", *count),
        Cause::Inside => format!("回答中间的 {tokens} 个 token"),
        Cause::Thoughts => format!("思考内容的 {tokens} 个 token"),
        Cause::Space => space(*which).to_owned(),
        Cause::Header => format!("assistant 角色头的 {tokens} 个 token"),
        Cause::Padding => format!(" {tokens} 个填充 token"),
        Cause::OtherRole => {
            let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
            format!(" {} 消息的 {tokens} 个 token", listed(&roles))
        }
        Cause::GenerationPrompt => "生成提示".to_owned(),
        Cause::Scaffold => format!("消息之外的 {tokens} 个 token"),
        Cause::Whole | Cause::EndMarker => return None,
    })
}

fn at_edge(which: &str, Count { places, tokens }: Count) -> String {
    if tokens == places {
        let each = if places == 1 { "" } else { "各自" };
        format!(" {places} 个回答{each}{which}的 1 个 token")
    } else {
        format!(" {places} 个回答{which}的 token（共 {tokens} 个）")
    }
}

fn missed_of(missed: usize, answers: usize) -> String {
    match missed {
        1 if answers == 1 => "回答".to_owned(),
        _ if missed == answers => format!("全部 {answers} 个回答"),
        _ => format!(" {missed} 个回答（共 {answers} 个）"),
    }
}

fn drawn(case: Drawn) -> String {
    let system = match case {
        Drawn { system: Some(number), .. } => {
            format!("前面加了 minimind 的第 {number} 条（共 10 条）system 提示，这类记录有五分之一如此")
        }
        Drawn { may_have_system: true, .. } => "没有加 minimind 的 system 提示，这类记录有五分之四如此".to_owned(),
        _ => "minimind 从不给这条记录加 system 提示".to_owned(),
    };
    let thoughts = match case.thoughts {
        [0, 0] => "",
        [0, _] => "；空的思考块保留，五分之一如此",
        [_, _] => "；空的思考块已去掉，五分之四如此",
    };
    format!("minimind 对每条记录随机处理，这里是其中一种情况：{system}{thoughts}")
}
