//! The report of an audit in Chinese.

use crate::words::audit::{AuditWords, ComparedFigure, Heading};

pub(super) fn say(said: &AuditWords) -> String {
    match said {
        AuditWords::Heading(which) => heading(*which).to_owned(),
        AuditWords::Policy { name, by_template: false } => format!("策略 {name}"),
        AuditWords::Policy { name, by_template: true } => {
            format!("策略 {name}（由对话模板决定；可用 -p 指定其他策略）")
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
        AuditWords::Budget { length, kept } => format!("{length} 保留 {kept} % 的训练 token"),
        AuditWords::Count { count, rate } => format!("{count}（每 100 条记录 {rate} 个）"),
        AuditWords::NothingFound => "没有发现问题".to_owned(),
        AuditWords::BaselineOf { data, records } => format!("{data} 的 {records} 条记录"),
        AuditWords::RuleChanged { code, worse, rates: [before, now, by] } => {
            format!("{} {code}：每 100 条记录 {now} 个，基线为 {before} 个（{by}）", trend(*worse))
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
        AuditWords::AsBaseline => "没有变好，也没有变坏".to_owned(),
        AuditWords::Under { share, nothing, unavailable: 0 } => {
            format!("训练 {share} %，{nothing} 条记录完全没有训练")
        }
        AuditWords::Under { share, nothing, unavailable } => {
            format!("训练 {share} %，{nothing} 条记录完全没有训练，{unavailable} 条没有掩码")
        }
    }
}

fn heading(heading: Heading) -> &'static str {
    match heading {
        Heading::Records => "记录",
        Heading::Tokens => "token",
        Heading::Supervision => "每条记录的训练占比",
        Heading::Lengths => "每条记录的 token 数",
        Heading::MaxLength => "最大长度",
        Heading::Budgets => "若长度为",
        Heading::First => "最先训练的 token",
        Heading::Last => "最后训练的 token",
        Heading::Roles => "按角色的训练占比",
        Heading::Parts => "按部分的训练占比",
        Heading::Findings => "发现的问题",
        Heading::WhatIf => "换用其他策略",
        Heading::Failed => "失败的记录",
        Heading::Unavailable => "没有掩码的记录",
        Heading::NoRole => "消息之外",
        Heading::OtherReasons => "其他原因",
        Heading::Baseline => "与基线相比",
    }
}

fn trend(worse: bool) -> &'static str {
    if worse { "变坏" } else { "变好" }
}
