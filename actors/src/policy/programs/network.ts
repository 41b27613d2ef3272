import { isSourceFolder, pathsOf, readsFile, writesFile } from "../files.ts"
import { isLocal } from "../addresses.ts"
import { parseOptions } from "../options.ts"
import { unknownOutput } from "../outputs.ts"
import { UNKNOWN, placeOf } from "../paths.ts"
import type { Output, Programs, Rule, Shell } from "../Shell.ts"
import { runsAside } from "../suspicions.ts"
import { shown } from "../Verdict.ts"
import { forNames } from "../verbs.ts"

const fromNetwork: Output = { text: UNKNOWN, network: true, decoded: false }

const metadata =
  /169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|metadata\.azure|100\.100\.100\.200|fd00:ec2::254|169\.254\.169\.253|\b2852039166\b|0xa9fea9fe|0251\.0376|metadata\/identity|instance-data\b/i
/** Reports that a program talks to these addresses; answers whether all are this machine. */
const talks = (shell: Shell, program: string, addresses: ReadonlyArray<string>, how: string): boolean => {
  let local = true
  for (const address of addresses) {
    if (metadata.test(address)) {
      shell.report("credentials", `asks the cloud for the machine's own keys: ${shown(address)}`)
      local = false
    } else if (/^file:/i.test(address)) readsFile(shell, address.replace(/^file:\/*/i, "/"))
    else if (isLocal(address) && !address.includes(UNKNOWN))
      shell.report("network-local", `talks to this machine: ${shown(address)}`)
    else {
      local = false
      shell.report("network-egress", `${how} (${program}): ${shown(address)}`)
    }
  }
  return local
}

/** Databases, queues and control planes that answer on this machine, and paths that stop or wipe a service. */
const storeAddress =
  /:(2375|2376|2379|4001|5984|6333|7474|11211|4222|5432|3306|6379|6380|8080\/actuator\/(shutdown|restart|env)|8086|8123|8200|8500|8529|9090\/api\/v1\/admin|9200|9201|10250|15672|19092|27017|28017|6443|8001\/api|7700|8108)(\/|$|\?)|\/_(all|cluster|shutdown|delete_by_query|snapshot)\b|\/actuator\/(shutdown|restart)|\/-\/quit/i

/** What an address says besides where it leads. */
const judgeAddresses = (shell: Shell, addresses: ReadonlyArray<string>, sends: boolean): void => {
  if (
    addresses.some((address) =>
      /^(gopher|dict|ldaps?|smbs?|tftp|telnet|imaps?|pop3s?|smtps?|rtsp|mqtt|scp|sftp|ftps?):/i.test(address),
    )
  )
    shell.report(
      "network-egress",
      `speaks another protocol than that of the web: ${shown(addresses.join(" "))}`,
    )
  if (addresses.some((address) => /:237[56](\/|$)/.test(address)))
    shell.report("privilege", `talks to the engine that runs containers: ${shown(addresses.join(" "))}`)
  if (
    sends &&
    addresses.some(
      (address) =>
        storeAddress.test(address) &&
        !/\/_(search|count|msearch|analyze|mapping|cat|explain)\b/.test(address),
    )
  )
    shell.report(
      "database-destroy",
      `changes a store or a service of this machine: ${shown(addresses.join(" "))}`,
    )
}

const curl: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "ACDEFHKPQTUXYbcdehmortuwxyz",
    long: "--data --data-raw --data-binary --data-urlencode --data-ascii --header --output --output-dir --request --user --user-agent --form --form-string --upload-file --max-time --connect-timeout --retry --retry-delay --retry-max-time --cookie --cookie-jar --referer --proxy --resolve --cacert --cert --key --write-out --config --url --json --dump-header --limit-rate --range --unix-socket --abstract-unix-socket --interface --socks5 --socks5-hostname --proxy-user --netrc-file --dns-servers --doh-url --trace --trace-ascii --stderr --hostpubmd5 --quote --connect-to --get --rate --url-query --variable --expand-url --expand-data --aws-sigv4 --oauth2-bearer",
  })
  const data = valuesOf(
    "-d",
    "--data",
    "--data-binary",
    "--data-ascii",
    "--data-urlencode",
    "--json",
    "-F",
    "--form",
    "-T",
    "--upload-file",
    "--variable",
  )
  for (const value of data) {
    const file = /@(.+)$/.exec(value)?.[1]
    if (file !== undefined && file !== "-") readsFile(shell, file.split(";")[0] ?? file)
  }
  for (const file of valuesOf(
    "-o",
    "--output",
    "-c",
    "--cookie-jar",
    "-D",
    "--dump-header",
    "--trace",
    "--trace-ascii",
    "--stderr",
  ))
    if (file !== "-") writesFile(shell, file)
  for (const format of valuesOf("-w", "--write-out")) {
    for (const [, file = ""] of format.matchAll(/%output\{(?:>>)?([^}]*)\}/g)) writesFile(shell, file)
    if (/^@[^-]/.test(format)) readsFile(shell, format.slice(1))
  }
  for (const socket of valuesOf("--unix-socket", "--abstract-unix-socket"))
    if (/docker|containerd|podman|crio|dbus|systemd|snapd|agent|gpg/i.test(socket))
      shell.report("privilege", `talks to a service of the machine: ${shown(socket)}`)
  if (has("-O", "--remote-name") || args.includes("--remote-name-all"))
    writesFile(shell, valuesOf("--output-dir")[0] ?? "./download")
  if (valuesOf("-K", "--config").length > 0)
    shell.report("network-egress", "takes its addresses from a file (curl --config)")
  if (valuesOf("-x", "--proxy", "--socks5", "--socks5-hostname").some((proxy) => !isLocal(proxy)))
    shell.report("network-egress", `goes through another machine (${name})`)
  if (rest.length + valuesOf("--url").length === 0) return
  const given = [...rest, ...valuesOf("--url", "--expand-url")]
  // A socket, or a name that is resolved on the line, leads to this machine whatever the address says.
  const here = valuesOf("--resolve", "--connect-to").flatMap((text) =>
    /:(127\.[\d.]+|\[::1\]|localhost)(:\d*)?$/.test(text) ? [text.slice(0, text.indexOf(":"))] : [],
  )
  const addresses = given.map((address) => {
    const host = /^(?:https?:\/\/)?([\w.-]+)/.exec(address)?.[1] ?? ""
    return valuesOf("--unix-socket").length > 0 || here.includes(host)
      ? address.replace(host, "localhost")
      : address
  })
  const sends = data.length > 0 || /^(POST|PUT|PATCH|DELETE)$/i.test(valuesOf("-X", "--request")[0] ?? "")
  judgeAddresses(shell, addresses, sends)
  const local = talks(
    shell,
    name,
    addresses,
    sends ? "sends data to another machine" : "talks to another machine",
  )
  if (!local) for (const file of valuesOf("-o", "--output")) remember(shell, file)
  return local ? unknownOutput : fromNetwork
}

