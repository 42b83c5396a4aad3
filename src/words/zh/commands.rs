//! The commands' output in Chinese.

use super::{errors, unavailable};
use crate::words::commands::{CommandWords, ExampleTemplate, RecordPlace, Totals};
use crate::words::number::percent;
use crate::words::visible::prose;

pub(super) fn say(said: &CommandWords<'_>) -> String {
    let fixed = match said {
        CommandWords::Head(place) => return head(*place),
        CommandWords::About { schema, tokenizer, tokens, cut } => {
            let cut = if *cut > 0 { format!("   截掉 {cut} 个") } else { String::new() };
            return format!("{schema}   {tokenizer}   {tokens} 个 token{cut}");
        }
        CommandWords::FirstOnly { count } => {
            let of = count.map(|count| format!("，共 {count} 条")).unwrap_or_default();
            return format!("只输出了第 1 条记录{of}；`maskview print --records all` 会输出全部记录");
        }
        CommandWords::Boxed(characters) => {
            return format!("已安装的字体都没有 {}，画成了方框；SVG 和 HTML 会保留这些字符", prose(characters));
        }
        CommandWords::Chosen { policy, by } => {
            return format!(
                "没有指定策略，因此按 `{policy}` 写出标签（由{}决定）；可用 -p 指定其他策略",
                super::audit::chooser(*by)
            );
        }
        CommandWords::LeftOut { records, place, why } => {
            let why = why.map_or_else(|| "多种原因".to_owned(), prose);
            return format!("略过 {records} 条记录，首条为 {}：{why}", prose(place));
        }
        CommandWords::Example { found, options, template } => return example(*found, options, *template),
        CommandWords::Doubted { token, quick, reference } => return doubted(*token, *quick, *reference),
        CommandWords::Fails(error) => return format!("错误：{}", errors::encode(error)),
        CommandWords::Trains { policy, count: 0, tokens } => {
            return format!("{policy}：训练 0/{tokens} 个 token，即什么都不训练");
        }
        CommandWords::Trains { policy, count, tokens } => {
            let share = percent(*count, *tokens);
            return format!("{policy}：训练 {count}/{tokens} 个 token（{share:.1} %）");
        }
        CommandWords::NotAvailable { policy, why } => return format!("{policy}：不可用：{}", unavailable::say(why)),
        CommandWords::OnlyOne { b, a } => return only_one(*b, *a),
        CommandWords::Records { totals, both_answers } => {
            let both = if *both_answers { "（一条记录的两个回答分别计数）" } else { "" };
            return format!("记录   {}{both}", records(*totals));
        }
        CommandWords::Tokens { tokens, trained: [a, b], b: only_b, a: only_a } => {
            return format!(
                "token  {tokens} 个：A 训练 {a} 个（{:.1} %），B 训练 {b} 个（{:.1} %）；{}",
                percent(*a, *tokens),
                percent(*b, *tokens),
                only_one(*only_b, *only_a)
            );
        }
        CommandWords::Unmatched { policies: [a, b], trained: [of_a, of_b] } => {
            return format!("有些 token 只有一方送入模型，未参与比较：其中 `{a}` 训练 {of_a} 个，`{b}` 训练 {of_b} 个");
        }
        CommandWords::SameBits { a, b } => return format!("`{a}` 与 `{b}` 训练的 token 逐位相同"),
        CommandWords::Cause => "原因",
        CommandWords::Only(side) => return format!("仅 {side}"),
        CommandWords::FirstPlaces => "最先出现的位置",
        CommandWords::AnswerTokens => "回答的长度",
        CommandWords::Answers => "回答数",
        CommandWords::Differ => "不同",
        CommandWords::Share => "回答自身的 token 中不同的比例",
        CommandWords::Failing => "出错的记录",
        CommandWords::NotComparable => "无法比较的记录",
        CommandWords::Problem { why, first } => {
            return format!("{}；第一条：{}", why.map_or_else(|| "其他原因".to_owned(), prose), at(*first));
        }
        CommandWords::TokenAt { at: place, token } => return format!("{} token {token}", at(*place)),
        CommandWords::Written { file, records, faulty, warned } => {
            let kind = if *faulty { "有问题" } else { "没有问题" };
            let written = format!("{records} 条{kind}的记录已写入 {}", prose(file));
            return match warned {
                0 => written,
                warned => format!("{written}，其中 {warned} 条有警告（--fail-on warning 会把它们排除）"),
            };
        }
        CommandWords::NotCompared { files, records } => {
            return format!("{} 中有 {records} 条记录无法读取，不参与比较", prose(files));
        }
        CommandWords::Lost(records) => return format!("{records} 条记录无法读取，没有写入任何文件"),
        CommandWords::Counting => "{spinner} {pos} 条记录，{per_sec}",
        CommandWords::Counted => "{wide_bar} {pos}/{len} 条记录，{per_sec}，剩余 {eta}",
    };
    fixed.to_owned()
}

fn doubted(token: usize, quick: Option<u32>, reference: Option<u32>) -> String {
    let id = |id: Option<u32>| id.map_or_else(|| "没有 id".to_owned(), |id| format!("id {id}"));
    format!(
        "警告：某条文本的 token {token}，快速分词引擎给出的是{}，tokenizers 库给出的是{}；现改用 tokenizers 库重新统计所有记录",
        id(quick),
        id(reference)
    )
}

fn example(found: bool, options: &[&str], template: ExampleTemplate) -> String {
    let mut with: Vec<String> = options.iter().map(|option| format!("使用 `{option}`")).collect();
    with.extend(match template {
        ExampleTemplate::Unsaid => None,
        ExampleTemplate::Below => Some("使用以下对话模板".to_owned()),
        ExampleTemplate::OfTokenizer => Some("使用分词器自带的对话模板".to_owned()),
    });
    let with = if with.is_empty() { String::new() } else { format!("（{}）", with.join("，")) };
    format!("{}{with}：", if found { "会报告" } else { "不会报告" })
}

fn head(RecordPlace { file, record, unit, line, choice }: RecordPlace<'_>) -> String {
    let choice = choice.map(|choice| format!("   {choice}")).unwrap_or_default();
    format!("{}   记录 {record}   第 {line} {}{choice}", prose(file), unit.zh)
}

fn at(RecordPlace { file, record, unit, line, choice }: RecordPlace<'_>) -> String {
    let choice = choice.map(|choice| format!(" {choice}")).unwrap_or_default();
    format!("{} 记录 {record} 第 {line} {}{choice}", prose(file), unit.zh)
}

fn only_one(b: usize, a: usize) -> String {
    format!("仅由 B 训练：{b} · 仅由 A 训练：{a}")
}

fn records(Totals { records, differing, equal, failed, unavailable }: Totals) -> String {
    format!("{records} 条：{differing} 条不同，{equal} 条相同，{failed} 条出错，{unavailable} 条无法比较")
}
