import { A } from "@solidjs/router"
import type { ApprovalRow } from "@maillm/schema/ReadModel"
import { approvalStateWords, classWord } from "../format/approvalWords.ts"
import { paths } from "../routes.ts"
import { StateBadge } from "./StateBadge.tsx"
import { VisibleText } from "./VisibleText.tsx"
import "./AskedStep.css"

/** Of the command, in a timeline. */
const shownLength = 160

/** A question in a timeline: what was asked in short, how it stands, and the way to all of it. */
export const AskedStep = (props: { readonly row: ApprovalRow }) => (
  <A class="asked-step" href={paths.approval(props.row.id)}>
    <span class="asked-head">
      <span>{classWord(props.row.class)}</span>
      <StateBadge state={approvalStateWords[props.row.state]} />
    </span>
    <code>
      <VisibleText text={props.row.command.slice(0, shownLength)} />
      {props.row.command.length > shownLength ? " …" : ""}
    </code>
  </A>
)
