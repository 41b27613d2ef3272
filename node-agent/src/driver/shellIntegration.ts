import { outboxVariable } from "../workspace/outbox.ts"

/**
 * What makes a bash tell the truth about itself: private OSC sequences in the manner of VS Code's OSC 633.
 * Terminals ignore them; we find them in the captured bytes (pane/MarkerScanner.ts).
 *
 *     ESC ] 7717 ; <nonce> ; <marker> BEL
 *     idle;<pid of the shell>            at the prompt, nothing running
 *     busy                               a command line was entered
 *     more                               at the prompt for the rest of a half-entered command
 *     cleared;<token>;<turn>;<code>      the line is empty; the last turn that began, and its code if it ended
 *     typed;<sha256>                     the line was taken as the text of the next turn
 *     start;<turn>  end;<turn>;<code>    around the output of a turn
 *     refused;<turn>                     the turn was not begun: other text than announced, or begun before
 *     exit;<turn>;<code>                 the shell is ending; turn is empty when none was running
 *
 * The nonce is known to the shell and to us, not to what runs in it: it is neither exported nor in argv, and
 * its file is deleted once the shell has read it.
 */
export const markerPrefix = (nonce: string) => `\u001b]7717;${nonce};`

/** Keys that only our bash binds. `clear` empties the line, `accept` takes it as the text of the next turn. */
export const privateKeys = { clear: "\u001b[77170~", accept: "\u001b[77171~" } as const

/** The line that runs the accepted text at the top level of the shell, so that `declare` and `cd` are lasting. */
export const turnLine = (turnId: string, sha256: string) =>
  ` __maillm_begin ${turnId} ${sha256.slice(0, 16)} && builtin eval "$__maillm_text"; __maillm_end`

/**
 * The `--rcfile` of a pane's bash; `notice` is the first line that it prints, `outbox` the folder for files to the user; its variable cannot be
 * changed there, for the policy takes it for what it is. `end` is also emitted by PROMPT_COMMAND, because an interrupt or an
 * expansion error abandons the rest of the line. `stty sane` because a program that was killed may have left the
 * terminal raw, and then no key would interrupt. PS0 is set once only: bash 5.2 prints freed memory for a PS0
 * that was assigned again (seen with 5.2.15).
 */
export const shellIntegration = (
  nonce: string,
  notice: string | null,
  outbox: string,
) => `# maillm shell integration
__maillm_nonce=${nonce}
__maillm_sum=$(builtin type -P sha256sum || builtin type -P gsha256sum)
__maillm_stty=$(builtin type -P stty)
__maillm_emit() { builtin printf '\\e]7717;%s;%s\\a' "$__maillm_nonce" "$1" >/dev/tty; } 2>/dev/null
__maillm_clear() {
  local token=\${READLINE_LINE: -16}
  [[ $token == *[!0-9a-f]* ]] && token=
  READLINE_LINE= READLINE_POINT=0 __maillm_hash= __maillm_pending=
  __maillm_emit "cleared;$token;\${__maillm_turn-};\${__maillm_code-}"
}
__maillm_accept() {
  __maillm_pending=$READLINE_LINE READLINE_LINE= READLINE_POINT=0
  __maillm_hash=$(builtin printf %s "$__maillm_pending" | "$__maillm_sum")
  __maillm_hash=\${__maillm_hash:0:64}
  __maillm_emit "typed;$__maillm_hash"
}
__maillm_begin() {
  if [[ -z \${__maillm_hash-} || $2 != "\${__maillm_hash:0:16}" || $1 == "\${__maillm_turn-}" ]]; then
    __maillm_emit "refused;$1"
    return 1
  fi
  local shown=\${__maillm_pending:0:4000} prompt rows
  if [[ \${PS1-} == "$__maillm_ps1" && \${COLUMNS:-0} -gt 0 ]]; then
    prompt=\${PS1@P}
    rows=$(((\${#prompt} + \${#1} + 79 + COLUMNS) / COLUMNS))
    builtin printf '\\e[%dA\\r\\e[J' "$rows" >/dev/tty
  fi
  "$__maillm_stty" sane </dev/tty 2>/dev/null
  builtin printf '\\e[2m│ %s\\e[0m\\n' "\${shown//$'\\n'/$'\\n│ '}" >/dev/tty
  builtin history -s -- "$__maillm_pending"
  __maillm_text=$__maillm_pending __maillm_pending= __maillm_hash= __maillm_turn=$1 __maillm_code= __maillm_running=1
  __maillm_emit "start;$1"
}
__maillm_end() {
  local code=\${1-$?}
  [[ -n \${__maillm_running-} ]] || return "$code"
  __maillm_running= __maillm_code=$code __maillm_text=
  __maillm_emit "end;\${__maillm_turn-};$code"
  __maillm_install
  return "$code"
}
__maillm_prompt() {
  local code=$?
  __maillm_end "$code"
  __maillm_emit "idle;$$"
  return "$code"
}
__maillm_exit() {
  local code=$?
  __maillm_emit "exit;\${__maillm_running:+\${__maillm_turn-}};$code"
}
__maillm_install() {
  local map
  for map in emacs-standard vi-insert vi-command; do
    builtin bind -m "$map" -x '"\\e[77170~": __maillm_clear'
    builtin bind -m "$map" -x '"\\e[77171~": __maillm_accept'
  done
  builtin bind 'set enable-bracketed-paste on'
  HISTCONTROL=ignorespace
  [[ "\${PROMPT_COMMAND[*]-}" == __maillm_prompt* ]] || PROMPT_COMMAND=(__maillm_prompt "\${PROMPT_COMMAND[@]-}")
}
${firstPrompt(notice, outbox)}`

const firstPrompt = (notice: string | null, outbox: string) => `builtin trap __maillm_exit EXIT
PS0=$'\\e]7717;'$__maillm_nonce$';busy\\a'
PS2=$'\\[\\e]7717;'$__maillm_nonce$';more\\a\\]> '
PS1='\\w \\$ '
__maillm_ps1=$PS1
HISTFILE=
builtin declare -rx ${outboxVariable}=${singleQuoted(outbox)}
builtin command mkdir -p -- "$${outboxVariable}" 2>/dev/null
${notice === null ? "" : `builtin printf '\\e[2m%s\\e[0m\\n' ${singleQuoted(notice)}\n`}__maillm_install
`

/** A word of shell source that means exactly \`value\`. */
export const singleQuoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`
