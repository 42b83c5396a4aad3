//! The viewer's lines around a record, in Chinese.

use super::{errors, unavailable};
use crate::words::number::{grouped, percent};
use crate::words::viewer::{Figures, Matches, ViewerWords, Wanted};

pub(super) fn say(said: &ViewerWords<'_>) -> String {
    let fixed = match said {
        ViewerWords::StandardInput => "标准输入",
        ViewerWords::Record { number, records, complete, choice } => {
            let more = if *complete { "" } else { "+" };
            let choice = choice.map(|choice| format!("，{choice}")).unwrap_or_default();
            return format!("记录 {}/{}{more}{choice}", grouped(*number), grouped(*records));
        }
        ViewerWords::Loading(name) => return format!("正在加载 {name} …"),
        ViewerWords::Vocabulary(entries) => return format!("词表 {}", grouped(*entries)),
        ViewerWords::OwnTemplate => "自带模板",
        ViewerWords::NoTemplate => "无模板",
        ViewerWords::Tokens { tokens, cut: 0 } => return format!("{} 个 token", grouped(*tokens)),
        ViewerWords::Tokens { tokens, cut } => {
            return format!("{} 个 token · 截掉 {} 个", grouped(*tokens), grouped(*cut));
        }
        ViewerWords::Tokenizer(name) => return format!("分词器 {name}"),
        ViewerWords::Trained { count, tokens, figures } => return trained(*count, *tokens, *figures),
        ViewerWords::NotAvailable(None) => "不可用",
        ViewerWords::NotAvailable(Some(why)) => return format!("不可用：{}", unavailable::say(why)),
        ViewerWords::Found { count, key } => return format!("{} 个问题，按 {key} 查看", grouped(*count)),
        ViewerWords::FoundInShort { count, key } => return format!("{} 个问题（{key}）", grouped(*count)),
        ViewerWords::WithoutNewline { key } => return format!("标记不含换行（{key}）"),
        ViewerWords::Listed { position, records, complete, terms } => {
            let more = if *complete { "" } else { "+" };
            let place = position.map(|position| format!("{}/", grouped(position))).unwrap_or_default();
            let terms = if terms.is_empty() { String::new() } else { format!("：{terms}") };
            return format!("[{place}{}{more}{terms}]", grouped(*records));
        }
        ViewerWords::Following => "跟随中",
        ViewerWords::GoTo => "转到：",
        ViewerWords::Search => "/",
        ViewerWords::SearchBack => "\\",
        ViewerWords::Filter => "筛选条件：",
        ViewerWords::Export { endings, key } => return format!("写入（{key}：{}）：", endings.join(" ")),
        ViewerWords::Searching { record, wanted } => {
            let wanted = match wanted {
                Wanted::Difference => "差异",
                Wanted::Match => "匹配",
                Wanted::Finding => "错误或警告",
            };
            return format!("正在查找{wanted}：记录 {} … 按任意键停止", grouped(*record));
        }
        ViewerWords::Arranging { scanned, found } => {
            return format!("已检查 {} 条记录，找到 {} 条 …", grouped(*scanned), grouped(*found));
        }
        ViewerWords::Matches(Matches { at, here, matches, records, complete }) => {
            let more = if *complete { "" } else { "+" };
            let at = at.map(|at| format!("第 {} 个，", grouped(at))).unwrap_or_default();
            return format!(
                "{at}本记录 {} 个匹配，共 {}{more} 个，在 {}{more} 条记录中",
                grouped(*here),
                grouped(*matches),
                grouped(*records)
            );
        }
        ViewerWords::MatchesInShort(Matches { at, here, matches, records, complete }) => {
            let at = at.map(|at| format!("{}/", grouped(at))).unwrap_or_default();
            let more = if *complete { "" } else { "+" };
            let (here, matches, records) = (grouped(*here), grouped(*matches), grouped(*records));
            return format!("本记录 {at}{here}，共 {matches}{more} 个（{records}{more} 条）");
        }
        ViewerWords::ClearSearch => "清除搜索",
        ViewerWords::ClearFilter => "清除筛选",
        ViewerWords::Trying => "尝试边界：",
        ViewerWords::Keep => "保留",
        ViewerWords::Reset => "重置",
        ViewerWords::Tokenizing => "正在对一条很长的记录分词 …",
        ViewerWords::Reading => "正在读取 …",
        ViewerWords::NoToken => "没有 token：--max-length 截掉了全部内容",
        ViewerWords::Failure { unit, line, error } => {
            return format!("第 {line} {}：{}", unit.zh, errors::encode(error));
        }
        ViewerWords::Long => "过长",
        ViewerWords::Failed => "错误",
        ViewerWords::VeryLong => "很长的记录",
        ViewerWords::Needs(width, height) => return format!("maskview 至少需要 {width}x{height}，"),
        ViewerWords::Is(width, height) => return format!("当前为 {width}x{height}"),
        ViewerWords::MoreSentences { key } => return format!("（{key}：更多）"),
        ViewerWords::ChoosePolicy(side) => return format!("选择策略 {side}"),
        ViewerWords::Policy(side) => return format!("策略 {side}"),
        ViewerWords::Key { key, does } => return format!("{key}：{does}"),
        ViewerWords::Comma => "，",
        ViewerWords::Filtered(text) => return format!("含 `{text}`"),
        ViewerWords::NoSuchPolicy(text) => return format!("没有名称或说明中含 `{text}` 的策略"),
        ViewerWords::TypingFilters => "字母：筛选",
        ViewerWords::NoPolicy => "无",
        ViewerWords::ShowsAlone(name) => return format!("只显示 `{name}`"),
        ViewerWords::GivesNoMask(why) => return format!("这条记录没有掩码：{}", unavailable::say(why)),
        ViewerWords::About { who, bits } => return format!("{}。计入损失：{}", who.zh, bits.zh),
        ViewerWords::Cancel => "取消",
    };
    fixed.to_owned()
}

pub(super) fn trained(count: usize, tokens: usize, figures: Figures) -> String {
    let share = percent(count, tokens);
    match figures {
        Figures::Whole if count == 0 => "不训练任何 token".to_owned(),
        Figures::Whole => format!("训练 {}/{} 个 token，{share:.1} %", grouped(count), grouped(tokens)),
        Figures::Counts => format!("{}/{} ({share:.1} %)", grouped(count), grouped(tokens)),
        Figures::Share => format!("{share:.0}%"),
    }
}
