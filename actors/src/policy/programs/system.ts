import { pathsOf, writesFile } from "../files.ts"
import { parseOptions } from "../options.ts"
import { placeOf } from "../paths.ts"
import type { Programs, Rule } from "../Shell.ts"
import type { ActionClass } from "@maillm/schema/Policy"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { asksForHelp, forNames } from "../verbs.ts"

/** Programs that are of one class whatever they are given. */
const always =
  (name: ActionClass, reason: string): Rule =>
  ({ shell, args, name: program }) => {
    if (!asksForHelp(args)) shell.report(name, `${reason}: ${shown([program, ...args].join(" "))}`)
  }

/** `sudo cmd`: what is run is judged as well. */
const sudo: Rule = ({ shell, args, name, input }) => {
  shell.report("privilege", `takes the rights of another user (${name}): ${shown([name, ...args].join(" "))}`)
  const { rest, valuesOf } = parseOptions(args, {
    short: "CghpRrtTuUDc",
    long: "--user --group --host --prompt --chdir --command --chroot --close-from --session-command",
    first: true,
  })
  for (const text of valuesOf(
    ...(name === "sudo" || name === "doas" ? ["--command"] : ["-c", "--command", "--session-command"]),
  ))
    shell.runText(text)
  const words = rest.filter((word, index) => index > 0 || !/^[A-Z_]+=/.test(word))
  if (name === "su" || name === "runuser" || name === "chroot") {
    if (words.length > 1 && name !== "su") shell.runWords(words.slice(1), input)
    return
  }
  if (words.length > 0) shell.runWords(words, input)
}

const nsenter: Rule = ({ shell, args, name }) =>
  shell.report(
    "privilege",
    `enters or leaves an isolated part of the machine (${name}): ${shown(args.join(" "))}`,
  )

