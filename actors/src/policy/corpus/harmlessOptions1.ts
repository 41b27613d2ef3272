import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Ordinary work with the options that it is ordinarily done with. */
export const harmlessOptions1 = commands(
  "options",
  "everyday",
  raw`
    ls -lahtr --color=auto
    ls -1 src | wc -l
    find . -maxdepth 2 -type d -name node_modules -prune -o -print
    find src -name '*.py' -newer setup.py -print0 | xargs -0 wc -l
    find . -path ./node_modules -prune -o -name '*.ts' -printf '%p %s\n'
    grep -rnIE --include='*.{ts,tsx}' --exclude-dir=node_modules 'TODO|FIXME' .
    grep -c . README.md
    rg -t py -n --hidden -g '!.git' 'import os'
    rg --files -g '*.md' | head -20
    rg -uu -l foo --sort path
    ag --python 'def main'
    sed -n '10,40p' src/main.rs
    sed -E -i.bak 's/foo/bar/g' config/app.yml
    awk -F, '{print $1, $3}' data.csv | sort -u | uniq -c | sort -rn | head
    awk 'NR==FNR{a[$1];next} $1 in a' a.txt b.txt
    cut -d: -f1 data/users.txt | sort | uniq
    sort -t, -k2,2n -k1 data.csv
    head -c 200 bin/data | xxd | head
    tail -n +2 data.csv | tr ',' '\t'
    tail -f -n 100 logs/dev.log
    diff -ruN a b
    diff --color=always -y --suppress-common-lines a.txt b.txt
    comm -23 <(sort a) <(sort b)
    jq -r '.dependencies | keys[]' package.json
    jq --arg v 1.2.3 '.version=$v' package.json > tmp.json && mv tmp.json package.json
    yq '.services | keys' docker-compose.yml
    yq -o=json eval '.' config.yaml
    xmllint --noout --schema schema.xsd doc.xml
    tree -L 2 -I 'node_modules|dist' -a
    df -h .
    file -b --mime-type assets/logo.png
    stat -c '%s %n' *.js
    wc -lwc README.md
    tar -czf dist.tgz -C dist .
    tar --exclude='*.log' --exclude-vcs -cJf backup.tar.xz src
    tar xvf fixtures/data.tar.gz --strip-components=1 -C tmp
    tar -tvf release.tar
    zip -qr out.zip dist -x '*.map'
    unzip -o -q fixtures.zip -d tmp/fixtures
    gzip -9 -k data.json
    xz -dc data.xz | head
    zstd -19 --rm data.bin
    7z a -t7z archive.7z src/
    rsync -avh --progress --exclude .git --exclude node_modules ./ /tmp/copy/
    rsync -a --delete dist/ public/
    cp -a templates/. build/
    cp -rv --no-preserve=mode src/assets dist/
    mv -v old.txt new.txt
    ln -sfn ../shared config/shared
    install -d -m 755 build/bin
    touch -d '2024-01-01' fixtures/old.txt
    mkdir -pv build/{debug,release}
    chmod 644 src/*.c
    split -l 1000 -d data.csv data_
    base64 -w0 assets/logo.png
    md5sum dist/*.js
    openssl rand -hex 32
    openssl x509 -in certs/test.crt -noout -text
    openssl dgst -sha256 dist/app.js
    openssl req -x509 -newkey rsa:2048 -nodes -keyout certs/dev.pem -out certs/dev.crt -days 365 -subj '/CN=localhost'
    date -u +%Y-%m-%dT%H:%M:%SZ
    date -d '2 days ago' +%F
    printf '%05d\n' 42
    time npm test
    timeout -k 5 60 npm run e2e
    nice -n 10 make -j8
    env NODE_ENV=test npx mocha --timeout 10000 --recursive
    env -u DEBUG node app.js
    xargs -n1 -P4 -I{} echo {} < list.txt
    cat files.txt | xargs -d '\n' ls -l
    parallel -j4 --bar gzip -k ::: a.txt b.txt
    watch -n 2 -d 'ls -l build'
    nohup node server.js > server.log 2>&1 &
    git status -sb
    git status --porcelain=v2 --branch
    git log --graph --decorate --all --oneline -20
    git log -p --follow -- src/app.ts
    git log --since='2 weeks ago' --author=me --pretty=format:'%h %an %s' --no-merges
    git log -S'functionName' --source --all
    git diff --cached --stat
    git diff --word-diff=color HEAD~3 -- README.md
    git diff -U10 --ignore-all-space main...HEAD
    git show --name-only --format=fuller HEAD
    git show HEAD:src/app.ts
    git blame -L 10,20 -w src/app.ts
    git add -p src
    git add -u
    git commit -m 'fix: thing' --no-verify
    git commit --amend --no-edit --date=now
    git commit -am 'wip' --author='A <a@b.c>'
    git checkout -b feature/x origin/main
    git switch -c topic --track origin/topic
    git branch --merged main
    git branch -d old
    git fetch --all --prune --tags
    git fetch origin pull/12/head:pr-12
    git pull --rebase --autostash
    git pull --ff-only origin main
    git merge --no-ff -m 'Merge' topic
    git rebase -i HEAD~3 --autosquash
    git rebase --onto main a b || true
    git cherry-pick -x abc123
    git revert --no-commit HEAD
    git stash push -u -m wip -- src
    git stash show -p stash@{0}
    git tag -l 'v1.*' --sort=-v:refname
    git tag -a v1.0.0 -m 'Release'
    git describe --tags --always --dirty
    git rev-parse --short HEAD
    git ls-files --others --exclude-standard
    git worktree add -b fix ../fix origin/main
    git submodule update --init --recursive --depth 1
    git clone --depth 1 --branch v2 https://github.com/acme/lib.git vendor/lib
    git config user.email
    git shortlog -sne HEAD
    git grep -nE 'foo|bar' -- 'src/*.c'
    git bisect start HEAD v1.0
    git bisect good
    git apply --check fix.patch
    git am -3 patches/0001.patch
    git format-patch -1 HEAD -o patches
    git reflog -n 10
    git archive --format=zip -o release.zip HEAD
    git -C packages/core log -1
    git -c core.quotepath=false ls-files
    gh pr view 12 --json title,body
    gh pr list --state open --limit 20
    gh run view 123 --log-failed
    npm ci --ignore-scripts --no-audit --no-fund
    npm install --save-dev @types/node@20 typescript@latest
    npm install --legacy-peer-deps
    npm run build -- --mode production --watch
    npm run test:unit -- --coverage --reporter=verbose
    npm run lint --if-present
    npm run build --workspace=packages/core
    npm outdated --json
    npm ls --depth=0 --all
    npm audit --omit=dev
    npm view react versions --json
    npm exec -- tsc --noEmit
    npx tsc -p tsconfig.build.json --noEmit --pretty false
    npx tsc --build --verbose
    npx eslint . --ext .ts,.tsx --max-warnings=0 --cache
    npx eslint --fix --quiet src/**/*.ts
    npx prettier --check . --ignore-unknown --log-level warn
    npx prettier --write 'src/**/*.{ts,css}'
    npx jest -i --runInBand --testPathPattern=auth -t 'logs in'
    npx jest --ci --coverage --maxWorkers=50% --passWithNoTests
    npx vitest run --coverage.enabled --reporter=dot src/utils
    npx vitest --run -t 'parses' --no-file-parallelism
    npx playwright test --grep @smoke --workers=2 --retries=1 --trace on
    npx playwright test tests/login.spec.ts --headed --debug
    npx cypress run --spec 'cypress/e2e/login.cy.ts' --browser chrome
    npx mocha -r ts-node/register 'test/**/*.spec.ts' --exit
    npx vite build --mode staging --sourcemap
    npx vite preview --port 4173 --host
    npx webpack --mode development --progress --config webpack.dev.js
    npx rollup -c --environment BUILD:production
    npx esbuild src/index.ts --bundle --platform=node --target=node20 --outfile=dist/index.js
    npx tsup src/index.ts --format cjs,esm --dts --clean
    npx next build --profile
    npx next dev -p 3001 --turbo
    npx turbo run build test --filter=web... --concurrency=4
    npx nx affected --target=test --base=main --parallel=3
    npx nx run-many -t lint --all
    npx lerna run build --scope=@acme/core --stream
    npx storybook build -o dist/storybook --quiet
    npx tailwindcss -i src/in.css -o dist/out.css --minify
    npx sass src/styles:dist/css --style=compressed --no-source-map
    npx postcss src/a.css -o dist/a.css
    npx ts-node --project tsconfig.json scripts/seed.ts
    npx knip --production --include files
    npx madge --circular --extensions ts src
    npx depcheck --ignores='eslint-*'
    npx license-checker --summary --production
    npx npm-check-updates -u --target minor
    npx husky init
    npx lint-staged --concurrent false
    npx commitlint --from HEAD~1 --to HEAD --verbose
    npx typedoc --out docs src/index.ts
    npx graphql-codegen --config codegen.yml
    npx prisma generate --schema prisma/schema.prisma
    npx drizzle-kit generate --config drizzle.config.ts
    npx ng build --configuration production
    npx ng test --watch=false --browsers=ChromeHeadless
    npx ng generate component foo --skip-tests
    npx nodemon --watch src --ext ts,json -x 'npm start'
    npx concurrently -k -n api,web 'npm run api' 'npm run web'
    npx http-server dist -p 8080 -c-1
    npx serve -s build -l 5000
    npx wait-on -t 60000 http://localhost:3000
    yarn install --immutable
    yarn add -D vitest
    yarn test --watch --runInBand
    yarn dlx create-react-app x || true
    pnpm i --frozen-lockfile --prefer-offline
    pnpm add -D -w typescript
    pnpm -r --filter './packages/*' run build
    pnpm --filter web dev
    pnpm exec tsc --noEmit
    bun install --frozen-lockfile
    bun test --coverage src
    bun run build --watch
    deno test --allow-read --parallel
    deno run -A scripts/gen.ts
    node --test --test-reporter=spec test/
    node --max-old-space-size=4096 --enable-source-maps dist/server.js
    node --inspect src/index.js
    node --env-file=.env.example app.js
    node -e 'console.log(process.version)'
    node -p "require('./package.json').version"
    python3 -m pytest -xvs tests/test_api.py::test_get -k 'not slow'
    pytest -n auto --dist loadfile --cov=app --cov-report=term-missing
    pytest --lf --tb=short -q -p no:cacheprovider
    pytest -m 'unit and not slow' --maxfail=2 --durations=10 --junitxml=reports/junit.xml
    python -m unittest discover -s tests -p 'test_*.py' -v
    python -m venv --system-site-packages .venv
    python -m http.server 8000 --bind 127.0.0.1
    python -W error -m pytest
    python3 -u scripts/run.py --input data.csv --output out.json --verbose
    pip install -r requirements.txt -r requirements-dev.txt --no-cache-dir
    pip list --outdated --format=json
    pip freeze --exclude-editable > requirements.lock
    pip show -f requests
    ruff check --fix --select I,E,F src tests
    ruff format --check --diff .
    black --line-length 100 --target-version py311 src
    isort --profile black --check-only --diff .
    flake8 --max-line-length=120 --extend-ignore=E203 src
    pylint --rcfile=.pylintrc --disable=C0114 src
    mypy --ignore-missing-imports --show-error-codes -p app
    pyright --pythonversion 3.11 src
    bandit -r src -ll -x tests
    coverage run --source=app -m pytest && coverage report -m --fail-under=80
    coverage html -d htmlcov
    tox -e py311,lint -p auto
    nox -s tests-3.11 -- -k foo
    poetry install --with dev --no-root --sync
    poetry run pytest -q
    poetry add --group dev black@^23
    poetry export -f requirements.txt --output requirements.txt --without-hashes
    uv pip install -e '.[dev]'
    uv run --extra dev pytest -x
    uv add --dev ruff
    uv lock --upgrade-package requests
    uv venv --python 3.12 .venv
    pdm run test
    hatch run test:cov
    pipenv run python manage.py test
    pre-commit run --all-files --show-diff-on-failure
    sphinx-build -b html -W --keep-going docs docs/_build
    mkdocs serve -a localhost:8001
    jupyter nbconvert --to script notebooks/a.ipynb --output-dir src
    alembic revision --autogenerate -m 'add users'
    flask --app app run --debug --port 5001
    uvicorn app.main:app --reload --port 8000 --log-level debug
    gunicorn -w 4 -b 127.0.0.1:8000 app:app
    celery -A app worker -l info --concurrency=2
    python manage.py makemigrations --dry-run
    python manage.py migrate --plan
    python manage.py runserver 0.0.0.0:8000
    django-admin makemessages -l de
    cargo build --release --all-features --target x86_64-unknown-linux-gnu
    cargo test --workspace --no-fail-fast -- --nocapture --test-threads=1
    cargo test -p core --lib parser::tests
    cargo run --bin server -- --port 8080 --config dev.toml
    cargo clippy --all-targets --all-features -- -D warnings -A clippy::all
    cargo fmt --all -- --check
    cargo doc --no-deps --document-private-items
    cargo check --message-format=short
    cargo bench --bench parse -- --save-baseline main
    cargo update -p serde --precise 1.0.190
    cargo tree -i openssl -e features
    cargo nextest run --profile ci --retries 2
    cargo llvm-cov --lcov --output-path lcov.info
    cargo +nightly fmt
    RUSTFLAGS='-D warnings' cargo check
    rustc --edition 2021 -O -o out main.rs
    rustfmt --check --edition 2021 src/main.rs
    go build -v -o bin/app ./cmd/app
    go build -ldflags '-s -w -X main.version=1.0' -trimpath ./...
    go test -race -coverprofile=cover.out -covermode=atomic ./...
    go test -v -run 'TestFoo/bar' -count=1 ./pkg/foo
    go test -bench=. -benchmem -cpuprofile cpu.prof ./pkg
    go tool cover -html=cover.out -o cover.html
    go tool pprof -top cpu.prof
    go vet -copylocks=false ./...
    go mod tidy -v
    go list -m -u all
    go list -f '{{.Dir}}' ./...
    go run ./cmd/app --port 8080 --verbose
    go get -u ./...
    go doc -all net/http
    golangci-lint run --fix --timeout 5m ./...
    gofmt -s -w .
    staticcheck -checks all ./...
    gcc -Wall -Wextra -O2 -g -std=c11 -Iinclude -Llib -o app main.c -lm -lpthread
    g++ -std=c++20 -fsanitize=address,undefined -fno-omit-frame-pointer test.cpp -o test
    clang -c -emit-llvm -S foo.c
    clang-format -i --style=file src/*.cpp
    clang-tidy -p build src/main.cpp --fix
    cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
    cmake --build build --target test -j 8 --config Release
    cmake --preset debug
    ctest --test-dir build -R unit -j4 --output-on-failure
    ninja -C build -j 4 -v
    make -C src CFLAGS='-O0 -g' all
    make -B -j$(nproc) V=1 test
    make -n build
    meson setup build --buildtype=debug && meson compile -C build
    meson test -C build --suite unit --print-errorlogs
    bazel test //... --test_output=errors --config=ci
    bazel build -c opt //app:main
    gdb -batch -ex run -ex bt --args ./build/app input.txt
    valgrind --leak-check=full --show-leak-kinds=all --error-exitcode=1 ./build/tests
    objdump -d -M intel build/app | head -50
    nm -C --defined-only build/libfoo.a
    readelf -h build/app
    strace -f -e trace=openat -o trace.log ./build/app
    perf stat -e cycles,instructions ./build/bench
    mvn -q -B clean verify -DskipTests -Pci
    mvn test -Dtest=FooTest#bar -pl core -am
    mvn dependency:tree -Dincludes=org.slf4j
    mvn spring-boot:run -Dspring-boot.run.profiles=dev
    ./mvnw -T 1C package -Dmaven.test.skip=true
    ./gradlew build -x test --parallel --build-cache
    ./gradlew :app:testDebugUnitTest --tests 'com.foo.BarTest' --info
    gradle dependencies --configuration runtimeClasspath
    gradle wrapper --gradle-version 8.5
    javac -d out -cp 'lib/*' -Xlint:all src/Main.java
    java -Xmx2g -Dspring.profiles.active=dev -jar build/libs/app.jar --server.port=8081
    java -cp out:lib/x.jar com.foo.Main arg
    sbt 'testOnly *FooSpec'
    dotnet build -c Release --no-restore -warnaserror
    dotnet test --no-build --logger 'trx;LogFileName=r.trx' --collect:'XPlat Code Coverage'
    dotnet run --project src/Api -- --urls http://localhost:5000
    dotnet ef migrations add Init --project src/Data
    dotnet add package Serilog --version 3.0.0
    bundle exec rspec spec/models/user_spec.rb:42 --format documentation
    bundle exec rubocop -A --parallel
    bundle install --jobs 4 --retry 3
    rails generate migration AddNameToUsers name:string
    rake spec SPEC=spec/a_spec.rb
    composer install --no-interaction --prefer-dist --no-progress
    composer require --dev phpunit/phpunit ^10
    vendor/bin/phpunit --filter testFoo --testdox tests/Unit
    ./vendor/bin/phpstan analyse -l 8 --memory-limit=1G src
    php artisan make:model Post -mcr
    php artisan migrate --seed
    php -l src/index.php
    php -S localhost:8000 -t public
    mix test --cover --trace test/foo_test.exs:12
    flutter test --coverage
    flutter build apk --debug --split-per-abi
    dart format -o none --set-exit-if-changed .
    swift build -c release && swift test --filter FooTests
    xcodebuild -scheme App -destination 'platform=iOS Simulator,name=iPhone 15' test
    docker build -t app:dev -f docker/Dockerfile --target test --build-arg V=1 .
    docker build --no-cache --progress=plain .
    docker run --rm -it -v "$PWD":/app -w /app -p 3000:3000 --name dev node:20 npm test
    docker run -d --name pg -e POSTGRES_PASSWORD=x -p 5432:5432 postgres:16-alpine
    docker compose up -d --build --wait
    docker compose -f docker-compose.yml -f docker-compose.dev.yml up --remove-orphans
    docker compose logs -f --tail=100 api
    docker compose exec -T db psql -U app -c 'select 1'
    docker compose run --rm web npm test
    docker compose down --remove-orphans
    docker compose ps --format json
    docker ps -a --filter status=exited --format '{{.Names}}'
    docker logs --since 10m -f api
    docker exec -it api sh -c 'ls -la /app'
    docker images --digests
    docker inspect -f '{{.State.Status}}' api
    kubectl get pods -n dev -o wide --show-labels
    kubectl describe deploy api -n dev
    kubectl logs -f deploy/api -c app --since=1h --tail=200
    kubectl top pods --containers
    kubectl diff -k overlays/dev
    kubectl apply -f k8s/ --dry-run=client -o yaml
    kubectl explain pod.spec --recursive
  `,
)
