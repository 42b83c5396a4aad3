//! Beside tokens and bits, in Chinese.

use crate::words::Raw;
use crate::words::paint::PaintWords;

pub(super) fn say(said: &PaintWords) -> String {
    let fixed = match said {
        PaintWords::Template => "模板",
        PaintWords::Padding => "填充",
        PaintWords::Token => "token",
        PaintWords::Bytes => "字节",
        PaintWords::Role => "角色",
        PaintWords::Part => "部分",
        PaintWords::Sees => "X：模型看到",
        PaintWords::ToPredict => "Y：待预测",
        PaintWords::Changes => "A → B",
        PaintWords::Only(side) => return format!("仅 {side}"),
        PaintWords::RowsLeftOut(rows) => return format!("… 另有 {rows} 行"),
        PaintWords::More(policies) => return format!("另有 {policies} 个"),
        PaintWords::NotPredicted => "第一个 token 不会被预测",
        PaintWords::SplitNeeds { columns, has } => {
            return format!("并排显示 A 与 B 需要 {columns} 列；目前只有 {has} 列");
        }
        PaintWords::SplitNeedsTwo => "只有一个策略，没有可并排显示的另一个",
        PaintWords::Markers { begin, end, user_begin } => {
            return markers(begin.as_ref(), end.as_ref(), user_begin.as_ref());
        }
        PaintWords::NoMarkers => "标记：无法从对话模板推导；请用 --begin 和 --end 指定",
    };
    fixed.to_owned()
}

fn markers(begin: Option<&Raw>, end: Option<&Raw>, user_begin: Option<&Raw>) -> String {
    let text =
        |marker: Option<&Raw>, option: &str| marker.map_or(format!("无（用 {option} 指定）"), ToString::to_string);
    let user = user_begin.map(|marker| format!("，user {marker}")).unwrap_or_default();
    format!("标记：{} … {}{user}", text(begin, "--begin"), text(end, "--end"))
}