const kill: Rule = ({ shell, args, name }) => {
  const text = shown([name, ...args].join(" "))
  const { rest } = parseOptions(
    args.filter((arg) => !/^-(\d+|[A-Z]+\d*|SIG\w+)$/.test(arg)),
    { short: "sn", long: "--signal" },
  )
  const signalled = args.filter((arg, index) => !(index === 0 && arg.startsWith("-")))
  if (args[0] === "-l" || args[0] === "-L") return
  if (
    signalled.some((arg) => /^-\d+$/.test(arg) || /[*?[]/.test(arg)) ||
    rest.some((word) => /^0*[01]$/.test(word) || word === "-1") ||
    (args.length === 1 && args[0] === "-1")
  )
    shell.report("system", `ends all processes: ${text}`)
  else shell.report("process", `ends a process: ${text}`)
}

/** Services that others need, and interpreters, whose every program would end: the agent may be one of them. */
export const vital =
  /^(systemd|init|sshd|dockerd|containerd|kubelet|dbus|dbus-daemon|cron|crond|rsyslogd|auditd|nginx|postgres|mysqld|mongod|redis-server|node|python|python3|java|ruby|php|deno|bun|gnome-shell|Xorg|login|bash|zsh|sh|tmux|screen|\.|\.\*|\*|claude|codex|opencode|maillm|nats-server|falcon-sensor|osqueryd)$/i

/** Ports of databases, queues and of the system's own services. */
export const servicePort =
  /^(22|25|53|2375|2379|3306|4222|5432|5672|6379|6443|9042|9092|9200|11211|27017)(\/(tcp|udp))?$|^\/(dev|etc|home|mnt|var)\b/

/** By name: one specific program is ordinary, everything or by force is not. */
const killByName: Rule = ({ shell, args, name }) => {
  const text = shown([name, ...args].join(" "))
  const { rest, has } = parseOptions(
    args.filter((arg) => !/^-(\d+|[A-Z]{2,}\d*)$/.test(arg)),
    { short: "usgGPtU", long: "--signal --user --uid --parent --pgroup" },
  )
  const hard =
    args.some((arg) => /^-(9|KILL|SIGKILL)$/.test(arg)) ||
    /(^| )(-s|--signal)[ =](9|KILL|SIGKILL)/.test(args.join(" "))
  if (args.includes("-l") && name === "killall") return
  if (
    has("-u", "-U", "--user", "--uid", "-g", "-G") ||
    rest.some((word) => vital.test(word)) ||
    (hard && name === "killall") ||
    rest.length === 0 ||
    (hard && !has("-f"))
  )
    shell.report("system", `ends processes of the system, or many at once: ${text}`)
  else shell.report("process", `ends processes by name: ${text}`)
}

const systemctl: Rule = ({ shell, args, name }) => {
  const { rest, has } = parseOptions(args, {
    short: "tpnHM",
    long: "--type --property --state --lines --host --machine --output",
  })
  const text = shown([name, ...args].join(" "))
  const [verb = ""] = rest
  if (
    /^(status|show|cat|is-active|is-enabled|is-failed|list-units|list-unit-files|list-timers|list-sockets|list-dependencies|list-jobs|help|)$/.test(
      verb,
    ) ||
    asksForHelp(args)
  )
    shell.report("read", `only looks: ${text}`)
  else if (
    /^(enable|link|edit|preset|reenable|add-wants|set-default)$/.test(verb) ||
    (has("--user") && verb === "enable")
  )
    shell.report("persistence", `makes a service run from now on: ${text}`)
  else shell.report("system", `changes the services of the machine: ${text}`)
}

const service: Rule = ({ shell, args, name }) => {
  if (args.at(-1) === "status" || args[0] === "--status-all" || args[0] === "list") return
  shell.report("system", `changes the services of the machine: ${shown([name, ...args].join(" "))}`)
}

const crontab: Rule = ({ shell, args }) => {
  if (args[0] === "-l") shell.report("read", "lists what runs at set times")
  else
    shell.report(
      "persistence",
      `changes what runs by itself at set times: ${shown(["crontab", ...args].join(" "))}`,
    )
}

const atJobs: Rule = ({ shell, args, name, input }) => {
  if (name === "atq" || args.includes("-l")) return
  shell.report("persistence", `makes a command run later (${name}): ${shown(args.join(" "))}`)
  if (input !== undefined) shell.runText(input.text)
}

const mount: Rule = ({ shell, args, name }) => {
  if (args.length === 0 || (args[0] === "-l" && name === "mount" && args.length === 1) || asksForHelp(args))
    return
  shell.report("disk", `attaches or detaches a file system: ${shown([name, ...args].join(" "))}`)
}

const looksOrChanges =
  (looks: RegExp, name: ActionClass, reason: string): Rule =>
  ({ shell, args, name: program }) => {
    const text = shown([program, ...args].join(" "))
    if (args.length === 0 || looks.test(args.join(" ")) || asksForHelp(args))
      shell.report("read", `only looks: ${text}`)
    else shell.report(name, `${reason}: ${text}`)
  }

/** Commands of vim that only edit, save and leave; a range, and `silent` or `g/…/` may stand before them. */
const editing =
  /^:?(sil(ent)?!?\s+)?([\d,$%.+-]|'[<>])*(g!?\/(\\.|[^/])*\/)?((q|qa|wq|wqa|x|xa|xit|w|wa|wall|e|bd|noh|up|update|undo|redo|d|m[\d$]+|t[\d$]+|j|join|[<>]+|left|right|center)!?|set(l|local)?\s+[\w=,\s]+|syntax\s+\w+|filetype\s[\w\s]+|s(?<mark>[^\w\s"|\\])(?:(?!\k<mark>)(\\.|[^\\]))*\k<mark>(?!\\=)(?:(?!\k<mark>)(\\.|[^\\]))*(\k<mark>[gcienp]*)?|norm(al)?!?\s+[^!:]*|retab!?|sort!?\s*[un]*(\s*\/[^/]*\/)?)?$/

/** Commands in one text stand apart by bars, but for those within a pattern. */
const onlyEdits = (text: string): boolean =>
  text
    .trim()
    .split(/(?<!\\)\|(?=\s*(?:[\d,$%]*s\W|q|w|x|g\/|norm|sort|retab|e\b|d\b|set\b|up|noh))/)
    .every((one) => editing.test(one.trim()))

/** Exporting, compiling and testing, by functions that emacs brings along. */
const usualEmacs =
  /^(org-[\w-]*export[\w-]*|org-babel-tangle|batch-(byte-compile|native-compile|indent-region)|byte-compile-file|ert-run-tests-batch(-and-exit)?|checkdoc-file|indent-region|delete-trailing-whitespace|untabify|save-buffer|kill-emacs|package-lint-batch-and-exit|whitespace-cleanup)$/

const emacs: Rule = ({ shell, args, name }) => {
  const { valuesOf, has } = parseOptions(
    args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, "--")),
    { short: "lfeLu", long: "--load --funcall --eval --execute --script --directory" },
  )
  const said = shown([name, ...args].join(" "))
  for (const file of valuesOf("-l", "--load", "--script"))
    if (/[/.]/.test(file))
      for (const path of pathsOf(shell, file))
        if (placeOf(path, shell.context) === "workspace")
          shell.report("project-script", `runs a script: ${shown(file)}`)
        else shell.report("unknown", `runs a script from outside the workspace: ${shown(file)}`)
    else if (
      !/^(org|ox-[\w-]+|ob-[\w-]+|ert|package|htmlize|bytecomp|checkdoc|package-lint|cl-lib)$/.test(file)
    )
      shell.report("inline-code", `runs code in emacs: ${said}`)
  if (
    valuesOf("-f", "--funcall").some((call) => !usualEmacs.test(call)) ||
    has("--eval", "--execute") ||
    has("-e")
  )
    shell.report("inline-code", `runs code in emacs: ${said}`)
  for (const file of args.filter((arg, at) => !arg.startsWith("-") && args[at - 1]?.startsWith("-") !== true))
    if (!file.startsWith("+")) writesFile(shell, file)
}

