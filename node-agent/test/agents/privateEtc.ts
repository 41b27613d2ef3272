/**
 * What runs a program with a file of our own below `/etc`, seen by it alone: a copy of `/etc` in memory, in a mount
 * namespace of its own. Needs root.
 */
export const privateEtc = (file: string, path: string, workFolder: string): ReadonlyArray<string> => [
  "unshare",
  "--mount",
  "sh",
  "-ec",
  `mkdir -p "$3"; mount -t tmpfs tmpfs "$3"; cp -a /etc/. "$3"
   mkdir -p "$3/$(dirname "$2")"; cp "$1" "$3/$2"; chmod 644 "$3/$2"
   mount --bind "$3" /etc; shift 3; exec "$@"`,
  "sh",
  file,
  path,
  workFolder,
]