/** What a file that came over the network holds is known to come from there. */
const remember = (shell: Shell, file: string): void => {
  if (file.includes(UNKNOWN)) return
  for (const cwd of shell.scope.cwds) {
    const path = file.startsWith("/") ? file : `${cwd}/${file.replace(/^\.\//, "")}`
    shell.scope.files.set(path, [fromNetwork])
  }
}

const wget: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "aBDeIiOoPQRtTUwXA",
    long: "--output-document --output-file --directory-prefix --input-file --header --post-data --post-file --body-data --body-file --method --user --password --tries --timeout --user-agent --execute --use-askpass --load-cookies --save-cookies --wait --level --accept --reject",
  })
  for (const file of valuesOf("--post-file", "--body-file", "-i", "--input-file")) readsFile(shell, file)
  for (const program of valuesOf("--use-askpass")) shell.runWords([program])
  const files = valuesOf("-O", "--output-document")
  for (const file of [...files, ...valuesOf("-o", "--output-file", "-P", "--directory-prefix")])
    if (file !== "-") writesFile(shell, file)
  const local = talks(shell, name, rest, "talks to another machine")
  if (!local) {
    for (const file of files) remember(shell, file)
    // Without a name of its own the file has that of the address.
    if (files.length === 0)
      for (const address of rest)
        remember(
          shell,
          `${valuesOf("-P", "--directory-prefix")[0] ?? "."}/${address.slice(address.lastIndexOf("/") + 1)}`.replace(
            /^\.\//,
            "",
          ),
        )
  }
  if (valuesOf("-i", "--input-file").length > 0)
    shell.report("network-egress", "takes its addresses from a file (wget)")
  return local ? unknownOutput : fromNetwork
}

