//! What keys do, in words: for the help, the hints and the README.

use super::command::{Answer, Command, Compare, Copying, Go, Look, Move, Session, Try, Typing};
use super::{Context, Group};
use crate::words::Said;

const fn said(en: &'static str, zh: &'static str) -> Said {
    Said { en, zh }
}

/// The heading of a group.
pub(super) fn heading(group: Group) -> Said {
    match group {
        Group::Compare => said("Compare", "比较"),
        Group::Boundary => said("Try a boundary", "尝试边界"),
        Group::Move => said("Move", "移动"),
        Group::Find => said("Find", "查找"),
        Group::View => said("Look", "查看"),
        Group::Copy => said("Copy (y) and export (x)", "复制（y）与导出（x）"),
        Group::Of(Context::List) => said("In the list of records", "在记录列表中"),
        Group::Of(Context::Picker) => said("In the list of policies", "在策略列表中"),
        Group::Of(Context::Matrix) => said("In the matrix", "在矩阵中"),
        Group::Of(Context::Report) => said("In a report", "在报告中"),
        Group::Of(Context::Pages) => said("On a page of text", "在文字页面中"),
        Group::Of(Context::Try) => said("While you try a boundary", "尝试边界时"),
        Group::Of(Context::Prompt) => said("While you type", "输入时"),
        Group::Of(Context::Viewer) => said("Beside the record", "在记录界面"),
        Group::Of(Context::Everywhere) => said("Everywhere", "任何界面"),
    }
}

/// What a command does in a context, as a line of the help.
pub(super) fn help(context: Context, command: Command) -> Said {
    match command {
        Command::Move(command) => moving(command),
        Command::Go(command) => going(command),
        Command::Compare(command) => comparing(command),
        Command::Try(command) => trying(command),
        Command::Look(command) => looking(command),
        Command::Answer(command) => answering(context, command),
        Command::Type(command) => typing(context, command),
        Command::Copy(command) => copying(command),
        Command::Session(Session::Reload) => said("open the files again; the place is kept", "重新打开文件，位置不变"),
        Command::Session(Session::Follow) => said("follow appended records, or stop", "跟随追加的记录，或停止跟随"),
        Command::Session(Session::Redraw) => said("draw the screen anew", "重绘屏幕"),
        Command::Session(Session::Help) => said("show these keys", "显示按键"),
        Command::Session(Session::Suspend) => said("back to the shell; fg returns", "回到 shell，用 fg 返回"),
        Command::Session(Session::Quit) => said("quit", "退出"),
    }
}

fn moving(command: Move) -> Said {
    match command {
        Move::Forward => said("next token", "下一个 token"),
        Move::Back => said("previous token", "上一个 token"),
        Move::Down => said("a row down", "下一行"),
        Move::Up => said("a row up", "上一行"),
        Move::PageDown => said("a page down", "下一页"),
        Move::PageUp => said("a page up", "上一页"),
        Move::First => said("first token", "第一个 token"),
        Move::Last => said("last token", "最后一个 token"),
        Move::HalfDown => said("half a page down", "下半页"),
        Move::HalfUp => said("half a page up", "上半页"),
        Move::RowStart => said("first token of the row", "本行第一个 token"),
        Move::RowEnd => said("last token of the row", "本行最后一个 token"),
        Move::NextMessage => said("next message", "下一条消息"),
        Move::PreviousMessage => said("previous message", "上一条消息"),
    }
}

fn going(command: Go) -> Said {
    match command {
        Go::NextRecord => said("next record", "下一条记录"),
        Go::PreviousRecord => said("previous record", "上一条记录"),
        Go::Line => said("go to: 42 a record, t99 a token, m3 a message", "转到：42 记录，t99 token，m3 消息"),
        Go::OtherAnswer => said("the other answer: chosen, rejected", "另一个回答：chosen、rejected"),
        Go::Search => said("search the texts of all records (regex)", "在所有记录的文本中搜索（正则表达式）"),
        Go::SearchBack => said("search backward", "反向搜索"),
        Go::NextMatch => said("next match; without a search, next change", "下一个匹配；未搜索时为下一处差异"),
        Go::PreviousMatch => said("previous match or change", "上一个匹配或差异"),
        Go::Filter => said(
            "filter records, as --where does (`maskview explain where`)",
            "筛选记录，与 --where 相同（见 `maskview explain where`）",
        ),
        Go::Sort => said("sort: files, tokens, share, changes, findings", "排序：文件、token、占比、差异、问题"),
        Go::Mark => said("mark this place with a letter", "用字母标记当前位置"),
        Go::ToMark => said("go to a marked place", "转到标记的位置"),
        Go::Back => said("back to the place before the jump", "返回跳转前的位置"),
        Go::Onward => said("forward again", "再次前进"),
    }
}

