//! Errors that end the run in Chinese.

use super::{dataset, file, filter, kind, lint, meant_any, picture, policy, template, tokenizer, toml};
use crate::error::{Error, Mismatch, OptionFault, ReportFault, WriteFault, likely, spans};

pub(in crate::words::zh) fn run(error: &Error) -> String {
    match error {
        Error::Dataset(error) => dataset::dataset(error),
        Error::Tokenizer(error) => tokenizer::tokenizer(error),
        Error::Template(error) => template::template(error),
        Error::Policy(error) => policy::policy(error),
        Error::Lint(error) => lint::lint(error),
        Error::Filter(error) => format!("--where：{}", filter::filter(error)),
        Error::NothingHolds { files, terms } => format!("--where：{files} 中没有满足 `{terms}` 的记录"),
        Error::OptionFile { option, path, fault } => format!("{option} {}：{}", path.display(), file::file(fault)),
        Error::Settings { path, line: Some(line), fault } => {
            format!("{}:{line}：{}", path.display(), toml::toml(fault))
        }
        Error::Settings { path, line: None, fault } => format!("{}：{}", path.display(), toml::toml(fault)),
        Error::TwoProjects { first, other } => format!(
            "数据文件受两个设置文件约束：{} 和 {}；请分开运行，或加上 --isolated",
            first.display(),
            other.display()
        ),
        Error::Option { option, fault } => format!("{option}：{}", option_fault(fault)),
        Error::NoSuchRecord { asked, count } => format!("没有第 {asked} 条记录；数据集共有 {count} 条"),
        Error::NothingRead { files, records, place, why } => {
            format!("{files}：{records} 行中没有一行能作为记录读取，可能不是数据集；第一处：{place}：{why}")
        }
        Error::NoRecord { files } => {
            format!("{files}：没有任何记录；数据集每行是一个 JSON 对象，例如 {{\"messages\": [...]}}")
        }
        Error::LinesReplaced { records } => {
            format!("以下记录的行写了两次，因为快速分词引擎给出了错误的结果：{}；请以后面的行为准", spans(records))
        }
        Error::Report { path, fault } => format!("{}：{}", path.display(), report_fault(fault)),
        Error::NotExported { place, error } => format!("{place}：{}", super::encode(error)),
        Error::NotDrawn(fault) => format!("--format：{}", picture::picture(fault)),
        Error::NotWritten { path, fault } => format!("无法写出 {}：{}", path.display(), write_fault(fault)),
        Error::NoCommand { name, nearest } => {
            format!("{name}：既没有这个文件，也没有这个命令（是否想用 `{nearest}`？）；`maskview --help` 列出全部命令")
        }
        Error::NoPipe => "标准输入是终端；请通过管道传入数据集：cat data.jsonl | maskview -".to_owned(),
        Error::Terminal(said) => format!("无法使用终端：{said}；请用 `maskview print`，它不需要终端"),
        Error::Gathered(said) => format!(
            "无法读回暂存在临时文件中的记录信息：{said}；可用 TMPDIR 指定其他目录，或用 --ignore 关闭 \
             duplicate-record、near-duplicate 和 other-answer，此时不再暂存"
        ),
        Error::Output(said) => format!("无法写出：{said}"),
    }
}

fn write_fault(fault: &WriteFault) -> String {
    match fault {
        WriteFault::NoFolder(folder) => {
            format!("文件夹 {} 不存在；请先创建（mkdir -p），或换一个文件名", folder.display())
        }
        WriteFault::NotFolder(folder) => format!("{} 不是文件夹；请换一个位置", folder.display()),
        WriteFault::IsFolder => "已有同名的文件夹；请给出文件名".to_owned(),
        WriteFault::Denied(folder) => {
            format!("没有写入文件夹 {} 的权限；请检查权限（ls -ld），或写到其他文件夹", folder.display())
        }
        WriteFault::Full => "磁盘空间不足；请释放空间，或写到其他磁盘".to_owned(),
        WriteFault::System(said) => said.clone(),
    }
}

