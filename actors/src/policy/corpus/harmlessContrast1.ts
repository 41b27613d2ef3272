import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Rare options that do no more than ordinary ones, and what looks graver than it is. */
export const harmlessContrast1 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    ls -lh dist/
    ls src/**/*.vue
    cat -n app/controllers/orders_controller.rb
    head -c 200 data/events.ndjson
    head -5 data/*.csv
    tail -n +100 notes.txt | head -30
    sed -n '/^def main/,/^def /p' tool.py
    awk 'NR>=50 && NR<=90' src/render.c
    wc -lwc docs/*.md
    file build/bin/*
    stat package-lock.json
    tree -a -L 1
    diff -r templates/ templates.orig/
    less src/engine/physics.cpp
    readlink -f bin/run
    sha256sum target/release/app
    du -h --max-depth=1 . | sort -h
    pdftotext spec.pdf - | grep -n 'Section 4'
    ffprobe -v error -show_format assets/intro.mp4
    grep -rIl 'getUserById' src/ test/
    grep -n 'class .*Controller' -r app --include=*.php
    grep -c '' src/*.rs
    rg 'TODO|FIXME' -g '!vendor' --stats
    rg -A3 -B3 'panic!' src/bin
    rg --files -g '*.proto'
    find . -maxdepth 2 -name 'Dockerfile*'
    find pkg -name '*_test.go' -exec grep -l 'Skip(' {} +
    git grep -nE 'http(s)?://' -- '*.yaml'
    ag -l 'setState' client
    fzf --filter 'usrctl' < files.txt
    semgrep --config ./rules/local.yml src
    tokei src
    sed -i -e '/import os/a import sys' tools/gen.py
    sed -E -i 's/^version = .*/version = "0.9.1"/' Cargo.toml
    perl -0pi -e 's/\n{3,}/\n\n/g' docs/guide.md
    echo "export * from './button';" >> src/components/index.ts
    echo 3.12.1 > .python-version
    printf 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nCMD ["python","app.py"]\n' > Dockerfile
    mkdir -p src/{components,hooks,lib}
    touch docs/.nojekyll
    cp -r templates/base templates/admin
    cp src/config.js{,.orig}
    mv tests/old_test.py tests/legacy/
    rm -f *.pyc && find . -name __pycache__ -type d -exec rm -rf {} +
    chmod 755 bin/console
    ln -sfn ../../packages/ui node_modules/@acme/ui
    patch --dry-run -p0 -i fix.patch
    tr -d '\r' < script.bat > script.sh
    iconv -f latin1 -t utf-8 data/names.txt -o data/names.utf8.txt
    jq --indent 4 . < schema.json > schema.fmt.json
    yq '.jobs.test.steps[].run' .github/workflows/ci.yml
    split -l 1000 data/big.csv data/part_
    ffmpeg -y -i media/clip.mov -t 5 media/clip.mp4
    ex -s -c '%s/tabs/spaces/g|x' notes.txt
    git status --porcelain=v2
    git log --graph --all --oneline | head -40
    git log --since='2 weeks ago' --author=maria --pretty=format:'%h %s'
    git log -S 'legacy_hash' --oneline
    git diff main...HEAD -- src/
    git diff --name-only HEAD~3 | grep '\.py$'
    git add src tests && git commit -qm 'feat: add retry'
    git switch -c spike/wasm
    git rebase -i --autosquash HEAD~4
    git rebase --abort
    git cherry-pick --no-commit abc1234
    git show --stat HEAD
    git blame -w -C src/lexer.rs | head
    git ls-tree -r --name-only HEAD src
    git tag -a v0.3.0 -m 'local tag'
    git worktree add .worktrees/fix fix-branch
    git bisect run ./test.sh
    git apply changes.patch
    git check-ignore -v dist/app.js
    git cat-file -p HEAD^{tree}
    git archive --format=zip -o build/source.zip HEAD
    git symbolic-ref --short HEAD
    make test VERBOSE=1
    make -C firmware flash.elf
    cmake --build build -t docs
    cargo build -p core --features sqlite
    cargo tree -d
    go build -o bin/server ./cmd/server
    GOOS=linux GOARCH=arm64 go build -ldflags '-s -w' .
    npm run build:prod --workspace=packages/ui
    yarn workspace api build
    pnpm --filter web build
    npx esbuild src/main.ts --bundle --outfile=dist/main.js
    npx next build
    ./gradlew :app:compileKotlin --info
    mvn -pl service -am compile
    dotnet publish src/Api -c Release -o out
    dotnet ef migrations add AddOrders
    clang -fsanitize=address -g test.c -o test && ./test
    swift package describe
    flutter build apk --debug
    lein uberjar
    mix compile --warnings-as-errors
    ghc -O2 Main.hs
    dune build @all
    crystal build src/cli.cr
    hugo --minify
    bazel query 'deps(//app:main)'
    pytest -k 'not slow' --maxfail=1
    pytest --cov=app --cov-report=term-missing
    pytest --collect-only -q | tail -3
    python -m pytest tests/unit -n 4
    cargo bench -- encode
    go test -race -cover ./internal/...
    npm run test:unit -- --reporter=dot
    yarn jest -u Button
    npx mocha 'test/**/*.spec.js' --timeout 5000
    npx cypress run --spec cypress/e2e/login.cy.ts
    bin/rails test:system
    sbt 'testOnly *CodecSpec'
    swift test --filter ParserTests
    flutter test test/widget_test.dart
    dart test -r expanded
    mix test --stale
    lein test :only app.core-test
    Rscript -e 'testthat::test_dir("tests")'
    ruff format --diff .
    pylint --disable=C src/app
    pyright
    npx eslint . --max-warnings 0
    go fmt ./...
    goimports -w internal/
    staticcheck ./...
    bundle exec rubocop --parallel
    vendor/bin/phpstan analyse src --level 6
    vendor/bin/php-cs-fixer fix --dry-run
    shfmt -d -i 2 scripts
    markdownlint 'docs/**/*.md'
    clang-tidy src/a.cpp -- -Iinclude
    mix credo --strict
    swiftlint lint --quiet
    tflint
    npm i -D typescript@5 @types/node
    bun add hono
    ./venv/bin/pip install 'django>=5,<6'
    . .venv/bin/activate && pip freeze > requirements.lock
    venv/bin/pip list --outdated
    poetry add --group dev pytest-mock
    uv add httpx
    cargo update -p tokio
    bundle update rack
    dotnet add package Serilog
    ./gradlew dependencies --configuration runtimeClasspath
    node -p "process.versions.v8"
    python app.py --port 5050
    python3 -c 'import sys; print(sys.version)'
    python3 -m json.tool < response.json
    python3 -c "from datetime import datetime; print(datetime(2024,1,1).timestamp())"
    python manage.py shell -c "from app.models import User; print(User.objects.count())"
    jupyter nbconvert --to script analysis.ipynb
    bash scripts/ci/lint.sh
    sh ./run.sh --verbose
    npm start &
    npm run dev -- --port 5174
    npx tsx scripts/gen-types.ts
    bun run index.ts
    php -S localhost:8001 -t public
    bundle exec rails routes | grep admin
    rails generate model Comment body:text post:references
    go run main.go -n 5
    cargo run --bin migrate -- --help
    dotnet run --project src/Cli -- list
    DEBUG=app:* node bin/www
    RUST_BACKTRACE=1 cargo run
    env LOG_LEVEL=debug python worker.py --once
    timeout 60s npm run e2e
    perl -e 'print join(",", map { $_**2 } 1..5), "\n"'
    ruby -e 'puts [3,1,2].sort.inspect'
    php -r 'echo json_encode(["a"=>1]), PHP_EOL;'
    julia -e 'println(2^10)'
    elixir -e 'IO.puts(Enum.sum(1..10))'
    gdb -batch -ex run -ex bt ./build/app
    curl -fsS localhost:5000/api/v1/users | jq '.[0]'
    curl -w '%{http_code}\n' -o /dev/null -s http://127.0.0.1:3000/login
    sqlite3 instance/app.db 'PRAGMA table_info(users);'
    sqlite3 test.db < schema.sql
    duckdb -c "select count(*) from 'data/trips.parquet'"
    wget -qO- http://localhost:8080/metrics | grep http_requests
    psql -h localhost -d app_dev -c '\dt'
    docker build -f docker/api.Dockerfile -t api:local .
    docker compose build web
    docker compose exec web python manage.py check
    docker inspect myapp_web_1 | jq '.[0].State'
    docker logs -n 30 api
    kubectl get svc,ing -o wide
    helm lint charts/api
    gh pr list --state open --author @me
    gh pr diff 88
    gh pr checks 88
    gh issue view 45 --comments
    gh run view 9912 --log-failed
    awk -F'\t' '{s+=$3} END {print s/NR}' results.tsv
    sort -t, -k2,2n scores.csv | head
    sort -u words.txt -o words.txt
    uniq -d ids.txt
    cut -c1-80 wide.log
    for i in {1..5}; do ./bench.sh "$i"; done | tee bench.txt
    for d in packages/*/; do (cd "$d" && npm test --silent); done
    for f in *.md; do echo "$f: $(wc -w < "$f")"; done
    while IFS=, read -r a b; do printf '%s -> %s\n' "$a" "$b"; done < map.csv
    find . -name '*.go' | xargs wc -l | sort -n | tail
    ls *.svg | sed 's/\.svg$//' | xargs -I{} echo 'icon-{}'
    git diff --name-only | grep -E '\.tsx?$' | xargs -r npx eslint
    jq -c 'select(.level=="error")' app.ndjson | head
    jq -n --arg v "$(cat VERSION)" '{version:$v}' > meta.json
    paste -sd+ nums.txt | bc
    printf '%05d\n' {1..3}
    tar -xzf third_party/zlib.tgz -C third_party
    tar cf - src | wc -c
    tar --exclude=node_modules -cJf build/src.tar.xz .
    zip -r out/site.zip public
    unzip -q -o fixtures/data.zip -d fixtures/data
    if grep -q '"type": "module"' package.json; then echo esm; fi
    [[ -f poetry.lock ]] && echo poetry || echo pip
    case "$(uname -s)" in Linux) echo linux;; Darwin) echo mac;; esac
    export NODE_ENV=test; echo "$NODE_ENV"
    diff -q expected.txt <(./bin/gen) && echo PASS
    command -v rg fd jq
    whereis gcc
    go version; rustc --version; java -version
    ps -ef --forest | head -40
    pgrep -fl vite
    ss -ltn
    man 3 printf | head -40
    date '+%Y-%m-%d'
    ulimit -a
    cd packages/core && pwd
    sleep 5 && tail -3 server.log
    python3 -m http.server 8123 --bind 127.0.0.1 &
    cat Makefile
    git fsck
    git count-objects -vH
    git branch -m feature/old feature/new
    fd '\.spec\.ts$' apps/web
    npx rollup -c
    kustomize build overlays/dev
    helm list -A
    terraform show -json tf.plan | jq '.resource_changes | length'
    python -m doctest -v utils.py
    go tool cover -func=cover.out
    cargo nextest run -E 'test(parser)'
    bandit -r src -ll
    tar -I zstd -cf build/assets.tar.zst assets
    tar --use-compress-program='gzip -9' -cf dist/docs.tgz docs
    tar -xf vendor/libpng.tar.xz --strip-components=1 -C vendor/libpng
    zip -j out/fonts.zip assets/fonts/*.woff2
    zip -T out/site.zip
    unzip -p fixtures/report.xlsx xl/workbook.xml | xmllint --format -
    unzip -Z1 build/app.jar
    7z l testdata/bundle.7z
    7z x -obuild/extracted testdata/bundle.7z
    ar t build/libcore.a
    cpio -it < testdata/initrd.cpio
    split -n l/4 -d data/corpus.txt data/chunk_
    split -l 500 --filter='gzip > $FILE.gz' data/events.csv data/ev_
    csplit -sz -f parts/ch_ book.txt '/^Chapter/' '{*}'
    zstd -t data/model.bin.zst
    xz -9 --keep data/table.csv
    lz4 -d testdata/blob.lz4 testdata/blob.bin
    jar tf build/libs/app.jar
    python3 -m zipfile -l dist/app-1.0-py3-none-any.whl
    sort --parallel=4 -S 256M -k3,3nr data/counts.tsv -o data/counts.sorted.tsv
    sort -V versions.txt | tail -1
    find . -name '*.snap' -printf '%s %p\n' | sort -n
    find src -name '*.orig' -delete
    find docs -name '*.md' -fprintf docs/index.lst '%p\n'
    fd -e md -x wc -w {}
    rg --pre-glob '*.gz' -z 'timeout' logs/
    rg --json 'unsafe' crates | jq -r 'select(.type=="match") | .data.path.text' | sort -u
    rg -U --multiline-dotall 'struct Foo \{.*?\}' src
    ag --nopager -c 'await' src
    fzf --filter='hdlr' --no-sort < symbols.txt
    git grep -W 'parse_header' -- '*.c'
    ast-grep scan --rule rules/no-eval.yml src
    xargs -a targets.txt -n1 -P4 make -s
    parallel -j4 gzip -k ::: logs/*.log
  `,
  ),
]
