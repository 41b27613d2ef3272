const raw = String.raw

/** Version control. What a verb of git does is judged by its rule; here stand the options that are ordinary. */
export const versionControl = raw`
_git-diff = * --output> --ext-diff~ --textconv -O< -S: -G: -L: -n: -U: --format: --since: --until: --after: --before:
  --author: --committer: --grep: --skip: --max-count: --word-diff-regex: --ws-error-highlight: --src-prefix:
  --dst-prefix: --inter-hunk-context: --line-prefix: --anchored: --rotate-to: --skip-to: --decorate-refs: --date:
  --exclude: --glob: --color-moved --stat --diff-filter: --find-object:
git = + -a -C: -c: -p -P -h -v --no-pager --paginate --git-dir< --work-tree< --namespace: --no-replace-objects
  --literal-pathspecs --glob-pathspecs --noglob-pathspecs --icase-pathspecs --no-optional-locks --bare --html-path
  --man-path --info-path --version --help --list-cmds --no-lazy-fetch --no-advice --attr-source:
git log|show|diff|whatchanged|range-diff|diff-tree|diff-index|diff-files|stash-show|reflog|shortlog|rev-list|blame|
  annotate|cherry|format-patch-list = @_git-diff --contents@ --ignore-revs-file@ -S:
git status|rev-parse|ls-files|ls-tree|show-ref|for-each-ref|show-branch|merge-base|name-rev|describe|count-objects|
  check-ignore|check-attr|check-ref-format|check-mailmap|var|version|help|verify-commit|verify-tag|verify-pack|
  get-tar-commit-id|merge-tree|patch-id|stripspace|column|cat-file|diagnose|bugreport|fsck|symbolic-ref|hash-object|
  mktree|write-tree|commit-tree|rerere|commit-graph|multi-pack-index|pack-refs|gc|fast-export|sparse-checkout|
  update-ref|update-index|reset|clean|prune|rm|mv|branch|checkout|switch|restore|revert|cherry-pick|replace|remote|
  config|lfs|flow|subtree|prune-packed|filter-repo|svn|p4 = * --exclude-from@ --exclude-per-directory: -X@
git add|stage = * --pathspec-from-file@
git commit = * -F@ --file@ -m: --message: -c: -C: --fixup: --squash: --author: --date: -t@ --template@ --trailer:
  --cleanup: --gpg-sign -S* --pathspec-from-file@
git tag = * -F@ --file@ -m: --message: -u: --local-user: -n* --format: --sort: --contains: --points-at: --merged
  --no-merged --cleanup:
git interpret-trailers = * --in-place --trailer:
git grep = * -O~ --open-files-in-pager~ --ext-grep~ -f: -e: -A: -B: -C: -m: --max-depth: --threads: --max-count:
git fetch|pull = -a -f -k -n -p -P -q -t -v -u -j: -o: -4 -6 -r -s: -X: -S* --all --append --atomic --depth: --deepen:
  --shallow-since: --shallow-exclude: --unshallow --update-shallow --negotiation-tip: --dry-run --write-fetch-head
  --no-* --force --keep --multiple --auto-maintenance --auto-gc --write-commit-graph --prefetch --prune --prune-tags
  --refetch --refmap: --tags --recurse-submodules --jobs: --set-upstream --submodule-prefix: --update-head-ok --quiet
  --verbose --progress --server-option: --show-forced-updates --ipv4 --ipv6 --filter: --rebase --ff --ff-only --squash
  --commit --edit --stat --log --strategy: --strategy-option: --autostash --verify-signatures
  --allow-unrelated-histories --signoff --cleanup: --verify --porcelain --gpg-sign --stdin --negotiate-only -m --auto
  -e --summary -b -w --ignore-space-at-eol --ignore-cr-at-eol --ignore-all-space --ignore-space-change --find-renames
  --diff-algorithm: --compact-summary
git clone = -l -s -q -v -n -b: -o: -j: --local --shared --quiet --verbose --progress --no-* --checkout --bare --mirror
  --origin: --branch: --depth: --shallow-since: --shallow-exclude: --single-branch --tags --recurse-submodules
  --recursive --jobs: --reference< --reference-if-able: --dissociate --separate-git-dir> --filter:
  --also-filter-submodules --sparse --remote-submodules --shallow-submodules --reject-shallow --revision:
  --ref-format: -4 -6 --ipv4 --ipv6 --config: -c: --bundle-uri~ -u! --upload-pack! --template~ --server-option:
git push = * --receive-pack! --exec! -o: --push-option: --repo:
git ls-remote = -h -t -q --heads --branches --tags --refs --quiet --get-url --exit-code --symref --sort:
  --upload-pack! --exec! -o: --server-option:
git init = -q -b: --quiet --bare --initial-branch: --shared --object-format: --ref-format: --separate-git-dir>
  --template~
git apply = * -p: -C: --directory> --exclude: --include: --whitespace: --build-fake-ancestor>
git am = * -p: -C: --directory: --exclude: --include: --whitespace: -S* --patch-format: --quoted-cr: --empty:
  --build-fake-ancestor>
git format-patch = @_git-diff -o> --output-directory> -n -N -k -s -q -v: --cover-letter --stdout --subject-prefix:
  --suffix: --start-number: --to: --cc: --in-reply-to: --thread --attach --inline --base: --signature:
  --signature-file: --from --rfc --reroll-count: --numbered --signoff
git archive = -v -l -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 --format: --prefix: -o> --output> --add-file: --add-virtual-file:
  --worktree-attributes --list --verbose --mtime:
git bundle create|verify|list-heads|unbundle = * --version:
git rebase = * --exec! -x! -s: -X: -C: --onto: --strategy: --strategy-option: --whitespace: --empty: -S* --gpg-sign
git bisect start|good|bad|new|old|skip|reset|next|log|replay|terms|visualize|view|help = --no-checkout --first-parent
  --term-new: --term-old: --term-good: --term-bad: --oneline --stat -p
git bisect run = + --
git submodule = + -q --quiet --cached
git submodule add|init|update|status|summary|sync|deinit|absorbgitdirs|set-branch = -b: -f -q -N -j: --branch: --force
  --quiet --name: --reference: --depth: --init --remote --no-fetch --recursive --checkout --merge --rebase
  --recommend-shallow --no-recommend-shallow --single-branch --no-single-branch --jobs: --progress --dissociate
  --filter: --cached --all --files --summary-limit: --default --require-init
git submodule foreach = + --recursive -q --quiet
git worktree add|list|lock|move|prune|remove|repair|unlock = * -b: -B: --reason: --expire:
git maintenance run|register|start|stop|unregister = * --task: --schedule:
git difftool = @_git-diff -g -d -y
  -t^vimdiff,nvimdiff*,meld,kdiff3,opendiff,p4merge,code,bc,tkdiff,emerge,smerge,vscode,diffmerge -x! --gui --dir-diff
  --no-prompt --prompt
  --tool^vimdiff,nvimdiff*,meld,kdiff3,opendiff,p4merge,code,bc,tkdiff,emerge,smerge,vscode,diffmerge --tool-help
  --extcmd! --no-symlinks --symlinks --trust-exit-code --no-trust-exit-code
git request-pull, git absorb, git citool, git gui, git cliff = @_any -p -n --base: --and-rebase
git checkout-index|read-tree = * --prefix> --index-output>
git filter-branch, git repack, git pack-objects = * -d>
git imap-send, git send-email, git daemon, git instaweb, git credential, git credential-store, git credential-cache,
  git http-push, git send-pack, git fast-import, git bfg =
gh, glab, tea, hub = *
hg, svn, jj, bzr, fossil = * --config~ --ssh~ -e~ --remotecmd~ -t~ --tool~ --config-option~ --editor-cmd~ --diff-cmd~
  --diff3-cmd~ --config-dir< --cwd: -R: -r: -m: -M --message: --encoding~ --debugger~ --traceback --extcmd~
tig, gitk, gitui = * --config~
git-cliff, git-sizer, gitleaks, trufflehog = @_any -c< -o> -p> -s: -r: -t: -b: -u -l -i: --report-format:
  --report-path> --source: --redact --no-git --staged --log-opts: --baseline-path: --gitleaks-ignore-path: --prepend>
  --tag: --unreleased --latest --current --bump --bumped-version --context --only-verified --since-commit: --branch:
  --max-depth:
git-lfs = *
git stash, git notes = * --pathspec-from-file@ -F@ --file@
git merge = * -s^ort,recursive,resolve,octopus,ours,subtree --strategy^ort,recursive,resolve,octopus,ours,subtree -F@
  --file@ -m: -X:
git mergetool = *
  -t^vimdiff,nvimdiff*,vimdiff*,meld,kdiff3,opendiff,p4merge,code,bc,tkdiff,emerge,smerge,vscode,diffmerge
  --tool^vimdiff,nvimdiff*,vimdiff*,meld,kdiff3,opendiff,p4merge,code,bc,tkdiff,emerge,smerge,vscode,diffmerge -O<
`
