//! Reports of the viewer in Chinese.

use crate::words::number::{grouped, percent};
use crate::words::survey::{SurveyHeading, SurveyWords};

pub(super) fn say(said: &SurveyWords<'_>) -> String {
    match *said {
        SurveyWords::Audit { policies, records, complete, terms } => {
            format!("审计 {}：{}", policies.join("、"), walked(records, complete, terms))
        }
        SurveyWords::Frequencies { policy, records, complete, terms } => {
            format!("{policy} 下的 token：{}", walked(records, complete, terms))
        }
        SurveyWords::Verdict { errors: 0, warnings: 0, failed: 0, complete } => {
            format!("{}没有错误，也没有警告", so_far(complete))
        }
        SurveyWords::Verdict { errors, warnings, failed, complete } => {
            let failed = match failed {
                0 => String::new(),
                failed => format!("，{} 条记录无法显示", grouped(failed)),
            };
            format!("{}{} 个错误，{} 个警告{failed}", so_far(complete), grouped(errors), grouped(warnings))
        }
        SurveyWords::NotJudged { policies } => {
            format!("没有判定任何记录：{} 没有给出任何记录的掩码。", policies.join("、"))
        }
        SurveyWords::Judged { policies, key } => format!(
            "这里检查 A 与 B 的掩码：{}。按 {key} 选择其他策略；`maskview audit` 未指定 -p 时按数据和对话模板选择策略。",
            policies.join("、")
        ),
        SurveyWords::Failing => "无法显示的记录".to_owned(),
        SurveyWords::NothingFound => "没有发现问题。".to_owned(),
        SurveyWords::Count { count, records: None } => format!("{} 个", grouped(count)),
        SurveyWords::Count { count, records: Some(records) } => {
            format!("{} 个（每 100 条记录 {:.1} 个）", grouped(count), percent(count, records))
        }
        SurveyWords::Heading(heading) => match heading {
            SurveyHeading::First => "第一个被训练的 token",
            SurveyHeading::Last => "最后一个被训练的 token",
            SurveyHeading::Ids => "全部 token",
            SurveyHeading::Roles => "角色",
        }
        .to_owned(),
        SurveyWords::NoRole => "消息之外的文本".to_owned(),
        SurveyWords::Trained(share) => format!("训练 {share:.1} %"),
    }
}

fn so_far(complete: bool) -> &'static str {
    if complete { "" } else { "目前" }
}

fn walked(records: usize, complete: bool, terms: &str) -> String {
    let terms = if terms.is_empty() { String::new() } else { format!("（{terms}）") };
    let seen = if complete { "共" } else { "已检查" };
    let more = if complete { "" } else { " …" };
    format!("{seen} {} 条记录{terms}{more}", grouped(records))
}
