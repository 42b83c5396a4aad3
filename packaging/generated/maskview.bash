_maskview() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="maskview"
                ;;
            maskview,audit)
                cmd="maskview__subcmd__audit"
                ;;
            maskview,completions)
                cmd="maskview__subcmd__completions"
                ;;
            maskview,config)
                cmd="maskview__subcmd__config"
                ;;
            maskview,diff)
                cmd="maskview__subcmd__diff"
                ;;
            maskview,explain)
                cmd="maskview__subcmd__explain"
                ;;
            maskview,export)
                cmd="maskview__subcmd__export"
                ;;
            maskview,help)
                cmd="maskview__subcmd__help"
                ;;
            maskview,man)
                cmd="maskview__subcmd__man"
                ;;
            maskview,merge)
                cmd="maskview__subcmd__merge"
                ;;
            maskview,print)
                cmd="maskview__subcmd__print"
                ;;
            maskview,template)
                cmd="maskview__subcmd__template"
                ;;
            maskview__subcmd__help,audit)
                cmd="maskview__subcmd__help__subcmd__audit"
                ;;
            maskview__subcmd__help,completions)
                cmd="maskview__subcmd__help__subcmd__completions"
                ;;
            maskview__subcmd__help,config)
                cmd="maskview__subcmd__help__subcmd__config"
                ;;
            maskview__subcmd__help,diff)
                cmd="maskview__subcmd__help__subcmd__diff"
                ;;
            maskview__subcmd__help,explain)
                cmd="maskview__subcmd__help__subcmd__explain"
                ;;
            maskview__subcmd__help,export)
                cmd="maskview__subcmd__help__subcmd__export"
                ;;
            maskview__subcmd__help,help)
                cmd="maskview__subcmd__help__subcmd__help"
                ;;
            maskview__subcmd__help,man)
                cmd="maskview__subcmd__help__subcmd__man"
                ;;
            maskview__subcmd__help,merge)
                cmd="maskview__subcmd__help__subcmd__merge"
                ;;
            maskview__subcmd__help,print)
                cmd="maskview__subcmd__help__subcmd__print"
                ;;
            maskview__subcmd__help,template)
                cmd="maskview__subcmd__help__subcmd__template"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        maskview)
            opts="-p -h -V --axolotl --llamafactory --trl --swift --mlx --verl --axolotl-home --tokenizer --chat-template --template-kwargs --schema --columns --where --max-record-size --max-unpacked-size --lang --isolated --policy --begin --end --user-begin --max-length --padding --add-special-tokens --color --theme --record --token --view --no-mouse --help --version print diff audit merge export template explain config completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --axolotl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --llamafactory)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --swift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mlx)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --verl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl-home)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tokenizer)
                    COMPREPLY=($(compgen -W "minimind chatml" -- "${cur}"))
                    return 0
                    ;;
                --chat-template)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --template-kwargs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --schema)
                    COMPREPLY=($(compgen -W "tokenized preference sharegpt conversations messages prompt-completion alpaca swift text" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --where)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-record-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-unpacked-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                --policy)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                -p)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                --begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --end)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user-begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-length)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --padding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --theme)
                    COMPREPLY=($(compgen -W "dark light mono contrast sixteen" -- "${cur}"))
                    return 0
                    ;;
                --record)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --token)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --view)
                    COMPREPLY=($(compgen -W "flow lanes table pairs split" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__audit)
            opts="-p -h --axolotl --llamafactory --trl --swift --mlx --verl --axolotl-home --tokenizer --chat-template --template-kwargs --schema --columns --where --max-record-size --max-unpacked-size --lang --isolated --begin --end --user-begin --max-length --padding --add-special-tokens --color --theme --format --fail-on --select --ignore --severity --baseline --against --shard --output --write-clean --write-faulty --policy --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --axolotl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --llamafactory)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --swift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mlx)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --verl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl-home)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tokenizer)
                    COMPREPLY=($(compgen -W "minimind chatml" -- "${cur}"))
                    return 0
                    ;;
                --chat-template)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --template-kwargs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --schema)
                    COMPREPLY=($(compgen -W "tokenized preference sharegpt conversations messages prompt-completion alpaca swift text" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --where)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-record-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-unpacked-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                --begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --end)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user-begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-length)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --padding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --theme)
                    COMPREPLY=($(compgen -W "dark light mono contrast sixteen" -- "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -W "human json jsonl markdown html sarif junit" -- "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "error warning never" -- "${cur}"))
                    return 0
                    ;;
                --select)
                    COMPREPLY=($(compgen -W "unknown-role null-content message-dropped generation-shifted empty-answer no-assistant ends-with-user roles-out-of-order replacement-character control-character bidi-character invisible-character mojibake undefined-tool result-without-call call-without-result double-encoded-arguments null-arguments unbalanced-think ignored-mask-key ignored-key parts-dropped parts-printed identical-sides end-not-trained no-end stop-in-next-message double-end end-not-eos end-several-tokens pad-is-end first-token-lost header-trained padding-trained straddling-token space-around-answer turns-do-not-add-up packed-runs-on marker-merged marker-absent run-into-next-role shifted-mask nothing-trained nothing-left answer-cut length-changes-mask answer-untrained everything-trained prompt-trained tool-trained empty-think-trained newline-after-end-trained space-before-eos answer-repeated trainer-drops-thoughts special-token-in-content end-marker-in-answer double-bos no-eos-in-text content-trimmed content-changed thoughts-dropped earlier-turn-changed template-breaks-form default-system-prompt date-in-template system-refused prompt-no-prefix no-generation-block duplicate-record near-duplicate other-answer in-evaluation prompt-in-evaluation length-bias random-form conversation template tokens mask length dataset" -- "${cur}"))
                    return 0
                    ;;
                --ignore)
                    COMPREPLY=($(compgen -W "unknown-role null-content message-dropped generation-shifted empty-answer no-assistant ends-with-user roles-out-of-order replacement-character control-character bidi-character invisible-character mojibake undefined-tool result-without-call call-without-result double-encoded-arguments null-arguments unbalanced-think ignored-mask-key ignored-key parts-dropped parts-printed identical-sides end-not-trained no-end stop-in-next-message double-end end-not-eos end-several-tokens pad-is-end first-token-lost header-trained padding-trained straddling-token space-around-answer turns-do-not-add-up packed-runs-on marker-merged marker-absent run-into-next-role shifted-mask nothing-trained nothing-left answer-cut length-changes-mask answer-untrained everything-trained prompt-trained tool-trained empty-think-trained newline-after-end-trained space-before-eos answer-repeated trainer-drops-thoughts special-token-in-content end-marker-in-answer double-bos no-eos-in-text content-trimmed content-changed thoughts-dropped earlier-turn-changed template-breaks-form default-system-prompt date-in-template system-refused prompt-no-prefix no-generation-block duplicate-record near-duplicate other-answer in-evaluation prompt-in-evaluation length-bias random-form conversation template tokens mask length dataset" -- "${cur}"))
                    return 0
                    ;;
                --severity)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --baseline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --against)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --shard)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --write-clean)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --write-faulty)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --policy)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                -p)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__completions)
            opts="-h --lang --help bash elvish fish powershell zsh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__config)
            opts="-h --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__diff)
            opts="-p -h --axolotl --llamafactory --trl --swift --mlx --verl --axolotl-home --tokenizer --chat-template --template-kwargs --schema --columns --where --max-record-size --max-unpacked-size --lang --isolated --policy --begin --end --user-begin --max-length --padding --add-special-tokens --color --theme --format --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --axolotl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --llamafactory)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --swift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mlx)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --verl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl-home)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tokenizer)
                    COMPREPLY=($(compgen -W "minimind chatml" -- "${cur}"))
                    return 0
                    ;;
                --chat-template)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --template-kwargs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --schema)
                    COMPREPLY=($(compgen -W "tokenized preference sharegpt conversations messages prompt-completion alpaca swift text" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --where)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-record-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-unpacked-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                --policy)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                -p)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                --begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --end)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user-begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-length)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --padding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --theme)
                    COMPREPLY=($(compgen -W "dark light mono contrast sixteen" -- "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -W "human json jsonl" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__explain)
            opts="-h --lang --help legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary unknown-role null-content message-dropped generation-shifted empty-answer no-assistant ends-with-user roles-out-of-order replacement-character control-character bidi-character invisible-character mojibake undefined-tool result-without-call call-without-result double-encoded-arguments null-arguments unbalanced-think ignored-mask-key ignored-key parts-dropped parts-printed identical-sides end-not-trained no-end stop-in-next-message double-end end-not-eos end-several-tokens pad-is-end first-token-lost header-trained padding-trained straddling-token space-around-answer turns-do-not-add-up packed-runs-on marker-merged marker-absent run-into-next-role shifted-mask nothing-trained nothing-left answer-cut length-changes-mask answer-untrained everything-trained prompt-trained tool-trained empty-think-trained newline-after-end-trained space-before-eos answer-repeated trainer-drops-thoughts special-token-in-content end-marker-in-answer double-bos no-eos-in-text content-trimmed content-changed thoughts-dropped earlier-turn-changed template-breaks-form default-system-prompt date-in-template system-refused prompt-no-prefix no-generation-block duplicate-record near-duplicate other-answer in-evaluation prompt-in-evaluation length-bias random-form conversation template tokens mask length dataset chatml where"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__export)
            opts="-p -h --axolotl --llamafactory --trl --swift --mlx --verl --axolotl-home --tokenizer --chat-template --template-kwargs --schema --columns --where --max-record-size --max-unpacked-size --lang --isolated --begin --end --user-begin --max-length --padding --add-special-tokens --color --theme --format --records --view --width --output --force --policy --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --axolotl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --llamafactory)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --swift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mlx)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --verl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl-home)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tokenizer)
                    COMPREPLY=($(compgen -W "minimind chatml" -- "${cur}"))
                    return 0
                    ;;
                --chat-template)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --template-kwargs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --schema)
                    COMPREPLY=($(compgen -W "tokenized preference sharegpt conversations messages prompt-completion alpaca swift text" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --where)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-record-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-unpacked-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                --begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --end)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user-begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-length)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --padding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --theme)
                    COMPREPLY=($(compgen -W "dark light mono contrast sixteen" -- "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -W "svg png html labels" -- "${cur}"))
                    return 0
                    ;;
                --records)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --view)
                    COMPREPLY=($(compgen -W "flow lanes table pairs split" -- "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --policy)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                -p)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help)
            opts="print diff audit merge export template explain config completions man help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__audit)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__completions)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__config)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__diff)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__explain)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__export)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__man)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__merge)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__print)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__help__subcmd__template)
            opts=""
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__man)
            opts="-h --lang --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__merge)
            opts="-h --format --fail-on --baseline --output --lang --color --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --format)
                    COMPREPLY=($(compgen -W "human json markdown html sarif junit" -- "${cur}"))
                    return 0
                    ;;
                --fail-on)
                    COMPREPLY=($(compgen -W "error warning never" -- "${cur}"))
                    return 0
                    ;;
                --baseline)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__print)
            opts="-p -h --axolotl --llamafactory --trl --swift --mlx --verl --axolotl-home --tokenizer --chat-template --template-kwargs --schema --columns --where --max-record-size --max-unpacked-size --lang --isolated --policy --begin --end --user-begin --max-length --padding --add-special-tokens --color --theme --format --records --width --help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --axolotl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --llamafactory)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --swift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mlx)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --verl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl-home)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tokenizer)
                    COMPREPLY=($(compgen -W "minimind chatml" -- "${cur}"))
                    return 0
                    ;;
                --chat-template)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --template-kwargs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --schema)
                    COMPREPLY=($(compgen -W "tokenized preference sharegpt conversations messages prompt-completion alpaca swift text" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --where)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-record-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-unpacked-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                --policy)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                -p)
                    COMPREPLY=($(compgen -W "legacy legacy-bare fixed minimind bare generation unsloth axolotl llamafactory automodel megatron-bridge mlx nemo-rl open-instruct openrlhf oumi swift tinker torchtune verl completion trl last-turn messages full labels boundary all" -- "${cur}"))
                    return 0
                    ;;
                --begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --end)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user-begin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-length)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --padding)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --theme)
                    COMPREPLY=($(compgen -W "dark light mono contrast sixteen" -- "${cur}"))
                    return 0
                    ;;
                --format)
                    COMPREPLY=($(compgen -W "flow lanes table pairs json jsonl" -- "${cur}"))
                    return 0
                    ;;
                --records)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --width)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        maskview__subcmd__template)
            opts="-h --output --axolotl --llamafactory --trl --swift --mlx --verl --axolotl-home --tokenizer --chat-template --template-kwargs --schema --columns --where --max-record-size --max-unpacked-size --lang --isolated --help show check mark"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --llamafactory)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --trl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --swift)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --mlx)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --verl)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --axolotl-home)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --tokenizer)
                    COMPREPLY=($(compgen -W "minimind chatml" -- "${cur}"))
                    return 0
                    ;;
                --chat-template)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --template-kwargs)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --schema)
                    COMPREPLY=($(compgen -W "tokenized preference sharegpt conversations messages prompt-completion alpaca swift text" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --where)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-record-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --max-unpacked-size)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --lang)
                    COMPREPLY=($(compgen -W "en zh" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _maskview -o nosort -o bashdefault -o default maskview
else
    complete -F _maskview -o bashdefault -o default maskview
fi
