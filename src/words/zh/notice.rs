//! Notices in Chinese.

use super::{config, errors, paint};
use crate::words::notice::{Notice, WayOn};

pub(super) fn say(said: &Notice) -> String {
    let fixed = match said {
        Notice::Warnings { first, more: 0, .. } => return config::say(first),
        Notice::Warnings { first, more, key } => {
            return format!("{}（另有 {more} 条，按 {key} 查看）", config::say(first));
        }
        Notice::OnePolicyOnly { key } => return format!("只有一个策略；按 {key} 添加另一个"),
        Notice::NoSuchPolicy(why) => return errors::policy(why),
        Notice::Markers(markers) => return paint::say(markers),
        Notice::NoBoundary { policy, key } => return format!("{policy} 没有可移动的边界；按 {key} 选择其他策略"),
        Notice::Boundary { start, end } => return format!("起点 {start:+}，终点 {end:+}"),
        Notice::Reset => "策略和标记已重置",
        Notice::WorksOnly { pressed, place, key } => {
            let key = key.as_ref().map(|key| format!("（按 {key} 打开）")).unwrap_or_default();
            return format!("`{pressed}` 只{}有效{key}", place.zh);
        }
        Notice::DoesNothing { pressed, way } => return format!("`{pressed}` 在这里不起作用；{}", way_on(way)),
        Notice::NoPair => "这两个策略没有不同的 token",
        Notice::NothingOpen { key } => return format!("没有可关闭的内容；按 {key} 退出"),
        Notice::FirstRecord => "这是第一条记录",
        Notice::LastRecord => "这是最后一条记录",
        Notice::NoRecords => "数据集中没有记录",
        Notice::NoSuchRecord { asked, last } => return format!("没有第 {asked} 条记录；最后一条是第 {last} 条"),
        Notice::CountedFromOne => "记录从 1 开始编号",
        Notice::NoOtherAnswer => "这条记录只有一个回答；偏好数据的记录才有两个",
        Notice::SearchStopped => "已停止查找",
        Notice::NoLaterDifference => "后面没有 A 与 B 不同的位置",
        Notice::NoEarlierDifference => "前面没有 A 与 B 不同的位置",
        Notice::NothingSearched { key } => return format!("还没有搜索过；按 {key} 搜索文本"),
        Notice::NoOtherMatch => "没有其他匹配",
        Notice::MatchIsCutOff(text) => return format!("`{text}` 只出现在被截断的部分"),
        Notice::NoMatch(text) => return format!("这条记录中没有 `{text}`"),
    };
    fixed.to_owned()
}

fn way_on(way: &WayOn) -> String {
    match way {
        WayOn::Back(key) => format!("按 {key} 返回记录"),
        WayOn::Help(key) => format!("按 {key} 显示按键"),
        WayOn::None => "没有按键显示帮助".to_owned(),
    }
}
