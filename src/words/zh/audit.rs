//! The report of an audit in Chinese.

use crate::words::Raw;
use crate::words::audit::{AuditWords, ChosenBy, ComparedFigure, Heading, Unchecked};

pub(super) fn say(said: &AuditWords) -> String {
    match said {
        AuditWords::Heading(which) => heading(*which).to_owned(),
        AuditWords::Policy { name, chosen_by, beside } => policy(name, *chosen_by, beside),
        AuditWords::NotJudged { policy, records, why } => {
            let why = why.as_ref().map_or_else(String::new, |why| format!("（{why}）"));
            format!("没有判定任何记录：策略 `{policy}` 没有给出 {records} 条记录的掩码{why}；请用 -p 指定其他策略")
        }
        AuditWords::Verdict { errors: 0, warnings: 0, failed: 0 } => "没有错误，也没有警告".to_owned(),
        AuditWords::Verdict { errors, warnings, failed: 0 } => format!("{errors} 个错误，{warnings} 个警告"),
        AuditWords::Verdict { errors, warnings, failed } => {
            format!("{errors} 个错误，{warnings} 个警告，{failed} 条记录无法显示")
        }
        AuditWords::Records { records, failed: 0, unavailable: 0 } => format!("{records} 条"),
        AuditWords::Records { records, failed, unavailable: 0 } => format!("{records} 条，其中 {failed} 条无法显示"),
        AuditWords::Records { records, failed, unavailable } => {
            format!("{records} 条，其中 {failed} 条无法显示，{unavailable} 条该策略没有给出掩码")
        }
        AuditWords::Trained { tokens, trained } => {
            let share = 100.0 * *trained as f64 / (*tokens).max(1) as f64;
            format!("{tokens} 个 token 中训练 {trained} 个（{share:.1} %）")
        }
        AuditWords::Extremes { nothing, everything } => {
            format!("{nothing} 条记录完全没有训练，{everything} 条记录全部训练")
        }
        AuditWords::Five([least, low, median, high, most]) => {
            format!("最小 {least} · 5 % {low} · 中位数 {median} · 95 % {high} · 最大 {most}")
        }
        AuditWords::Cut { length: None, .. } => "未设置：不截断".to_owned(),
        AuditWords::Cut { length: Some(length), records, tokens } => {
            format!("{length} 会截断 {records} 条记录（共截掉 {tokens} 个 token）")
        }
        AuditWords::CutWhere { in_answer, nothing_left } => {
            format!("其中 {in_answer} 条在回答中间被截断，{nothing_left} 条截断后没有可训练的 token")
        }
        AuditWords::Interrupted { read, all: Some(all) } => {
            let share = 100.0 * *read as f64 / (*all).max(1) as f64;
            format!("已中断：{all} 条记录中读取了 {read} 条（{share:.1} %）；以下数字只包含这些记录")
        }
        AuditWords::Interrupted { read, all: None } => {
            format!("已中断：读取了 {read} 条记录，总数尚不清楚；以下数字只包含这些记录")
        }
        AuditWords::Epoch { tokens, batch, padded } => {
            let waste = 100.0 * padded.saturating_sub(*tokens) as f64 / (*padded).max(1) as f64;
            format!("{tokens} 个；按文件顺序每批 {batch} 条填充后为 {padded} 个（填充占 {waste:.1} %）")
        }
        AuditWords::Packing { sequences, length, rows, fill } => {
            format!("{sequences} 个序列装入 {rows} 行，每行 {length} 个 token，填满 {fill} %（best fit decreasing）")
        }
        AuditWords::UncheckedLints { why, codes } => format!("{}：{}", unchecked(*why), listed_codes(codes)),
        AuditWords::Unchecked(why) => unchecked(*why).to_owned(),
        AuditWords::More { count } => format!("另有 {count} 处"),
        AuditWords::Budget { length, kept } => format!("{length} 保留 {kept} % 的训练 token"),
        AuditWords::Count { count, rate: Some(rate) } => format!("{count}（每 100 条记录 {rate} 个）"),
        AuditWords::Count { count, rate: None } => count.to_string(),
        AuditWords::NothingFound => "没有发现问题".to_owned(),
        AuditWords::BaselineOf { data, records } => format!("{data} 的 {records} 条记录"),
        AuditWords::RuleChanged { code, worse, rates: [before, now, by] } => {
            format!("{} {code}：每 100 条记录 {now} 个，基线为 {before} 个（{by}）", trend(*worse))
        }
        AuditWords::CountChanged { code, worse, counts: [before, now] } => {
            format!("{} {code}：{now} 个，基线为 {before} 个", trend(*worse))
        }
        AuditWords::FigureChanged { figure, worse, shares: [before, now, by] } => {
            let figure = match figure {
                ComparedFigure::TrainedShare => "训练的 token",
                ComparedFigure::NothingTrained => "完全没有训练的记录",
                ComparedFigure::Failed => "无法显示的记录",
            };
            format!("{} {figure}：{now} %，基线为 {before} %（{by}）", trend(*worse))
        }
        AuditWords::NotInBaseline(code) => format!("新增 {code}：基线没有运行该检查项"),
        AuditWords::BesideBaseline { worse: 0 } => "通过：计入 --fail-on 的各项都不比基线差".to_owned(),
        AuditWords::BesideBaseline { worse } => format!("未通过：有 {worse} 项数字或检查项比基线差"),
        AuditWords::AsBaseline => "没有变好，也没有变差".to_owned(),
        AuditWords::Under { share, nothing, unavailable } => {
            format!("训练 {share} %，{}", nothing_in(*nothing, *unavailable))
        }
        AuditWords::Nothing { nothing, unavailable } => nothing_in(*nothing, *unavailable),
    }
}