fn report_fault(fault: &ReportFault) -> String {
    match fault {
        ReportFault::NoFile => {
            "没有这个文件；请给出 `maskview audit --format json --output FILE` 写出的报告".to_owned()
        }
        ReportFault::Unreadable(said) => format!("无法读取：{said}"),
        ReportFault::NotReport(said) => {
            format!("不是报告（{said}）；请给出 `maskview audit --format json` 写出的文件")
        }
        ReportFault::Version { found: Some(found), known } => {
            format!("报告版本为 {found}，而此 maskview 读取版本 {known}；请重新审计这一部分")
        }
        ReportFault::Version { found: None, .. } => {
            "不是报告：没有版本号；请给出 `maskview audit --format json` 写出的文件".to_owned()
        }
        ReportFault::Mismatch(Mismatch::Head { what, first, other }) => {
            format!("它的 {what} 是 {other}，而第一份报告的是 {first}；请用相同的选项审计所有部分")
        }
        ReportFault::OtherBaseline { what, before, now } => {
            format!("它的 {what} 是 {before}，而本次审计的是 {now}；请给出以相同选项审计得到的基线")
        }
        ReportFault::BaselineOfPart(shard) => {
            format!("这是分片 {shard} 的报告；请给出整个数据集的报告，可由 `maskview merge` 合并各分片得到")
        }
        ReportFault::Mismatch(Mismatch::Twice(shard)) => format!("分片 {shard} 出现了两次；每个分片只能给出一次"),
        ReportFault::Mismatch(Mismatch::Missing(shard)) => format!("缺少分片 {shard}；请把它的报告也给出"),
        ReportFault::Mismatch(Mismatch::State(said)) => {
            format!("无法理解其中的状态（{said}）；请用此 maskview 重新审计这一部分")
        }
    }
}

pub(super) fn option_fault(fault: &OptionFault) -> String {
    match fault {
        OptionFault::Schema { name, known } => format!("没有 schema `{name}`；可用的有 {}", known.join("、")),
        OptionFault::Theme { name, known } => {
            let meant = meant_any(&likely(name, known.iter().copied()));
            format!("没有主题 `{name}`{meant}；可用的有 {}", known.join("、"))
        }
        OptionFault::View { name, known } => {
            let meant = meant_any(&likely(name, known.iter().copied()));
            format!("没有视图 `{name}`{meant}；可用的有 {}", known.join("、"))
        }
        OptionFault::NotJson { reason } => {
            format!("不是合法的 JSON：{reason}；请给出对象，例如 '{{\"enable_thinking\": false}}'")
        }
        OptionFault::NotObject { found } => {
            format!("应为 JSON 对象，实际是{}；例如 '{{\"enable_thinking\": false}}'", kind(*found))
        }
        OptionFault::NotTime { text } => format!("`{text}` 不是时间；请写成 2026-01-31T12:00:00 的形式"),
        OptionFault::EmptyMarker => "标记为空；请给出它的文本".to_owned(),
        OptionFault::TooMuchPadding { asked, most } => {
            format!("一条记录不能有 {asked} 个 pad token；最多 {most} 个，或用 `max` 配合不超过该值的最大长度")
        }
        OptionFault::NothingCalled { name, likely } => {
            format!(
                "没有名为 `{name}` 的策略、检查项、检查项类别或内置分词器{}；`maskview explain` 会列出全部",
                meant_any(likely)
            )
        }
        OptionFault::NotRecords { text } => format!("`{text}` 不是记录列表；请写成 1,3,5-9 的形式，或写 all"),
        OptionFault::Columns { pair, known } => format!(
            "无法理解 `{pair}`；请写出要读取的键及其在数据中的名称，例如 messages=chat,content=text；可读取的键有 {}",
            known.join("、")
        ),
        OptionFault::Exists { path } => format!("{} 已存在；请换一个名称，或用 --force 覆盖", path.display()),
        OptionFault::OverInput { input } => format!("这就是作为 {input} 读取的文件；请换一个名称，输入文件不会被改动"),
        OptionFault::NoFormat { ending, known } => {
            let known: Vec<String> = known.iter().map(|ending| format!(".{ending}")).collect();
            format!("扩展名 `.{ending}` 不对应任何格式；请使用 {} 之一，或用 --format 指定格式", known.join("、"))
        }
        OptionFault::IsAudited { path } => format!("{path} 就是正在审计的数据集；请给出不应与之重叠的数据集"),
        OptionFault::NoText { format } => format!("{format} 不能写到终端；请用 --output 指定文件，或通过管道传出"),
        OptionFault::SameOutput { path } => format!("{path} 已由另一个选项写出；请换一个名称"),
        OptionFault::NoLines { ending } => format!(
            "写出的是 JSON Lines，而以 .{ending} 结尾的名称表示另一种格式；请使用以 .jsonl、.jsonl.gz 或 .jsonl.zst 结尾的名称"
        ),
        OptionFault::NotTwoPolicies { given } => {
            format!("diff 比较两个策略，而这里给出了 {given} 个；请给出 A 和 B，例如 `-p legacy,fixed`")
        }
    }
}
