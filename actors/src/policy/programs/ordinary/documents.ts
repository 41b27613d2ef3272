const raw = String.raw

/** Documents, pictures, sound and video. */
export const documentTools = raw`
latex, pdflatex, xelatex, lualatex, tex, pdftex = -interaction: -halt-on-error -file-line-error -file-line-error-style
  -output-directory> -output-dir> -jobname: -synctex: -draftmode -recorder -output-format: -no-shell-escape -version
  -help -src-specials -8bit -kpathsea-debug: -etex -ini -fmt< -no-pdf -translate-file< -parse-first-line -quiet
  -c-style-errors
latexmk = -pdf -pdflua -pdfxe -dvi -ps -lualatex -xelatex -pdflatex^pdflatex*,xelatex*,lualatex* -pv -pvc -c -C -CA -f
  -g -gg -q -quiet -silent -verbose -interaction: -halt-on-error -file-line-error -synctex: -jobname: -outdir>
  -auxdir> -output-directory> -cd -bibtex -biber -use-make- -view: -time -recorder -deps -rules -commands -dependents
  -norc -v -version -h -help -diagnostics -emulate-aux-dir -logfilewarnings -pretex: -usepretex -shell-escape~ -MP -M
  -draftmode
bibtex, biber, makeindex, tectonic, chktex, latexindent, latexdiff, texcount, texfot, dvips, dvipdfmx, ps2pdf,
  kpsewhich = @_any -o> -w -s -l< -m -r -q -d -n* -I* -v* -W: -b -c: -g: -min-crossrefs: -terse -inc -total -sum
  -brief -merge -utf8 -t: -X: --outdir> --outfmt: --keep-logs --keep-intermediates --synctex --print --chatter:
  --reruns: --only-cached --bundle~ -Z~ --output-directory> --output_file> --tool --output-format: --input-directory:
  --onlylog --validate-datamodel --quiet --type: --subtype: --append-safecmd: --exclude-textcmd: --flatten
  --math-markup: --encoding: --nonstopmode --inputs --overwrite --overwriteIfDifferent --local< --modifylinebreaks
  --cruft> -expand-var: -var-value: -dPDFSETTINGS=* -dCompatibilityLevel=*
typst = + @_any --color:
typst compile|c|watch|w|init|query|fonts|update|eval|info|completions = @_any --root< --font-path:
  --ignore-system-fonts --input: --format: --ppi: --pages: --pdf-standard: --jobs: --diagnostic-format: --timings>
  --deps> --make-deps> --open~ --package-path< --package-cache-path: --no-* --port: --field: --one --pretty --variants
  --features: --creation-timestamp: --creation-timestamp >
asciidoctor, asciidoctor-pdf, rst2html, rst2html.py, mdbook, antora, zola, hugo, slidev, marp, reveal-md, eleventy,
  pelican, nikola, adr, log4brains, git-chglog, gitversion, semver, auto-changelog, conventional-changelog,
  standard-version, commitizen, cz, all-contributors = @_any -a: -b: -d: -D> -e -n -o> -q -s -v -w -t -B: -S: -R: -T:
  -I< -r~ -f: -p: -i: -k -l -c: -m -u: -F -E --attribute: --backend: --doctype: --destination-dir> --safe --safe-mode:
  --out-file> --source-dir: --base-dir: --embedded --failure-level: --timings --section-numbers --dest-dir> --open
  --port: --hostname: --interface: --drafts --buildDrafts --buildFuture --buildExpired --baseURL: --minify --gc
  --ignoreCache --noHTTPCache --disableFastRender --navigateToChanged --environment: --destination> --contentDir:
  --layoutDir: --themesDir< --theme: --cleanDestinationDir --templateMetrics* --templateMetricsHints
  --printI18nWarnings --printPathWarnings --printUnusedTemplates --panicOnWarning --logLevel: --enableGitInfo
  --forceSyncStatic --liveReloadPort: --renderToMemory --renderSegments: --appendPort --poll: --pdf --pptx --html
  --image: --images: --allow-local-files --theme-set< --bespoke.* --input-dir: --jpeg-quality: --title: --template<
  --export --format: --remote~ --separator: --highlight-theme: --serve --watch --to-* --release-as: --first-release
  --prerelease --skip.* --tag-prefix: --infile: --outfile> --same-file --release-count: --preset: --config<
  --next-tag: --latest --all --increment: --changelog --check --rev-range: --message: --commit-msg-file: --allow-abort
  --yes --quiet --input: --output> --fast --to: --fetch --stacktrace --clean --cache-dir> --attribute --ui-bundle-url~
  --generator~ --extension~ --showvariable: --include-prerelease --range: --coerce --loose
pandoc = -f: -t: -o> -s -N -c: -H: -A: -B: -V: -M: -p -T: -S -i -5 -r: -w: -D: -v -h --from: --to: --read: --write:
  --output> --standalone --toc --toc-depth: --table-of-contents --number-sections --number-offset: --css: --template<
  --variable: --variable-json: --metadata: --metadata-file: --highlight-style: --no-* --columns: --wrap: --tab-width:
  --preserve-tabs --strip-comments --shift-heading-level-by: --base-header-level: --section-divs --html-q-tags
  --email-obfuscation: --id-prefix: --title-prefix: --include-in-header: --include-before-body: --include-after-body:
  --resource-path: --self-contained --embed-resources --link-images --extract-media> --data-dir< --defaults<
  --reference-doc: --reference-links --reference-location: --markdown-headings: --atx-headers --list-tables
  --top-level-division: --slide-level: --incremental --epub-* --split-level: --chunk-template: --citeproc
  --bibliography: --csl: --citation-abbreviations: --natbib --biblatex --mathml --mathjax --katex --webtex --gladtex
  --eol: --dpi: --ascii --ipynb-output: --track-changes: --file-scope --fail-if-warnings --verbose --quiet --trace
  --log> --sandbox --list-* --print-* --version --help --indented-code-classes: --default-image-extension:
  --syntax-definition: --listings
  --pdf-engine^pdflatex,xelatex,lualatex,latexmk,tectonic,typst,context,wkhtmltopdf,weasyprint,prince,pagedjs-cli,groff,pdfroff
  --lua-filter< -L< --filter< -F< -d< --tab-stop: --abbreviations< --request-header: -C --dump-args --ignore-args
  --bash-completion --strip-empty-paragraphs --list-of-figures --list-of-tables --lof --lot --figure-caption-position:
  --table-caption-position: --syntax-highlighting:
dot, neato, fdp, sfdp, twopi, circo, mmdc, d2, drawio, structurizr-cli, ditaa = @_any -T* -o> -O -G* -N* -E* -K* -s*
  -n* -l: -q* -y -v -V -P -t* -i: -b: -c< -C: -p< -e: -w: -H: -f: -x -d: -tsvg -tpng -tpdf -ttxt -tutxt -charset:
  -checkonly -syntax -encodesprite -pipe -nbthread: -failfast* -progress -headless -metadata -language -stdrpt*
  -nometadata -config< -theme: -darkmode -output> -DPLANTUML_LIMIT_SIZE=* --theme: --sketch --layout: --pad: --center
  --scale: --watch --bundle --dark-theme: --animate-interval: --elk-* --dagre-* --target: --backgroundColor:
  --cssFile: --configFile: --outputFormat: --pdfFit --svgId: --iconPacks: --puppeteerConfigFile< --export --format:
  --page-index: --border: --transparent --crop --all-pages --embed-diagram --width: --height: --overwrite
plantuml = -t* -o> -c< -v -charset: -checkonly -syntax -encodesprite -pipe -nbthread: -failfast* -progress -headless
  -metadata -language -stdrpt* -nometadata -config< -theme: -darkmode -output> -DPLANTUML_LIMIT_SIZE -tsvg -tpng
  -version -help -verbose -duration -testdot -x: -r -h
convert, magick, mogrify, composite, montage = -resize: -crop: -quality: -rotate: -strip -format: -density:
  -background: -flatten -alpha: -colorspace: -type: -depth: -negate -normalize -level: -auto-orient -auto-level
  -gravity: -extent: -geometry: -thumbnail: -trim -repage -border: -bordercolor: -fill: -stroke: -font: -pointsize:
  -annotate: -draw: -fuzz: -transparent: -opaque: -blur: -sharpen: -unsharp: -gaussian-blur: -append +append -delay:
  -loop: -layers: -coalesce -dispose: -size: -composite -compose: -define: -channel: -separate -combine -colors:
  -dither: -posterize: -monochrome -threshold: -brightness-contrast: -modulate: -contrast -gamma: -equalize -flip
  -flop -filter: -interlace: -sampling-factor: -compress: -units: -page: -set: -tile: -label: -title: -mode: -shadow:
  -frame: -verbose -quiet -ping -identify -path> -scale: -sample: -shave: -splice: -chop: -roll: -shear: -distort:
  -virtual-pixel: -evaluate: -function: -fx: -clone: -delete: -insert: -swap: -duplicate: -reverse -morphology: -edge:
  -emboss: -charcoal: -paint: -sepia-tone: -vignette: -swirl: -wave: -implode: -noise: +noise: -median: -despeckle
  -deskew: -liquid-rescale: -adaptive-resize: -auto-gamma -white-threshold: -black-threshold: -colorize: -tint:
  -contrast-stretch: -linear-stretch: -limit: -seed: -monitor -regard-warnings -version -help -list: -profile:
  +profile: -intent: -mask: -metric: -compare -dissolve: -watermark: -stroke* -weight: -style: -family: -kerning:
  -interword-spacing: -interline-spacing: -antialias -texture: -adjoin +adjoin -write> +repage -scene: -caption:
  -comment: -endian: -orient: -affine: -map: -remap: -ordered-dither: -quantize: -treedepth: -black-point-compensation
  >
ffmpeg = -i: -y -n -v: -c: -c:* -codec: -codec:* -vcodec: -acodec: -scodec: -an -vn -sn -dn -b: -b:* -ab: -vb: -r: -s:
  -aspect: -vf: -af: -filter: -filter:* -filter_complex: -lavfi: -map: -map_metadata: -map_chapters: -metadata:
  -metadata:* -ss: -sseof: -t: -to: -f: -fs: -frames: -frames:* -vframes: -aframes: -q: -q:* -qscale: -qscale:* -crf:
  -preset: -tune: -profile: -profile:* -level: -level:* -pix_fmt: -ar: -ac: -vol: -shortest -loop: -stream_loop:
  -framerate: -g: -keyint_min: -sc_threshold: -bf: -refs: -x264-params: -x265-params: -x264opts: -movflags:
  -max_muxing_queue_size: -maxrate: -bufsize: -minrate: -threads: -hwaccel: -hwaccel_* -pass: -passlogfile> -hls_*
  -segment_* -start_number: -strict: -hide_banner -loglevel: -stats -nostats -nostdin -progress: -report -benchmark
  -version -help -h -formats -codecs -encoders -decoders -filters -pix_fmts -protocols -muxers -demuxers -hwaccels
  -bsfs -layouts -sample_fmts -copyts -start_at_zero -vsync: -fps_mode: -async: -itsoffset: -re -thread_queue_size:
  -probesize: -analyzeduration: -fflags: -flags: -safe: -dump -bsf:* -disposition:* -tag:* -timecode: -color_*
  -colorspace: -rc: -cq: -qp: -lossless: -compression_level: -vbr: -application: -sws_flags: -ignore_unknown
  -copy_unknown -dash_* -adaptation_sets: -use_* -window_size: -update: -rotate: -autorotate -noautorotate
  -force_key_frames: -avoid_negative_ts: -id3v2_version: -write_id3v1: -filter_threads: -vtag: -atag: -timestamp:
  -speed: -row-mt: -cpu-used: -deadline: -quality: -auto-alt-ref: -lag-in-frames: -tile-*: -frame-parallel:
  -init_hw_device: -xerror -err_detect: -print_graphs > -L -devices -dispositions -program: -muxrate: -muxpreload:
  -packetsize: -dframes: -pre: -debug_ts -autoscale: -psnr -dc: -aq: -vq: -absf: -vbsf: -map_channel: -hex -apad:
  -enc_time_base: -dts_* -muxdelay: -accurate_seek -noaccurate_seek -discard: -abort_on: -max_error_rate: -attach@
  -dump_attachment* -max_alloc: -fix_sub_duration -canvas_size: -stats_period: -find_stream_info -itsscale: -bitexact
  -debug: -cpuflags: -channel_layout: -ch_layout: -sample_fmt: -apply_cropping: -display_* -readrate: -copytb:
  -bits_per_raw_sample: -ignore_editlist: -export_side_data: -guess_layout_max:
sox, soxi = -n -r: -b: -c: -e: -t: -v: -V* -q -S -G -m -M -T -D -R -d -L -B -x -s -u -f -i -a --norm --combine:
  --rate: --bits: --channels: --encoding: --type: --no-* --show-progress --effects-file~ >
inkscape, rsvg-convert, cairosvg, svgexport, cwebp, dwebp, avifenc, avifdec, optipng, pngquant, jpegoptim, gifsicle,
  oxipng, jpegtran, cjpeg, exiv2, potrace, webpmux, zopflipng, cjxl, djxl, resvg, vips = @_any -o> -w: -h: -q: -f: -d:
  -z -b: -m* -s: -z: -x: -y: -e> -C -D -l: -p> -O* -k -t -a -r: -j: -S: -u -v -P -R -F: -T: -H: -W: -A: -E: -U
  --export-* --export-filename> --export-type: --export-width: --export-height: --export-dpi: --export-area-page
  --export-area-drawing --export-plain-svg> --export-background: --batch-process --pdf-poppler --pages: --query-*
  --width: --height: --zoom: --dpi-x: --dpi-y: --keep-aspect-ratio --background-color: --format: --unlimited --output>
  -lossless -near_lossless: -preset: -resize -crop -alpha_q: -metadata: -mt -quiet -short -af -sharp_yuv -strip
  -interlace* -o* -i* -f* -zc* -zm* -zs* -zw* -keep -preserve -force -clobber -backup -dir> -out> -log> -fix -nb -nc
  -np -snip --quality: --speed: --ext: --skip-if-larger --strip --posterize: --nofs --force --max: --size: --strip-*
  --all-progressive --all-normal --dest> --preserve --totals --optimize* --colors: --lossy* --loopcount* --delay:
  --resize* --scale: --crop: --merge --unoptimize --explode --no-* --lossless --min: --effort: --distance:
  --progressive -outfile> -copy: -optimize -progressive -grayscale -rotate: -flip: -quality:
gs, ghostscript = -q -s* -sOutputFile> -sstdout> -d* -dNOSAFER~ -dDELAYSAFER~ -o> -r* -g* -f -P- -P+ -dSAFER -h -v
  --version --help -u* -I<
qpdf, pdftk, pdfunite, pdfseparate, pdftoppm, pdftocairo, pdfimages, pdfcpu, mutool, img2pdf, ocrmypdf, tesseract,
  wkhtmltopdf, wkhtmltoimage, weasyprint, libreoffice, soffice, unoconv, ebook-convert, pdfcrop, pdf2svg, pdfjam,
  pdf2htmlEX = @_any -q -s* -sOutputFile> -sstdout> -d* -dNOSAFER~ -dDELAYSAFER~ -o> -r* -g* -f -P- -P+ -dSAFER -png
  -jpeg -jpegopt: -tiff -svg -pdf -ps -eps -f: -l: -r: -rx: -ry: -x: -y: -W: -H: -sz: -scale-to* -cropbox -mono -gray
  -singlefile -opw: -upw: -list -j -all -p -nopgbrk -antialias: -hide-annotations -aa: -b: -L: -R: -T: -B: -s: -O: -n
  -c -m: --psm: --oem: --dpi: -c: --tessdata-dir< --user-words: --user-patterns: --list-langs --print-parameters
  --pages: --split-pages* --linearize --qdf --object-streams: --stream-data: --compress-streams: --encrypt --decrypt
  --password: --check* --show-* --json* --warning-exit-0 --is-encrypted --requires-password --empty --rotate:
  --flatten-annotations: --optimize-images --overlay --underlay --replace-input --deterministic-id --static-id
  --newline-before-endstream --normalize-content: --remove-* --recompress-flate --coalesce-contents --min-version:
  --force-version: --page-size: --orientation: --margin-* --no-* --disable-* --grayscale --lowquality --image-*
  --zoom: --header-* --footer-* --title: --toc --outline* --print-media-type --javascript-delay: --window-status:
  --encoding: --viewport-size: --load-error-handling: --load-media-error-handling: --copies: --collate
  --minimum-font-size: --width: --height: --crop-* --transparent --stylesheet: --base-url: --media-type: --pdf-*
  --presentational-hints --headless --convert-to: --outdir> --norestore --nologo --nofirststartwizard
  --invisible --cat --terminate_after_init --language: --deskew --rotate-pages --rotate-pages-threshold: --clean
  --clean-final --skip-text --force-ocr --redo-ocr --sidecar> --output-type: --optimize: --jobs: --author: --subject:
  --keywords: --jpeg-quality: --png-quality: --auto-orient --imgsize: --pagesize: --border: --fit: --first-frame-only
  --colorspace: --engine: --output> --creationdate: --authors: --cover: --tags: --publisher: --margin-top: --margins:
  --enable-local-file-access~ -env:* -accept~ --accept~ --macro~ --infilter~ --script~ --plugin~ --run-script~
  --post-file~ --custom-header: --cookie: --unpaper-args~
protoc, grpc_tools, flatc, thrift, protoc-gen-go, capnp, avro-tools = -I< -o> -r -v -gen: -out> -strict -nowarn -debug
  -recurse --proto_path< --descriptor_set_in: --descriptor_set_out> --include_imports --include_source_info
  --retain_options --dependency_out> --error_format: --fatal_warnings --cpp_out> --csharp_out> --java_out>
  --kotlin_out> --objc_out> --php_out> --python_out> --pyi_out> --ruby_out> --go_out> --go_opt: --go-grpc_out>
  --go-grpc_opt: --grpc_out> --grpc_python_out> --grpc_java_out> --js_out> --ts_out> --ts_opt: --ts_proto_out>
  --ts_proto_opt: --es_out> --es_opt: --grpc-web_out> --grpc-gateway_out> --grpc-gateway_opt: --openapiv2_out>
  --openapiv2_opt: --doc_out> --doc_opt: --validate_out> --dart_out> --swift_out> --swift_opt: --rust_out>
  --connect-*_out> --java_opt: --python_opt: --mypy_out> --experimental_allow_proto3_optional --decode: --decode_raw
  --encode: --deterministic_output --version --help -h --plugin< --cpp --java --go --python --ts --rust --csharp
  --dart --php --kotlin --swift --json --json-schema --binary --schema --gen-* --filename-suffix: --strict-json --no-*
  --scoped-enums --allow-non-utf8 --natural-utf8 --raw-binary --size-prefixed --proto --root-type: --grpc --annotate
shellcheck, shfmt, bashate, checkbashisms, beautysh, shellspec, bats, shunit2, actionlint, zizmor, taplo, toml-sort,
  jsonlint, jsonschema, ajv, check-jsonschema, jsonnet, jsonnetfmt, cue, dhall, ytt, kcl, pkl, promtool, amtool,
  nixfmt, alejandra, nixpkgs-fmt, statix, deadnix, gitlint, codeowners, editorconfig-checker, ec, lychee,
  markdown-link-check, linkchecker, vale, proselint, languagetool, mdl, ls-lint = @_any -a -x -C* -e: -f: -i: -o: -P<
  -s: -S: -W: -V -w -d -l -ln: -ci -sr -bn -fn -kp -mn -p -c -t -r -j: -T -F -n -q -g -m -y -k -b -u -D: -E: -R -X -2
  -J: -A: --check-sourced --color* --include: --exclude: --extended-analysis* --format: --list-optional --norc
  --rcfile< --enable: --source-path: --shell: --severity: --wiki-link-count: --external-sources --indent:
  --binary-next-line --case-indent --space-redirects --keep-padding --func-next-line --language-dialect: --simplify
  --minify --find --apply-ignore --filter: --formatter: --jobs: --tap --timing --trace --recursive --no-* --pretty
  --print-output-on-failure --show-output-of-passing-tests --verbose-run --filter-tags: --filter-status:
  --gather-test-outputs-in> --report-formatter: --output> --setup-suite-file< --abort -pyflakes* -shellcheck*
  -no-color -oneline -verbose -format: -config-file< -ignore: -stdin-filename: -color -debug --persona: --offline
  --min-severity: --min-confidence: --check --diff --stdin-filepath: --option: --schemafile: --schema~
  --builtin-schema: --base-uri: --default-filetype: --traceback-mode: --check-metaschema --fill-defaults
  --data-transform: --spec: --all-errors --strict* --errors: --remove-additional --use-defaults --coerce-types
  --changes --compact --quiet --in-place --sort-keys --validate: --all --file: --data-value: --data-values-file:
  --data-value-yaml: --ignore-unknown-comments --output-files> --output-directory> --jpath< --string --multi --exec~
  --tla-* --ext-* --create-output-dirs --test --string-style: --comment-style: --expression: --out: --package: --path:
  --merge --list --escape --annotate --plain --explain --lint* --commit: --commits: --msg-filename: --contrib:
  --ignore: --extra-path~ --staged --fail-without-commits --debug --target: --min-alert-level: --config< --glob:
  --no-wrap --no-exit --minAlertLevel: --mode: --cache --max-cache-age: --max-concurrency: --max-redirects:
  --accept: --exclude-* --scheme: --timeout: --user-agent: --insecure --require-https --root-dir: --base: --base-url:
  --progress --verbose --style: --rules: --alive: --retry -- --posix --to-json --from-json
cowsay, cowthink = -f< -W: -T: -e: -b -d -g -p -s -t -w -y -n -l
tesseract, figlet, lolcat, fortune, toilet, banner = @_any -f: -W -T: -e: -c -s -o -l: -b -d -g -p -t -y -n -w: --psm:
  --oem: --tessdata-dir<
solc, hardhat, truffle, slither, anvil, forge = @_any -o> --bin --abi --asm --ast-compact-json --optimize
  --optimize-runs: --overwrite --base-path: --include-path: --allow-paths: --combined-json: --standard-json --metadata
  --storage-layout --evm-version: --via-ir --hashes --userdoc --devdoc --gas --network~ --show-stack-traces --parallel
  --grep: --no-compile --typecheck --json --print: --detect: --exclude-* --filter-paths: --checklist --solc-remaps:
  --port: --chain-id: --accounts: --block-time: --silent --match-test: --match-contract: --match-path: --gas-report
  --fuzz-runs: --sizes --check --
maillm =
ollama list|ls|show|ps|help = *
ollama run|serve|start|stop|create|pull = -f< --file< --verbose --format: --nowordwrap --keepalive: --insecure~
  --quantize: -q: --think --hidethinking
qemu-x86_64 =
`
