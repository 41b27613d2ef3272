/** What kind of thing a tool of an agent does. */
export type ToolKind =
  | "shell"
  /** Types into a command that runs. */
  | "typing"
  | "read"
  | "write"
  | "patch"
  | "web"
  /** The agent's own affairs: plans, notes, questions to the person, other parts of itself whose tools are judged too. */
  | "own"

const kinds: Readonly<Record<ToolKind, string>> = {
  shell:
    "Bash Monitor shell local_shell exec_command exec container.exec unified_exec bash shell_command run_shell_command",
  typing: "write_stdin",
  read: "Read Glob Grep LS NotebookRead read glob grep list ls read_file list_dir grep_files view_image lsp_diagnostics lsp_hover codesearch LSP",
  write: "Write Edit MultiEdit NotebookEdit write edit multiedit write_file",
  patch: "apply_patch patch",
  web: "WebFetch WebSearch webfetch websearch web_search web_fetch",
  own: "Task Agent TodoWrite TodoRead TaskCreate TaskUpdate TaskList TaskGet TaskOutput TaskStop BashOutput KillShell KillBash ExitPlanMode EnterPlanMode AskUserQuestion ToolSearch Skill ListAgents ListMcpResourcesTool StructuredOutput task todowrite todoread question skill update_plan plan_enter plan_exit invalid batch_status wait_agent close_agent spawn_agent request_user_input",
}

/** Every tool that is known, by its name in Claude Code, Codex or OpenCode. */
export const toolKinds: Readonly<Record<string, ToolKind>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([kind, names]) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys are the kinds, which entries does not say
    names.split(" ").map((name) => [name, kind as ToolKind] as const),
  ),
)