fn comparing(command: Compare) -> Said {
    match command {
        Compare::Swap => said("swap A and B: which policy is on show", "切换显示 A 或 B"),
        Compare::Pick => said("choose the policy on show from a list", "从列表中选择要显示的策略"),
        Compare::NextDifference => said("next change, across records", "下一处差异，可跨记录"),
        Compare::PreviousDifference => said("previous change, across records", "上一处差异，可跨记录"),
        Compare::NextFinding => said("next error or warning", "下一个错误或警告"),
        Compare::PreviousFinding => said("previous error or warning", "上一个错误或警告"),
        Compare::Audit => said("audit: what is wrong in all records", "审计：所有记录中的问题"),
        Compare::Frequencies => {
            said("how often tokens are trained first, last, at all", "首个、末个及全部训练 token 的频次")
        }
        Compare::Matrix => {
            said("matrix: tokens that each pair of policies disagrees on", "矩阵：每两个策略之间不同的 token")
        }
        Compare::Words => said("explain in words what differs and why", "用文字说明哪里不同、为什么不同"),
    }
}

fn trying(command: Try) -> Said {
    match command {
        Try::Open => said("try another boundary or marker", "尝试其他边界或标记"),
        Try::Newline => said("markers with or without their newline", "标记是否包含换行符"),
        Try::StartBack => said("start of the loss one token back", "损失起点前移一个 token"),
        Try::StartOn => said("start of the loss one token on", "损失起点后移一个 token"),
        Try::EndBack => said("end of the loss one token back", "损失终点前移一个 token"),
        Try::EndOn => said("end of the loss one token on", "损失终点后移一个 token"),
        Try::Reset => said("reset policies and markers", "重置策略和标记"),
    }
}

fn looking(command: Look) -> Said {
    match command {
        Look::NextView => {
            said("next view: flow, lanes, table, pairs, split", "下一种视图：flow、lanes、table、pairs、split")
        }
        Look::PreviousView => said("previous view", "上一种视图"),
        Look::Inspect => said("all about the token", "该 token 的全部信息"),
        Look::ToggleList => said("show or hide the list of records", "显示或隐藏记录列表"),
        Look::ChooseRecord => said("choose a record from the list", "从列表中选择记录"),
        Look::Source => said("source: record, rendered text, template", "源文本：记录、渲染结果、模板"),
        Look::Message => said("the message in full", "完整的消息"),
        Look::Fold => said("fold padding and masked runs, then messages", "折叠填充和长段掩码，再折叠消息"),
        Look::Map => said("show or hide the map of the mask at the edge", "显示或隐藏边缘的掩码缩略图"),
    }
}

fn copying(command: Copying) -> Said {
    match command {
        Copying::Token => said("token", "token"),
        Copying::Message => said("message", "消息"),
        Copying::Record => said("record as JSON", "记录（JSON）"),
        Copying::Ids => said("token ids", "token id"),
        Copying::Mask => said("mask on show", "当前掩码"),
        Copying::CommandLine => said("command that opens this very view", "打开当前视图的命令"),
        Copying::ExportScreen => said("screen as a picture", "屏幕，存为图片"),
        Copying::ExportRecord => said("record as a picture", "记录，存为图片"),
    }
}

fn answering(context: Context, command: Answer) -> Said {
    match (command, context) {
        (Answer::Accept, Context::List) => said("open the record", "打开记录"),
        (Answer::Accept, Context::Picker) => {
            said("put the policy on show; letters filter the list", "显示该策略；输入字母可筛选列表")
        }
        (Answer::Accept, Context::Matrix) => {
            said("compare the pair at the first token that differs", "在第一个不同的 token 处比较这两个策略")
        }
        (Answer::Accept, Context::Report) => said("go there, or filter by it", "转到该处，或按此筛选"),
        (Answer::Accept, Context::Try) => said("keep what was tried", "保留尝试的结果"),
        (Answer::Close, Context::Try) => said("back to the policies before", "恢复之前的策略"),
        (Answer::Accept, _) => said("take what is typed", "确认输入"),
        (Answer::Close, Context::Viewer) => {
            said("close what is open, then clear the search, then the filter", "关闭打开的内容，再清除搜索，再清除筛选")
        }
        (Answer::Close, Context::Prompt) => said("cancel", "取消"),
        (Answer::Close, _) => said("back to the record", "返回记录"),
        (Answer::OtherScope, _) => said("this record, or the whole data set", "这条记录，或整个数据集"),
        (Answer::EveryPolicy, _) => said("every policy, or those on show", "全部策略，或当前策略"),
    }
}

