/** Text of others as a terminal may be given it: without what would move its cursor or turn its direction. */
export const printable = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
