const raw = String.raw

/** Small programs that read and print, relatives of those that everybody knows. */
export const lesserReaders = raw`
addr2line, c++filt, gcov-dump, dircolors, getopt, gettext, ngettext, infocmp, ipcs, lsmem, lsipc, lslocks, lslogins,
  lsns, mountpoint, namei, pathchk, pmap, pwdx, ptx, slabtop, sqldiff, tabs, ul, zdump, zipgrep, zipdetails, readtags,
  hostid, pinky, lzcat, lzcmp, lzdiff, lzgrep, bzcmp, bzdiff, bzgrep, bzegrep, bzfgrep, xzcmp, xzdiff, xzgrep, xzegrep,
  xzfgrep, zegrep, zfgrep, zstdgrep, msgcmp, pod2text, podchecker, pod2usage, corelist, fincore, preconv, col, colcrt,
  colrm, soelim, jps, jstat, mcookie, prtstat, numastat, kbxutil, dumpsexp, elfedit-x, luac-x = *
callgrind_annotate, cg_annotate, cg_diff, ms_print, strace-log-merge = @_any --auto: --show: --sort: --threshold:
  --inclusive: --tree: --context: --include< -I< --show-percs: --annotate --diff --mod-filename~ --mod-funcname~
pkgconf, pkg-config, python3-config, xml2-config, libpng-config, ncurses6-config, nspr-config, nss-config, icu-config,
  llvm-config, pcre2-config, curl-config, pg_config, mysql_config, sdl2-config, wx-config, apr-1-config = *
bzless, bzmore, xzless, xzmore, lzless, lzmore, zstdless = @less
gcc-ar, gcc-nm, gcc-ranlib, llvm-ar, llvm-nm, llvm-ranlib, llvm-strip, llvm-objcopy = @ar
llvm-objdump, llvm-readelf, llvm-readobj, llvm-size, llvm-strings, llvm-symbolizer, llvm-cxxfilt, llvm-dwarfdump,
  llvm-bcanalyzer, dwarfdump, pahole, elfdump, eu-readelf, eu-nm, eu-size, eu-strings, eu-elflint = *
jfr, jimage, jmod, jinfo = @_any --events: --categories: --stack-depth: --verbose
`

/** Tools that check, build and draw what stands in the project. */
export const lesserTools = raw`
luac = -o> -p -l -ll -s -v - --
llvm-profdata, llvm-cov = @_any -instr-profile< -use-color -show-* -sparse -ignore-filename-regex: -object: -arch:
  -num-threads: -weighted-input: -topn: -all-functions -counts -summary-only -region-coverage-*
lcov_cobertura, coverage-badge, genbadge, junit2html, allure = @_any
nroff, groff, troff, grog, eqn, tbl, pic = -T: -m: -man -mandoc -ms -me -mm -Tascii -Tutf8 -Tpdf -Thtml -Tps -K: -k -t -p
  -e -s -R -g -a -b -c -i -z -Z -l~ -P: -d: -r: -w: -W: -F< -M< -I< -n: -o: -C -E -N -S -h -v -V -X -D:
pod2man, pod2html, scdoc, help2man, ronn, txt2man, mandoc, go-md2man = @_any -s: -c: -n: -N -I: -L: -S: --section:
  --center: --release: --infile: --outfile> --podroot: --podpath: --htmldir: --htmlroot: --no-discard-stderr
  --version-string: --locale: --manual: --source: --opt-include: -i> -T: -O: -K: -M: --roff --html --man
xgettext, msgmerge, msgcat, msginit, msguniq, msgattrib, msgcomm, msgconv, msgen, msggrep, msgunfmt, pygettext3,
  recode-sr-latin, i18next, formatjs, lingui, gulp-x = @_any -k* -L: -x: -j -a -c* -m* -n -s -F -i -e -E -D: -d: -l: -U
  -N -w: -X: -C< -K -P --keyword* --add-comments* --from-code: --language: --join-existing --exclude-file:
  --add-location* --no-location --sort-by-file --sort-output --omit-header --copyright-holder: --package-name:
  --package-version: --msgid-bugs-address: --backup: --suffix: --compendium: --previous --no-fuzzy-matching
  --no-wrap --no-obsolete --translated --untranslated --only-fuzzy --set-fuzzy --clear-fuzzy --use-first
  --more-than: --less-than: --to-code: --locale: --no-translator --properties-output --stringtable-output
  --default-domain: --files-from: --extracted-dir: --default-locale: --fail-on-update --flatten
glib-compile-schemas, glib-compile-resources, gresource, gtk-update-icon-cache, update-mime-database,
  desktop-file-validate, appstreamcli, wayland-scanner, vala, valac, blueprint-compiler = @_any --strict --dry-run
  --targetdir> --sourcedir: --generate-* --internal --pkg: --vapidir: --gresources: -X: --generate-header
  --generate-source --generate-dependencies -q -t -f
yamlfmt, yj, dyff, ccls, compiledb, bump2version, bumpver, deptry, check-manifest, reuse, cruft, sqlformat, curlylint,
  pyreverse, stubgen, mypyc, ptw, pytest-watch, source-map-explorer, webpack-bundle-analyzer, sucrase, node-pre-gyp,
  ktfmt, elm-review, purs, spago, ldoc, clj-kondo, cljfmt, raco, fpm, verilator, iverilog, vvp, yosys, ghdl, openscad,
  pio, arduino-cli, idf.py, west, gatling, rdmd, ocamlformat, dialyzer, splain, xmlsec1-config, ucfr-x, bumpp, taze,
  publint, attw, sherif, syncpack, jscpd, type-coverage, ts-prune, dependency-cruiser, depcruise, cspell-cli,
  markdownlint-cli2, remark, textlint, write-good, htmlhint, html-validate, stylelint-config, sort-package-json,
  npm-package-json-lint, license-checker-rseidelsohn, is-ci, cross-port, wait-on, wait-port, start-server-and-test,
  dpdm, skott, i18n-check, oxfmt, vue-tsc, svelte-check, astro-check, tsgo, tsd, tstyche, expect-type, msw, orval,
  openapi-typescript, graphql-codegen, graphql-inspector, quicktype, json2ts, zod-gen, prettierd, eslint_d = @_any -in
  -out: -y -j -jy -dry -lint -conf< -formatter: -n -l -W: -D* -I< -Wall -Wno-* --cc --binary --lint-only --top-module:
  --trace --timing --current-version: --new-version: --allow-dirty --no-commit --no-tag --commit --patch --minor
  --major --tag-num --filter-* --cache-dir> --exclude-* --extend-exclude: --per-rule-ignores: --known-first-party:
  --omit-header --chart-color --set-exit-code -g: -s: -b: -e: -x: -d: -fqbn --fqbn: --build-path> --warnings:
  --verify-only --ignore-unused --use-* --export-graph --copy --lint --fail-level: --report-level: --skip-*
`
