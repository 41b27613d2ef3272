import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Ordinary work with the options that it is ordinarily done with. */
export const harmlessOptions2 = commands(
  "options",
  "everyday",
  raw`
    helm template app ./chart -f values.dev.yaml --set image.tag=dev
    helm lint ./chart --strict
    terraform fmt -check -recursive -diff
    terraform plan -var-file=dev.tfvars -out=plan.tfplan -lock=false
    terraform init -backend=false -upgrade
    terraform validate -json
    tflint --recursive
    aws s3 ls s3://bucket/path --human-readable
    aws ec2 describe-instances --filters Name=tag:Env,Values=dev --query 'Reservations[].Instances[].InstanceId' --output text
    gcloud compute instances list --filter='zone:us-central1-a' --format=json
    az group list -o table
    ansible-playbook site.yml --syntax-check -i inventory/dev
    shellcheck -x -S warning scripts/*.sh
    shfmt -i 2 -ci -w scripts
    hadolint --ignore DL3008 Dockerfile
    actionlint -color
    yamllint -c .yamllint.yml .
    markdownlint-cli2 '**/*.md' '#node_modules'
    vale --config=.vale.ini docs
    pandoc README.md -o README.pdf --toc -V geometry:margin=1in
    pandoc -f markdown -t html5 -s --css style.css doc.md -o doc.html
    pdflatex -interaction=nonstopmode -halt-on-error paper.tex
    latexmk -pdf -outdir=build paper.tex
    dot -Tsvg graph.dot -o graph.svg
    convert logo.png -resize 64x64 -quality 85 logo-small.png
    magick in.jpg -crop 100x100+10+10 +repage out.jpg
    ffmpeg -y -i in.mp4 -vf scale=640:-1 -c:v libx264 -crf 23 -an out.mp4
    ffprobe -v error -show_entries format=duration -of default=nw=1 in.mp4
    protoc -I proto --go_out=gen --go_opt=paths=source_relative proto/a.proto
    protoc --proto_path=proto --python_out=gen proto/a.proto
    curl -sS -i -X POST http://localhost:3000/api/users -H 'Content-Type: application/json' -d '{"name":"x"}'
    curl -fsSL --retry 5 --retry-connrefused http://127.0.0.1:8080/health
    curl -s -o /dev/null -w '%{http_code}\n' localhost:8000
    http --body GET :3000/api/items page==2
    nc -zv localhost 5432
    psql -h localhost -U app -d app_dev -c '\dt'
    psql -X -A -t -c 'select count(*) from users' app_dev
    sqlite3 -header -column dev.db 'select * from users limit 5'
    redis-cli -n 1 keys 'cache:*'
    lsof -i :3000 -sTCP:LISTEN -t
    ss -tulpn | grep 3000
    ps aux --sort=-%mem | head
    ps -ef | grep node
    kill -TERM 12345
    pkill -f 'vite --port 5173'
    top -b -n 1 | head -20
    which -a python3
    man -k printf
    less +G logs/dev.log
    less -R out.txt
    vim -R README.md
    code --diff a.ts b.ts
    bat --style=plain -l ts src/a.ts
    fd -e ts -E dist . src
    fzf --filter=foo < list.txt
    hyperfine --warmup 3 --export-markdown bench.md './a' './b'
    tokei src --output json
    cloc --exclude-dir=node_modules,dist .
    ctags -R --languages=python src
    entr -r npm test < files.txt
    perl -ne 'print if /foo/' a.txt
    perl -0777 -pe 's/a\nb/c/g' -i src/a.txt
    ruby -c lib/a.rb
    ruby -Ilib -Itest test/a_test.rb
    lua -v
    Rscript scripts/analysis.R --input data.csv
    julia --project=. test/runtests.jl
    sqlx migrate run
    dbmate status
    buf lint && buf generate
    wasm-pack build --target web --release
    zig build test -Doptimize=ReleaseSafe
    nim c -d:release --outdir:bin src/main.nim
    stack test --fast
    cabal build all --enable-tests
    elm-test
    erlc -o ebin src/foo.erl
    luacheck src --std lua54
    bats -r tests
    prove -lv t/
    ast-grep --pattern 'foo($A)' --lang ts
    sd foo bar src/a.txt
    nginx -t -c ./nginx.conf
    cd packages/web && npm run build && cd ../..
    (cd api && go test ./...)
    for f in src/*.ts; do echo "$f"; npx tsc --noEmit "$f"; done
    if [ -f .nvmrc ]; then nvm use; fi
    test -d node_modules || npm ci
    [ -n "$CI" ] && echo ci
    export NODE_ENV=test; npm test
    export PATH="$PWD/node_modules/.bin:$PATH"
    set -euo pipefail; make lint; make test
    while read -r line; do echo "$line"; done < names.txt
    IFS=, read -r a b <<< "1,2"
    echo "hello" | tee out.txt | wc -c
    cat <<'X' > src/new.ts⏎export const a = 1⏎X
    cat > Dockerfile.dev <<X⏎FROM node:20⏎WORKDIR /app⏎X
    mkdir -p src/components && touch src/components/Button.tsx
    printf '{"a":1}' | jq .
    sed -i 's/"version": "1.0.0"/"version": "1.0.1"/' package.json
    sed -i '/^#/d;s/ *$//' config.ini
    sed -n '/start/,/end/p' file.txt
    awk 'BEGIN{FS=OFS="\t"} {print $2,$1}' in.tsv > out.tsv
    awk '/error/ {c++} END {print c}' logs/app.log
    grep -v '^#' .editorconfig | grep -v '^$'
    find . -name '__pycache__' -type d -exec rm -rf {} +
    rm -rf build dist *.egg-info
    rm -f coverage.xml .coverage
    rm -r tmp/cache
    mv src/a.ts src/b.ts
    mv tests/old_test.py tests/test_new.py
    cp .env.example .env.local
    cp -r fixtures/base fixtures/new
    chmod +x scripts/*.sh && ./scripts/setup.sh
    ./configure --prefix=/usr/local --enable-debug
    ./gradlew --stop
    ./manage.py check
    ./node_modules/.bin/tsc -v
    python -c 'import sys; print(sys.version)'
    python3 -c "print(1+1)"
    python3 -m pip install -r requirements.txt
    python3 -m venv venv && source venv/bin/activate && pip install pytest
    python3 -m compileall -q src
    python3 -m timeit '1+1'
    python3 -m cProfile -s cumtime scripts/run.py
    python3 -m black src
    python3 -m mypy src
    python3 -m coverage run -m pytest
    python3 -m flask run
    python3 -m app.main --port 8000
    node scripts/build.mjs --watch
    node --check dist/index.js
    node --watch server.js
    node -r dotenv/config server.js
    node --import tsx --test src/*.test.ts
    ts-node -T src/index.ts
    tsx src/index.ts --flag
    bun x vitest
    ruby -Itest test/foo_test.rb
    ruby scripts/migrate.rb
    perl -c script.pl
    perl -pe 's/a/b/' file
    php vendor/bin/phpunit
    php artisan route:list --json
    php artisan test --parallel
    lua script.lua
    elixir script.exs
    mix deps.get && mix compile --warnings-as-errors
    rebar3 ct
    dart run build_runner build --delete-conflicting-outputs
    flutter pub get
    flutter run -d chrome
    swift package resolve
    swiftlint lint --strict
    pod install --repo-update
    xcrun simctl list
    kotlinc Main.kt -include-runtime -d main.jar
    scala-cli test .
    sbt compile test
    lein test
    clj -M:test
    ghc -O2 Main.hs -o main
    dune build @runtest
    opam exec -- dune test
    ocamlfind list
    nimble test
    crystal spec
    zig fmt --check src
    dub test
    gnatmake main.adb
    gfortran -O2 -o sim sim.f90
    nvcc -arch=sm_80 -o k k.cu
    nasm -f elf64 -o a.o a.asm
    ar rcs libx.a a.o b.o
    ld -o prog a.o -lc
    strip build/app
    objcopy -O binary app.elf app.bin
    size build/app
    ldd build/app
    pkg-config --cflags --libs gtk+-3.0
    autoreconf -fi && ./configure && make check
    ./autogen.sh
    bison -d parser.y
    flex -o lexer.c lexer.l
    conan install . --build=missing
    vcpkg install
    bear -- make
    ccache -s
    scan-build make
    cppcheck --enable=all --std=c++17 src
    doxygen Doxyfile
    gcovr -r . --html-details cov.html
    lcov --capture --directory . --output-file cov.info
    terraform show -json plan.tfplan
    terraform workspace list
    terraform graph | dot -Tsvg > graph.svg
    helm dependency update chart
    kubectl get all
    kubectl get pod x -o jsonpath='{.status.phase}'
    kubectl rollout status deploy/api --timeout=60s
    kubectl auth can-i list pods
    kubectl api-resources
    kubectl kustomize overlays/dev
    kustomize build overlays/dev | kubeconform -strict
    kind create cluster --name test
    kind load docker-image app:dev
    minikube start --driver=docker
    minikube image ls
    docker compose build --pull web
    docker compose restart api
    docker compose top
    docker compose pull
    docker compose stop
    docker compose up
    docker compose -p test up -d db
    docker network create app
    docker volume create data
    docker volume inspect data
    docker image ls --filter dangling=true
    docker pull redis:7
    docker tag app:dev app:latest
    docker history app:dev
    docker cp web:/app/log.txt ./log.txt
    docker start web
    docker stop web
    docker rm web
    docker run --rm hello-world
    docker run --rm -v "$(pwd)":/src -w /src golang:1.22 go test ./...
    docker run --rm -i hadolint/hadolint < Dockerfile
    docker run -p 8080:80 nginx
    docker run -it ubuntu bash -c 'apt list'
    docker buildx build --load -t x .
    podman ps -a
    act push -j test
    gh repo view --json name
    gh pr diff 12
    gh issue view 12
    gh run list --workflow ci.yml
    gh run watch
    gh release list
    gh api repos/acme/api/pulls --jq '.[].title'
    gh api --paginate repos/{owner}/{repo}/issues
    aws lambda list-functions --query 'Functions[].FunctionName'
    aws cloudformation describe-stacks --stack-name x
    gcloud logging read 'severity>=ERROR' --limit 10
    heroku logs --tail -a app
    fly status
    vercel dev
    netlify dev
    wrangler dev
    firebase emulators:start
    supabase start
    supabase gen types typescript --local > types.ts
    sam validate
    sam local invoke -e event.json
    cdk synth
    cdk diff
    pulumi preview
    serverless offline
    ansible-inventory -i inv --list
    vagrant status
    packer validate x.pkr.hcl
    curl -s localhost:8080/metrics | grep http_
    curl -v -X PUT -H 'Content-Type: application/json' --data @body.json http://localhost:8080/x
    curl --compressed -L http://localhost:3000 -o page.html
    curl -u admin:admin http://localhost:15672/api/overview
    curl http://localhost:9200/_cat/indices?v
    wget -q -O - http://localhost:8000/health
    wget --spider http://127.0.0.1:3000
    ab -n 100 -c 10 http://localhost:3000/
    wrk -t2 -c10 -d5s http://localhost:3000
    k6 run --vus 5 --duration 10s script.js
    grpcurl -plaintext localhost:50051 list
    websocat ws://localhost:3000
    pg_isready -h localhost -p 5432
    psql -U postgres -d app -c '\d users'
    psql -d app -c "explain analyze select * from users where id = 1"
    mysql -u root -e 'show databases'
    mysql app -e 'select count(*) from users'
    redis-cli info memory
    mongosh app --eval 'db.users.find().limit(3)'
    sqlite3 dev.db '.schema users'
    sqlite3 dev.db .tables
    duckdb -c "select * from 'data.csv' limit 5"
    pg_dump --schema-only app > schema.sql
    dropdb --version
    alembic history --verbose
    alembic current
    flask db upgrade
    python manage.py showmigrations
    python manage.py collectstatic --noinput
    python manage.py test --keepdb --parallel 4
    rails routes -c users
    rails db:migrate:status
    rails test:system
    bin/rails db:seed
    rake -T
    rake db:migrate
    bundle outdated
    bundle exec jekyll serve
    gem list
    composer validate --strict
    composer dump-autoload -o
    composer show -i
    composer run-script test
    composer outdated --direct
    npx sequelize-cli db:migrate
    npx prisma studio
    npx prisma format
    npx prisma db pull
    npx typeorm migration:run -d src/data-source.ts
    npx knex migrate:latest --env development
    npx create-next-app@latest my-app --ts --eslint
    npm create vite@latest app -- --template react-ts
    npm init vite@latest
    npx degit user/repo || true
    npx astro build
    npx nuxi build
    npx svelte-check --tsconfig ./tsconfig.json
    npx vue-tsc --noEmit
    npx @angular/cli new x --skip-install
    npx expo start
    npx react-native run-android
    npx cap sync
    npx electron-builder --dir
    npx tauri build
    npx biome check --write src
    npx oxlint --fix
    npx stylelint 'src/**/*.css' --fix
    npx markdownlint '**/*.md' --ignore node_modules
    npx cspell lint '**/*.md'
    npx size-limit --json
    npx lighthouse http://localhost:3000 --output html --output-path report.html --chrome-flags='--headless'
    npx artillery run load.yml
    npx newman run collection.json -e env.json
    npx msw init public --save
    npx openapi-typescript api.yaml -o types.ts
    npx swagger-cli validate api.yaml
    npx redocly lint api.yaml
    npx changeset
    npx changeset version
    npx semantic-release --dry-run
    npx standard-version --dry-run
    npx lerna bootstrap
    npx nx graph --file=graph.html
    npx turbo prune --scope=web
    npx gulp build --production
    npx grunt test
    npx karma start --single-run
    npx wdio run wdio.conf.ts
    npx testcafe chrome tests/
    npx c8 --reporter=lcov npm test
    npx nyc report --reporter=text
    npx stryker run
    npx ava --verbose
    npx tap test/*.js
    npx jasmine --config=spec/support/jasmine.json
    npx ts-prune
    npx unimported
    npx depcruise src --output-type dot
    npx jscpd src --min-tokens 50
    npx sort-package-json
    npx syncpack list-mismatches
    npx ncu
    npx publint
    npx attw --pack .
    npx api-extractor run --local
    npx size-limit
    npx patch-package lodash
    npx cpy src/a dist
    npx mkdirp dist
    npx cross-env NODE_ENV=test mocha
    npx dotenv -e .env.test -- npm test
    npx env-cmd -f .env.test npm test
    npx zx scripts/x.mjs
    npx esno scripts/x.ts
    npx ts-node-dev --respawn src/index.ts
    npx onchange 'src/**' -- npm run build
    npx npm-run-all --parallel lint test
    npx run-s clean build
  `,
)