const editor: Rule = ({ shell, args, name, input }) => {
  if (
    input !== undefined &&
    input.text !== "" &&
    /[!]|\u0000/.test(input.text) &&
    !(/^(ex|vim|vi)$/.test(name) && input.text.split("\n").every((line) => line === "" || onlyEdits(line)))
  )
    shell.report("inline-code", `runs commands from within ${name}: ${shown(input.text)}`)
  const { rest, valuesOf } = parseOptions(args, { short: "cSuU", long: "--cmd --eval" })
  for (const text of [
    ...valuesOf("-c", "--cmd"),
    ...args.filter((arg) => /^\+./.test(arg)).map((arg) => arg.slice(1)),
  ])
    if (!onlyEdits(text) && !/^(\/[^!|]*|\$|\d+)$/.test(text))
      shell.report("inline-code", `runs commands from within ${name}: ${shown(text)}`)
  for (const text of valuesOf("--eval", "-S"))
    shell.report("inline-code", `runs commands from within ${name}: ${shown(text)}`)
  for (const file of rest)
    if (name === "ed" && file.startsWith("!")) shell.runText(file.slice(1))
    else if (!file.startsWith("+")) writesFile(shell, file)
  if (name === "ed" && rest.some((file) => file.startsWith("!")))
    shell.report("inline-code", `edits what a command puts out (${name})`)
}

const stress = always("resource", "loads the machine on purpose")

