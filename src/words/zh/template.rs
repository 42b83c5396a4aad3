//! What there is to say of a chat template, in Chinese.

use super::{errors, listed};
use crate::words::commands::RecordPlace;
use crate::words::template::{Fault, Held, Refusal, ShapeFailure, TargetFault, TemplateWords, Written};
use crate::words::visible::{prose, visible};

pub(super) fn say(said: &TemplateWords<'_>) -> String {
    match said {
        TemplateWords::Writes(parts) => format!("输出{}", listed(&parts.iter().map(written).collect::<Vec<_>>())),
        TemplateWords::ShownFor(None) => "每行输出的内容（内置对话）".to_owned(),
        TemplateWords::ShownFor(Some(place)) => format!("每行输出的内容（{}）", at(*place)),
        TemplateWords::Shapes => "各种形式的对话：".to_owned(),
        TemplateWords::ShapeFine { shape, about } => format!("正常    {shape}：{}", about.zh),
        TemplateWords::ShapeFails { shape, about, why, failure } => {
            let verdict = match failure {
                ShapeFailure::Refused => "拒绝",
                ShapeFailure::Fault => "错误",
                ShapeFailure::Note => "注意",
            };
            format!("{verdict}    {shape}：{}：{}", about.zh, errors::template(why))
        }
        TemplateWords::PrefixStable => "正常    追加消息后，前面已输出的文本不变".to_owned(),
        TemplateWords::PrefixChanges { shape, messages } => {
            format!(
                "错误    追加消息后，前 {messages} 条消息的输出会改变（{shape}）：逐轮渲染的训练框架会在错误的位置切分"
            )
        }
        TemplateWords::EndIsEos(end) => format!("正常    回答以 `{}` 结束，即分词器的 EOS", visible(end)),
        TemplateWords::EndNotEos { end, eos: Some(eos) } => format!(
            "注意    回答以 `{}` 结束，而分词器的 EOS 是 `{}`：生成时也必须在前者处停止",
            visible(end),
            visible(eos)
        ),
        TemplateWords::EndNotEos { end, eos: None } => {
            format!("注意    回答以 `{}` 结束，而分词器没有 EOS", visible(end))
        }
        TemplateWords::NoEnd => "错误    回答之后没有在对话中间和末尾都相同的结束标记".to_owned(),
        TemplateWords::BlocksRight { shapes } => {
            format!("正常    generation 块正好是模型要写的内容（{shapes} 种形式）")
        }
        TemplateWords::BlocksWrong { shape, fault: why } => {
            format!("错误    generation 块不正确（{shape}）：{}", fault(why))
        }
        TemplateWords::BlocksPossible => "注意    没有 generation 块；`maskview template mark` 可以加上".to_owned(),
        TemplateWords::BlocksImpossible(why) => {
            format!("注意    没有 generation 块，`maskview template mark` 也无法加上：{}", refusal(why))
        }
        TemplateWords::Date => "错误    模板写入了日期：不同日期训练得到的 token 不同".to_owned(),
        TemplateWords::NoDate => "正常    没有写入日期".to_owned(),
        TemplateWords::Faults(0) => "没有错误".to_owned(),
        TemplateWords::Faults(count) => format!("{count} 处错误"),
        TemplateWords::Marked { lines, shapes, refused, unknown } => {
            marked(lines, *shapes, refused) + &not_known(unknown)
        }
        TemplateWords::Records { proven, no_answer, refused } => {
            let mut parts = vec![format!("已用数据的 {proven} 条记录验证")];
            if *no_answer > 0 {
                parts.push(format!("{no_answer} 条没有回答"));
            }
            if *refused > 0 {
                parts.push(format!("{refused} 条模板无法输出"));
            }
            parts.join("；")
        }
        TemplateWords::NotMarked(why) => format!("未标记：{}", refusal(why)),
        TemplateWords::RecordUnproven { at: place, line, fault: why } => {
            format!("未标记：{}：从模板第 {line} 行开始的块不正确：{}", at(*place), fault(why))
        }
    }
}

