# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_maskview_global_optspecs
    string join \n axolotl= llamafactory= trl= swift= mlx= verl= axolotl-home= tokenizer= chat-template= template-kwargs= schema= columns= where= max-record-size= max-unpacked-size= lang= isolated p/policy= begin= end= user-begin= max-length= padding= add-special-tokens color= theme= record= token= view= no-mouse h/help V/version
end

function __fish_maskview_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_maskview_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_maskview_using_subcommand
    set -l cmd (__fish_maskview_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c maskview -n "__fish_maskview_needs_command" -l axolotl -d 'axolotl\'s configuration: tokenizer, template, policy, length and data are taken from it' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l llamafactory -d 'LLaMA-Factory\'s configuration, with its `dataset_info.json`' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l trl -d 'The configuration of TRL\'s `trl sft`' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l swift -d 'The configuration of ms-swift\'s `swift sft`, or the `args.json` that it writes beside checkpoints' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l mlx -d 'The configuration of mlx-lm\'s `mlx_lm.lora --config`' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l verl -d 'The Hydra configuration of verl\'s SFT' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l axolotl-home -d 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l tokenizer -d 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer\'s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`' -r -F
complete -c maskview -n "__fish_maskview_needs_command" -l chat-template -d 'A Jinja file instead of the tokenizer\'s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand' -r
complete -c maskview -n "__fish_maskview_needs_command" -l template-kwargs -d 'Extra variables for the template, such as `{"enable_thinking": false}`' -r
complete -c maskview -n "__fish_maskview_needs_command" -l schema -d 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`' -r -f -a "tokenized\t''
preference\t''
sharegpt\t''
conversations\t''
messages\t''
prompt-completion\t''
alpaca\t''
swift\t''
text\t''"
complete -c maskview -n "__fish_maskview_needs_command" -l columns -d 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data' -r
complete -c maskview -n "__fish_maskview_needs_command" -l where -d 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms' -r
complete -c maskview -n "__fish_maskview_needs_command" -l max-record-size -d 'The most bytes of one record, such as `256M`; a larger one is an error in its place' -r
complete -c maskview -n "__fish_maskview_needs_command" -l max-unpacked-size -d 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more' -r
complete -c maskview -n "__fish_maskview_needs_command" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_needs_command" -s p -l policy -d 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer\'s configuration says, else `maskview.toml`, else `legacy,fixed`' -r -f -a "legacy\t'minimind\'s first version: newline markers with both shifts'
legacy-bare\t'minimind April 2025 to January 2026: the same shifts, markers without the newline'
fixed\t'the answer only, without the end marker (the model never learns to stop)'
minimind\t'minimind since 2026-01-15: newline markers, no shifts, end marker kept'
bare\t'no shifts, markers without the newline'
generation\t'Transformers `return_assistant_tokens_mask`, TRL `assistant_only_loss`'
unsloth\t'Unsloth `train_on_responses_only`'
axolotl\t'axolotl `type: chat_template`'
llamafactory\t'LLaMA-Factory, `train_on_prompt: false`'
automodel\t'NeMo Automodel\'s `ChatDataset`'
megatron-bridge\t'Megatron Bridge\'s chat SFT'
mlx\t'mlx-lm\'s `mlx_lm.lora`'
nemo-rl\t'NeMo-RL\'s SFT'
open-instruct\t'Open Instruct\'s `sft_tulu_tokenize_and_truncate_v1`'
openrlhf\t'OpenRLHF\'s `train_sft`'
oumi\t'Oumi\'s `train_target`'
swift\t'ms-swift, `swift sft`'
tinker\t'the tinker cookbook, `conversation_to_datum`'
torchtune\t'torchtune\'s `HuggingFaceModelTokenizer`'
verl\t'verl\'s SFT (`MultiTurnSFTDataset`)'
completion\t'TRL with `prompt` and `completion`'
trl\t'TRL `SFTTrainer` with `assistant_only_loss: true`, which is not its default'
last-turn\t'tinker\'s last assistant message, and many hand-written collators'
messages\t'OpenAI\'s `weight`, axolotl\'s `train` and `train_detail`, ms-swift\'s `loss`'
full\t'TRL without `assistant_only_loss`, and plain language modelling'
labels\t'the record itself, tokenized and masked beforehand'
boundary\t'any scan for markers: the free form of the policies above'
all\t'every policy'"
complete -c maskview -n "__fish_maskview_needs_command" -l begin -d 'The begin marker of the scanning policies, the assistant\'s header; `\\n` is understood. Default: derived from the template' -r
complete -c maskview -n "__fish_maskview_needs_command" -l end -d 'The end marker of the scanning policies' -r
complete -c maskview -n "__fish_maskview_needs_command" -l user-begin -d 'The user\'s header' -r
complete -c maskview -n "__fish_maskview_needs_command" -l max-length -d 'Cut sequences after that many tokens, as the trainer does' -r
complete -c maskview -n "__fish_maskview_needs_command" -l padding -d 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already' -r
complete -c maskview -n "__fish_maskview_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is'
always\t'Always'
never\t'Never'"
complete -c maskview -n "__fish_maskview_needs_command" -l theme -d 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`' -r -f -a "dark\t''
light\t''
mono\t''
contrast\t''
sixteen\t''"
complete -c maskview -n "__fish_maskview_needs_command" -l record -d 'The viewer opens this record, counted from 1' -r
complete -c maskview -n "__fish_maskview_needs_command" -l token -d 'The viewer\'s cursor starts on this token, counted from 0. Default: the first that differs or is found faulty' -r
complete -c maskview -n "__fish_maskview_needs_command" -l view -d 'The viewer\'s first view: `flow`, `lanes`, `table`, `pairs` or `split`' -r -f -a "flow\t''
lanes\t''
table\t''
pairs\t''
split\t''"
complete -c maskview -n "__fish_maskview_needs_command" -l isolated -d 'Take nothing from a `maskview.toml` beside the data or above it'
complete -c maskview -n "__fish_maskview_needs_command" -l add-special-tokens -d 'Tokenize with the tokenizer\'s own BOS and EOS added, as minimind does'
complete -c maskview -n "__fish_maskview_needs_command" -l no-mouse -d 'Leave the mouse to the terminal'
complete -c maskview -n "__fish_maskview_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_needs_command" -s V -l version -d 'Print version'
complete -c maskview -n "__fish_maskview_needs_command" -a "print" -d 'Print tokens and bits as text or JSON'
complete -c maskview -n "__fish_maskview_needs_command" -a "diff" -d 'Compare two policies over a whole data set: what differs, how often, and why'
complete -c maskview -n "__fish_maskview_needs_command" -a "audit" -d 'Audit a data set: what is trained of every record, and what is wrong'
complete -c maskview -n "__fish_maskview_needs_command" -a "merge" -d 'Add up the JSON reports of audits of parts'
complete -c maskview -n "__fish_maskview_needs_command" -a "export" -d 'Write a record as a picture, or records as the labels that a trainer is to see'
complete -c maskview -n "__fish_maskview_needs_command" -a "template" -d 'Show, check or mark the chat template'
complete -c maskview -n "__fish_maskview_needs_command" -a "explain" -d 'Explain a policy, a lint or a family of lints; without a name, list them'
complete -c maskview -n "__fish_maskview_needs_command" -a "config" -d 'Print the settings in force, with where each comes from'
complete -c maskview -n "__fish_maskview_needs_command" -a "completions" -d 'Print a completion script for a shell'
complete -c maskview -n "__fish_maskview_needs_command" -a "man" -d 'Print the manual page'
complete -c maskview -n "__fish_maskview_needs_command" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c maskview -n "__fish_maskview_using_subcommand print" -l axolotl -d 'axolotl\'s configuration: tokenizer, template, policy, length and data are taken from it' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l llamafactory -d 'LLaMA-Factory\'s configuration, with its `dataset_info.json`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l trl -d 'The configuration of TRL\'s `trl sft`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l swift -d 'The configuration of ms-swift\'s `swift sft`, or the `args.json` that it writes beside checkpoints' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l mlx -d 'The configuration of mlx-lm\'s `mlx_lm.lora --config`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l verl -d 'The Hydra configuration of verl\'s SFT' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l axolotl-home -d 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l tokenizer -d 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer\'s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand print" -l chat-template -d 'A Jinja file instead of the tokenizer\'s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l template-kwargs -d 'Extra variables for the template, such as `{"enable_thinking": false}`' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l schema -d 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`' -r -f -a "tokenized\t''
preference\t''
sharegpt\t''
conversations\t''
messages\t''
prompt-completion\t''
alpaca\t''
swift\t''
text\t''"
complete -c maskview -n "__fish_maskview_using_subcommand print" -l columns -d 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l where -d 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l max-record-size -d 'The most bytes of one record, such as `256M`; a larger one is an error in its place' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l max-unpacked-size -d 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand print" -s p -l policy -d 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer\'s configuration says, else `maskview.toml`, else `legacy,fixed`' -r -f -a "legacy\t'minimind\'s first version: newline markers with both shifts'
legacy-bare\t'minimind April 2025 to January 2026: the same shifts, markers without the newline'
fixed\t'the answer only, without the end marker (the model never learns to stop)'
minimind\t'minimind since 2026-01-15: newline markers, no shifts, end marker kept'
bare\t'no shifts, markers without the newline'
generation\t'Transformers `return_assistant_tokens_mask`, TRL `assistant_only_loss`'
unsloth\t'Unsloth `train_on_responses_only`'
axolotl\t'axolotl `type: chat_template`'
llamafactory\t'LLaMA-Factory, `train_on_prompt: false`'
automodel\t'NeMo Automodel\'s `ChatDataset`'
megatron-bridge\t'Megatron Bridge\'s chat SFT'
mlx\t'mlx-lm\'s `mlx_lm.lora`'
nemo-rl\t'NeMo-RL\'s SFT'
open-instruct\t'Open Instruct\'s `sft_tulu_tokenize_and_truncate_v1`'
openrlhf\t'OpenRLHF\'s `train_sft`'
oumi\t'Oumi\'s `train_target`'
swift\t'ms-swift, `swift sft`'
tinker\t'the tinker cookbook, `conversation_to_datum`'
torchtune\t'torchtune\'s `HuggingFaceModelTokenizer`'
verl\t'verl\'s SFT (`MultiTurnSFTDataset`)'
completion\t'TRL with `prompt` and `completion`'
trl\t'TRL `SFTTrainer` with `assistant_only_loss: true`, which is not its default'
last-turn\t'tinker\'s last assistant message, and many hand-written collators'
messages\t'OpenAI\'s `weight`, axolotl\'s `train` and `train_detail`, ms-swift\'s `loss`'
full\t'TRL without `assistant_only_loss`, and plain language modelling'
labels\t'the record itself, tokenized and masked beforehand'
boundary\t'any scan for markers: the free form of the policies above'
all\t'every policy'"
complete -c maskview -n "__fish_maskview_using_subcommand print" -l begin -d 'The begin marker of the scanning policies, the assistant\'s header; `\\n` is understood. Default: derived from the template' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l end -d 'The end marker of the scanning policies' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l user-begin -d 'The user\'s header' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l max-length -d 'Cut sequences after that many tokens, as the trainer does' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l padding -d 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l color -d 'When to use colour' -r -f -a "auto\t'When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is'
always\t'Always'
never\t'Never'"
complete -c maskview -n "__fish_maskview_using_subcommand print" -l theme -d 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`' -r -f -a "dark\t''
light\t''
mono\t''
contrast\t''
sixteen\t''"
complete -c maskview -n "__fish_maskview_using_subcommand print" -l format -d 'How records are printed' -r -f -a "flow\t'The text as tokens, each with its bit under it'
lanes\t'Tokens in a row, a lane of bits for each policy, and the differences'
table\t'One token a row'
pairs\t'The table as the trainer shifts it: X -> Y'
json\t'One JSON array of records'
jsonl\t'One JSON object a line'"
complete -c maskview -n "__fish_maskview_using_subcommand print" -l records -d 'Records to print, such as `1,3,5-9`, or `all`. Default: 1; with `--where`, all. `--record` is the same' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l width -d 'Columns of the text formats; by default those of the terminal, 100 without one' -r
complete -c maskview -n "__fish_maskview_using_subcommand print" -l isolated -d 'Take nothing from a `maskview.toml` beside the data or above it'
complete -c maskview -n "__fish_maskview_using_subcommand print" -l add-special-tokens -d 'Tokenize with the tokenizer\'s own BOS and EOS added, as minimind does'
complete -c maskview -n "__fish_maskview_using_subcommand print" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l axolotl -d 'axolotl\'s configuration: tokenizer, template, policy, length and data are taken from it' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l llamafactory -d 'LLaMA-Factory\'s configuration, with its `dataset_info.json`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l trl -d 'The configuration of TRL\'s `trl sft`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l swift -d 'The configuration of ms-swift\'s `swift sft`, or the `args.json` that it writes beside checkpoints' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l mlx -d 'The configuration of mlx-lm\'s `mlx_lm.lora --config`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l verl -d 'The Hydra configuration of verl\'s SFT' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l axolotl-home -d 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l tokenizer -d 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer\'s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l chat-template -d 'A Jinja file instead of the tokenizer\'s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l template-kwargs -d 'Extra variables for the template, such as `{"enable_thinking": false}`' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l schema -d 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`' -r -f -a "tokenized\t''
preference\t''
sharegpt\t''
conversations\t''
messages\t''
prompt-completion\t''
alpaca\t''
swift\t''
text\t''"
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l columns -d 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l where -d 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l max-record-size -d 'The most bytes of one record, such as `256M`; a larger one is an error in its place' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l max-unpacked-size -d 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand diff" -s p -l policy -d 'The policies on show, in order, comma-separated; the first two are A and B. `all` for every policy. Default: what the trainer\'s configuration says, else `maskview.toml`, else `legacy,fixed`' -r -f -a "legacy\t'minimind\'s first version: newline markers with both shifts'
legacy-bare\t'minimind April 2025 to January 2026: the same shifts, markers without the newline'
fixed\t'the answer only, without the end marker (the model never learns to stop)'
minimind\t'minimind since 2026-01-15: newline markers, no shifts, end marker kept'
bare\t'no shifts, markers without the newline'
generation\t'Transformers `return_assistant_tokens_mask`, TRL `assistant_only_loss`'
unsloth\t'Unsloth `train_on_responses_only`'
axolotl\t'axolotl `type: chat_template`'
llamafactory\t'LLaMA-Factory, `train_on_prompt: false`'
automodel\t'NeMo Automodel\'s `ChatDataset`'
megatron-bridge\t'Megatron Bridge\'s chat SFT'
mlx\t'mlx-lm\'s `mlx_lm.lora`'
nemo-rl\t'NeMo-RL\'s SFT'
open-instruct\t'Open Instruct\'s `sft_tulu_tokenize_and_truncate_v1`'
openrlhf\t'OpenRLHF\'s `train_sft`'
oumi\t'Oumi\'s `train_target`'
swift\t'ms-swift, `swift sft`'
tinker\t'the tinker cookbook, `conversation_to_datum`'
torchtune\t'torchtune\'s `HuggingFaceModelTokenizer`'
verl\t'verl\'s SFT (`MultiTurnSFTDataset`)'
completion\t'TRL with `prompt` and `completion`'
trl\t'TRL `SFTTrainer` with `assistant_only_loss: true`, which is not its default'
last-turn\t'tinker\'s last assistant message, and many hand-written collators'
messages\t'OpenAI\'s `weight`, axolotl\'s `train` and `train_detail`, ms-swift\'s `loss`'
full\t'TRL without `assistant_only_loss`, and plain language modelling'
labels\t'the record itself, tokenized and masked beforehand'
boundary\t'any scan for markers: the free form of the policies above'
all\t'every policy'"
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l begin -d 'The begin marker of the scanning policies, the assistant\'s header; `\\n` is understood. Default: derived from the template' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l end -d 'The end marker of the scanning policies' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l user-begin -d 'The user\'s header' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l max-length -d 'Cut sequences after that many tokens, as the trainer does' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l padding -d 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already' -r
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l color -d 'When to use colour' -r -f -a "auto\t'When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is'
always\t'Always'
never\t'Never'"
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l theme -d 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`' -r -f -a "dark\t''
light\t''
mono\t''
contrast\t''
sixteen\t''"
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l format -d 'How the comparison is written' -r -f -a "human\t'Words, tables and bars'
json\t'One JSON object with all counts'
jsonl\t'One JSON object a line for each place'"
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l isolated -d 'Take nothing from a `maskview.toml` beside the data or above it'
complete -c maskview -n "__fish_maskview_using_subcommand diff" -l add-special-tokens -d 'Tokenize with the tokenizer\'s own BOS and EOS added, as minimind does'
complete -c maskview -n "__fish_maskview_using_subcommand diff" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l axolotl -d 'axolotl\'s configuration: tokenizer, template, policy, length and data are taken from it' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l llamafactory -d 'LLaMA-Factory\'s configuration, with its `dataset_info.json`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l trl -d 'The configuration of TRL\'s `trl sft`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l swift -d 'The configuration of ms-swift\'s `swift sft`, or the `args.json` that it writes beside checkpoints' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l mlx -d 'The configuration of mlx-lm\'s `mlx_lm.lora --config`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l verl -d 'The Hydra configuration of verl\'s SFT' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l axolotl-home -d 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l tokenizer -d 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer\'s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l chat-template -d 'A Jinja file instead of the tokenizer\'s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l template-kwargs -d 'Extra variables for the template, such as `{"enable_thinking": false}`' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l schema -d 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`' -r -f -a "tokenized\t''
preference\t''
sharegpt\t''
conversations\t''
messages\t''
prompt-completion\t''
alpaca\t''
swift\t''
text\t''"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l columns -d 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l where -d 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l max-record-size -d 'The most bytes of one record, such as `256M`; a larger one is an error in its place' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l max-unpacked-size -d 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l begin -d 'The begin marker of the scanning policies, the assistant\'s header; `\\n` is understood. Default: derived from the template' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l end -d 'The end marker of the scanning policies' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l user-begin -d 'The user\'s header' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l max-length -d 'Cut sequences after that many tokens, as the trainer does' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l padding -d 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l color -d 'When to use colour' -r -f -a "auto\t'When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is'
always\t'Always'
never\t'Never'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l theme -d 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`' -r -f -a "dark\t''
light\t''
mono\t''
contrast\t''
sixteen\t''"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l format -d 'How the report is written. Default: as the name of `--output` ends, else `human`' -r -f -a "human\t'One screen of words, tables and bars'
json\t'One JSON object with all figures'
jsonl\t'One JSON object a line for each finding'
markdown\t'Tables in Markdown, for the summary of a CI job'
html\t'One page with charts and the worst records drawn'
sarif\t'SARIF 2.1.0, for code scanning and editors'
junit\t'JUnit XML, a test for each lint'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l fail-on -d 'What makes the run end with exit code 1. Default: `error`' -r -f -a "error\t'A finding that is an error, or a record that cannot be shown'
warning\t'A warning too'
never\t'Nothing'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l select -d 'Run only these lints: codes or families, comma-separated' -r -f -a "unknown-role\t'a message has a role that chat templates do not know'
null-content\t'a message has no content, and no tool call instead of it'
message-dropped\t'the chat template writes nothing of a message that has content or tool calls'
generation-shifted\t'Transformers would record the template\'s generation blocks in the wrong place'
empty-answer\t'an answer of the assistant has no text'
no-assistant\t'a conversation has no message of the assistant'
ends-with-user\t'the last message of a conversation is not an answer'
roles-out-of-order\t'the roles of a conversation are not in the usual order'
replacement-character\t'a text holds the replacement character U+FFFD'
control-character\t'a text holds a control character'
bidi-character\t'a text holds a character that changes the direction of writing'
invisible-character\t'a text holds a character without width'
mojibake\t'a text was read with the wrong encoding'
undefined-tool\t'a tool is called that the record does not offer'
result-without-call\t'a tool answers that was not called'
call-without-result\t'a tool is called and no result follows'
double-encoded-arguments\t'the arguments of a tool call are encoded as JSON twice'
null-arguments\t'tool arguments hold nulls that Arrow filled in'
unbalanced-think\t'a think tag is opened or closed without its other half'
ignored-mask-key\t'a key says what is to be trained, and this policy does not read it'
ignored-key\t'the template ignores a key of a message that holds text'
parts-dropped\t'content that is a list of parts is not in the rendered text'
parts-printed\t'content that is a list of parts is printed as Python'
identical-sides\t'both answers of a preference record are the same'
end-not-trained\t'the end marker is not trained after an answer that is'
no-end\t'nothing ends an answer'
stop-in-next-message\t'the token that ends an answer belongs to the next message'
double-end\t'an answer is ended twice'
end-not-eos\t'the end marker is not the tokenizer\'s EOS'
end-several-tokens\t'the end marker is several tokens'
pad-is-end\t'the pad token is the end marker'
first-token-lost\t'the first token of an answer is left out of the loss'
header-trained\t'the assistant\'s header is trained'
padding-trained\t'padding is trained'
straddling-token\t'a token straddles the start of an answer'
space-around-answer\t'an answer begins or ends with white space'
turns-do-not-add-up\t'turns that are tokenized one by one give other tokens than the whole'
packed-runs-on\t'packed conversations see each other'
marker-merged\t'a marker\'s text is there and its ids are not'
marker-absent\t'the marker that a policy searches for is nowhere in the record'
run-into-next-role\t'the loss goes on from an answer into the next message'
shifted-mask\t'the mask is the right one moved by one token'
nothing-trained\t'nothing of a record is trained'
nothing-left\t'the maximum length cuts away everything that would be trained'
answer-cut\t'the maximum length cuts an answer before its end'
length-changes-mask\t'a maximum length changes the mask of a record that it does not cut'
answer-untrained\t'some answers of a record are trained and others are not'
everything-trained\t'everything is trained, prompts too'
prompt-trained\t'tokens of system or user messages are trained'
tool-trained\t'results of tools are trained'
empty-think-trained\t'an empty think block is trained'
newline-after-end-trained\t'the white space after the end marker is trained'
space-before-eos\t'OpenRLHF trains a space before EOS'
answer-repeated\t'NeMo-RL puts an answer into the text twice'
trainer-drops-thoughts\t'the trainer drops the thoughts of an answer'
special-token-in-content\t'the text of a special token stands inside a message'
end-marker-in-answer\t'the end marker stands inside a message'
double-bos\t'a sequence begins with BOS twice'
no-eos-in-text\t'a plain text does not end with EOS'
content-trimmed\t'the template trims the content of a message'
content-changed\t'the template changes the content of a message'
thoughts-dropped\t'the template drops the thoughts of an answer'
earlier-turn-changed\t'the template writes an earlier answer otherwise once later turns follow'
template-breaks-form\t'the template fails on a form of conversation that data sets have'
default-system-prompt\t'the template puts in a system prompt of its own'
date-in-template\t'the template writes the date'
system-refused\t'the template refuses a system message'
prompt-no-prefix\t'the prompt is no prefix of the whole conversation'
no-generation-block\t'the policy needs generation blocks, and the template has none'
duplicate-record\t'a record occurs twice in the data set'
near-duplicate\t'a record differs from another by spaces, case or punctuation only'
other-answer\t'the same question has another answer elsewhere'
in-evaluation\t'a conversation occurs in the evaluation set too'
prompt-in-evaluation\t'a prompt occurs in the evaluation set too'
length-bias\t'preferred answers are of another length than rejected ones'
random-form\t'the trainer changes records at random'
conversation\t'roles, keys and contents of a record\'s messages'
template\t'what the chat template makes of messages'
tokens\t'ids: special tokens, markers, what is merged with what'
mask\t'what a policy trains'
length\t'what the maximum length cuts'
dataset\t'records beside each other'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l ignore -d 'Leave these lints out: codes or families, comma-separated' -r -f -a "unknown-role\t'a message has a role that chat templates do not know'
null-content\t'a message has no content, and no tool call instead of it'
message-dropped\t'the chat template writes nothing of a message that has content or tool calls'
generation-shifted\t'Transformers would record the template\'s generation blocks in the wrong place'
empty-answer\t'an answer of the assistant has no text'
no-assistant\t'a conversation has no message of the assistant'
ends-with-user\t'the last message of a conversation is not an answer'
roles-out-of-order\t'the roles of a conversation are not in the usual order'
replacement-character\t'a text holds the replacement character U+FFFD'
control-character\t'a text holds a control character'
bidi-character\t'a text holds a character that changes the direction of writing'
invisible-character\t'a text holds a character without width'
mojibake\t'a text was read with the wrong encoding'
undefined-tool\t'a tool is called that the record does not offer'
result-without-call\t'a tool answers that was not called'
call-without-result\t'a tool is called and no result follows'
double-encoded-arguments\t'the arguments of a tool call are encoded as JSON twice'
null-arguments\t'tool arguments hold nulls that Arrow filled in'
unbalanced-think\t'a think tag is opened or closed without its other half'
ignored-mask-key\t'a key says what is to be trained, and this policy does not read it'
ignored-key\t'the template ignores a key of a message that holds text'
parts-dropped\t'content that is a list of parts is not in the rendered text'
parts-printed\t'content that is a list of parts is printed as Python'
identical-sides\t'both answers of a preference record are the same'
end-not-trained\t'the end marker is not trained after an answer that is'
no-end\t'nothing ends an answer'
stop-in-next-message\t'the token that ends an answer belongs to the next message'
double-end\t'an answer is ended twice'
end-not-eos\t'the end marker is not the tokenizer\'s EOS'
end-several-tokens\t'the end marker is several tokens'
pad-is-end\t'the pad token is the end marker'
first-token-lost\t'the first token of an answer is left out of the loss'
header-trained\t'the assistant\'s header is trained'
padding-trained\t'padding is trained'
straddling-token\t'a token straddles the start of an answer'
space-around-answer\t'an answer begins or ends with white space'
turns-do-not-add-up\t'turns that are tokenized one by one give other tokens than the whole'
packed-runs-on\t'packed conversations see each other'
marker-merged\t'a marker\'s text is there and its ids are not'
marker-absent\t'the marker that a policy searches for is nowhere in the record'
run-into-next-role\t'the loss goes on from an answer into the next message'
shifted-mask\t'the mask is the right one moved by one token'
nothing-trained\t'nothing of a record is trained'
nothing-left\t'the maximum length cuts away everything that would be trained'
answer-cut\t'the maximum length cuts an answer before its end'
length-changes-mask\t'a maximum length changes the mask of a record that it does not cut'
answer-untrained\t'some answers of a record are trained and others are not'
everything-trained\t'everything is trained, prompts too'
prompt-trained\t'tokens of system or user messages are trained'
tool-trained\t'results of tools are trained'
empty-think-trained\t'an empty think block is trained'
newline-after-end-trained\t'the white space after the end marker is trained'
space-before-eos\t'OpenRLHF trains a space before EOS'
answer-repeated\t'NeMo-RL puts an answer into the text twice'
trainer-drops-thoughts\t'the trainer drops the thoughts of an answer'
special-token-in-content\t'the text of a special token stands inside a message'
end-marker-in-answer\t'the end marker stands inside a message'
double-bos\t'a sequence begins with BOS twice'
no-eos-in-text\t'a plain text does not end with EOS'
content-trimmed\t'the template trims the content of a message'
content-changed\t'the template changes the content of a message'
thoughts-dropped\t'the template drops the thoughts of an answer'
earlier-turn-changed\t'the template writes an earlier answer otherwise once later turns follow'
template-breaks-form\t'the template fails on a form of conversation that data sets have'
default-system-prompt\t'the template puts in a system prompt of its own'
date-in-template\t'the template writes the date'
system-refused\t'the template refuses a system message'
prompt-no-prefix\t'the prompt is no prefix of the whole conversation'
no-generation-block\t'the policy needs generation blocks, and the template has none'
duplicate-record\t'a record occurs twice in the data set'
near-duplicate\t'a record differs from another by spaces, case or punctuation only'
other-answer\t'the same question has another answer elsewhere'
in-evaluation\t'a conversation occurs in the evaluation set too'
prompt-in-evaluation\t'a prompt occurs in the evaluation set too'
length-bias\t'preferred answers are of another length than rejected ones'
random-form\t'the trainer changes records at random'
conversation\t'roles, keys and contents of a record\'s messages'
template\t'what the chat template makes of messages'
tokens\t'ids: special tokens, markers, what is merged with what'
mask\t'what a policy trains'
length\t'what the maximum length cuts'
dataset\t'records beside each other'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l severity -d 'How much the findings of a lint or a family matter: `info`, `warning` or `error`. Can be given several times' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l baseline -d 'A report of an earlier audit: the run fails only for what is worse than there' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l against -d 'Another data set, such as the evaluation set, which must not share records with this one: files, comma-separated' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l shard -d 'Audit only one of several equal parts of the records, such as `3/8`; `maskview merge` adds their reports up' -r
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l output -d 'Write to this file, which is replaced when all is written' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l write-clean -d 'Write the records without a fault that `--fail-on` counts, as they are, to this file: JSON lines, compressed where the name ends in .gz or .zst' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l write-faulty -d 'Write the records with such a fault to this file' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand audit" -s p -l policy -d 'The policy to audit by, and behind a comma others to set beside it. Default: `labels` where the records are token ids with labels, else `generation` where the chat template has generation blocks, else `minimind`; the figures of whatever else applies stand below the findings' -r -f -a "legacy\t'minimind\'s first version: newline markers with both shifts'
legacy-bare\t'minimind April 2025 to January 2026: the same shifts, markers without the newline'
fixed\t'the answer only, without the end marker (the model never learns to stop)'
minimind\t'minimind since 2026-01-15: newline markers, no shifts, end marker kept'
bare\t'no shifts, markers without the newline'
generation\t'Transformers `return_assistant_tokens_mask`, TRL `assistant_only_loss`'
unsloth\t'Unsloth `train_on_responses_only`'
axolotl\t'axolotl `type: chat_template`'
llamafactory\t'LLaMA-Factory, `train_on_prompt: false`'
automodel\t'NeMo Automodel\'s `ChatDataset`'
megatron-bridge\t'Megatron Bridge\'s chat SFT'
mlx\t'mlx-lm\'s `mlx_lm.lora`'
nemo-rl\t'NeMo-RL\'s SFT'
open-instruct\t'Open Instruct\'s `sft_tulu_tokenize_and_truncate_v1`'
openrlhf\t'OpenRLHF\'s `train_sft`'
oumi\t'Oumi\'s `train_target`'
swift\t'ms-swift, `swift sft`'
tinker\t'the tinker cookbook, `conversation_to_datum`'
torchtune\t'torchtune\'s `HuggingFaceModelTokenizer`'
verl\t'verl\'s SFT (`MultiTurnSFTDataset`)'
completion\t'TRL with `prompt` and `completion`'
trl\t'TRL `SFTTrainer` with `assistant_only_loss: true`, which is not its default'
last-turn\t'tinker\'s last assistant message, and many hand-written collators'
messages\t'OpenAI\'s `weight`, axolotl\'s `train` and `train_detail`, ms-swift\'s `loss`'
full\t'TRL without `assistant_only_loss`, and plain language modelling'
labels\t'the record itself, tokenized and masked beforehand'
boundary\t'any scan for markers: the free form of the policies above'
all\t'every policy'"
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l isolated -d 'Take nothing from a `maskview.toml` beside the data or above it'
complete -c maskview -n "__fish_maskview_using_subcommand audit" -l add-special-tokens -d 'Tokenize with the tokenizer\'s own BOS and EOS added, as minimind does'
complete -c maskview -n "__fish_maskview_using_subcommand audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand merge" -l format -d 'How their sum is written. Default: as the name of `--output` ends, else `human` on a terminal and `json`, which `merge` reads again, elsewhere' -r -f -a "human\t'One screen of words, tables and bars'
json\t'One JSON object with all figures'
markdown\t'Tables in Markdown, for the summary of a CI job'
html\t'One page with charts and the worst records drawn'
sarif\t'SARIF 2.1.0, for code scanning and editors'
junit\t'JUnit XML, a test for each lint'"
complete -c maskview -n "__fish_maskview_using_subcommand merge" -l fail-on -d 'What makes the run end with exit code 1' -r -f -a "error\t'A finding that is an error, or a record that cannot be shown'
warning\t'A warning too'
never\t'Nothing'"
complete -c maskview -n "__fish_maskview_using_subcommand merge" -l baseline -d 'A report of an earlier audit: the run fails only for what is worse than there' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand merge" -l output -d 'Write to this file, which is replaced when all is written' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand merge" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand merge" -l color -d 'When to use colour' -r -f -a "auto\t'When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is'
always\t'Always'
never\t'Never'"
complete -c maskview -n "__fish_maskview_using_subcommand merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand export" -l axolotl -d 'axolotl\'s configuration: tokenizer, template, policy, length and data are taken from it' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l llamafactory -d 'LLaMA-Factory\'s configuration, with its `dataset_info.json`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l trl -d 'The configuration of TRL\'s `trl sft`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l swift -d 'The configuration of ms-swift\'s `swift sft`, or the `args.json` that it writes beside checkpoints' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l mlx -d 'The configuration of mlx-lm\'s `mlx_lm.lora --config`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l verl -d 'The Hydra configuration of verl\'s SFT' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l axolotl-home -d 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l tokenizer -d 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer\'s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -l chat-template -d 'A Jinja file instead of the tokenizer\'s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l template-kwargs -d 'Extra variables for the template, such as `{"enable_thinking": false}`' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l schema -d 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`' -r -f -a "tokenized\t''
preference\t''
sharegpt\t''
conversations\t''
messages\t''
prompt-completion\t''
alpaca\t''
swift\t''
text\t''"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l columns -d 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l where -d 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l max-record-size -d 'The most bytes of one record, such as `256M`; a larger one is an error in its place' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l max-unpacked-size -d 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l begin -d 'The begin marker of the scanning policies, the assistant\'s header; `\\n` is understood. Default: derived from the template' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l end -d 'The end marker of the scanning policies' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l user-begin -d 'The user\'s header' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l max-length -d 'Cut sequences after that many tokens, as the trainer does' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l padding -d 'Append that many pad tokens; `max`: up to the maximum length. Default: 4, none for records that are tokenized already' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l color -d 'When to use colour' -r -f -a "auto\t'When standard output is a terminal and `NO_COLOR` is not set, or when `CLICOLOR_FORCE` is'
always\t'Always'
never\t'Never'"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l theme -d 'The theme: `dark`, `light`, `mono`, `contrast` or `sixteen`. Default: what the terminal says of itself, else `dark`' -r -f -a "dark\t''
light\t''
mono\t''
contrast\t''
sixteen\t''"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l format -d 'What is written. Default: what the ending of `--output` says, and `svg` without an ending' -r -f -a "svg\t'A picture as SVG'
png\t'A picture as PNG, with the fonts of the system'
html\t'A picture as a page of HTML'
labels\t'JSON lines of `input_ids`, `labels` and `attention_mask` under the first policy'"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l records -d 'The record of a picture, or the records whose labels are written, such as `1,3,5-9`. Default: 1; of labels, all. `--record` is the same' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l view -d 'The view of a picture: `flow`, `lanes`, `table`, `pairs` or `split`' -r -f -a "flow\t''
lanes\t''
table\t''
pairs\t''
split\t''"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l width -d 'Columns of a picture' -r
complete -c maskview -n "__fish_maskview_using_subcommand export" -l output -d 'Write to this file instead of standard output; a file that is there stays as it is' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand export" -s p -l policy -d 'The policies of a picture, in order, comma-separated, of which the first is that of labels. Default: of a picture as in the viewer, of labels as `maskview audit` chooses' -r -f -a "legacy\t'minimind\'s first version: newline markers with both shifts'
legacy-bare\t'minimind April 2025 to January 2026: the same shifts, markers without the newline'
fixed\t'the answer only, without the end marker (the model never learns to stop)'
minimind\t'minimind since 2026-01-15: newline markers, no shifts, end marker kept'
bare\t'no shifts, markers without the newline'
generation\t'Transformers `return_assistant_tokens_mask`, TRL `assistant_only_loss`'
unsloth\t'Unsloth `train_on_responses_only`'
axolotl\t'axolotl `type: chat_template`'
llamafactory\t'LLaMA-Factory, `train_on_prompt: false`'
automodel\t'NeMo Automodel\'s `ChatDataset`'
megatron-bridge\t'Megatron Bridge\'s chat SFT'
mlx\t'mlx-lm\'s `mlx_lm.lora`'
nemo-rl\t'NeMo-RL\'s SFT'
open-instruct\t'Open Instruct\'s `sft_tulu_tokenize_and_truncate_v1`'
openrlhf\t'OpenRLHF\'s `train_sft`'
oumi\t'Oumi\'s `train_target`'
swift\t'ms-swift, `swift sft`'
tinker\t'the tinker cookbook, `conversation_to_datum`'
torchtune\t'torchtune\'s `HuggingFaceModelTokenizer`'
verl\t'verl\'s SFT (`MultiTurnSFTDataset`)'
completion\t'TRL with `prompt` and `completion`'
trl\t'TRL `SFTTrainer` with `assistant_only_loss: true`, which is not its default'
last-turn\t'tinker\'s last assistant message, and many hand-written collators'
messages\t'OpenAI\'s `weight`, axolotl\'s `train` and `train_detail`, ms-swift\'s `loss`'
full\t'TRL without `assistant_only_loss`, and plain language modelling'
labels\t'the record itself, tokenized and masked beforehand'
boundary\t'any scan for markers: the free form of the policies above'
all\t'every policy'"
complete -c maskview -n "__fish_maskview_using_subcommand export" -l isolated -d 'Take nothing from a `maskview.toml` beside the data or above it'
complete -c maskview -n "__fish_maskview_using_subcommand export" -l add-special-tokens -d 'Tokenize with the tokenizer\'s own BOS and EOS added, as minimind does'
complete -c maskview -n "__fish_maskview_using_subcommand export" -l force -d 'Write over a file that is there'
complete -c maskview -n "__fish_maskview_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand template" -l output -d 'Write to this file, which is replaced when all is written; a template that is not marked leaves it as it was' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l axolotl -d 'axolotl\'s configuration: tokenizer, template, policy, length and data are taken from it' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l llamafactory -d 'LLaMA-Factory\'s configuration, with its `dataset_info.json`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l trl -d 'The configuration of TRL\'s `trl sft`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l swift -d 'The configuration of ms-swift\'s `swift sft`, or the `args.json` that it writes beside checkpoints' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l mlx -d 'The configuration of mlx-lm\'s `mlx_lm.lora --config`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l verl -d 'The Hydra configuration of verl\'s SFT' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l axolotl-home -d 'Where axolotl is installed or checked out, for chat templates of its own. Default: the Python environment that is active, or `.venv` here' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l tokenizer -d 'The tokenizer: an embedded one (`minimind`, `chatml`), a directory with tokenizer.json, a tokenizer.json, or a model of the Hugging Face hub (`org/name`, `org/name@revision`), from its cache or downloaded. Default: that of the trainer\'s configuration, else of the environment variable `MASKVIEW_TOKENIZER`, else of `maskview.toml`, else `minimind`' -r -F
complete -c maskview -n "__fish_maskview_using_subcommand template" -l chat-template -d 'A Jinja file instead of the tokenizer\'s own template, the name of one of its templates, or `none` for texts that are tokenized as they stand' -r
complete -c maskview -n "__fish_maskview_using_subcommand template" -l template-kwargs -d 'Extra variables for the template, such as `{"enable_thinking": false}`' -r
complete -c maskview -n "__fish_maskview_using_subcommand template" -l schema -d 'The input schema, when the guess is wrong: `tokenized`, `preference`, `sharegpt`, `conversations`, `messages`, `prompt-completion`, `alpaca`, `swift`, `text`' -r -f -a "tokenized\t''
preference\t''
sharegpt\t''
conversations\t''
messages\t''
prompt-completion\t''
alpaca\t''
swift\t''
text\t''"
complete -c maskview -n "__fish_maskview_using_subcommand template" -l columns -d 'Other names of what is read, such as `messages=chat,content=text`: the key, and its name in the data' -r
complete -c maskview -n "__fish_maskview_using_subcommand template" -l where -d 'Only records for which every term holds, such as `role:tool tokens>4096 !differs`; `maskview explain where` lists the terms' -r
complete -c maskview -n "__fish_maskview_using_subcommand template" -l max-record-size -d 'The most bytes of one record, such as `256M`; a larger one is an error in its place' -r
complete -c maskview -n "__fish_maskview_using_subcommand template" -l max-unpacked-size -d 'The most bytes that a compressed file may unpack to, such as `50G`; what comes after is not read. Default: `1G`, or 200 times the packed size where that is more' -r
complete -c maskview -n "__fish_maskview_using_subcommand template" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand template" -l isolated -d 'Take nothing from a `maskview.toml` beside the data or above it'
complete -c maskview -n "__fish_maskview_using_subcommand template" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand explain" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand config" -s h -l help -d 'Print help'
complete -c maskview -n "__fish_maskview_using_subcommand completions" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand man" -l lang -d 'The language of what is written for people: `en` or `zh`. Default: that of `LC_ALL`, `LC_MESSAGES` or `LANG`' -r -f -a "en\t'English'
zh\t'简体中文'"
complete -c maskview -n "__fish_maskview_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "print" -d 'Print tokens and bits as text or JSON'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "diff" -d 'Compare two policies over a whole data set: what differs, how often, and why'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "audit" -d 'Audit a data set: what is trained of every record, and what is wrong'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "merge" -d 'Add up the JSON reports of audits of parts'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "export" -d 'Write a record as a picture, or records as the labels that a trainer is to see'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "template" -d 'Show, check or mark the chat template'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "explain" -d 'Explain a policy, a lint or a family of lints; without a name, list them'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "config" -d 'Print the settings in force, with where each comes from'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "man" -d 'Print the manual page'
complete -c maskview -n "__fish_maskview_using_subcommand help; and not __fish_seen_subcommand_from print diff audit merge export template explain config completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
