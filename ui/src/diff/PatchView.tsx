import { visiblePieces } from "@maillm/schema/visibleText"
import ChevronRight from "lucide-solid/icons/chevron-right"
import type { JSX } from "solid-js"
import { createMemo, createSignal, For, Show } from "solid-js"
import { VisibleText } from "../components/VisibleText.tsx"
import { formatCount } from "../format/money.ts"
import { type ChangedPart, changedParts } from "./changedPart.ts"
import { ChangeMark, LineCounts } from "./ChangeMark.tsx"
import { type DiffFile, type DiffHunk, type DiffLine, parsePatch } from "./parsePatch.ts"
import "./PatchView.css"

/** Files are open from the start as long as no more lines than this are shown in all; the others on a press. */
const openLines = 1_200
/** Lines of one file that are drawn at once, and by which it goes on. */
const drawnLines = 2_000

const marks = { same: " ", added: "+", removed: "-" } as const

/** A line's text; tabs stay, for a file's text is full of them. */
const Code = (props: { readonly text: string }) => (
  <For each={visiblePieces(props.text)}>
    {(piece) => (
      <Show when={piece.isEscape && piece.text !== "\\t"} fallback={piece.isEscape ? "\t" : piece.text}>
        <span class="unseen" title="A character that cannot be seen">
          {piece.text}
        </span>
      </Show>
    )}
  </For>
)

const Line = (props: { readonly line: DiffLine; readonly part: ChangedPart | undefined }) => {
  const text = (from: number, to?: number) => <Code text={props.line.text.slice(from, to)} />
  return (
    <div class="diff-line" data-kind={props.line.kind}>
      <span class="diff-number">{props.line.before}</span>
      <span class="diff-number">{props.line.after}</span>
      <span class="diff-mark">{marks[props.line.kind]}</span>
      <span class="diff-text">
        <Show when={props.part} fallback={text(0)}>
          {(part) => (
            <>
              {text(0, part().start)}
              <span class="diff-part">{text(part().start, part().end)}</span>
              {text(part().end)}
            </>
          )}
        </Show>
        <Show when={props.line.noLineEnd}>
          <span class="diff-note"> no line end</span>
        </Show>
      </span>
    </div>
  )
}

const Hunk = (props: { readonly hunk: DiffHunk; readonly most: number }) => {
  const parts = createMemo(() => changedParts(props.hunk.lines))
  return (
    <>
      <div class="diff-hunk">
        <span aria-hidden="true">⋯</span> <VisibleText text={props.hunk.context} />
      </div>
      <For each={props.hunk.lines.slice(0, Math.max(0, props.most))}>
        {(line, index) => <Line line={line} part={parts().get(index())} />}
      </For>
    </>
  )
}

const lineCount = (file: DiffFile) => file.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0)

const File = (props: { readonly file: DiffFile; readonly open: boolean }) => {
  const [open, setOpen] = createSignal(props.open)
  const [drawn, setDrawn] = createSignal(drawnLines)
  const total = createMemo(() => lineCount(props.file))
  const hunks = createMemo(() => {
    let before = 0
    return props.file.hunks.map((hunk) => {
      const at = before
      before += hunk.lines.length
      return { hunk, at }
    })
  })
  return (
    <details class="diff-file" open={open()} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <ChevronRight class="diff-fold" size={14} aria-hidden="true" />
        <ChangeMark change={props.file.change} />
        <span class="diff-path mono">
          <Show when={props.file.from}>
            {(from) => (
              <>
                <VisibleText text={from()} /> →{" "}
              </>
            )}
          </Show>
          <VisibleText text={props.file.path} />
        </span>
        <LineCounts
          added={props.file.binary ? null : props.file.added}
          removed={props.file.binary ? null : props.file.removed}
        />
      </summary>
      <Show when={open()}>
        <Body file={props.file}>
          <For each={hunks()}>
            {({ hunk, at }) => (
              <Show when={at < drawn()}>
                <Hunk hunk={hunk} most={drawn() - at} />
              </Show>
            )}
          </For>
        </Body>
        <Show when={total() > drawn()}>
          <button class="button diff-more" type="button" onClick={() => setDrawn(drawn() + drawnLines)}>
            {formatCount(total() - drawn())} more lines
          </button>
        </Show>
      </Show>
    </details>
  )
}

const Body = (props: { readonly file: DiffFile; readonly children: JSX.Element }) => (
  <Show
    when={!props.file.binary && props.file.hunks.length > 0}
    fallback={
      <p class="diff-none">{props.file.binary ? "A binary file; the patch has it." : "No line changed."}</p>
    }
  >
    <div class="diff-body mono" tabIndex={0} role="region" aria-label={`Changes of ${props.file.path}`}>
      <div class="diff-lines">{props.children}</div>
    </div>
  </Show>
)

/** A patch, file by file, with both line numbers and what is other within a line. */
export default function PatchView(props: { readonly patch: string }) {
  const files = createMemo(() => {
    let lines = 0
    return parsePatch(props.patch).map((file) => {
      const before = lines
      lines += lineCount(file)
      return { file, open: before === 0 ? lineCount(file) <= drawnLines : lines <= openLines }
    })
  })
  return (
    <div class="patch">
      <For
        each={files()}
        fallback={<p class="diff-none">The patch could not be read; download it instead.</p>}
      >
        {({ file, open }) => <File file={file} open={open} />}
      </For>
    </div>
  )
}