fn written(part: &Written) -> String {
    match part {
        Written::Own => "模板自身的文本".to_owned(),
        Written::Field { role, field } => format!(" {} 的 `{}`", prose(role), prose(field)),
        Written::Tools => "工具".to_owned(),
        Written::Documents => "文档".to_owned(),
        Written::Variable(name) => format!(" `{}`", prose(name)),
        Written::Unknown => "来源不明的文本".to_owned(),
    }
}

fn at(RecordPlace { file, record, unit, line, .. }: RecordPlace<'_>) -> String {
    format!("{} 记录 {record} 第 {line} {}", prose(file), unit.zh)
}

fn marked(lines: &[usize], shapes: usize, refused: &[&str]) -> String {
    let places: Vec<String> = lines.iter().map(usize::to_string).collect();
    let refused = match refused {
        [] => String::new(),
        shapes => format!("；模板本身拒绝 {}", shapes.join("、")),
    };
    format!("generation 块从第 {} 行开始；已用 {shapes} 种形式的对话验证{refused}", places.join("、"))
}

fn not_known(shapes: &[&str]) -> String {
    match shapes {
        [] => String::new(),
        shapes => format!("；未验证 {}：其中的回答没有各自的结束标记", shapes.join("、")),
    }
}

fn target(fault: TargetFault) -> String {
    match fault {
        TargetFault::NoStart { message } => format!("消息 {message} 的回答前没有 assistant 的起始标记"),
        TargetFault::NoEnd { message } => format!("消息 {message} 的回答后没有结束标记"),
        TargetFault::Overlap { message } => format!("消息 {message} 的回答与前一个回答的文本重叠"),
    }
}

fn fault(fault: &Fault) -> String {
    match fault {
        Fault::Target(why) => target(*why),
        Fault::Fails(why) => format!("加上块之后模板出错：{}", errors::template(why)),
        Fault::TextChanged { at } => format!("文本从第 {at} 字节起不同"),
        Fault::Blocks { text, held: Held::ByBlock } => format!("块中含有模型不会写的 `{}`", visible(text)),
        Fault::Blocks { text, held: Held::ByModel } => format!("模型要写的 `{}` 不在任何块中", visible(text)),
        Fault::Recorded => {
            "Transformers 记录的块与其文本的位置不符，或块中没有文本：块位于宏，或 `set`、`call`、`filter` 块中"
                .to_owned()
        }
    }
}

fn refusal(why: &Refusal) -> String {
    match why {
        Refusal::HasBlocks => "已有 generation 块；用 `maskview template check` 检查是否正确".to_owned(),
        Refusal::NoFrames => "模板在普通对话上出错，或不输出其中的回答".to_owned(),
        Refusal::NoEnd => "回答之后没有在对话中间和末尾都相同的结束标记".to_owned(),
        Refusal::Target { shape, fault } => format!("无法确定模型在该对话（{shape}）中要写的内容：{}", target(*fault)),
        Refusal::NoPlace { shape, line, apart: true } => format!(
            "第 {line} 行：回答（{shape}）由宏或稍后才输出的块写出，Transformers 在那里记录的块不正确，而其外没有只输出一轮的语句"
        ),
        Refusal::NoPlace { shape, line, apart: false } => {
            format!("第 {line} 行：没有语句只输出该回答（{shape}）及其结束标记")
        }
        Refusal::NoRole { line } => format!("第 {line} 行：这些语句输出所有角色，而无法判断是哪个角色"),
        Refusal::Compile(why) => format!("加上块之后无法编译：{}", errors::template(why)),
        Refusal::Unproven { shape, line, fault: why } => {
            format!("第 {line} 行：无法证明块正确（{shape}）：{}", fault(why))
        }
    }
}
