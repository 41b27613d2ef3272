import type { Sample } from "./samples.ts"

/** More requests, for the mock's `tour`: a list in which each is another. Sessions as in samples.ts. */
export const tourSamples: ReadonlyArray<Sample> = [
  {
    title: "Run the tests again, webhooks only",
    text: "npm test -- src/payment/webhook.test.ts",
    answer: ` RUN  v5.1.1 /home/ada/checkout-service

 ✓ src/payment/webhook.test.ts (11 tests) 1.31s

 Test Files  1 passed (1)
      Tests  11 passed (11)`,
    exitCode: 0,
    tookMillis: 2_940,
    channel: "email",
    session: 0,
  },
  {
    title: "What is eating /var/lib?",
    text: "sudo du -xh --max-depth=2 /var/lib | sort -h | tail -4",
    answer:
      "22G\t/var/lib/docker/volumes\n296G\t/var/lib/docker/overlay2\n318G\t/var/lib/docker\n334G\t/var/lib",
    exitCode: 0,
    tookMillis: 21_700,
    channel: "email",
    session: 2,
  },
  {
    title: "Draft the release notes from the merged pull requests",
    text: "./bin/release-notes v2.13..HEAD > notes.md && wc -l notes.md",
    answer: "41 notes.md",
    exitCode: 0,
    tookMillis: 4_380,
    channel: "console",
    session: 3,
  },
  {
    title: "Restore one page from Friday to compare",
    text: "restic -r /srv/backup/wiki restore a77be110 --include /var/lib/wiki/pages/onboarding.md --target /tmp/r",
    answer: "restoring snapshot a77be110 to /tmp/r\nSummary: Restored 1 file (18.204 KiB)",
    exitCode: 0,
    tookMillis: 9_120,
    channel: "email",
    session: 1,
  },
  {
    title: "Renew status.example.org",
    text: "sudo certbot renew --cert-name status.example.org --quiet && ./expiry.sh status.example.org",
    answer: "89 days   status.example.org",
    exitCode: 0,
    tookMillis: 16_050,
    channel: "email",
    session: 5,
  },
  {
    title: "Raise the file limit and rebuild shard 7",
    text: "ulimit -n 65536; ./bin/index rebuild --shard 7",
    answer: "index: shard 7: 26,613 documents in 38 s",
    exitCode: 0,
    tookMillis: 38_400,
    channel: "email",
    session: 4,
  },
  {
    title: "Is the flaky test flaky on main too?",
    text: "git switch main && for i in $(seq 20); do npm test -- webhook || break; done",
    answer: " Test Files  1 failed (1)\n      Tests  1 failed | 10 passed (11)",
    exitCode: 1,
    tookMillis: 74_900,
    channel: "console",
    session: 0,
  },
  {
    title: "Tag v2.14.0 and push it",
    text: "git tag -s v2.14.0 -m 'Release 2.14' && git push origin v2.14.0",
    answer: "To git.example.org:checkout-service.git\n * [new tag]         v2.14.0 -> v2.14.0",
    exitCode: 0,
    tookMillis: 2_310,
    channel: "email",
    session: 3,
  },
  {
    title: "How long did last night's backup take?",
    text: "journalctl -u wiki-backup --since yesterday -o cat | grep -E 'processed|duration'",
    answer: "processed 48210 files, 31.204 GiB in 6:41",
    exitCode: 0,
    tookMillis: 610,
    channel: "email",
    session: 1,
  },
]