const multiplexer: Rule = ({ shell, args, name }) => {
  const [verb = ""] = args
  // What stands in `#(…)` of a format is run.
  for (const arg of args)
    for (const [, command = ""] of arg.matchAll(/#\(([^)]*)\)?/g)) runsAside(shell, name, command)
  if (/^(show-environment|showenv|show-buffer|save-buffer)$/.test(verb))
    return shell.report("credentials", `shows what terminals hold: ${shown([name, ...args].join(" "))}`)
  if (/^(ls|list-\w+|has-session|display-message|capture-pane|show-\w+|info|-ls|-V|list)$/.test(verb)) return
  if (/^(kill-server|kill-all-sessions)$/.test(verb))
    return shell.report(
      "system",
      `ends every terminal, the agent's among them: ${shown([name, ...args].join(" "))}`,
    )
  if (verb === "kill-session")
    return shell.report("process", `ends terminals: ${shown([name, ...args].join(" "))}`)
  // `screen -dmS name cmd`
  const named = name === "screen" ? args.findIndex((arg) => /^-\w*S$/.test(arg)) : -1
  if (named >= 0 && args.length > named + 2) shell.runWords(args.slice(named + 2))
  // A command to a terminal is a script; so is what is typed into one.
  const words = (named >= 0 ? args.slice(0, named) : args)
    .slice(1)
    .filter((arg, index, all) => !arg.startsWith("-") && !/^-[stncxyFe]$/.test(all[index - 1] ?? ""))
  for (const word of words) if (word !== "Enter" && word !== "C-m") shell.runText(word)
  shell.report(
    /^(new|new-session|send|send-keys|new-window|split-window|-d|-dmS|-S|attach)/.test(verb) || verb === ""
      ? "process"
      : "unknown",
    `works with terminals: ${shown([name, ...args].join(" "))}`,
  )
}

export const system: Programs = {
  ...forNames(
    "sudo su doas runuser gosu su-exec setpriv dzdo please sudoedit machinectl chroot fakechroot",
    sudo,
  ),
  ...forNames("pkexec run0 calife super", (call) => sudo(call)),
  ...forNames("nsenter unshare capsh newgrp bwrap setns", nsenter),
  ...forNames(
    "setcap visudo vipw passwd chpasswd useradd adduser usermod userdel deluser groupadd groupdel gpasswd newusers chsh chfn dscl aa-disable aa-complain apparmor_parser setenforce semanage restorecon chcon authconfig pam-auth-update ssh-copy-id csrutil spctl",
    always("privilege", "changes who may do what on this machine"),
  ),
  getcap: always("privilege", "searches for programs that run with other rights"),
  ...forNames(
    "mkfs mkfs.ext4 mkfs.ext3 mkfs.ext2 mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.ntfs mke2fs mkswap swapon swapoff wipefs parted gparted fdisk sfdisk cfdisk gdisk sgdisk cgdisk partprobe partx hdparm nvme badblocks debugfs tune2fs resize2fs e2fsck fsck xfs_repair lvremove vgremove pvremove lvcreate lvreduce lvresize mdadm cryptsetup losetup dmsetup blkdiscard zpool zfs btrfs diskutil hdiutil format diskpart ddrescue dcfldd flashrom efibootmgr grub-install update-grub eject sg_format fstrim",
    always("disk", "works on disks directly"),
  ),
  ...forNames("lsblk blkid findmnt df", () => undefined),
  ...forNames("mount umount fusermount sshfs mount.nfs mount.cifs pivot_root", mount),
  ...forNames(
    "shutdown reboot halt poweroff telinit init kexec pm-suspend pm-hibernate systemd-run loginctl insmod rmmod modprobe depmod dkms hwclock timedatectl hostnamectl localectl update-initramfs ldconfig sysrq ctrlaltdel launchctl tc brctl ebtables arptables dhclient nmcli nmtui wpa_supplicant rfkill ipvsadm conntrack pfctl networksetup scutil defaults tccutil nvram pmset bpftool bpftrace setterm setupcon update-rc.d chkconfig rc-service rc-update sv initctl supervisorctl monit puppet salt-call cfengine renice",
    always("system", "changes the running system"),
  ),
  ...forNames(
    "iptables ip6tables iptables-restore nft ufw firewall-cmd",
    looksOrChanges(
      /^(-L|-S|--list|-nL|-L .*|-t \w+ -L.*|-nvL|status.*|list .*|--list-\w+|--state)$/,
      "system",
      "changes the firewall",
    ),
  ),
  ...forNames(
    "sysctl",
    looksOrChanges(/^(-a|-n [\w.]+|[\w.]+|--all)( [\w.]+)*$/, "system", "changes a setting of the kernel"),
  ),
  ...forNames(
    "ip ifconfig route arp ethtool iw iwconfig brctl-show",
    looksOrChanges(
      /^(-\w+ )*(a|addr|address|link|route|r|neigh|-s link|l|rule|-n|-a|-i)?( (show|list|ls|get)\b.*)?$|^\w+$/,
      "system",
      "changes the network of the machine",
    ),
  ),
  dmesg: looksOrChanges(/^((?!-C|-c|--clear).)*$/, "anti-forensics", "deletes the kernel's messages"),
  ...forNames(
    "auditctl ausearch aureport",
    looksOrChanges(/^(-l|-s|-i.*)$/, "anti-forensics", "changes what is recorded"),
  ),
  ...forNames(
    "logrotate wtmpclean utmpdump auditd logsave",
    always("anti-forensics", "changes traces of what was done"),
  ),
  journalctl: looksOrChanges(
    /^((?!--(vacuum|rotate|flush|setup-keys|relinquish)).)*$/,
    "anti-forensics",
    "deletes the system's log",
  ),
  kill,
  ...forNames("killall pkill killall5 skill slay xkill", killByName),
  fuser: ({ shell, args }) => {
    if (args.some((arg) => /^-\w*k/.test(arg)))
      shell.report(
        args.some((arg) => servicePort.test(arg)) ? "system" : "process",
        `ends the processes that use ${shown(args.join(" "))}`,
      )
  },
  ...forNames("kill-port fkill tree-kill", ({ shell, args }) =>
    shell.report("process", `ends a process: ${shown(args.join(" "))}`),
  ),
  systemctl,
  ...forNames("service invoke-rc.d rc brew-services", service),
  crontab,
  ...forNames("at batch atq atrm anacron incrontab", atJobs),
  ...forNames("stress stress-ng memtester sysbench-x forkbomb", stress),
  ...forNames(
    "vi vim nvim view ex ed nano pico micro joe helix hx kak code subl vimdiff nvim-qt mcedit rvim rview",
    editor,
  ),
  ...forNames("emacs emacsclient", emacs),
  ...forNames("tmux screen zellij byobu", multiplexer),
  ...forNames("xclip xsel pbcopy pbpaste wl-copy wl-paste clip.exe", ({ shell, name, args }) => {
    if (
      /paste|^xclip$|^xsel$/.test(name) &&
      (name.endsWith("paste") || args.some((arg) => arg.startsWith("-o")))
    )
      shell.report("credentials", "reads the clipboard")
  }),
  ...forNames(
    "xdotool ydotool xinput import scrot maim screencapture gnome-screenshot xwd xev logkeys xspy ffmpeg-x arecord",
    always("credentials", "reads the screen, the keyboard or the microphone"),
  ),
  ...forNames("open xdg-open start", ({ shell, args }) => {
    for (const arg of args)
      if (/^https?:/.test(arg) && !/^https?:\/\/(localhost|127\.)/.test(arg))
        shell.report("network-egress", `opens an address: ${shown(arg)}`)
  }),
  ...forNames(
    "gtfobins linpeas.sh linpeas linenum.sh pspy pspy64 mimikatz lynis chkrootkit",
    always("privilege", "searches for ways to more rights"),
  ),
}
