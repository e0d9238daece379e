/** The shells that can be told what platc knows. */
export type Shell = "bash" | "zsh" | "fish";

/**
 * The scripts by which shells ask 'platc complete' what may follow; they need nothing but the shell. What it prints and
 * what its bits mean is as cobra has it: 2 no space after it, 4 no files, 16 folders alone, 32 keep the order.
 */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash: bash(), zsh: zsh(), fish: fish() };

/** Bash splits words at ':' and '=' too, and replaces only what comes after the last of these. */
function bash(): string {
  return `# bash completion for platc: source <(platc completion bash)

_platc_complete() {
    local rest="\${COMP_LINE:0:COMP_POINT}" words=() blank piece i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece="\${COMP_WORDS[i]}"
        blank="\${rest%%[![:space:]]*}"
        rest="\${rest#"$blank"}"
        [[ $i -eq $COMP_CWORD ]] && piece="$rest"
        if [[ $i -eq 0 || -n $blank ]]; then
            words+=("$piece")
        else
            words[\${#words[@]} - 1]+="$piece"
        fi
        rest="\${rest#"$piece"}"
    done

    local last="\${words[\${#words[@]} - 1]}" quote=""
    [[ $last == [\\'\\"]* ]] && quote="\${last:0:1}" && last="\${last:1}"
    words[\${#words[@]} - 1]="$last"

    local out directive
    out="$("\${words[0]/#\\~/$HOME}" complete -- "\${words[@]:1}" 2>/dev/null)" || return
    directive="\${out##*:}"
    out="\${out%:*}"

    COMPREPLY=()
    if ((directive & 16)); then
        compopt -o filenames 2>/dev/null
        while IFS= read -r piece; do COMPREPLY+=("$piece"); done < <(compgen -d -- "$last")
        return
    fi
    ((directive & 2)) && compopt -o nospace 2>/dev/null
    ((directive & 4)) || compopt -o default 2>/dev/null
    ((directive & 32)) && compopt -o nosort 2>/dev/null

    local flag="" kept=""
    [[ $last == -*=* ]] && flag="\${last%%=*}="
    if [[ -z $quote ]]; then
        [[ $COMP_WORDBREAKS == *:* && $last == *:* ]] && kept="\${last%:*}:"
        [[ $COMP_WORDBREAKS == *=* && \${last#"$kept"} == *=* ]] && kept="\${last%=*}="
    fi
    while IFS=$'\\t' read -r piece _; do
        [[ -n $piece ]] || continue
        piece="$flag$piece"
        COMPREPLY+=("\${piece#"$kept"}")
    done <<<"$out"
}

complete -F _platc_complete platc
`;
}

function zsh(): string {
  return `#compdef platc
# zsh completion for platc: source <(platc completion zsh), after compinit

_platc() {
    local out line word directive
    local -a lines described
    out="$("\${words[1]/#\\~/$HOME}" complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)" || return
    lines=("\${(@f)out}")
    directive=\${lines[-1]#:}
    lines[-1]=()
    [[ $PREFIX == -*=* ]] && compset -P '*='
    if ((directive & 16)); then
        _files -/
    elif ((\${#lines} > 0)); then
        for line in "\${lines[@]}"; do
            word=\${line%%$'\\t'*}
            described+=("\${word//:/\\\\:}\${\${line#$word}/$'\\t'/:}")
        done
        local -a suffix
        ((directive & 2)) && suffix=(-S '')
        _describe -V platc described "\${suffix[@]}"
    elif ((!(directive & 4))); then
        _files
    fi
}

if [[ \${funcstack[1]} == _platc ]]; then
    _platc
else
    compdef _platc platc
fi
`;
}

/** Fish adds no space after '/' and ':', where words go on. */
function fish(): string {
  return `# fish completion for platc: platc completion fish > ~/.config/fish/completions/platc.fish

function __platc_complete
    set -l words (commandline -opc)
    set -l last (commandline -ct)
    set -l lines ($words[1] complete -- $words[2..-1] "$last" 2>/dev/null)
    or return
    set -l directive (string sub --start 2 -- $lines[-1])
    set -l flag (string match --regex -- '^-[^=]*=' "$last")
    set -l value (string replace --regex -- '^-[^=]*=' '' "$last")
    if test (math "bitand($directive, 16)") -ne 0
        __fish_complete_directories "$value" ''
        return
    end
    for line in $lines[1..-2]
        echo "$flag$line"
    end
    if test (count $lines) -eq 1 -a (math "bitand($directive, 4)") -eq 0
        for path in (__fish_complete_path "$value" '')
            echo "$flag$path"
        end
    end
end

complete --command platc --no-files --keep-order --arguments '(__platc_complete)'
`;
}
