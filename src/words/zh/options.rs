//! The command line's help in Chinese: by command (`print`), by argument (`files`, or `print.format` for one command
//! alone) and by value (`color=auto`).

use crate::words::CommandLine;

/// The help of the command line.
pub(super) static COMMAND_LINE: CommandLine = CommandLine {
    usage: "用法：",
    commands: "命令",
    command: "命令",
    arguments: "参数",
    options: "选项",
    default: "（默认：{}）",
    values: "（可选值：{}）",
    comma: "、",
    colon: "：",
    help: HELP,
};

/// The help of each. What stands here and is asked for by nothing fails a test, and so does what is missing.
static HELP: &[(&str, &str)] = &[
    ("maskview", "查看监督微调的损失掩码：每个 token 及其掩码位"),
    (
        "maskview+",
        "查看监督微调的损失掩码：每个 token 及其掩码位\n\n在终端中打开对话数据集，像训练框架那样对每段对话分词，并在每个 token 旁显示它的掩码位。标准输出不是终端时，等同于 \
         `maskview print`。",
    ),
    ("print", "以文本或 JSON 输出 token 和掩码位"),
    ("diff", "在整个数据集上比较两个策略：哪里不同、多少处不同、为什么不同"),
    ("audit", "审计数据集：每条记录训练了什么，哪里有问题"),
    ("audit.format", "报告的输出格式"),
    ("audit.format=human", "一屏文字、表格和条形图"),
    ("audit.format=json", "一个包含全部数字的 JSON 对象"),
    ("audit.format=jsonl", "每个问题一行 JSON 对象"),
    ("fail_on", "什么情况下以退出码 1 结束"),
    ("fail_on=error", "有错误，或有无法显示的记录"),
    ("fail_on=warning", "有警告时也算"),
    ("fail_on=never", "从不"),
    ("select", "只运行这些检查项：代码或类别，用逗号分隔"),
    ("ignore", "不运行这些检查项：代码或类别，用逗号分隔"),
    ("severity", "某个检查项或类别的级别：`info`、`warning` 或 `error`，可多次给出"),
    ("explain", "说明一个策略或检查项；不给名称时列出全部"),
    ("completions", "输出 shell 的补全脚本"),
    ("man", "输出手册页"),
    ("-h", "显示帮助"),
    ("-V", "显示版本"),
    ("name", "策略的名称，或检查项的代码"),
    ("shell", "shell 的名称"),
    ("print.format", "记录的输出格式"),
    ("format=flow", "连续文本中的 token，掩码位写在下方"),
    ("format=lanes", "token 排成一行，每个策略一行掩码位，并标出差异"),
    ("format=table", "每行一个 token"),
    ("format=pairs", "按训练时的移位显示表格：X -> Y"),
    ("print.format=json", "由记录组成的 JSON 数组"),
    ("print.format=jsonl", "每行一个 JSON 对象"),
    ("records", "要输出的记录，例如 `1,3,5-9`，或 `all`。默认为 1；与 `--where` 一起使用时为全部"),
    ("width", "文本格式的列数；默认为终端宽度，没有终端时为 100"),
    ("diff.format", "比较结果的输出格式"),
    ("format=human", "文字、表格和条形图"),
    ("diff.format=json", "一个包含全部计数的 JSON 对象"),
    ("diff.format=jsonl", "每处差异一行 JSON 对象"),
    (
        "files",
        "数据集：JSON Lines、JSON 数组、CSV、Parquet、Arrow，可以是压缩文件；`-` 表示标准输入。默认取训练框架配置中的数据集",
    ),
    ("axolotl", "axolotl 的配置：从中读取分词器、对话模板、策略、最大长度和数据集"),
    ("llamafactory", "LLaMA-Factory 的配置，以及它的 `dataset_info.json`"),
    ("trl", "TRL 的 `trl sft` 的配置"),
    (
        "tokenizer",
        "分词器：内置的（`minimind`、`chatml`）、含有 tokenizer.json 的目录、tokenizer.json 文件，或 Hugging Face Hub \
         上的模型（`org/name`、`org/name@revision`，取自缓存或下载）。默认取训练框架的配置，其次取环境变量 \
         `MASKVIEW_TOKENIZER`，否则为 `minimind`",
    ),
    ("chat_template", "用来代替分词器自带对话模板的 Jinja 文件，或分词器中某个模板的名称；`none` 表示文本按原样分词"),
    ("template_kwargs", "传给模板的额外变量，例如 `{\"enable_thinking\": false}`"),
    (
        "policy",
        "要显示的策略，按顺序以逗号分隔；前两个为 A 和 B。`all` 表示全部策略。默认取训练框架的配置，否则为 `legacy,fixed`",
    ),
    ("begin", "扫描类策略的起始标记，即 assistant 的角色头；可以写 `\\n`。默认从模板推导"),
    ("end", "扫描类策略的结束标记，即轮次的结尾"),
    ("user_begin", "user 的角色头"),
    ("max_length", "像训练框架那样，把序列截断到这么多 token"),
    ("padding", "在末尾填充这么多 pad token；`max`：填充到最大长度。默认为 4，已经分词的记录不填充"),
    ("add_special_tokens", "分词时加上分词器自己的 BOS 和 EOS，与 minimind 相同"),
    ("columns", "要读取的键在数据中的其他名称，例如 `messages=chat,content=text`：键，等号，数据中的名称"),
    ("schema", "记录格式识别错误时，用它指定格式"),
    ("terms", "只保留满足全部条件的记录，例如 `role:tool tokens>4096 !differs`；条件列表见 README"),
    ("lang", "输出文字所用的语言。默认取 `LC_ALL`、`LC_MESSAGES` 或 `LANG`"),
    ("lang=en", "English"),
    ("lang=zh", "简体中文"),
    ("color", "何时使用颜色"),
    ("color=auto", "标准输出是终端且未设置 `NO_COLOR` 时使用，设置了 `CLICOLOR_FORCE` 时也使用"),
    ("color=always", "总是"),
    ("color=never", "从不"),
    ("theme", "主题：`dark`、`light` 或 `mono`。默认根据终端的报告选择，否则为 `dark`"),
];