const httpie: Rule = ({ shell, args, name }) => {
  const { rest } = parseOptions(args, {
    short: "aAoFp",
    long: "--auth --auth-type --output --timeout --session --print",
  })
  const address = rest.find((word) => !/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(word))
  if (address === undefined) return
  return talks(shell, name, [address], "talks to another machine") ? unknownOutput : fromNetwork
}

const netcat: Rule = ({ shell, args, name, input }) => {
  const { rest, has, valuesOf } = parseOptions(args, {
    short: "ceghikmopqswxXI",
    long: "--exec --sh-exec --lua-exec --wait --delay --proxy --source --source-port --idle-timeout",
  })
  for (const text of valuesOf("-e", "-c", "--exec", "--sh-exec")) {
    shell.report("network-egress", `gives a shell to another machine (${name})`)
    shell.runText(text)
  }
  if (has("-l", "--listen")) shell.report("network-egress", `waits for another machine (${name} -l)`)
  else if (rest.length > 0) talks(shell, name, [rest[0] ?? ""], "talks to another machine")
  if (input !== undefined && input.text !== "") judgeAddresses(shell, [`:${rest[1] ?? ""}`], true)
  return fromNetwork
}

const ssh: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf, has } = parseOptions(args, {
    short: "BbcDEeFIiJLlmOopQRSWw",
    long: "--command",
    first: true,
  })
  for (const option of valuesOf("-o")) {
    const command = /^\s*(?:ProxyCommand|LocalCommand|KnownHostsCommand|PermitLocalCommand)[\s=]+(.*)$/i.exec(
      option,
    )?.[1]
    if (command !== undefined) runsAside(shell, "ssh", command)
  }
  if (has("-V") || (has("-Q") && rest.length === 0) || rest.length === 0) return
  const [host = "", ...command] = rest
  shell.report("network-egress", `works on another machine (${name}): ${shown(host)}`)
  if (command.length > 0) shell.runText(command.join(" "))
  return fromNetwork
}

const scp: Rule = ({ shell, args, name }) => {
  const { rest, valuesOf } = parseOptions(args, {
    short: "cDFiJloPSXe",
    long: "--rsh --exclude --include --files-from --rsync-path --log-file --bwlimit --port",
  })
  for (const text of valuesOf("-e", "--rsh", "-S")) runsAside(shell, name, text)
  for (const option of valuesOf("-o"))
    if (/ProxyCommand/i.test(option)) shell.runText(option.replace(/^.*?[\s=]/, ""))
  const remote = rest.filter((word) => /^[^/]*:|^rsync:/.test(word))
  if (remote.length > 0 || name !== "rsync") {
    shell.report(
      "network-egress",
      `copies between machines (${name}): ${shown(remote.join(" ") || rest.join(" "))}`,
    )
    return fromNetwork
  }
  const target = rest.at(-1)
  if (
    rest.length > 1 &&
    target !== undefined &&
    !args.some((arg) => /^-\w*n|--dry-run|--list-only/.test(arg))
  ) {
    writesFile(shell, target)
    if (args.some((arg) => arg.startsWith("--delete")))
      shell.report(
        /^(\.|\.\/|\/)$/.test(target) ||
          pathsOf(shell, target).some(
            (path) =>
              isSourceFolder(path, shell.context) || placeOf(path, shell.context) === "whole-workspace",
          )
          ? "wipe-workspace"
          : "delete-in-workspace",
        `deletes what is not in the source: ${shown(target)}`,
      )
  }
  if (args.includes("--remove-source-files"))
    for (const source of rest.slice(0, -1)) writesFile(shell, source)
  return
}

