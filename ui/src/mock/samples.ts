/** What people ask of a shell session and what came of it: the material that the mock's rows are made from. */
export interface Sample {
  readonly title: string
  readonly text: string
  readonly answer: string
  readonly exitCode: number
  readonly tookMillis: number
  readonly channel: "email" | "console"
  readonly session: number
}

export const sessionTitles = [
  "checkout-service: flaky tests",
  "Nightly backup of the wiki",
  "Disk space on build-03",
  "Release 2.14 notes",
  "Import of the March invoices",
  "Certificates that expire this month",
] as const

export const samples: ReadonlyArray<Sample> = [
  {
    title: "Run the tests of checkout-service",
    text: "cd checkout-service && npm test",
    answer: ` RUN  v5.1.1 /home/ada/checkout-service

 ✓ src/cart/total.test.ts (14 tests) 38ms
 ✓ src/cart/discount.test.ts (22 tests) 61ms
 ✓ src/payment/retry.test.ts (9 tests) 412ms
 ❯ src/payment/webhook.test.ts (11 tests | 1 failed) 1204ms
   × refuses a signature older than five minutes 1012ms
     → expected 401 "Unauthorized" to be 200 "OK"

 Test Files  1 failed | 3 passed (4)
      Tests  1 failed | 55 passed (56)
   Start at  14:02:11
   Duration  1.92s`,
    exitCode: 1,
    tookMillis: 8_412,
    channel: "email",
    session: 0,
  },
  {
    title: "How full is the disk on build-03?",
    text: "df -h / /var /home; du -xh --max-depth=1 /var | sort -h | tail -5",
    answer: `Filesystem      Size  Used Avail Use% Mounted on
/dev/nvme0n1p2   98G   71G   22G  77% /
/dev/nvme0n1p3  394G  352G   22G  95% /var
/dev/nvme0n1p4  786G  201G  546G  27% /home
1.2G	/var/log
4.8G	/var/cache
11G	/var/tmp
334G	/var/lib
352G	/var`,
    exitCode: 0,
    tookMillis: 3_180,
    channel: "email",
    session: 2,
  },
  {
    title: "Prune docker images older than two weeks",
    text: "docker image prune --all --force --filter until=336h | tail -3",
    answer: `deleted: sha256:5d20c808ce198565ff70b3ed23a991dd49afac45dece63474b27ce6ed036adc6
deleted: sha256:4cbb728cd302b0f6cb5a29dd3a0de4d7f8a7f46a8a53d3e0f5a1f2b0b3f86e3c
Total reclaimed space: 181.4GB`,
    exitCode: 0,
    tookMillis: 134_200,
    channel: "email",
    session: 2,
  },
  {
    title: "List what changed since v2.13",
    text: "git log --oneline v2.13..HEAD -- services/ | head -20",
    answer: `a81f2c4 Retry a webhook only when the provider says so
1be99d0 Cart totals in minor units everywhere
90c2d77 Read the tax table once, not per line
e3a0f15 Drop the second price cache
44d7b92 Show the reason when a voucher is refused`,
    exitCode: 0,
    tookMillis: 940,
    channel: "console",
    session: 3,
  },
  {
    title: "Check the wiki backup of last night",
    text: "restic -r /srv/backup/wiki snapshots --latest 3 && restic -r /srv/backup/wiki check --read-data-subset=5%",
    answer: `ID        Time                 Host        Tags        Paths
----------------------------------------------------------------
3f1c9a02  2026-11-20 02:10:04  wiki-01     nightly     /var/lib/wiki
a77be110  2026-11-21 02:10:03  wiki-01     nightly     /var/lib/wiki
c04d5521  2026-11-22 02:10:05  wiki-01     nightly     /var/lib/wiki
----------------------------------------------------------------
3 snapshots
using temporary cache in /tmp/restic-check-cache-219941882
create exclusive lock for repository
load indexes
check all packs
check snapshots, trees and blobs
read 5.0% of data packs
no errors were found`,
    exitCode: 0,
    tookMillis: 47_300,
    channel: "email",
    session: 1,
  },
  {
    title: "Which certificates expire within 30 days?",
    text: "for host in $(cat hosts.txt); do ./expiry.sh $host; done | sort -n | head",
    answer: `  6 days   status.example.org
 11 days   mail.example.org
 19 days   registry.example.org
 27 days   wiki.example.org`,
    exitCode: 0,
    tookMillis: 12_650,
    channel: "email",
    session: 5,
  },
  {
    title: "Import the March invoices again, without the duplicates",
    text: `./bin/import invoices --month 2026-03 --skip-known --dry-run
./bin/import invoices --month 2026-03 --skip-known`,
    answer: `would import 1,284 invoices, skip 37 known
imported 1,284 invoices in 1 min 52 s
skipped 37 known
warning: 2 invoices have no customer number: R-20931, R-21007`,
    exitCode: 0,
    tookMillis: 118_000,
    channel: "console",
    session: 4,
  },
  {
    title: "Rebuild the search index",
    text: "./bin/index rebuild --all",
    answer: `index: 212,904 documents
index: could not open shard 7: Too many open files (os error 24)
index: stopped after 61%`,
    exitCode: 74,
    tookMillis: 311_000,
    channel: "email",
    session: 4,
  },
]
