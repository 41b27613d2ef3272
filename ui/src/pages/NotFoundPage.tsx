import { A } from "@solidjs/router"
import { PageHeader } from "../components/PageHeader.tsx"
import { EmptyState } from "../components/Placeholder.tsx"
import { paths } from "../routes.ts"

export default function NotFoundPage() {
  return (
    <>
      <PageHeader title="Nothing here" />
      <EmptyState title="There is no page at this address">
        <p>
          Press <kbd>Ctrl/⌘</kbd> <kbd>K</kbd> to open anything by name.
        </p>
        <A class="button" href={paths.requests}>
          Open the requests
        </A>
      </EmptyState>
    </>
  )
}
