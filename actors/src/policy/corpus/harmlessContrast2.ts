import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Rare options that do no more than ordinary ones, and what looks graver than it is. */
export const harmlessContrast2 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    parallel --dry-run convert {} {.}.webp ::: img/*.png
    cscope -b -q -R -s src
    comby -in-place 'foo(:[a])' 'bar(:[a])' .go
    git -c color.ui=never log -5
    git -c core.pager=cat diff HEAD~2
    git --no-pager show --name-status
    git -C packages/core status
    git submodule foreach 'git status -s'
    git bisect run pytest -q tests/test_parse.py
    git rebase --exec 'make test' main
    git diff --no-index old.json new.json
    git diff --output=review.patch main
    git archive HEAD src | tar -t | head
    git config --local core.autocrlf input
    git log -L :parse:src/parser.c
    git log --format='%an' | sort | uniq -c | sort -rn
    git for-each-ref --sort=-committerdate --format='%(refname:short)' refs/heads
    git stash show --include-untracked
    GIT_TRACE=1 git status
    PAGER=cat man printf
    MANWIDTH=80 man 2 open | head -60
    LESS=-FRX less README.md
    LC_ALL=C sort names.txt
    PYTHONPATH=src python3 -m app.cli --help
    PYTHONHASHSEED=0 pytest -p no:cacheprovider
    NODE_OPTIONS=--max-old-space-size=4096 npm run build
    RUBYOPT=-W:no-deprecated bundle exec rspec
    JAVA_TOOL_OPTIONS=-Xmx2g mvn -q test
    RUSTFLAGS='-C target-cpu=native' cargo build --release
    RUSTC_WRAPPER=sccache cargo check
    GOFLAGS=-mod=vendor go test ./...
    CGO_ENABLED=0 go build -trimpath ./cmd/agent
    CC=clang CFLAGS='-O1 -g' make
    MAKEFLAGS=-j8 make all
    LD_LIBRARY_PATH=./build/lib ./build/bin/demo
    PGOPTIONS='-c statement_timeout=5s' psql -h localhost app_dev -c 'select 1'
    env -u NODE_ENV npm test
    env -C packages/web npm run lint
    env -i PATH="$PATH" ./bin/selfcheck
    go test -exec 'timeout 30' ./pkg/slow
    go build -gcflags='-m' ./internal/cache
    go vet -printf=false ./...
    go env GOPATH GOFLAGS
    go list -m -json all | jq -r .Path
    cargo --config 'profile.dev.debug=0' build
    cargo rustc --release -- --emit asm
    cargo metadata --format-version 1 | jq '.packages | length'
    gcc -E -dM - < /dev/null | sort | head
    gcc -M src/main.c
    gcc -print-search-dirs
    clang -Xclang -ast-dump -fsyntax-only src/a.c
    rustc -C opt-level=3 --emit=llvm-ir src/bin/x.rs
    javac -proc:none -d out src/App.java
    java -XX:+PrintFlagsFinal -version | grep MaxHeap
    protoc --descriptor_set_out=build/api.pb proto/api.proto
    make SHELL=/bin/bash check
    make -pn | grep '^[a-z].*:' | sort -u
    cmake -E make_directory build/gen
    cmake -E compare_files a.txt b.txt
    cmake -E tar czf build/pkg.tgz include lib
    ctest -N --test-dir build
    ninja -C build -t deps
    ninja -n -v
    npm pkg get scripts
    npm pkg set engines.node='>=20'
    npm explain semver
    pip download -d wheels -r requirements.txt
    composer show --tree
    mvn help:effective-pom -Doutput=target/effective.xml
    gradle tasks --all
    latexmk -c paper.tex
    pdflatex -interaction=nonstopmode -no-shell-escape report.tex
    pandoc --lua-filter=filters/links.lua docs/a.md -o out/a.html
    dot -Tpng graph.dot -o graph.png
    nm -D --defined-only build/libx.so
    objdump -t build/app | grep init
    vim -es -u NONE +'%s/foo/bar/ge' +wq notes.txt
    emacs --batch -l org README.org -f org-md-export-to-markdown
    ed -s CHANGELOG.md <<< $'1i\n## 1.4.0\n.\nw\nq'
    sed -n 'w src/copy.txt' src/orig.txt
    sed -s -n '$=' src/*.py
    perl -lane 'print $F[1]' table.txt
    perl -i.orig -pe 's/\s+$/\n/' src/*.h
    xmllint --xpath '//dependency/artifactId/text()' pom.xml
    xsltproc -o out/report.html style.xsl data.xml
    jq -n 'input | keys' data.json
    jq --slurpfile b base.json '. * $b[0]' patch.json
    yq -P -o=json '.' values.yaml > values.json
    dd if=/dev/zero of=testdata/zeros.bin bs=1k count=16
    dd if=fixtures/disk.img bs=512 count=1 status=none | xxd | head
    cp --parents src/a/b.c backup/
    install -Dm644 conf/app.toml build/stage/etc/app.toml
    ln -sr src/shared lib/shared
    truncate -s 1M testdata/sparse.bin
    tee build/version.txt <<< "$(git describe --always)"
    convert assets/icon.png -resize 32x32 assets/icon-32.png
    exiftool -Orientation img/sample.jpg
    ffmpeg -v error -i media/in.wav -ar 16000 media/out.wav
    mlr --icsv --opprint sort -nr amount data/tx.csv
    csvcut -n data/tx.csv
    gdb -batch -ex 'info functions parse' build/app
    strace -c -f ./build/app --version
    ltrace -c ./build/app
    perf stat -e cycles ./build/bench
    valgrind --tool=massif --massif-out-file=build/massif.out ./build/app
    /usr/bin/time -v ./build/app < input.txt
    nice -n 10 make -j2
    timeout -k 5 30 ./build/fuzz corpus/
    stdbuf -oL ./run.sh | tee run.log
    flock build/.lock make gen
    script -qec 'npm test' logs/typescript.log
    expect -f tests/prompt.exp
    pstree -p $$
    sqlite3 app.db '.schema users'
    sqlite3 -json dev.db "explain query plan select * from posts where id=3"
    sqlite3 dev.db '.mode csv' '.output build/posts.csv' 'select * from posts;'
    psql -h localhost app_dev -c '\copy (select id from t) to ids.csv csv'
    mysql -h 127.0.0.1 -u app app_test -e 'show tables'
    redis-cli -p 6379 info memory
    duckdb -json -c "describe select * from 'data/x.csv'"
    openssl version -a
    openssl x509 -in testdata/cert.pem -noout -dates
    openssl dgst -sha256 dist/app.tgz
    socat -V
    wget -q -O - http://127.0.0.1:9000/status
    curl --unix-socket run/app.sock http://localhost/health
    curl -N --max-time 5 localhost:8000/events
    python3 -m http.server --directory docs/_build --bind 127.0.0.1 8070
    php -d memory_limit=1G vendor/bin/phpunit
    rsync -a --exclude node_modules src/ build/src/
    rsync -n -av --delete gen/ public/gen/
    helm template web ./chart --set image.tag=dev | yq 'select(.kind=="Service")'
    terraform -chdir=infra/dev validate
    terraform console <<< 'cidrsubnet("10.0.0.0/16", 8, 2)'
    kubectl explain deployment.spec.strategy
    kubectl apply --dry-run=client -f k8s/web.yaml
    kubectl rollout status deploy/web --timeout=30s
    ansible-playbook --syntax-check site.yml
    ansible-lint roles/
    docker compose -f docker-compose.test.yml config
    gh api repos/{owner}/{repo}/pulls --jq '.[].number'
    gh pr view --json statusCheckRollup
    trap 'rm -f "$t"' EXIT; t=$(mktemp); sort a.txt > "$t"; diff "$t" b.txt
    mapfile -t files < <(git ls-files '*.sh'); shellcheck "${"$"}{files[@]}"
    printf -v ts '%(%F)T' -1; echo "$ts"
    set -euo pipefail; for p in web api; do make -C "$p" lint; done
    bash -x scripts/gen.sh 2> trace.log
    compgen -A function | head
    declare -p BASH_VERSINFO
    echo 'aGVsbG8=' | base64 -d
    base64 -w0 assets/pixel.png > assets/pixel.b64
    echo {a..e}{1..3} | tr ' ' '\n'
    (cd docs && make html) || echo failed
    exec 3< data.txt; read -r line <&3; echo "$line"
    readarray -d '' xs < <(find src -name '*.c' -print0); echo ${"$"}{#xs[@]}
    git log --graph --oneline --all -20
    git log -L10,20:src/a.ts
    git log --follow -p -- src/a.ts
    git diff --word-diff=color HEAD~1
    git diff --no-index a.txt b.txt
    git blame -L 10,+5 -w -C src/a.ts
    git show --stat --format=fuller HEAD
    git rebase -i --autosquash HEAD~5
    GIT_SEQUENCE_EDITOR=: git rebase -i --autosquash HEAD~3
    git rebase -x 'npm test' main
    git rebase -x 'cargo check && cargo clippy' origin/main
    git bisect run make check
    git worktree list --porcelain
    git ls-files -z --others --exclude-standard
    git -c core.quotepath=off status -s
    git -c color.ui=always log -3
    git commit --fixup=abc123
    git add -N .
    git apply --3way --index fix.patch
    git format-patch -3 -o patches/
    git archive --format=tar.gz -o out/src.tgz HEAD
    git shortlog -sne
    git grep -n -I -w TODO -- '*.ts'
    git submodule update --init --recursive --jobs 4
    git config --get-regexp '^alias'
    git config user.email a@b.c
    git clean -ndx
    git merge --no-ff --no-commit feature
    git diff --cached --name-status -M
    git log --format='%h %s' --since='2 weeks ago' --author=me
    npm ci --prefer-offline --no-audit --no-fund
    npm ls react --all
    npm run build --workspace=packages/a --if-present
    npm test -- --watch=false --coverage
    npm audit --audit-level=high
    npm pkg get version
    npm pkg set type=module
    npm install --save-dev typescript@5
    npm query ':root > *'
    pnpm -r --filter './packages/**' run build
    pnpm install --frozen-lockfile --ignore-scripts
    pnpm why lodash
    pnpm dlx prettier --check .
    pnpm list -r --depth -1 --json
    bun test --coverage
    node --test --test-name-pattern=foo
    node --inspect-brk=127.0.0.1:9229 dist/a.js
    node --max-old-space-size=8192 build.js
    node --experimental-strip-types src/a.ts
    node --import tsx src/a.ts
    node --env-file=.env.test --test
    node --check src/a.js
    node --cpu-prof --cpu-prof-dir=prof bench.js
    node -p 'process.versions.v8'
    node -e 'console.log(require("./package.json").version)'
    NODE_OPTIONS='--experimental-vm-modules' npx jest
    NODE_ENV=test npx vitest run --reporter=verbose
    npx tsc --noEmit --incremental false -p tsconfig.json
    npx tsc -b --clean
    npx tsx watch src/index.ts
    npx eslint . --ext .ts,.tsx --max-warnings 0 --cache --cache-location node_modules/.cache/eslint
    npx prettier --write 'src/**/*.{ts,tsx}' --log-level warn
    npx vite build --mode staging --outDir dist/staging
    npx webpack --config webpack.dev.js --stats-error-details
    npx jest --runInBand --detectOpenHandles --testPathPattern=api
    npx playwright test --project=chromium --grep @smoke --workers=2 --trace on
    npx cypress run --browser chrome --headless
    npx esbuild src/a.ts --bundle --platform=node --outfile=dist/a.js --sourcemap
    npx rollup -c --watch
    npx knip --production
    npx depcheck --json
    npx tsup src/index.ts --format esm,cjs --dts
    npx turbo run build --filter=web... --concurrency=4
    npx nx affected -t test --base=main --parallel=3
    npx lerna run test --since main --stream
    npx storybook build -o dist/sb
    npx nyc report --reporter=html
    python -m pytest -x -q --tb=short -k 'not slow' tests/
    pytest -n auto --dist loadscope --maxfail=3
    pytest --lf --nf -vv --durations=10
    pytest --cov=app --cov-report=term-missing --cov-fail-under=80
    pytest -p no:cacheprovider -o addopts=''
    python -m venv .venv --upgrade-deps
    . .venv/bin/activate && pip install -r requirements.txt
    pip install -e '.[dev]'
    pip index versions django
    pip wheel -r requirements.txt -w dist/wheels
    python -m build --wheel --outdir dist
    python -m cProfile -s cumtime -o out.prof app.py
    python -X importtime -c 'import app'
    python -W error -m unittest discover -s tests -v
    python -c "import json;d=json.load(open('a.json'));print(len(d))"
    python3 - <<'PY'⏎import csv⏎with open('data/a.csv') as f:⏎    print(sum(1 for _ in csv.reader(f)))⏎PY
    python3 -c "from pathlib import Path; Path('out/a.txt').write_text('hi')"
    python3 -c "import json; d=json.load(open('package.json')); d['version']='1.2.3'; json.dump(d, open('package.json','w'), indent=2)"
    uv sync --frozen --no-dev
    uv add 'httpx>=0.27' --dev
    uv pip compile requirements.in -o requirements.txt
    uv tree --outdated
    uvx ruff check .
    poetry install --no-root --only main
    poetry run mypy src --strict
    poetry export -f requirements.txt -o requirements.txt
    ruff check --fix --select I,F401 --statistics .
    ruff format --check --diff src
    black --line-length 100 --target-version py312 src
    mypy --ignore-missing-imports --show-error-codes --install-types --non-interactive src
    isort --profile black --check-only .
    flake8 --max-line-length=120 --count src
    pylint --disable=C0114 --jobs=4 src
    tox -e py312,lint -p auto
    nox -s tests -- -k foo
    coverage run -m pytest && coverage html -d htmlcov
    alembic upgrade head --sql
    django-admin startproject site .
    python manage.py makemigrations --dry-run --check
    python manage.py test app.tests.TestX --keepdb --parallel 4
    python manage.py shell -c "from shop.models import Item; print(Item.objects.filter(active=True).count())"
    uvicorn app:app --reload --host 127.0.0.1 --port 8001
    jupyter nbconvert --to html --execute nb.ipynb --output-dir out
    cargo build --release --target x86_64-unknown-linux-musl -j4
    cargo clippy --all-targets --all-features -- -D warnings
    cargo tree -i serde -e normal --depth 2
    cargo nextest run -E 'test(foo)' --retries 2
    cargo expand --lib foo
  `,
  ),
]