/** Programs that are there to reach other machines. */
const reaches: Rule = ({ shell, args, name }) => {
  const addresses = args.filter((arg) => !arg.startsWith("-") && !arg.startsWith("+"))
  if (
    addresses.length > 0 &&
    /^(ping6?|dig|host|nslookup|telnet|ab|wrk|hey|siege|k6|autocannon|vegeta|iperf3?|traceroute|tracepath|ngrep|tcpdump)$/.test(
      name,
    ) &&
    addresses.every((address) => isLocal(address) || /^\d+$/.test(address)) &&
    addresses.some(isLocal)
  ) {
    shell.report("network-local", `talks to this machine (${name})`)
    return
  }
  if (addresses.some((address) => metadata.test(address)))
    shell.report("credentials", "asks the cloud for the machine's own keys")
  shell.report("network-egress", `reaches other machines: ${shown([name, ...args].join(" "))}`)
  return fromNetwork
}

const socat: Rule = ({ shell, args }) => {
  if (/^-(V|h+|\?+)$/.test(args.join(" "))) return
  for (const arg of args) {
    const command = /^(?:exec|system):(.*)$/i.exec(arg)?.[1]
    if (command !== undefined) shell.runText(command.replace(/^["']|["'].*$|,\w+.*$/g, ""))
  }
  shell.report("network-egress", `joins connections (socat): ${shown(args.join(" "))}`)
  return fromNetwork
}

const openssl: Rule = ({ shell, args, input }) => {
  const [verb = ""] = args
  const { valuesOf } = parseOptions(
    args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, "--")),
    { long: "--out --in --connect --keyout --engine --provider" },
  )
  for (const file of valuesOf("--out", "--keyout")) writesFile(shell, file)
  for (const file of valuesOf("--in")) readsFile(shell, file)
  if (verb === "s_client") {
    talks(
      shell,
      "openssl",
      valuesOf("--connect").length > 0 ? valuesOf("--connect") : args.slice(1, 2),
      "talks to another machine",
    )
    return fromNetwork
  }
  if (verb === "s_server") shell.report("network-egress", "serves other machines (openssl)")
  if (valuesOf("--engine").length > 0) shell.report("obfuscated", "loads a library (openssl -engine)")
  if (/^(enc|aes.*)$/.test(verb) && !args.includes("-d"))
    shell.report(
      "credentials",
      `encrypts files, which nobody may be able to read again: ${shown(args.join(" "))}`,
    )
  if (/^(enc|base64|aes.*)$/.test(verb) && args.includes("-d"))
    return { text: UNKNOWN, network: input?.network ?? false, decoded: true }
  return
}

const servers: Rule = ({ shell, args, name }) => {
  const outside = args
    .filter((arg) => /^[/~.]/.test(arg))
    .flatMap((arg) => pathsOf(shell, arg))
    .some((path) => placeOf(path, shell.context) === "outside" || path === "/")
  if (outside)
    shell.report(
      "network-egress",
      `serves files from outside the workspace: ${shown([name, ...args].join(" "))}`,
    )
  else shell.report("network-local", `serves on this machine: ${shown(name)}`)
}

export const network: Programs = {
  ...forNames("curl", curl),
  ...forNames("wget wget2 aria2c axel", wget),
  ...forNames("http https xh xhs httpie grpcurl websocat wscat", httpie),
  ...forNames("nc ncat netcat nc.traditional nc.openbsd", netcat),
  ...forNames("ssh autossh sshpass slogin rsh rlogin mosh dbclient plink", ssh),
  ...forNames("scp rsync sftp rclone-copy pscp", scp),
  ...forNames(
    "telnet ftp lftp tftp ncftp nslookup dig host drill ping ping6 traceroute tracepath mtr nmap masscan arp-scan tcpdump tshark wireshark ngrep whois finger smbclient rpcclient ldapsearch snmpwalk mail mailx sendmail mutt swaks msmtp ngrok cloudflared localtunnel lt bore frpc chisel iodine dnscat rclone s3cmd s5cmd transfer croc wormhole magic-wormhole torify torsocks tor proxychains proxychains4 w3m lynx links elinks youtube-dl yt-dlp hping3 arping sqlmap hydra nikto gobuster ffuf dirb wfuzz hashcat john msfconsole msfvenom responder crackmapexec impacket-secretsdump aircrack-ng ettercap bettercap speedtest speedtest-cli iperf iperf3 ab wrk hey vegeta siege k6 autocannon",
    reaches,
  ),
  socat,
  openssl,
  ...forNames(
    "serve http-server live-server json-server browser-sync caddy-file wait-on wait-port wait-for-it.sh wait-for-it dockerize mkcert",
    servers,
  ),
}
