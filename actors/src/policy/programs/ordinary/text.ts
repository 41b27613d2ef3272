const raw = String.raw

/**
 * Options that mean the same, and nothing grave, wherever they are found: for programs that have no entry of their own.
 * Short ones that often name a configuration or a plugin are `obeyed`; `-c`, `-e` and `-x`, which often run something, are not
 * among them.
 */
export const anyProgram = raw`
_any = -0 -1 -a -A -b -B -C< -d -D -f< -F -g -G -h -H -i< -j -k -l< -L< -m -M -n -N -o> -O -p< -P -q -r< -R -s -S< -t
  -T -u -U -v -V -w -W -y -z -vv -vvv -qq -ci -json -help -version -verbose -quiet -silent -debug -format: -out>
  -output> -name: -target: -tags: -timeout: -color -no-color --help --version --verbose --verbosity: --quiet --silent
  --debug --trace --log-level: --loglevel: --log-format: --logLevel: --color --colors --colour --no-* --progress --ci
  --json --yaml --yml --xml --csv --html --markdown --md --text --table --tap --junit --sarif --plain --pretty --raw
  --compact --short --long --full --wide --brief --detailed --format: --output-format: --input-format: --reporter:
  --reporters: --report --formatter: --style: --theme: --template: --stats --summary --metrics --time --timing
  --timings --timeout: --retries: --retry: --jobs: --threads: --workers: --parallel --concurrency: --max-workers:
  --maxWorkers: --serial --sequential --cache --cache-dir> --cache-location> --clear-cache --watch --watch-all
  --dry-run --dryrun --check --diff --list --list-files --list-different --ls --all --all-files --force --strict --fix
  --fix-dry-run --write --in-place --inplace --recursive --follow --hidden --include: --exclude: --ignore:
  --ignore-path: --ignore-pattern: --ignore-case --only: --skip: --grep: --filter: --match: --pattern: --tags: --tag:
  --name: --names: --id: --type: --types: --kind: --lang: --language: --languages: --syntax: --parser: --ext:
  --extension: --extensions: --path< --paths< --dir< --directory< --cwd< --root< --project< --workspace --config<
  --config-file< --conf< --settings< --rc< --env: --environment: --mode: --profile: --preset: --define: --set: --var:
  --input: --in: --file< --files: --from: --to: --source: --src: --stdin --stdin-filename: --stdin-filepath: --stdout
  --stderr --output> --out> --out-file> --outfile> --out-dir> --outdir> --outDir> --outFile> --output-file>
  --output-dir> --output-path> --dest> --destination> --dist> --dist-dir> --log-file> --report-file> --report-dir>
  --target: --platform: --arch: --release --dev --prod --production --development --test --debug-info --optimize
  --minify --minimize --source-map --sourcemap --source-maps --sourcemaps --map --declaration --bundle --splitting
  --treeshake --port: --host: --hostname: --address: --bind: --https --http --ssl --base: --base-url: --public-path:
  --open --browser: --headless --headed --ui --coverage --cov --cov-report: --bail --fail-fast --failfast --exitfirst
  --exit-code --max-warnings: --warnings --warn --error --errors --failed --last-failed --seed: --random --shuffle
  --repeat: --runs: --iterations: --count: --limit: --depth: --max-depth: --level: --line: --lines: --start: --end:
  --since: --until: --before: --after: --date: --update --update-snapshot --snapshot --upgrade --latest --pre --locked
  --frozen --frozen-lockfile --offline --interactive --yes --assume-yes --non-interactive --batch --confirm --user:
  --title: --message: --description: --author: --license: --private --public --lib --bin --example: --features:
  --package: --module: --class: --method: --function: --scheme: --sort --sort: --order: --reverse --group: --group-by:
  --unique --key: --keys: --value: --encoding: --charset: --indent: --tab-width: --width: --height: --size: --scale:
  --quality: --density: --page: --pages: --range: --locale: --standalone --self-contained --embed --inline --unused
  --missing --outdated --changed --staged --affected --head: --show --print --explain --why --validate --verify --lint
  --build --clean --incremental --project-name: --explain-files --show-config --print-config --info --status
  --describe
`

