//! Notices in Chinese.

use super::{config, errors, paint};
use crate::words::Language;
use crate::words::notice::{FileSaid, Notice, Way, WayOn};

pub(super) fn say(said: &Notice) -> String {
    let fixed = match said {
        Notice::Warnings { first, more: 0, .. } => return config::say(first),
        Notice::Warnings { first, more, key } => {
            return format!("{}（另有 {more} 条，按 {key} 查看）", config::say(first));
        }
        Notice::UnnamedTokenizer(name) => {
            return format!("未指定分词器：用内置的 `{name}` 读取数据（可用 --tokenizer 指定）");
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
        Notice::NoCount { key } => return format!("{key} 前不能加数字"),
        Notice::SearchCleared => "已清除搜索",
        Notice::FilterCleared => "已清除筛选，列出全部记录",
        Notice::FirstRecord => "这是第一条记录",
        Notice::LastRecord => "这是最后一条记录",
        Notice::NoRecords => "数据集中没有记录",
        Notice::NoSuchRecord { asked, last } => return format!("没有第 {asked} 条记录；最后一条是第 {last} 条"),
        Notice::NotListed(number) => return format!("列表中没有第 {number} 条记录"),
        Notice::CountedFromOne => "记录从 1 开始编号",
        Notice::NoOtherAnswer => "这条记录只有一个回答；偏好数据的记录才有两个",
        Notice::SearchStopped => "已停止查找",
        Notice::NoFurtherDifference(way) => return format!("{}没有 A 与 B 不同的位置", beyond(*way)),
        Notice::AtFinding { code, fault } => return format!("{code}：{}", Language::Chinese.say(&**fault)),
        Notice::AmongRecords { code, key } => return format!("{code}：与别的记录对照才能看出；按 {key} 查看审计"),
        Notice::NoFurtherFinding(way) => return format!("{}没有错误或警告", beyond(*way)),
        Notice::EndOfSearch { way: Way::Later, key } => return format!("已搜索到末尾；按 {key} 从头继续"),
        Notice::EndOfSearch { way: Way::Earlier, key } => return format!("已搜索到开头；按 {key} 从末尾继续"),
        Notice::NoMatch(pattern) => return format!("没有与 `{pattern}` 匹配的内容"),
        Notice::BadPattern(why) => return format!("不是正则表达式：{why}"),
        Notice::BadFilter(why) => return errors::filter(why),
        Notice::NothingHolds(terms) => return format!("没有满足 `{terms}` 的记录"),
        Notice::NoSuchPlace(text) => {
            return format!("`{text}` 不是位置：42 表示记录，t99 表示 token，m3 表示消息；q 退出");
        }
        Notice::NoSuchToken { asked, tokens: 0 } => return format!("没有 token {asked}"),
        Notice::NoSuchToken { asked, tokens } => {
            return format!("没有 token {asked}；最后一个是 {}", tokens - 1);
        }
        Notice::NoSuchMessage(message) => return format!("消息 {message} 没有 token；消息从 0 开始编号"),
        Notice::Marked(letter) => return format!("已标记，按 '{letter} 返回此处"),
        Notice::NoMark(letter) => return format!("没有标记 {letter}"),
        Notice::NoPlaceBefore => "没有可返回的位置",
        Notice::NoPlaceAfter => "没有可前进的位置",
        Notice::Sorted(order) => return format!("列表{}", order.zh),
        Notice::Copying => "正在复制 …",
        Notice::Copied { characters } => return format!("已复制 {characters} 个字符"),
        Notice::NothingToCopy => "这里没有可复制的内容",
        Notice::Saved(path) => return format!("已写入 {path}"),
        Notice::SavedWithBoxes { path, characters } => {
            return format!("已写入 {path}；已安装的字体都没有 {characters}，画成了方框");
        }
        Notice::FileExists(path) => return format!("{path} 已存在；输入 {path}! 可覆盖"),
        Notice::NotSaved { path, why } => return format!("无法写入 {path}：{why}"),
        Notice::NotDrawn(fault) => return errors::picture(fault),
        Notice::NoPicture { name, endings } => {
            return format!("`{name}` 不是图片文件名；可用的扩展名：{}", endings.join("、"));
        }
        Notice::Saving(path) => return format!("正在写入 {path} …"),
        Notice::PastedNowhere => "只有在输入行（例如按 / 之后）才能粘贴文字",
        Notice::Folded(what) => what.zh,
        Notice::NoMessageHere => "该 token 不属于任何消息",
        Notice::File { file, said } => return format!("{file} {}", file_said(said)),
        Notice::Reloaded => "已重新打开文件",
        Notice::NotReloaded(why) => return format!("无法重新打开：{why}"),
        Notice::CannotReload => "通过管道输入的数据无法重新读取",
        Notice::Following => "正在跟随：追加的记录会立即显示",
        Notice::NotFollowing => "已停止跟随追加的记录",
    };
    fixed.to_owned()
}

fn file_said(said: &FileSaid) -> String {
    match said {
        FileSaid::Grown { reload, follow } => format!("有追加的内容：按 {reload} 重新打开，按 {follow} 跟随"),
        FileSaid::Truncated => "被截短，已重新打开".to_owned(),
        FileSaid::Replaced => "被替换，已打开新文件".to_owned(),
        FileSaid::Rewritten => "内容已改变，已重新打开".to_owned(),
        FileSaid::Gone => "已不存在；显示的仍是原文件的记录".to_owned(),
    }
}

fn beyond(way: Way) -> &'static str {
    match way {
        Way::Later => "后面",
        Way::Earlier => "前面",
    }
}

fn way_on(way: &WayOn) -> String {
    match way {
        WayOn::Back(key) => format!("按 {key} 返回记录"),
        WayOn::Help(key) => format!("按 {key} 显示按键"),
        WayOn::None => "没有按键显示帮助".to_owned(),
    }
}
