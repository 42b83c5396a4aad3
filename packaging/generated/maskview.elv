
use builtin;
use str;

set edit:completion:arg-completer[maskview] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'maskview'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'maskview'= {
            cand --axolotl 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it'
            cand --llamafactory 'LLaMA-Factory''s configuration, with its `dataset_info.json`'
            cand --trl 'The configuration of TRL''s `trl sft`'
            cand --swift 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints'
            cand --mlx 'The configuration of mlx-lm''s `mlx_lm.lora --config`'
            cand --verl 'The Hydra configuration of verl''s SFT'
            cand --axolotl-home 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here'
            cand --tokenizer 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`'
            cand --chat-template 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand'
            cand --template-kwargs 'Extra variables for the template, such as `{"enable_thinking": false}`'
            cand --schema 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`'
            cand --columns 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data'
            cand --where 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms'
            cand --max-record-size 'The most bytes of one record, such as `256M`; a larger one is an error in its place'
            cand --max-unpacked-size 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand -p 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`'
            cand --policy 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`'
            cand --begin 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template'
            cand --end 'The end marker of the scanning policies'
            cand --user-begin 'The user''s header'
            cand --max-length 'Cut sequences after that many tokens, as the trainer does'
            cand --padding 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already'
            cand --color 'When to use colour'
            cand --theme 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`'
            cand --record 'The viewer opens this record, counted from 1'
            cand --token 'The viewer''s cursor starts on this token, counted from 0. Default: the first that differs or is found faulty'
            cand --view 'The viewer''s first view: `flow`, `lanes`, `table`, `pairs` or `split`'
            cand --isolated 'Take nothing from a `maskview.toml` beside the data or above it'
            cand --add-special-tokens 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does'
            cand --no-mouse 'Leave the mouse to the terminal'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand print 'Print tokens and bits as text or JSON'
            cand diff 'Compare two policies over a whole data set: what differs, how often, and why'
            cand audit 'Audit a data set: what is trained of every record, and what is wrong'
            cand merge 'Add up the JSON reports of audits of parts'
            cand export 'Write a record as a picture, or records as the labels that a trainer is to see'
            cand template 'Show, check or mark the chat template'
            cand explain 'Explain a policy, a lint or a family of lints; without a name, list them'
            cand config 'Print the settings in force, with where each comes from'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'maskview;print'= {
            cand --axolotl 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it'
            cand --llamafactory 'LLaMA-Factory''s configuration, with its `dataset_info.json`'
            cand --trl 'The configuration of TRL''s `trl sft`'
            cand --swift 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints'
            cand --mlx 'The configuration of mlx-lm''s `mlx_lm.lora --config`'
            cand --verl 'The Hydra configuration of verl''s SFT'
            cand --axolotl-home 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here'
            cand --tokenizer 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`'
            cand --chat-template 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand'
            cand --template-kwargs 'Extra variables for the template, such as `{"enable_thinking": false}`'
            cand --schema 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`'
            cand --columns 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data'
            cand --where 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms'
            cand --max-record-size 'The most bytes of one record, such as `256M`; a larger one is an error in its place'
            cand --max-unpacked-size 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand -p 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`'
            cand --policy 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`'
            cand --begin 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template'
            cand --end 'The end marker of the scanning policies'
            cand --user-begin 'The user''s header'
            cand --max-length 'Cut sequences after that many tokens, as the trainer does'
            cand --padding 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already'
            cand --color 'When to use colour'
            cand --theme 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`'
            cand --format 'How records are printed'
            cand --records 'Records to print, such as `1,3,5-9`, or `all`. Default: 1; with `--where`, all. `--record` is the same'
            cand --width 'Columns of the text formats; by default those of the terminal, 100 without one'
            cand --isolated 'Take nothing from a `maskview.toml` beside the data or above it'
            cand --add-special-tokens 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;diff'= {
            cand --axolotl 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it'
            cand --llamafactory 'LLaMA-Factory''s configuration, with its `dataset_info.json`'
            cand --trl 'The configuration of TRL''s `trl sft`'
            cand --swift 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints'
            cand --mlx 'The configuration of mlx-lm''s `mlx_lm.lora --config`'
            cand --verl 'The Hydra configuration of verl''s SFT'
            cand --axolotl-home 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here'
            cand --tokenizer 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`'
            cand --chat-template 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand'
            cand --template-kwargs 'Extra variables for the template, such as `{"enable_thinking": false}`'
            cand --schema 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`'
            cand --columns 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data'
            cand --where 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms'
            cand --max-record-size 'The most bytes of one record, such as `256M`; a larger one is an error in its place'
            cand --max-unpacked-size 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand -p 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`'
            cand --policy 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer''s configuration says, else `maskview.toml`, else `legacy,fixed`'
            cand --begin 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template'
            cand --end 'The end marker of the scanning policies'
            cand --user-begin 'The user''s header'
            cand --max-length 'Cut sequences after that many tokens, as the trainer does'
            cand --padding 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already'
            cand --color 'When to use colour'
            cand --theme 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`'
            cand --format 'How the comparison is written'
            cand --isolated 'Take nothing from a `maskview.toml` beside the data or above it'
            cand --add-special-tokens 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;audit'= {
            cand --axolotl 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it'
            cand --llamafactory 'LLaMA-Factory''s configuration, with its `dataset_info.json`'
            cand --trl 'The configuration of TRL''s `trl sft`'
            cand --swift 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints'
            cand --mlx 'The configuration of mlx-lm''s `mlx_lm.lora --config`'
            cand --verl 'The Hydra configuration of verl''s SFT'
            cand --axolotl-home 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here'
            cand --tokenizer 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`'
            cand --chat-template 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand'
            cand --template-kwargs 'Extra variables for the template, such as `{"enable_thinking": false}`'
            cand --schema 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`'
            cand --columns 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data'
            cand --where 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms'
            cand --max-record-size 'The most bytes of one record, such as `256M`; a larger one is an error in its place'
            cand --max-unpacked-size 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand --begin 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template'
            cand --end 'The end marker of the scanning policies'
            cand --user-begin 'The user''s header'
            cand --max-length 'Cut sequences after that many tokens, as the trainer does'
            cand --padding 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already'
            cand --color 'When to use colour'
            cand --theme 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`'
            cand --format 'How the report is written. Default: as the name of `--output` ends, else `human`'
            cand --fail-on 'What makes the run end with exit code 1. Default: `error`'
            cand --select 'Run only these lints: codes or families, comma-separated'
            cand --ignore 'Leave these lints out: codes or families, comma-separated'
            cand --severity 'How much the findings of a lint or a family matter: `info`, `warning` or `error`. Can be given several times'
            cand --baseline 'A report of an earlier audit: the run fails only for what is worse than there'
            cand --against 'Another data set, such as the evaluation set, which must not share records with this one: files, comma-separated'
            cand --shard 'Audit only one of several equal parts of the records, such as `3/8`; `maskview merge` adds their reports up'
            cand --output 'Write to this file, which is replaced when all is written'
            cand --write-clean 'Write the records without a fault that `--fail-on` counts, as they are, to this file: JSON lines, compressed where the name ends in .gz or .zst'
            cand --write-faulty 'Write the records with such a fault to this file'
            cand -p 'The policy to audit by, and behind a comma others to set beside it. Default: `labels` where the records are token ids with labels, else `generation` where the chat template has generation blocks, else `minimind`; the figures of whatever else applies stand below the findings'
            cand --policy 'The policy to audit by, and behind a comma others to set beside it. Default: `labels` where the records are token ids with labels, else `generation` where the chat template has generation blocks, else `minimind`; the figures of whatever else applies stand below the findings'
            cand --isolated 'Take nothing from a `maskview.toml` beside the data or above it'
            cand --add-special-tokens 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;merge'= {
            cand --format 'How their sum is written. Default: as the name of `--output` ends, else `human` on a terminal and `json`, which `merge` reads again, elsewhere'
            cand --fail-on 'What makes the run end with exit code 1'
            cand --baseline 'A report of an earlier audit: the run fails only for what is worse than there'
            cand --output 'Write to this file, which is replaced when all is written'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand --color 'When to use colour'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;export'= {
            cand --axolotl 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it'
            cand --llamafactory 'LLaMA-Factory''s configuration, with its `dataset_info.json`'
            cand --trl 'The configuration of TRL''s `trl sft`'
            cand --swift 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints'
            cand --mlx 'The configuration of mlx-lm''s `mlx_lm.lora --config`'
            cand --verl 'The Hydra configuration of verl''s SFT'
            cand --axolotl-home 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here'
            cand --tokenizer 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`'
            cand --chat-template 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand'
            cand --template-kwargs 'Extra variables for the template, such as `{"enable_thinking": false}`'
            cand --schema 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`'
            cand --columns 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data'
            cand --where 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms'
            cand --max-record-size 'The most bytes of one record, such as `256M`; a larger one is an error in its place'
            cand --max-unpacked-size 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand --begin 'The begin marker of the scanning policies, the assistant''s header; `\n` is understood. Default: derived from the template'
            cand --end 'The end marker of the scanning policies'
            cand --user-begin 'The user''s header'
            cand --max-length 'Cut sequences after that many tokens, as the trainer does'
            cand --padding 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already'
            cand --color 'When to use colour'
            cand --theme 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`'
            cand --format 'What is written. Default: what the ending of `--output` says, and `svg` without an ending'
            cand --records 'The record of a picture, or the records whose labels are written, such as `1,3,5-9`. Default: 1; of labels, all. `--record` is the same'
            cand --view 'The view of a picture: `flow`, `lanes`, `table`, `pairs` or `split`'
            cand --width 'Columns of a picture'
            cand --output 'Write to this file instead of standard output; a file that is there stays as it is'
            cand -p 'The policies of a picture, in order, comma-separated, of which the first is that of labels. Default: of a picture as in the viewer, of labels as `maskview audit` chooses'
            cand --policy 'The policies of a picture, in order, comma-separated, of which the first is that of labels. Default: of a picture as in the viewer, of labels as `maskview audit` chooses'
            cand --isolated 'Take nothing from a `maskview.toml` beside the data or above it'
            cand --add-special-tokens 'Tokenize with the tokenizer''s own BOS and EOS added, as minimind does'
            cand --force 'Write over a file that is there'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;template'= {
            cand --output 'Write to this file, which is replaced when all is written; a template that is not marked leaves it as it was'
            cand --axolotl 'axolotl''s configuration: tokenizer, template, policy, length and data are taken from it'
            cand --llamafactory 'LLaMA-Factory''s configuration, with its `dataset_info.json`'
            cand --trl 'The configuration of TRL''s `trl sft`'
            cand --swift 'The configuration of ms-swift''s `swift sft`, or the `args.json` that it writes beside checkpoints'
            cand --mlx 'The configuration of mlx-lm''s `mlx_lm.lora --config`'
            cand --verl 'The Hydra configuration of verl''s SFT'
            cand --axolotl-home 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here'
            cand --tokenizer 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer''s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`'
            cand --chat-template 'A Jinja file instead of the tokenizer''s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand'
            cand --template-kwargs 'Extra variables for the template, such as `{"enable_thinking": false}`'
            cand --schema 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`'
            cand --columns 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data'
            cand --where 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms'
            cand --max-record-size 'The most bytes of one record, such as `256M`; a larger one is an error in its place'
            cand --max-unpacked-size 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more'
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand --isolated 'Take nothing from a `maskview.toml` beside the data or above it'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;explain'= {
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;config'= {
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'maskview;completions'= {
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;man'= {
            cand --lang 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'maskview;help'= {
            cand print 'Print tokens and bits as text or JSON'
            cand diff 'Compare two policies over a whole data set: what differs, how often, and why'
            cand audit 'Audit a data set: what is trained of every record, and what is wrong'
            cand merge 'Add up the JSON reports of audits of parts'
            cand export 'Write a record as a picture, or records as the labels that a trainer is to see'
            cand template 'Show, check or mark the chat template'
            cand explain 'Explain a policy, a lint or a family of lints; without a name, list them'
            cand config 'Print the settings in force, with where each comes from'
            cand completions 'Print a completion script for a shell'
            cand man 'Print the manual page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'maskview;help;print'= {
        }
        &'maskview;help;diff'= {
        }
        &'maskview;help;audit'= {
        }
        &'maskview;help;merge'= {
        }
        &'maskview;help;export'= {
        }
        &'maskview;help;template'= {
        }
        &'maskview;help;explain'= {
        }
        &'maskview;help;config'= {
        }
        &'maskview;help;completions'= {
        }
        &'maskview;help;man'= {
        }
        &'maskview;help;help'= {
        }
    ]
    $completions[$command]
}