fn typing(context: Context, command: Typing) -> Said {
    match (command, context) {
        (Typing::Erase, Context::Picker) => said("delete the last letter", "删除最后一个字母"),
        (Typing::Erase, _) => said("delete the character before the cursor", "删除光标前的字符"),
        (Typing::EraseWord, _) => said("delete the word before the cursor", "删除光标前的单词"),
        (Typing::Clear, _) => said("delete everything that is typed", "删除全部输入"),
        (Typing::Left, _) => said("one character to the left", "左移一个字符"),
        (Typing::Right, _) => said("one character to the right", "右移一个字符"),
        (Typing::Start, _) => said("start of the line", "行首"),
        (Typing::End, _) => said("end of the line", "行尾"),
        (Typing::Older, _) => said("the previous line that begins with what is typed", "上一条以当前输入开头的历史"),
        (Typing::Newer, _) => said("the next one", "下一条历史"),
        (Typing::Ending, _) => said("the next format, where a file name is asked for", "下一种格式（输入文件名时）"),
    }
}

/// What a command does, in a word or two beside its key.
pub(super) fn hint(command: Command) -> Said {
    match command {
        Command::Compare(Compare::Swap) => said("swap A B", "切换 A/B"),
        Command::Compare(Compare::Pick) => said("policy", "策略"),
        Command::Compare(Compare::NextDifference) => said("next change", "下一差异"),
        Command::Go(Go::NextMatch) => said("next", "下一个"),
        Command::Go(Go::Filter) => said("filter", "筛选"),
        Command::Compare(Compare::Matrix) => said("matrix", "矩阵"),
        Command::Compare(Compare::Words) => said("explain", "说明"),
        Command::Try(Try::Open) => said("try", "尝试"),
        Command::Try(Try::Newline) => said("marker newline", "标记换行"),
        Command::Try(Try::StartBack | Try::StartOn) => said("start", "起点"),
        Command::Try(Try::EndBack | Try::EndOn) => said("end", "终点"),
        Command::Try(Try::Reset) => said("reset", "重置"),
        Command::Go(Go::NextRecord) => said("next record", "下一条记录"),
        Command::Go(Go::Line) => said("go to", "转到"),
        Command::Go(Go::Search) => said("search", "搜索"),
        Command::Look(Look::NextView) => said("view", "视图"),
        Command::Look(Look::Inspect) => said("token", "token"),
        Command::Look(Look::Source) => said("source", "源文本"),
        Command::Look(Look::ToggleList | Look::ChooseRecord) => said("list", "列表"),
        Command::Answer(Answer::Accept) => said("select", "选择"),
        Command::Answer(Answer::Close) => said("close", "关闭"),
        Command::Type(Typing::Erase) => said("delete", "删除"),
        Command::Type(Typing::Ending) => said("format", "格式"),
        Command::Answer(Answer::OtherScope) => said("data set", "数据集"),
        Command::Answer(Answer::EveryPolicy) => said("all", "全部"),
        Command::Session(Session::Help) => said("help", "帮助"),
        Command::Session(Session::Quit) => said("quit", "退出"),
        // What stands in no hint is said as in the help.
        other => help(Context::Viewer, other),
    }
}

/// Where keys work, in the middle of a sentence.
pub(super) fn place(context: Context) -> Said {
    match context {
        Context::Viewer => said("beside the record", "在记录界面"),
        Context::List => said("in the list of records", "在记录列表中"),
        Context::Pages => said("on a page of text", "在文字页面中"),
        Context::Report => said("in a report", "在报告中"),
        Context::Picker => said("in the list of policies", "在策略列表中"),
        Context::Matrix => said("in the matrix", "在矩阵中"),
        Context::Try => said("while you try a boundary", "在尝试边界时"),
        Context::Prompt => said("while you type", "在输入时"),
        Context::Everywhere => said("everywhere", "在任何界面"),
    }
}
