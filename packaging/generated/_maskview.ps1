
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'maskview' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'maskview'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'maskview' {
            [CompletionResult]::new('--axolotl', '--axolotl', [CompletionResultType]::ParameterName, 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it')
            [CompletionResult]::new('--llamafactory', '--llamafactory', [CompletionResultType]::ParameterName, 'LLaMA-Factory''s configuration, with its `dataset_info.json`')
            [CompletionResult]::new('--trl', '--trl', [CompletionResultType]::ParameterName, 'The configuration of TRL''s `trl sft`')
            [CompletionResult]::new('--swift', '--swift', [CompletionResultType]::ParameterName, 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints')
            [CompletionResult]::new('--mlx', '--mlx', [CompletionResultType]::ParameterName, 'The configuration of mlx-lm''s `mlx_lm.lora --config`')
            [CompletionResult]::new('--verl', '--verl', [CompletionResultType]::ParameterName, 'The Hydra configuration of verl''s SFT')
            [CompletionResult]::new('--axolotl-home', '--axolotl-home', [CompletionResultType]::ParameterName, 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here')
            [CompletionResult]::new('--tokenizer', '--tokenizer', [CompletionResultType]::ParameterName, 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand')
            [CompletionResult]::new('--template-kwargs', '--template-kwargs', [CompletionResultType]::ParameterName, 'Extra variables for the template, such as `{"enable_thinking": false}`')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms')
            [CompletionResult]::new('--max-record-size', '--max-record-size', [CompletionResultType]::ParameterName, 'The most bytes of one record, such as `256M`; a larger one is an error in its place')
            [CompletionResult]::new('--max-unpacked-size', '--max-unpacked-size', [CompletionResultType]::ParameterName, 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'The end marker of the scanning policies')
            [CompletionResult]::new('--user-begin', '--user-begin', [CompletionResultType]::ParameterName, 'The user''s header')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'Cut sequences after that many tokens, as the trainer does')
            [CompletionResult]::new('--padding', '--padding', [CompletionResultType]::ParameterName, 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'The viewer opens this record, counted from 1')
            [CompletionResult]::new('--token', '--token', [CompletionResultType]::ParameterName, 'The viewer''s cursor starts on this token, counted from 0. Default: the first that differs or is found faulty')
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'The viewer''s first view: `flow`, `lanes`, `table`, `pairs` or `split`')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Take nothing from a `maskview.toml` beside the data or above it')
            [CompletionResult]::new('--add-special-tokens', '--add-special-tokens', [CompletionResultType]::ParameterName, 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does')
            [CompletionResult]::new('--no-mouse', '--no-mouse', [CompletionResultType]::ParameterName, 'Leave the mouse to the terminal')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print tokens and bits as text or JSON')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two policies over a whole data set: what differs, how often, and why')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Audit a data set: what is trained of every record, and what is wrong')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Add up the JSON reports of audits of parts')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a record as a picture, or records as the labels that a trainer is to see')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'Show, check or mark the chat template')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a policy, a lint or a family of lints; without a name, list them')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print the settings in force, with where each comes from')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'maskview;print' {
            [CompletionResult]::new('--axolotl', '--axolotl', [CompletionResultType]::ParameterName, 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it')
            [CompletionResult]::new('--llamafactory', '--llamafactory', [CompletionResultType]::ParameterName, 'LLaMA-Factory''s configuration, with its `dataset_info.json`')
            [CompletionResult]::new('--trl', '--trl', [CompletionResultType]::ParameterName, 'The configuration of TRL''s `trl sft`')
            [CompletionResult]::new('--swift', '--swift', [CompletionResultType]::ParameterName, 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints')
            [CompletionResult]::new('--mlx', '--mlx', [CompletionResultType]::ParameterName, 'The configuration of mlx-lm''s `mlx_lm.lora --config`')
            [CompletionResult]::new('--verl', '--verl', [CompletionResultType]::ParameterName, 'The Hydra configuration of verl''s SFT')
            [CompletionResult]::new('--axolotl-home', '--axolotl-home', [CompletionResultType]::ParameterName, 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here')
            [CompletionResult]::new('--tokenizer', '--tokenizer', [CompletionResultType]::ParameterName, 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand')
            [CompletionResult]::new('--template-kwargs', '--template-kwargs', [CompletionResultType]::ParameterName, 'Extra variables for the template, such as `{"enable_thinking": false}`')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms')
            [CompletionResult]::new('--max-record-size', '--max-record-size', [CompletionResultType]::ParameterName, 'The most bytes of one record, such as `256M`; a larger one is an error in its place')
            [CompletionResult]::new('--max-unpacked-size', '--max-unpacked-size', [CompletionResultType]::ParameterName, 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'The end marker of the scanning policies')
            [CompletionResult]::new('--user-begin', '--user-begin', [CompletionResultType]::ParameterName, 'The user''s header')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'Cut sequences after that many tokens, as the trainer does')
            [CompletionResult]::new('--padding', '--padding', [CompletionResultType]::ParameterName, 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How records are printed')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'Records to print, such as `1,3,5-9`, or `all`. Default: 1; with `--where`, all. `--record` is the same')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of the text formats; by default those of the terminal, 100 without one')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Take nothing from a `maskview.toml` beside the data or above it')
            [CompletionResult]::new('--add-special-tokens', '--add-special-tokens', [CompletionResultType]::ParameterName, 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;diff' {
            [CompletionResult]::new('--axolotl', '--axolotl', [CompletionResultType]::ParameterName, 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it')
            [CompletionResult]::new('--llamafactory', '--llamafactory', [CompletionResultType]::ParameterName, 'LLaMA-Factory''s configuration, with its `dataset_info.json`')
            [CompletionResult]::new('--trl', '--trl', [CompletionResultType]::ParameterName, 'The configuration of TRL''s `trl sft`')
            [CompletionResult]::new('--swift', '--swift', [CompletionResultType]::ParameterName, 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints')
            [CompletionResult]::new('--mlx', '--mlx', [CompletionResultType]::ParameterName, 'The configuration of mlx-lm''s `mlx_lm.lora --config`')
            [CompletionResult]::new('--verl', '--verl', [CompletionResultType]::ParameterName, 'The Hydra configuration of verl''s SFT')
            [CompletionResult]::new('--axolotl-home', '--axolotl-home', [CompletionResultType]::ParameterName, 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here')
            [CompletionResult]::new('--tokenizer', '--tokenizer', [CompletionResultType]::ParameterName, 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand')
            [CompletionResult]::new('--template-kwargs', '--template-kwargs', [CompletionResultType]::ParameterName, 'Extra variables for the template, such as `{"enable_thinking": false}`')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms')
            [CompletionResult]::new('--max-record-size', '--max-record-size', [CompletionResultType]::ParameterName, 'The most bytes of one record, such as `256M`; a larger one is an error in its place')
            [CompletionResult]::new('--max-unpacked-size', '--max-unpacked-size', [CompletionResultType]::ParameterName, 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'The end marker of the scanning policies')
            [CompletionResult]::new('--user-begin', '--user-begin', [CompletionResultType]::ParameterName, 'The user''s header')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'Cut sequences after that many tokens, as the trainer does')
            [CompletionResult]::new('--padding', '--padding', [CompletionResultType]::ParameterName, 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the comparison is written')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Take nothing from a `maskview.toml` beside the data or above it')
            [CompletionResult]::new('--add-special-tokens', '--add-special-tokens', [CompletionResultType]::ParameterName, 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;audit' {
            [CompletionResult]::new('--axolotl', '--axolotl', [CompletionResultType]::ParameterName, 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it')
            [CompletionResult]::new('--llamafactory', '--llamafactory', [CompletionResultType]::ParameterName, 'LLaMA-Factory''s configuration, with its `dataset_info.json`')
            [CompletionResult]::new('--trl', '--trl', [CompletionResultType]::ParameterName, 'The configuration of TRL''s `trl sft`')
            [CompletionResult]::new('--swift', '--swift', [CompletionResultType]::ParameterName, 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints')
            [CompletionResult]::new('--mlx', '--mlx', [CompletionResultType]::ParameterName, 'The configuration of mlx-lm''s `mlx_lm.lora --config`')
            [CompletionResult]::new('--verl', '--verl', [CompletionResultType]::ParameterName, 'The Hydra configuration of verl''s SFT')
            [CompletionResult]::new('--axolotl-home', '--axolotl-home', [CompletionResultType]::ParameterName, 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here')
            [CompletionResult]::new('--tokenizer', '--tokenizer', [CompletionResultType]::ParameterName, 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand')
            [CompletionResult]::new('--template-kwargs', '--template-kwargs', [CompletionResultType]::ParameterName, 'Extra variables for the template, such as `{"enable_thinking": false}`')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms')
            [CompletionResult]::new('--max-record-size', '--max-record-size', [CompletionResultType]::ParameterName, 'The most bytes of one record, such as `256M`; a larger one is an error in its place')
            [CompletionResult]::new('--max-unpacked-size', '--max-unpacked-size', [CompletionResultType]::ParameterName, 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'The end marker of the scanning policies')
            [CompletionResult]::new('--user-begin', '--user-begin', [CompletionResultType]::ParameterName, 'The user''s header')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'Cut sequences after that many tokens, as the trainer does')
            [CompletionResult]::new('--padding', '--padding', [CompletionResultType]::ParameterName, 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How the report is written. Default: as the name of `--output` ends, else `human`')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'What makes the run end with exit code 1. Default: `error`')
            [CompletionResult]::new('--select', '--select', [CompletionResultType]::ParameterName, 'Run only these lints: codes or families, comma-separated')
            [CompletionResult]::new('--ignore', '--ignore', [CompletionResultType]::ParameterName, 'Leave these lints out: codes or families, comma-separated')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'How much the findings of a lint or a family matter: `info`, `warning` or `error`. Can be given several times')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'A report of an earlier audit: the run fails only for what is worse than there')
            [CompletionResult]::new('--against', '--against', [CompletionResultType]::ParameterName, 'Another data set, such as the evaluation set, which must not share records with this one: files, comma-separated')
            [CompletionResult]::new('--shard', '--shard', [CompletionResultType]::ParameterName, 'Audit only one of several equal parts of the records, such as `3/8`; `maskview merge` adds their reports up')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which is replaced when all is written')
            [CompletionResult]::new('--write-clean', '--write-clean', [CompletionResultType]::ParameterName, 'Write the records without a fault that `--fail-on` counts, as they are, to this file: JSON lines, compressed where the name ends in .gz or .zst')
            [CompletionResult]::new('--write-faulty', '--write-faulty', [CompletionResultType]::ParameterName, 'Write the records with such a fault to this file')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The policy to audit by, and behind a comma others to set beside it. Default: `labels` where the records are token ids with labels, else `generation` where the chat template has generation blocks, else `minimind`; the figures of whatever else applies stand below the findings')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policy to audit by, and behind a comma others to set beside it. Default: `labels` where the records are token ids with labels, else `generation` where the chat template has generation blocks, else `minimind`; the figures of whatever else applies stand below the findings')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Take nothing from a `maskview.toml` beside the data or above it')
            [CompletionResult]::new('--add-special-tokens', '--add-special-tokens', [CompletionResultType]::ParameterName, 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;merge' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How their sum is written. Default: as the name of `--output` ends, else `human` on a terminal and `json`, which `merge` reads again, elsewhere')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'What makes the run end with exit code 1')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'A report of an earlier audit: the run fails only for what is worse than there')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which is replaced when all is written')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;export' {
            [CompletionResult]::new('--axolotl', '--axolotl', [CompletionResultType]::ParameterName, 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it')
            [CompletionResult]::new('--llamafactory', '--llamafactory', [CompletionResultType]::ParameterName, 'LLaMA-Factory''s configuration, with its `dataset_info.json`')
            [CompletionResult]::new('--trl', '--trl', [CompletionResultType]::ParameterName, 'The configuration of TRL''s `trl sft`')
            [CompletionResult]::new('--swift', '--swift', [CompletionResultType]::ParameterName, 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints')
            [CompletionResult]::new('--mlx', '--mlx', [CompletionResultType]::ParameterName, 'The configuration of mlx-lm''s `mlx_lm.lora --config`')
            [CompletionResult]::new('--verl', '--verl', [CompletionResultType]::ParameterName, 'The Hydra configuration of verl''s SFT')
            [CompletionResult]::new('--axolotl-home', '--axolotl-home', [CompletionResultType]::ParameterName, 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here')
            [CompletionResult]::new('--tokenizer', '--tokenizer', [CompletionResultType]::ParameterName, 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand')
            [CompletionResult]::new('--template-kwargs', '--template-kwargs', [CompletionResultType]::ParameterName, 'Extra variables for the template, such as `{"enable_thinking": false}`')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms')
            [CompletionResult]::new('--max-record-size', '--max-record-size', [CompletionResultType]::ParameterName, 'The most bytes of one record, such as `256M`; a larger one is an error in its place')
            [CompletionResult]::new('--max-unpacked-size', '--max-unpacked-size', [CompletionResultType]::ParameterName, 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'The end marker of the scanning policies')
            [CompletionResult]::new('--user-begin', '--user-begin', [CompletionResultType]::ParameterName, 'The user''s header')
            [CompletionResult]::new('--max-length', '--max-length', [CompletionResultType]::ParameterName, 'Cut sequences after that many tokens, as the trainer does')
            [CompletionResult]::new('--padding', '--padding', [CompletionResultType]::ParameterName, 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--theme', '--theme', [CompletionResultType]::ParameterName, 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'What is written. Default: what the ending of `--output` says, and `svg` without an ending')
            [CompletionResult]::new('--records', '--records', [CompletionResultType]::ParameterName, 'The record of a picture, or the records whose labels are written, such as `1,3,5-9`. Default: 1; of labels, all. `--record` is the same')
            [CompletionResult]::new('--view', '--view', [CompletionResultType]::ParameterName, 'The view of a picture: `flow`, `lanes`, `table`, `pairs` or `split`')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Columns of a picture')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file instead of standard output; a file that is there stays as it is')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The policies of a picture, in order, comma-separated, of which the first is that of labels. Default: of a picture as in the viewer, of labels as `maskview audit` chooses')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'The policies of a picture, in order, comma-separated, of which the first is that of labels. Default: of a picture as in the viewer, of labels as `maskview audit` chooses')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Take nothing from a `maskview.toml` beside the data or above it')
            [CompletionResult]::new('--add-special-tokens', '--add-special-tokens', [CompletionResultType]::ParameterName, 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Write over a file that is there')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;template' {
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write to this file, which is replaced when all is written; a template that is not marked leaves it as it was')
            [CompletionResult]::new('--axolotl', '--axolotl', [CompletionResultType]::ParameterName, 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it')
            [CompletionResult]::new('--llamafactory', '--llamafactory', [CompletionResultType]::ParameterName, 'LLaMA-Factory''s configuration, with its `dataset_info.json`')
            [CompletionResult]::new('--trl', '--trl', [CompletionResultType]::ParameterName, 'The configuration of TRL''s `trl sft`')
            [CompletionResult]::new('--swift', '--swift', [CompletionResultType]::ParameterName, 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints')
            [CompletionResult]::new('--mlx', '--mlx', [CompletionResultType]::ParameterName, 'The configuration of mlx-lm''s `mlx_lm.lora --config`')
            [CompletionResult]::new('--verl', '--verl', [CompletionResultType]::ParameterName, 'The Hydra configuration of verl''s SFT')
            [CompletionResult]::new('--axolotl-home', '--axolotl-home', [CompletionResultType]::ParameterName, 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here')
            [CompletionResult]::new('--tokenizer', '--tokenizer', [CompletionResultType]::ParameterName, 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`')
            [CompletionResult]::new('--chat-template', '--chat-template', [CompletionResultType]::ParameterName, 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand')
            [CompletionResult]::new('--template-kwargs', '--template-kwargs', [CompletionResultType]::ParameterName, 'Extra variables for the template, such as `{"enable_thinking": false}`')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data')
            [CompletionResult]::new('--where', '--where', [CompletionResultType]::ParameterName, 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms')
            [CompletionResult]::new('--max-record-size', '--max-record-size', [CompletionResultType]::ParameterName, 'The most bytes of one record, such as `256M`; a larger one is an error in its place')
            [CompletionResult]::new('--max-unpacked-size', '--max-unpacked-size', [CompletionResultType]::ParameterName, 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('--isolated', '--isolated', [CompletionResultType]::ParameterName, 'Take nothing from a `maskview.toml` beside the data or above it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;explain' {
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;config' {
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'maskview;completions' {
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;man' {
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'maskview;help' {
            [CompletionResult]::new('print', 'print', [CompletionResultType]::ParameterValue, 'Print tokens and bits as text or JSON')
            [CompletionResult]::new('diff', 'diff', [CompletionResultType]::ParameterValue, 'Compare two policies over a whole data set: what differs, how often, and why')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Audit a data set: what is trained of every record, and what is wrong')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Add up the JSON reports of audits of parts')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a record as a picture, or records as the labels that a trainer is to see')
            [CompletionResult]::new('template', 'template', [CompletionResultType]::ParameterValue, 'Show, check or mark the chat template')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a policy, a lint or a family of lints; without a name, list them')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Print the settings in force, with where each comes from')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'maskview;help;print' {
            break
        }
        'maskview;help;diff' {
            break
        }
        'maskview;help;audit' {
            break
        }
        'maskview;help;merge' {
            break
        }
        'maskview;help;export' {
            break
        }
        'maskview;help;template' {
            break
        }
        'maskview;help;explain' {
            break
        }
        'maskview;help;config' {
            break
        }
        'maskview;help;completions' {
            break
        }
        'maskview;help;man' {
            break
        }
        'maskview;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