fn policy(name: &Raw, chosen_by: ChosenBy, beside: &[Raw]) -> String {
    let chosen = match chosen_by {
        ChosenBy::User => String::new(),
        by => format!("（由{}决定；可用 -p 指定其他策略）", chooser(by)),
    };
    match beside {
        [] => format!("策略 {name}{chosen}"),
        others => format!("策略 {name}{chosen}：只按该策略判定；{} 的数字列在末尾", listed_codes(others)),
    }
}

/// 由谁选定策略。
pub(super) fn chooser(by: ChosenBy) -> &'static str {
    match by {
        ChosenBy::User => "用户",
        ChosenBy::Template => "对话模板",
        ChosenBy::Labels => "记录自带的标签",
    }
}

fn nothing_in(nothing: usize, unavailable: usize) -> String {
    let nothing = format!("{nothing} 条记录完全没有训练");
    if unavailable == 0 { nothing } else { format!("{nothing}，{unavailable} 条没有掩码") }
}

fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Records => "记录",
        Heading::Tokens => "token",
        Heading::Supervision => "每条记录的训练占比",
        Heading::Lengths => "每条记录的 token 数",
        Heading::MaxLength => "最大长度",
        Heading::Budgets => "若长度为",
        Heading::Epoch => "每个 epoch 的 token",
        Heading::Packing => "打包（packing）",
        Heading::First => "第一个被训练的 token",
        Heading::Last => "最后一个被训练的 token",
        Heading::Roles => "按角色的训练占比",
        Heading::Answers => "回答各部分的训练占比",
        Heading::Findings => "发现的问题",
        Heading::Worst => "问题最严重的记录",
        Heading::NotChecked => "未检查",
        Heading::WhatIf => "换用其他策略",
        Heading::Failed => "失败的记录",
        Heading::Unavailable => "没有掩码的记录",
        Heading::EndMarker => "结束标记",
        Heading::NoRole => "消息之外的文本",
        Heading::OtherReasons => "其他原因",
        Heading::Baseline => "与基线相比",
        Heading::Tokenizer => "分词器",
        Heading::Template => "对话模板",
        Heading::Data => "数据集",
        Heading::Severity => "级别",
        Heading::Error => "错误",
        Heading::Warning => "警告",
        Heading::Info => "提示",
        Heading::Lint => "检查项",
        Heading::Count => "数量",
        Heading::Rate => "每 100 条记录",
        Heading::Places => "最先出现的位置",
        Heading::Cure => "处理方法",
        Heading::Title => "maskview 审计报告",
    }
}

fn listed_codes(codes: &[Raw]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

fn unchecked(why: Unchecked) -> &'static str {
    match why {
        Unchecked::OtherPolicy => "该检查项针对其他策略",
        Unchecked::NoTemplate => "没有对话模板",
        Unchecked::NoMaximumLength => "没有指定最大长度",
        Unchecked::NoClaim => "该策略没有规定训练谁的 token 或哪些回答",
        Unchecked::NoMarkers => "该策略不查找标记",
        Unchecked::NoEndMarker => "不知道轮次的结束标记",
        Unchecked::NoEos => "分词器没有 EOS",
        Unchecked::NoBos => "分词器没有 BOS",
        Unchecked::NoGenerationBlocks => "对话模板没有 generation 块",
        Unchecked::NoOtherDataSet => "没有用 --against 给出另一个数据集",
        Unchecked::NoRecord => "没有任何记录能够读取并分词",
        Unchecked::NoMask => "该策略对所有记录都没有给出掩码",
        Unchecked::NoMessages => "没有包含消息的记录",
        Unchecked::NotRendered => "没有任何记录由对话模板渲染",
        Unchecked::NoText => "没有按原样训练的纯文本记录",
        Unchecked::NoPadding => "记录末尾没有填充",
        Unchecked::FewPairs => "没有同时包含 chosen 和 rejected 的记录，或数量太少",
    }
}

fn trend(worse: bool) -> &'static str {
    if worse { "变差" } else { "变好" }
}
