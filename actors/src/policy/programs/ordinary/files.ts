const raw = String.raw

/** Files, archives, and what searches and changes text. */
export const fileTools = raw`
rm, rmdir, unlink = -r -R -f -i -I -v -d -rf -p --recursive --force --verbose --dir --interactive --one-file-system
  --preserve-root --no-preserve-root --ignore-fail-on-non-empty --parents
rimraf, del, del-cli, trash, trash-put = @_any -r -f --glob --no-glob -g --preserve-root --max-retries: --dot
cp, gcp, cpy, cpy-cli = -a -r -R -f -i -n -v -p -d -l -s -u -x -P -L -H -T -t: -b -S: -Z --archive --recursive --force
  --interactive --no-clobber --verbose --preserve --no-preserve: --dereference --no-dereference --link --symbolic-link
  --update --one-file-system --parents --target-directory: --no-target-directory --backup --suffix: --reflink
  --sparse: --strip-trailing-slashes --remove-destination --attributes-only --copy-contents -c -X --context --version
mv, gmv = -f -i -n -v -u -b -T -t: -S: --force --interactive --no-clobber --verbose --update --backup --suffix:
  --target-directory: --no-target-directory --strip-trailing-slashes
ln = -s -f -n -v -r -T -t: -i -P -L -b -S: --symbolic --force --no-dereference --verbose --relative
  --target-directory: --no-target-directory --backup --interactive --physical --logical -h --suffix: -F -d
link =
install = -d -D -m: -v -p -t: -T -C -c -b -S: -s --directory --mode: --verbose --preserve-timestamps
  --target-directory: --no-target-directory --compare --backup --suffix: --strip -g: --group: --context
  --preserve-context -Z
touch, mkdir, mkdirp, mkfifo, mktemp = -p -v -m: -a -c -m -d -q -t: -u -r: --parents --verbose --mode: --no-create
  --date: --reference: --time: --directory --dry-run --suffix: --tmpdir --quiet -h -f --no-dereference
tee, sponge = -a -i -p --append --ignore-interrupts --output-error
truncate, fallocate = -s: -c -r: -o: -l: -n -v -z -x --size: --no-create --reference: --io-blocks --length: --offset:
  --keep-size --verbose
chmod, chown, chgrp = -R -v -c -f -h -H -L -P --recursive --verbose --changes --silent --quiet --reference:
  --preserve-root --no-dereference --dereference --from: -w -x -r -X -wx -rwx -rw -rx -s -t
tar, gtar, bsdtar = -A -c -d -r -t -u -x -f: -C: -z -j -J -a -v -p -P -k -m -O -s -S -h -l -n -o -w -W -i -B -G -R -U
  -T: -X: -b: -g> -K: -L: -N: -V: --zstd --create --extract --get --list --append --update --diff --compare --delete
  --concatenate --catenate --file: --directory: --gzip --gunzip --ungzip --bzip2 --xz --lzma --lzip --lzop --compress
  --auto-compress --verbose --exclude: --exclude-from: --exclude-vcs --exclude-vcs-ignores --exclude-caches
  --exclude-backups --exclude-tag: --exclude-ignore: --files-from: --null --no-* --strip-components: --transform:
  --xform: --show-transformed-names --wildcards --wildcards-match-slash --anchored --ignore-case
  --preserve-permissions --same-permissions --preserve-order --same-owner --numeric-owner --owner: --group: --mode:
  --mtime: --sort: --format: --posix --old-archive --portability --pax-option: --label: --sparse --dereference
  --hard-dereference --one-file-system --absolute-names --recursion --newer: --newer-mtime: --after-date: --add-file:
  --to-stdout --touch --keep-old-files --skip-old-files --keep-newer-files --overwrite --overwrite-dir --unlink-first
  --recursive-unlink --keep-directory-symlink --verify --totals --checkpoint --utc --full-time --block-number
  --index-file> --warning: --occurrence --remove-files --blocking-factor: --record-size: --ignore-zeros
  --ignore-failed-read --listed-incremental> --incremental --interactive --confirmation --quote-chars:
  --quoting-style: --use-compress-program! -I! --acls --xattrs --selinux --atime-preserve --delay-directory-restore
  --suffix: --backup --checkpoint-action: --level: --exclude-caches-all --exclude-caches-under --exclude-tag-all:
  --exclude-ignore-recursive: --verbatim-files-from --owner-map: --group-map: --sparse-version: --seek --check-device
  --clamp-mtime --xattrs-include: --xattrs-exclude: --starting-file: --show-* --force-local -H: --same-order
  --test-label --check-links --help --version --usage
cpio = -i -o -t -v -d -m -u -c -B -b -s -S -a -A -0 -f -k -l -L -n -r -V -H: -C: -E: -F: -I: -O> -p -R: -D> --list
  --extract --create --verbose --make-directories --preserve-modification-time --unconditional --format: --file:
  --no-absolute-filenames --quiet --null --pass-through --directory> --reset-access-time --append --dot --dereference
  --link --nonmatching --numeric-uid-gid --only-verify-crc --pattern-file: --rename --owner: --sparse --swap
  --swap-bytes --swap-halfwords --to-stdout --block-size: --io-size: --message: --no-preserve-owner --force-local
  --device-independent --reproducible --renumber-inodes --ignore-devno --ignore-dirnlink --rsh-command! --help
  --version --usage -M: -W: --warning:
comby = -in-place -i -matcher: -diff -f: -d: -directory: -rule: -stdin -stdout -json-lines -count -match-only -o
  -match-newline-at-toplevel -exclude: -exclude-dir: -extensions: -jobs: -sequential -review -editor! -timeout:
  -templates< -config< -newline-separated -chunk-matches -omega -custom-matcher< -version -help -list -verbose
  -case-insensitive -depth: -substitute-only -skip-pattern: -0 -n
zip = -r -q -v -9 -0 -1 -2 -3 -4 -5 -6 -7 -8 -u -f -m -j -x: -i: -y -d -D -X -o -T -l -ll -g -s: -e -@ -A -c -z -FS -F
  -FF -db -dc -dg -nw -sf -n: -b: -t: -tt: -P: -ws -MM -R -Z: -sp --recurse-paths --quiet --exclude: --include:
  --update --freshen --move --junk-paths --symlinks --test --filesync --verbose --encrypt --out> -O> -U --adjust-sfx
  -AC --archive-clear -AS --archive-set -B --binary --temp-path> --entry-comments --preserve-case --delete --display-*
  -E --longnames --fix --fixfix -FI --fifo --grow -h -h2 --more-help -I --no-image --ignore-case -ic -J --junk-sfx -k
  --DOS-names --to-crlf -la -li -lf> --log-append --logfile-path> --log-info --from-crlf -L --license --must-match
  --suffixes: --no-wild --latest-time --output-file> -p --paths --password: --recurse-patterns --regex -RE
  --split-size: --split-* --show-* -S --system-hidden --from-date: --before-date: -UN: --unicode: -V -w -ww
  --wild-stop-dirs --no-* --archive-comment --compression-method: --use-privileges --names-stdin --difference-archive
  -DF -sd -su -so -sc -sb -sv -st --absolute-path
unzip, zipinfo, funzip, bsdunzip = -l -v -t -o -n -q -qq -d> -j -x: -p -c -a -b -C -L -u -f -M -Z* -z -B -V -X -1 -2
  -s -m -h -T -P: -I: -O: -D -W -A -E -F -i -J -N -S -U -Y
unrar, unar, rar = -o* -p* -y -x: -d -D -f -q -e: -k: -t -r -inul -ep* -m* -s -v* -hp* -ad -idq --output-directory>
  --force-overwrite --quiet --no-directory --force-directory
7z, 7za, 7zr = -y -t* -m* -o* -p* -r -x* -i* -a* -bd -bb* -bs* -so -si* -slt -sdel -spf -ssc -stl -v* -w* -u*
  -sccUTF-8 -sni -snl -snh -h
gzip, gunzip, bzip2, bunzip2, xz, unxz, lzma, zstd, unzstd, pigz, pbzip2, pixz, lz4, unlz4, brotli, compress,
  uncompress = * -o> --output-dir-flat> --output-dir-mirror> -S: --suffix: -T: -b: --files --filelist: -D: --train -M:
  -p:
split, csplit = -b: -l: -n: -d -a: -x -e -u -C: -t: -k -s -z -f> --bytes: --lines: --number: --numeric-suffixes
  --hex-suffixes --suffix-length: --additional-suffix: --elide-empty-files --unbuffered --line-bytes: --separator:
  --verbose --prefix> --suffix-format: --digits: --keep-files --quiet --suppress-matched --filter:
patch = -p* -i: -d: -R -N -E -f -t -s -u -c -n -b -l -F* -o> -r> -V: -z: -B: -T -Z --dry-run --strip: --input:
  --directory: --reverse --forward --force --batch --silent --quiet --verbose --backup --suffix: --unified --context
  --normal --ignore-whitespace --fuzz: --output> --reject-file> --merge --binary --remove-empty-files
  --no-backup-if-mismatch --posix --backup-if-mismatch --follow-symlinks --read-only: --reject-format: --set-time
  --set-utc -e --ed -v --version --quoting-style: -g: -D: -Y: -x: -a --get: --ifdef: --prefix: --basename-prefix:
dos2unix, unix2dos = -k -q -o -n -c: -f -i* -b -l -m -r -s -u -v -7 -D: --keepdate --quiet --oldfile --newfile --force
  --info --add-bom --remove-bom --keep-bom
dd =
find, gfind = -H -L -P -D: -O* -name: -iname: -path: -ipath: -wholename: -iwholename: -regex: -iregex: -regextype:
  -lname: -ilname: -type: -xtype: -size: -empty -perm: -user: -group: -uid: -gid: -nouser -nogroup -newer* -anewer:
  -cnewer: -mtime: -mmin: -atime: -amin: -ctime: -cmin: -used: -links: -inum: -samefile: -fstype: -readable -writable
  -executable -true -false -maxdepth: -mindepth: -depth -d -mount -xdev -daystart -follow -ignore_readdir_race
  -noignore_readdir_race -noleaf -prune -quit -print -print0 -printf: -ls -fprint> -fprint0> -fprintf> -fls> -delete
  -exec; -execdir; -ok; -okdir; -a -o -and -or -not -X -E -s -x -context: -warn -nowarn
fd, fdfind = -H -I -u -s -i -g -F -a -l -L -p -0 -d: -t: -e: -E: -S: -o: -c: -j: -1 -q -x$ -X$ -uu --hidden --no-*
  --unrestricted --case-sensitive --ignore-case --glob --regex --fixed-strings --absolute-path --list-details --follow
  --full-path --print0 --max-depth: --min-depth: --exact-depth: --prune --type: --extension: --exclude: --size:
  --changed-within: --changed-before: --owner: --exec$ --exec-batch$ --color: --threads: --max-results: --quiet
  --show-errors --base-directory: --path-separator: --search-path: --strip-cwd-prefix --one-file-system
  --max-buffer-time: --batch-size: --and: --format: --hyperlink --has-results --mount --xdev --ignore-file:
  --change-newer-than: --newer: --changed-after: --change-older-than: --older: --ignore-vcs --ignore-contain:
sed, gsed = -n -e: -f< -E -r -s -u -z -i* -l: -b -a -I* --quiet --silent --expression: --file< --regexp-extended
  --in-place --separate --unbuffered --null-data --line-length: --posix --debug --sandbox --follow-symlinks --binary
awk, gawk, mawk, nawk = -F: -v: -f< -e: -b -c -C -g -h -I -k -M -n -N -O -P -r -S -s -t -V --field-separator:
  --assign: --file< --source: --characters-as-bytes --traditional --posix --re-interval --sandbox --csv
  --non-decimal-data --bignum --lint --version --use-lc-numeric --optimize -W:
cmp, stat, du, df, realpath, readlink, dir = *
rsync = -a -v -r -z -P -h -n -u -c -l -t -p -o -g -D -H -A -X -x -R -i -W -S -m -C -q -b -L -k -K -O -J -I -E -d -y -0
  -s -4 -6 -B: -f: -T: -F -N -U --archive --verbose --recursive --compress --progress --partial --dry-run --update
  --checksum --delete* --exclude: --include: --exclude-from: --include-from: --files-from: --filter: --stats
  --human-readable --itemize-changes --info: --debug: --max-size: --min-size: --bwlimit: --ignore-existing --existing
  --size-only --times --perms --owner --group --links --hard-links --copy-links --copy-dirlinks --copy-unsafe-links
  --safe-links --relative --no-* --mkpath --inplace --append* --backup --backup-dir> --suffix: --link-dest:
  --compare-dest: --copy-dest: --chmod: --executability --list-only --log-file> --out-format: --partial-dir>
  --prune-empty-dirs --remove-source-files --timeout: --contimeout: --whole-file --sparse --preallocate
  --omit-dir-times --ignore-times --modify-window: --fuzzy --from0 --cvs-exclude --8-bit-output --devices --specials
  --acls --xattrs --numeric-ids --ignore-errors --max-delete: --quiet --dirs --checksum-choice: --compress-level:
  --compress-choice: --skip-compress: --port: --password-file: --rsh! -e! --delay-updates --write-batch>
  --inc-recursive --munge-links --keep-dirlinks --atimes --crtimes --open-noatime --omit-link-times --super
  --fake-super --cc: --one-file-system --block-size: --ignore-non-existing --ignore-missing-args --force --max-alloc:
  --usermap: --groupmap: --chown: --zc: --zl: --log-file-format: --stop-after: --stop-at: --time-limit: --fsync
  --only-write-batch> --read-batch< --iconv: --checksum-seed: --ipv4 --ipv6 --outbuf: --old-args --secluded-args
  --old-dirs --copy-devices --write-devices~ --protocol: --stderr: --append-verify --temp-dir> --address:
`