/** Programs that only read and print, but for the options that are named. */
export const readers = raw`
sort, gsort = * -o> --output> --compress-program~ -T: --temporary-directory: -k: -t: -S: --key: --field-separator:
  --parallel: --files0-from:
shuf = * -o> --output> -i: -n:
tree = * -o> -L: -P: -I: --filelimit: --charset:
ls, dir, vdir, exa, eza, lsd = *
cat, tac, head, tail, zcat, bzcat, xzcat, zstdcat, nl, wc, tr, cut, paste, join, fold, fmt, rev, comm, cmp, diff,
  colordiff, wdiff, uniq, column, expand, unexpand, od, hexdump, hd, pr = *
cksum, md5sum, sha1sum, sha224sum, sha256sum, sha384sum, sha512sum, b2sum, shasum, base32, base64, basenc = *
diff3, sdiff = * --diff-program~ -o> --output>
delta = * --pager~ --config<
grep, egrep, fgrep, zgrep = *
rg, ripgrep = * --pre~ --hostname-bin~ --ignore-file<
ag, pt, sift = * --pager~ --path-to-ignore<
ack = * --pager~ --ackrc< --filter -x
ugrep = * --pager~ --filter~ --view~ --save-config~ --config<
fzf, sk, fzy, peco = -m --multi -f: --filter: -q: --query: -1 --select-1 -0 --exit-0 -e --exact -i +i --height:
  --layout: --reverse --border --header: --prompt: --ansi --no-sort +s --tac -n: --nth: -d: --delimiter: --with-nth:
  --print0 --read0 --print-query --preview! --preview-window: --cycle --no-mouse --pointer: --marker: --info: --color:
  -x --extended --literal --scheme: --algo: --disabled --tiebreak: --no-* --keep-right --scroll-off: --hscroll-off:
  --filepath-word --jump-labels: --min-height: --border-label* --margin: --padding: --separator: --scrollbar*
  --header-lines: --header-first --ellipsis: --tabstop: --history> --history-size: --preview-label* --style: --expect:
  --sync --bind~ --listen~ --with-shell~ --highlight-line --wrap --accept-nth: --tail:
bat, batcat = * --pager~ --config-dir --cache-dir --generate-config-file~ --diff -l: -r: -H: -m: --language: --theme:
  --style: --line-range: --paging: --wrap: --map-syntax: --file-name: --color: --decorations: --tabs:
  --terminal-width: --highlight-line:
less, zless, lesspipe = * -o> -O> --log-file> --LOG-FILE> -k~ --lesskey-file~ --lesskey-src~ --lesskey-content~ -t:
  -T: -p: -P: -x: -y: -z: -j: -h: -D: -b:
more, most, zmore = *
man = * -P~ --pager~ -H~ --html~ -C< --config-file< -l< --local-file< -T -Z -X --preprocessor~ -p~ -R: -M< --manpath<
  -S: -s: -e: -E: -L:
info = -n: --node: -f< --file< -a -k: --apropos: -O --usage -w -o> --output> --index-search: --subnodes --vi-keys
apropos, whatis, tldr, cheat = *
xmllint = * -o> --output> --shell~ --path< --pretty: --xpath: --schema: --relaxng: --dtdvalid: --encode: --maxmem:
  --pattern:
xmlstarlet|xml sel|select|fo|format|val|validate|el|elements|c14n|ls|esc|escape|unesc|unescape|pyx|p2x|depyx = *
xmlstarlet|xml ed|edit = -N: -P -S -O -u: -d: -i: -a: -s: -r: -m: -v: -x: -t: -n: --update: --delete: --insert:
  --append: --subnode: --rename: --move: --value: --expr: --type: --name: --pf --ps
xsltproc = -o> --output> --nonet --novalid --noout --stringparam: --param: --html --verbose -v --timing --encoding:
  --xinclude --maxdepth: --repeat <
jq, gojq, jaq = * -L< -f< --from-file< --arg: --argjson: --slurpfile: --rawfile: --indent: --args$ --jsonargs$
yq, tomlq, xq = * --from-file< -o: --output-format: -p: --input-format: -I: --indent: -s> --split-exp: --arg:
  --argjson:
dasel, gron, jless, jo, fx = -f: -r: -w: -p: -o> -i -m -n -s -u -k -v --file: --read: --write: --parser: --pretty
  --colour --color --stream --sort --ungron --no-sort --json --monochrome --values --multi --null --compact --out>
mlr = --icsv --ocsv --csv --c2p --c2j --c2t --c2m --json --ijson --ojson --tsv --itsv --otsv --opprint --oxtab --oxml
  --omd --ixtab --inidx --onidx --ifs: --ofs: --fs: --ips: --ops: --ps: --irs: --ors: --rs: --implicit-csv-header
  --headerless-csv-output --allow-ragged-csv-input --barred --from: -n -S -A -I -f: -g: -a: -nr: -nf: -r -x -o: -h -u
  -c -k -p -s: -q -v:
csvlook, csvcut, csvstat, csvgrep, csvsort, xsv, qsv = *
ctags, universal-ctags, etags = -R -a -e -x -n -u -V -L: -f> -o> -h: -I: --exclude: --exclude=: --languages:
  --langmap: --fields: --extras: --extra: --kinds-* --c-kinds: --c++-kinds: --python-kinds: --sort: --recurse
  --tag-relative --totals --verbose --output-format: --append --links --list-* --format: --excmd: --line-directives -w
  -t -C -D -g --filter --filter-terminator: --maxdepth: --etags-include: --input-encoding* --output-encoding:
  --language-force: --alias* --guess-language-eagerly -G --map* --fields-* --extras-* --pattern-length-limit:
  --pseudo-tags: --put-field-prefix --roles-* -B -F --kinddef-* --langdef: --mline-regex* --regex* --if0 --param-*
  --help-full --license --print-language --quiet --file-scope --with-list-header --machinable -N --options<
  --optlib-dir< --exclude-exception:
cscope = -b -q -R -k -d -u -v -C -L -p: -s: -I: -f> -0* -1* -2* -3* -4* -5* -6* -7* -8* -9* -c -e -T -U -X -P: -l
file = * -m< --magic-file< -C~ --compile~ -F: -f:
hexyl, xxd = *
strings, nm, objdump, readelf, size = * --plugin<
date = * -s~ --set~ -d: --date: -r: -f: --file: --reference:
expr, bc, dc = * -l -f< --file< -e: --expression:
envsubst, iconv, uconv, msgfmt = -f: -t: -c -l -s -v -o> -x: --from-code: --to-code: --output> --list --silent
  --variables --output-file> --check --statistics --from: --to: --use-fuzzy --strict -d> --directory> -j --java*
  --csharp* --tcl --qt --desktop --xml -r: --resource: --locale: -k* --keyword* -L: --language: -P --properties-input
  --stringtable-input --check-* -C -a: --alignment: --endianness: --no-hash --verbose -D: --source --template:
  --byte-subst: --unicode-subst: -h -V --version
ps, pgrep, pidof, pstree, uptime, free, vmstat, iostat, mpstat, lscpu, lsusb, lspci, nproc, uname, who, w, users,
  groups, id, whoami, locale, getconf, lsb_release, lsof, netstat, top, htop, procs, dust, duf, ncdu, lsblk, findmnt,
  blkid, last, lastlog = *
ss = * -K~ --kill~ -D> --diag>
pv = -p -t -e -r -b -a -f -n -q -W -c -l -0 -B: -L: -N: -s: -i: -w: -H: -F: --progress --timer --eta --rate --bytes
  --line-mode --size: --name: --rate-limit: --quiet --force --width: --interval:
tput, stty, clear, reset, sleep, seq, factor, numfmt, cal, ncal, look, tsort, basename, dirname, which, whereis, tty,
  true, false, test, printf, echo = *
cloc, tokei, scc, sloccount, loc = @_any -c -e: -i: --by-file --by-file-by-lang --exclude-dir: --exclude-ext:
  --exclude-lang: --include-lang: --include-ext: --not-match-d: --not-match-f: --match-f: --vcs: --git --git-diff-rel
  --out> --report-file> --sum-reports --by-percent: --hide-rate --no-cocomo --no-complexity --wide --exclude: --sort:
  --streaming: --files --num-format: --ci --uloc
inotifywait, fswatch = -m -r -e: -q -qq -t: -c --monitor --recursive --event: --events: --format: --timefmt:
  --timeout: --exclude: --excludei: --include: --includei: --quiet -o -1 -0 -l: -i: -x -E -I -L --one-event
  --one-per-batch --latency:
exiftool = -config< -a -s -s2 -s3 -S -G* -g* -j -json -n -r -q -csv -ee -u -U -t -T -b -c: -d: -p: -h -X -All -all
  -fast* -ext: -if: -D -H -v* -E -f -e -l -L -common -Make -Model -DateTimeOriginal -CreateDate -GPS* -ImageSize
  -FileType -MIMEType -Duration -Orientation -Title -Author
identify = -format: -verbose -ping -quiet -regard-warnings -list: -units: -density: -depth: -colorspace: -features:
  -moments -unique -precision: -limit:
ffprobe, mediainfo = @ffmpeg -show_* -of: -print_format: -count_* -select_streams: -sections -bitexact -pretty -unit
  -sexagesimal --Inform* --Output* --Full
pdftotext, pdfinfo, pdfgrep, antiword, catdoc = -layout -raw -f: -l: -x: -y: -W: -H: -r: -enc: -eol: -nopgbrk -q -v -h
  -htmlmeta -bbox -isodates -box -meta -js -struct -dests -n -i -c -A: -B: -C: -o -P -p --page-number --ignore-case
  --count --context: --color: -table -simple
gcov, gcovr, lcov, genhtml = @_any -b -c -f -a -r: -o> -m -p -x -t -s: -e: -j: --branch-counts --branch-probabilities
  --function-summaries --object-directory: --preserve-paths --relative-only --root: --xml> --html> --html-details>
  --json> --csv> --txt> --exclude: --exclude-directories: --print-summary --fail-under-line: --fail-under-branch:
  --sonarqube> --cobertura> --coveralls> --delete --object-directory --capture --directory: --output-file> --remove:
  --extract: --add-tracefile: --list --ignore-errors: --rc: --legend --title: --branch-coverage --zerocounters
  --no-external --base-directory: --initial --prefix: --demangle-cpp --show-details --highlight --checksum --compat*
  --convert-filenames --external --from-package: --to-package> --gcov-tool! --kernel-directory: --list-full-path
  --strip: --fail-under-lines: --test-name: --source-encoding: --gcov-executable! --gcov-* --timestamp: --branches
  --decisions --include-* --use-gcov-files --keep --exclude-* --html-* --json-* --json-summary> --html-nested>
  --html-single-page* --jacoco> --lcov> --clover> --markdown> --coveralls-* --cobertura-* --xml-* --sort-*
  --output-directory> --frames --baseline-file@ --header-title: --footer: --description-file@ --keep-descriptions
  --css-file@ --num-spaces: --html-prolog@ --html-epilog@ --html-extension: --html-gzip --function-coverage
  --precision: --missed --dark-mode --stdout --hash-filenames --long-file-names --intermediate-format --json-format
  --human-readable --use-colors --use-hotness-colors --all-blocks --unconditional-branches --conditions
  --source-prefix: --criteria-script~ --annotate-script~ --version-script~ --select-script~ --context-script~
  --simplify-script~ --resolve-script~ --config-file<
nvidia-smi, rocm-smi = -L -l: -q -i: -d: -x --query-gpu: --query-compute-apps: --format: --loop: --list-gpus --id:
  --query --display: dmon pmon topo -f> --filename> -lms: --loop-ms: --showuse --showtemp --showmeminfo: --showpids
dmesg, journalctl = -T -H -w -k -l: -x -n: -f -F: -u: -b* -p: -r -e -o: -t: -q -a -S: -U: -g: --since: --until:
  --unit: --user --no-pager --output: --lines: --follow --boot --list-boots --priority: --grep: --reverse --dmesg
  --disk-usage --level: --facility: --ctime --human --nopager --color --decode --follow-new --time-format: --reltime
  --kernel --identifier: --user-unit: --catalog --pager-end --all --quiet --utc -D< --directory< --file: -M~
  --machine~ -m --merge -c: --cursor: --after-cursor: --show-cursor --case-sensitive* --output-fields: --no-* --full
  -N --fields --field: --header --system --namespace: --verify --list-catalog --dump-catalog --interval: -h --image~
  --root~ --show-delta -d -E -J --json -L* --noescape -P --force-prefix --raw -s: --buffer-size: --notime --userspace
  -W -V --version --truncate-newline --invocation* -I --list-invocations --list-namespaces --exclude-identifier:
  --synchronize-on-exit:
sum, md5, icdiff, difft, logname, sw_vers, units, spell, aspell, q, pup, htmlq, hxselect, btop, atop, glances, global,
  rtags, lz4cat, zdiff, zcmp, gzcat, choose, hck, frawk, ansi2txt, ansifilter, isutf8, combine, ifne, locate, mlocate,
  plocate, ifdata, tokeignore, gocloc, xdpyinfo, glxinfo, vainfo, sensors, acpi, upower, uuidgen, yes, uudecode,
  ascii85, basez, gbase64, arp = *
pygmentize, highlight = -l: -f: -O: -P: -g -s -N: -S: -i -o> -v -L -H -a -T: --syntax: --out-format: --style:
  --output> --line-numbers --list-scripts --force --inline-css
`
