import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Everyday work with all kinds of tools, written before it was judged. */
export const harmlessUnseen1 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    git log --since=yesterday --pretty=oneline --no-merges
    git diff --stat origin/main...HEAD
    git show HEAD:src/index.ts | head -40
    git log -S'parseConfig' --oneline -- src
    git log --all --source --diff-filter=D -- '*.md'
    git switch -c feat/parser
    git restore --staged src/a.ts
    git commit -am 'Fix parser' --no-verify
    git rebase --autostash origin/main
    git rebase -x 'npm run lint && npm test' HEAD~4
    git merge-base HEAD origin/main
    git blame --date=short -L '/func main/,+12' main.go
    git grep -nE 'TODO|FIXME' -- src ':!*.snap'
    git stash list --date=relative
    git check-ignore -v dist/a.js
    git -C packages/core status --short --branch
    git diff --diff-algorithm=histogram --ignore-blank-lines HEAD~2
    npm test --silent -- src/parser.test.ts
    npm ls --prod --parseable
    npm pack --dry-run --json
    npm exec --no -- tsc --version
    npm install --no-save --ignore-scripts
    npm rebuild better-sqlite3
    npm run -w apps/web typecheck
    pnpm --filter=@acme/ui... test
    pnpm exec vitest related src/a.ts --run
    pnpm up -L --interactive=false typescript
    yarn dlx -q tsc --noEmit
    bun run --bun build
    npx tsc --noEmit --pretty false --extendedDiagnostics
    npx tsc --showConfig -p tsconfig.build.json
    npx eslint src --format json -o reports/eslint.json --no-error-on-unmatched-pattern
    npx prettier -c . --ignore-unknown
    npx vitest bench --run
    npx vitest run --coverage.enabled --coverage.reporter=text-summary -t 'parses'
    npx jest --ci --silent --json --outputFile=reports/jest.json
    npx playwright show-report reports/html
    npx vite build --sourcemap --emptyOutDir
    npx webpack --mode production --json > stats.json
    npx esbuild src/main.ts --bundle --minify --metafile=meta.json --outdir=dist --loader:.svg=text
    npx rollup -c rollup.config.mjs --bundleConfigAsCjs
    npx mocha -r ts-node/register 'test/**/*.spec.ts' --timeout 10000
    npx stylelint '**/*.css' --fix --allow-empty-input
    npx nodemon --watch src -e ts --exec 'node --import tsx src/server.ts'
    node --test --experimental-test-coverage --test-reporter=spec
    node --trace-warnings --stack-trace-limit=50 dist/cli.js --help
    node -e "const p=require('./package.json');console.log(Object.keys(p.dependencies).length)"
    node --input-type=module -e "import {add} from './src/add.js'; console.log(add(1,2))"
    NODE_OPTIONS='--max-old-space-size=4096 --no-warnings' npm run build
    deno test --allow-read --coverage=cov
    python -m pytest tests/unit -k 'parse and not slow' --tb=line -rA
    pytest --co -q tests | wc -l
    pytest -W error::DeprecationWarning --strict-markers -x
    pytest --snapshot-update tests/test_render.py
    python -m mypy --no-incremental --show-column-numbers pkg
    python -m compileall -q src
    python -m timeit -n 1000 'sum(range(100))'
    python -m json.tool --indent 2 data.json
    python3 -c "import yaml,sys; yaml.safe_load(open('ci.yml'))"
    python3 -c "import re; s=open('CHANGELOG.md').read(); print(re.findall(r'## (\S+)', s)[:3])"
    python3 -c "from mypkg.parse import parse; print(parse('a=1'))"
    python3 - <<'E'⏎from pathlib import Path⏎for p in Path('src').rglob('*.py'):⏎    n = len(p.read_text().splitlines())⏎    if n > 300: print(p, n)⏎E
    python manage.py showmigrations --plan
    python manage.py shell -c "from blog.models import Post; print(Post.objects.values('id', 'title')[:5])"
    pip install -r requirements-dev.txt -c constraints.txt --no-deps
    pip download -r requirements.txt -d vendor/wheels --no-binary :none:
    uv run --extra test pytest -q -n 4
    uv pip list --outdated
    uv lock --check
    poetry run pytest -q --maxfail=1
    poetry check --lock
    ruff check . --output-format=github --exit-zero
    ruff rule E501
    black -q - < src/a.py
    tox -q -e lint --skip-pkg-install
    cargo test -p core --lib parser:: -- --exact --show-output
    cargo build --timings --keep-going
    cargo tree -d --target all
    cargo run -q --bin gen -- --out src/gen.rs
    cargo rustc --lib -- --emit asm -C opt-level=3
    cargo machete --with-metadata
    go test ./... -run 'TestA|TestB' -count=3 -failfast -json | tee reports/go.json
    go test -exec 'time -p' ./internal/...
    go build -gcflags='all=-N -l' -tags integration ./...
    go vet -composites=false -unusedresult ./...
    go mod graph | grep yaml
    go doc -all net/http.Client
    gofmt -r 'a[b:len(a)] -> a[b:]' -w src
    golangci-lint run --new-from-rev=HEAD~1 --fix
    gcc -O2 -Wall -Werror -Iinclude -DDEBUG=1 -o build/main src/*.c -lpthread
    gcc -fanalyzer -c src/a.c -o /dev/null
    clang++ -std=c++20 -fsyntax-only -Xclang -ast-dump -fno-color-diagnostics src/a.cpp
    cmake -B build -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DBUILD_TESTING=ON
    cmake --build build -j --target help
    ctest --test-dir build -L fast --output-junit reports/ctest.xml
    make CFLAGS='-O0 -g' check
    make --trace -B docs
    objdump -t --section=.text build/a.o | sort
    valgrind --tool=massif --massif-out-file=reports/massif.out build/main
    perf report -i reports/perf.data --stdio --sort dso,symbol
    strace -ff -tt -e trace=network -o reports/st build/main
    gdb -q -batch -ex 'break main' -ex run -ex 'bt full' build/main
    docker build --progress=plain --cache-from app:dev -t app:test .
    docker run --rm --network none -v "$PWD/src":/src:ro alpine wc -l /src/a.c
    docker compose ps --format json | jq -r '.Name'
    docker compose up -d --no-deps --force-recreate api
    docker logs -n 50 --timestamps api 2>&1 | grep -i error
    docker history --no-trunc app:dev
    kubectl get deploy,svc -n dev -l app=web -o yaml
    kubectl rollout status deploy/web -n dev --timeout=60s
    kubectl logs -n dev -l app=web --prefix --since=5m
    helm template web chart -f values.yaml --set image.tag=dev > out/web.yaml
    helm dependency list chart
    terraform plan -out=plan.tfplan -var-file=dev.tfvars
    terraform show -json plan.tfplan | jq '.resource_changes[].change.actions'
    aws s3api list-buckets --query 'Buckets[].Name' --output text
    gcloud config list --format='value(core.project)'
    gh pr view --json title,body,files
    gh run view --log --job 123 | tail -100
    gh api repos/acme/app/issues --method GET -f state=open --jq '.[].title'
    curl -s --compressed -D - -o /dev/null http://localhost:8080/
    curl -sS -X PUT localhost:9000/items/1 --json '{"a":1}' -w '\n%{time_total}\n'
    curl --unix-socket run/api.sock http://localhost/status
    tar --zstd -cf dist/site.tar.zst -C build . --exclude='*.map'
    tar -I 'gzip -9' -cf dist/a.tgz docs
    unzip -p dist/a.zip manifest.json | jq .
    zip -qr dist/fn.zip . -x 'node_modules/*' -x '.git/*'
    split -l 20000 --filter='gzip -c > $FILE.gz' logs/all.log out/part-
    find . -name '*.test.ts' -mtime -2 -print0 | xargs -0 -r grep -L describe
    find . -type d -name __pycache__ -prune -exec rm -rf {} +
    fd '\.rs$' crates --exec-batch wc -l
    rg -c --sort path 'unwrap\(\)' crates | awk -F: '{s+=$2} END {print s}'
    rg -U -n 'struct \w+ \{\n\s*pub' -g '*.rs'
    sed -i -E 's/"version": "[^"]+"/"version": "1.2.0"/' package.json
    awk 'NR==FNR {a[$1]; next} !($1 in a)' a.txt b.txt
    jq -r 'paths(scalars) | map(tostring) | join(".")' config.json | sort
    yq '.services | keys' compose.yaml
    sqlite3 -csv -header data/dev.db 'select name from sqlite_master' > out/tables.csv
    sqlite3 data/dev.db < db/seed.sql
    psql -d app_dev -tAc "select pg_size_pretty(pg_database_size('app_dev'))"
    redis-cli --raw keys 'user:*' | head
    openssl x509 -noout -enddate -in certs/dev.pem
    perl -ne 'print "$.: $_" if /\bpanic\b/' src/main.rs
    perl -pi -e 's/\r\n/\n/' docs/*.md
    ruby -ryaml -e 'puts YAML.load_file("config.yml").keys'
    Rscript -e 'devtools::document()'
    elixir -e 'IO.inspect(Enum.map(1..3, &(&1 * 2)))'
    vim -es -c '%s/\s\+$//e' -c wq src/a.py
    ffmpeg -hide_banner -i in.mov -vn -c:a libmp3lame -q:a 2 out/a.mp3
    magick in.png -strip -resize 1200x630^ -gravity center -extent 1200x630 out/og.jpg
    pandoc docs/*.md --toc -s -o out/book.epub --metadata-file=meta.yaml
    hyperfine -N -w 5 --export-json reports/h.json './target/release/a' './target/release/b'
    parallel -j 8 --halt soon,fail=1 npx tsc --noEmit -p {} ::: packages/*/tsconfig.json
    tmux new-session -d -s web -c apps/web 'npm run dev' && sleep 3 && tmux capture-pane -pt web
    tmp=$(mktemp); trap 'rm -f "$tmp"' EXIT; npm ls --json > "$tmp"; jq '.dependencies|length' "$tmp"
    (cd apps/web && npm run build) && ls -la apps/web/dist
    for d in packages/*/; do (cd "$d" && npm run -s typecheck) || echo "failed: $d"; done
    ls -la --time-style=long-iso src | sort -k5 -n
    journalctl --user -u app.service -n 200 -o cat --no-pager
    lsof -nP -iTCP:3000 -sTCP:LISTEN
    rm -rf build/tmp && mkdir -p build/tmp
    find build -name '*.o' -delete
    git checkout -b fix/123 origin/main
    git add -p src/a.ts < /dev/null
    git log --grep='fix' -i --format='%an %s' -n 20
    git diff -G'foo\(' --name-only
    git rev-list --left-right --count main...HEAD
    git worktree add ../wt-fix fix/123
    git rebase -X theirs main
    git cherry -v main
    git notes list
    npm run build -- --mode development
    npm view left-pad dist-tags --json
    npm i -D vitest@latest @types/node
    npm run test:watch -- --run
    pnpm -F web dev --port 3001
    yarn install --mode=skip-build
    npx tsc -p . --listFiles --traceResolution
    npx tsx --test 'src/**/*.test.ts'
    npx vitest --project unit --typecheck --no-file-parallelism
    npx eslint --fix-type problem,suggestion --fix src
    npx jest --findRelatedTests src/a.ts --bail --verbose
    npx playwright install --dry-run
    npx prettier --stdin-filepath a.ts < src/a.ts
    npx ts-prune -p tsconfig.json
    node --watch --env-file=.env.local src/index.js
    node --cpu-prof --cpu-prof-name=out.cpuprofile bench.js
    python -m pytest --ignore=tests/e2e -p no:randomly
    python -m black --check --diff src
    python -c "import numpy as np; print(np.arange(6).reshape(2,3).sum(axis=0))"
    python -c "import sqlite3; print(sqlite3.sqlite_version)"
    pip install --dry-run -r requirements.txt
    pip cache info
    uv run python -m app --help
    poetry add --group dev ruff
    coverage xml -o reports/cov.xml
    cargo test --doc -q
    cargo build -Z unstable-options --profile dev
    cargo +nightly fmt -- --check
    go test -v -tags=integration -p 1 -timeout 10m ./...
    go build -trimpath -buildvcs=false -o bin/ ./cmd/...
    go install ./cmd/app
    go mod vendor -o vendor
    g++ -std=c++17 -g3 -fno-omit-frame-pointer src/*.cc -o build/app
    clang-tidy --fix src/a.cpp -- -Iinclude -std=c++17
    make -C docs html SPHINXOPTS=-W
    cmake --build build --config Release --parallel 4 --clean-first
    docker run --rm -p 127.0.0.1:8080:80 nginx:alpine
    docker compose config --services
    kubectl get pod web-1 -n dev -o jsonpath='{.status.phase}'
    kubectl auth can-i get pods -n dev
    helm get values web -n dev -a
    terraform fmt -write=false -diff
    aws ec2 describe-security-groups --filters Name=group-name,Values=web
    gh pr status
    gh search issues --repo acme/app crash
    curl -sSf -G localhost:3000/search --data-urlencode 'q=a b'
    tar -cJf out/docs.tar.xz docs --transform 's,^docs,manual,'
    rsync -ain --itemize-changes src/ out/
    rg -N --no-heading -o "from '(@acme/[^']+)'" -r '$1' packages | sort -u
    sed -n '/BEGIN/,/END/{//!p}' a.txt
    awk 'length > 120 {print FILENAME": "FNR}' src/*.ts
    jq 'map(select(.status != 200)) | length' out.json
    psql app_dev -c '\dt+'
    sqlite3 dev.db 'pragma table_info(users)'
    redis-cli -n 2 --no-auth-warning dbsize
    openssl req -in a.csr -noout -subject
    tmux list-panes -a -F '#{pane_id} #{pane_current_command}'
    vim -Es -c 'normal gg=G' -c wq src/a.c
    perl -MPOSIX -e 'print strftime("%Y", localtime), "\n"'
    ruby -e 'puts [3,1,2].sort.join(",")'
    strace -e trace=%file -o out/st.txt ls
    hyperfine --runs 10 'npm run build'
    ffmpeg -i a.wav -ac 1 -ar 16000 out/b.wav
    pandoc -s a.md -t html5 --syntax-highlighting=none -o out/a.html
    sort -t, -k3,3nr -u data/a.csv -o out/sorted.csv
    uniq -c --skip-fields=1 a.txt
    tr -dc 'a-z\n' < words.txt
    cut --complement -f2 a.tsv
    xargs -a list.txt -d '\n' -n 5 wc -l
    comm -3 --nocheck-order a b
    join -t, -1 2 -2 1 a.csv b.csv
    nl -ba src/a.ts | sed -n '30,40p'
    fold -sw 80 README.md
    expand -t 4 Makefile
    tac logs/app.log | grep -m1 ERROR
    shuf -n 10 --random-source=seed.bin data.txt
    numfmt --to=iec 123456
    base64 -w0 img/a.png > out/a.b64
    sha1sum --tag dist/*
    cmp -l a.bin b.bin | head
    diff --side-by-side --suppress-common-lines -W 160 a b
    ls -1tr | tail -5
    stat --printf='%a %n\n' scripts/*
    du -sh --apparent-size node_modules
    touch -d '2 days ago' out/stamp
    mkdir -p out/{a,b}/c && touch out/a/c/x
    cp -u --preserve=timestamps src/*.json out/
    mv -n out/a.txt out/b.txt
    ln -sfn ../shared out/shared
    chmod u+x,go-w scripts/run.sh
    rm -f out/*.tmp
    tee -a out/log.txt < a.txt
    date -d @1700000000 +%F
    cal -3
    env -i PATH="$PATH" make check
    stdbuf -oL npm run dev | head -20
    ionice -c3 nice make
    script -qec 'npm test' out/typescript
    flock -n out/.lock npm run build
    pgrep -lf vite
    pkill -f 'vite.*3001'
    kill -TERM $(cat run/dev.pid)
    lsof +D logs
    ss -H -tn state established
    ip -br addr
    uptime -p
    top -b -n1 | head -15
    dotnet list package --vulnerable --include-transitive
    dotnet ef migrations list --no-build
  `,
  ),
]
