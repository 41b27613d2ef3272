import { useBeforeLeave, useLocation } from "@solidjs/router"
import { createEffect, on } from "solid-js"
import { parentOf } from "../routes.ts"

const placeOf = () => document.querySelector<HTMLElement>("#content")

/**
 * A detail begins at its top; a list is found where it was left. After a change of view the focus is in the content,
 * unless the view has put it somewhere, so that the next Tab and screen readers begin there.
 */
export const keepScroll = (): void => {
  const location = useLocation()
  const left = new Map<string, number>()
  useBeforeLeave((event) => {
    left.set(event.from.pathname, placeOf()?.scrollTop ?? 0)
  })
  createEffect(
    on(
      () => location.pathname,
      (pathname) => {
        requestAnimationFrame(() => {
          const place = placeOf()
          if (place === null) return
          const isList = parentOf(pathname) === null
          place.scrollTop = isList ? (left.get(pathname) ?? 0) : 0
          if (document.activeElement === document.body) place.focus({ preventScroll: true })
        })
      },
      { defer: true },
    ),
  )
}
