/**
 * xterm.js hands its own answers to a program's questions to the same callback as key presses. The pane's server
 * side answers those questions already; a second answer would be typed into the agent. Answers are kept out in two
 * ways: the questions are not handled at all (`silencedQueries`), and what still looks like one is not sent.
 *
 * Cursor position reports (`CSI row ; column R`) are not among the patterns, because Shift-F3 is spelled the same;
 * the question for them is silenced instead.
 */

/** Questions by the names xterm's parser gives them: nothing answers them here. */
export const silencedQueries = {
  csi: [
    /** DA1, DA2, DA3: what kind of terminal are you? */
    { final: "c" },
    { prefix: ">", final: "c" },
    { prefix: "=", final: "c" },
    /** DSR and CPR: are you well, where is the cursor? */
    { final: "n" },
    { prefix: "?", final: "n" },
    /** DECRQM: is this mode set? */
    { intermediates: "$", final: "p" },
    { prefix: "?", intermediates: "$", final: "p" },
    /** XTVERSION, window reports, kitty keyboard query. */
    { prefix: ">", final: "q" },
    { final: "t" },
    { prefix: "?", final: "u" },
  ],
  dcs: [
    /** DECRQSS and XTGETTCAP: what is this setting? */
    { intermediates: "$", final: "q" },
    { intermediates: "+", final: "q" },
  ],
} as const

/** Colour queries (OSC 4, 10, 11, 12 with `?`). The same sequences without `?` set colours and are let through. */
export const isColourQuery = (data: string) => data.split(";").some((part) => part.trim() === "?")

const replies: ReadonlyArray<RegExp> = [
  /** DA: CSI ? 1 ; 2 c, CSI > 0 ; 276 ; 0 c */
  /^\u001b\[[?>=][\d;]*c$/,
  /** DSR: CSI 0 n, CSI ? 27 ; 1 n; DEC cursor position: CSI ? 1 ; 1 R */
  /^\u001b\[\??[\d;]*n$/,
  /^\u001b\[\?[\d;]*R$/,
  /** DECRPM: CSI ? 2026 ; 2 $ y */
  /^\u001b\[\??[\d;]*\$y$/,
  /** Window reports: CSI 8 ; 24 ; 80 t */
  /^\u001b\[[\d;]*t$/,
  /** Kitty keyboard flags: CSI ? 0 u */
  /^\u001b\[\?[\d;]*u$/,
  /** Focus in and out. */
  /^\u001b\[[IO]$/,
  /** Mouse: SGR, urxvt and X10. */
  /^\u001b\[<[\d;]*[Mm]$/,
  /^\u001b\[\d+;\d+;\d+M$/,
  /^\u001b\[M[\s\S]{3}$/,
  /** OSC, DCS, APC and PM answers: colours, DECRQSS, XTGETTCAP, XTVERSION. */
  /^\u001b[\]P_^][\s\S]*(?:\u0007|\u001b\\)$/,
]

/** True for what xterm.js says by itself; false for keys, pastes and composed text. */
export const isAutomaticReply = (data: string): boolean =>
  data.charCodeAt(0) === 0x1b && replies.some((reply) => reply.test(data))

const reportModes = new Set([9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016])

/**
 * Whether a DECSET (`CSI ? … h`) asks only for mouse or focus reports. Such modes are not entered: reports would
 * not be sent anyway, and without them the mouse selects text and the wheel scrolls.
 */
export const asksOnlyForReports = (modes: ReadonlyArray<number | ReadonlyArray<number>>): boolean =>
  modes.length > 0 && modes.every((mode) => typeof mode === "number" && reportModes.has(mode))
