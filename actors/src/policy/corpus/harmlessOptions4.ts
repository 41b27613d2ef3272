import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Ordinary work that looks like something graver. */
export const harmlessOptions4 = commands(
  "looks-graver",
  "everyday",
  raw`
    ps aux | grep 'npm run dev' | grep -v grep | awk '{print $2}' | xargs kill
    ps aux | grep -i webpack
    ps -ef | grep java | head
    ps aux | awk '{print $1, $11}' | sort | uniq -c
    ps aux | awk '$3 > 50 {print $2, $11}'
    pgrep -f "vite" | xargs kill
    kill $(cat tmp/server.pid)
    rm -f package-lock.json
    rm -rf .next .turbo
    rm README.old.md
    rm tests/fixtures/data.json
    rm -rf tmp/data
    rm -r dist/data
    docker rm -f test-db
    docker stop $(docker compose ps -q)
    python scripts/clean_build.py
    ./scripts/clear-cache.sh
    ./scripts/remove_unused_imports.py src
    helm template x chart --version 1.2.3
    pip index versions requests
    poetry version patch
    cargo --version
    brew list --versions
    apt list --installed
    brew info node
    dpkg -l | grep ssl
    pacman -Q
    conda list --export
    aws ec2 describe-images --owners self
    aws s3api list-buckets
    aws iam get-role --role-name x
    gcloud builds list
    gcloud run services describe x
    az storage account list
    doctl apps list
    fly logs
    mysql -e 'show processlist'
    bash -n scripts/deploy.sh
    sh -n install.sh
    opam install . --deps-only
    cabal install --only-dependencies
    nimble install -d
    luarocks install --only-deps x.rockspec
    latexmk -pdf main.tex
    pdflatex main.tex
    m4 configure.m4 > configure
    cmake --build build --target clean
    cmake -DCMAKE_INSTALL_PREFIX=/usr/local -B build
    cmake -DCMAKE_TOOLCHAIN_FILE=cmake/arm.cmake -B build
    ./configure CC=clang CFLAGS="-O2"
    make CC=gcc CXX=g++
    CC=gcc make
    TMPDIR=/tmp/x npm test
    OUT=/tmp/out; mkdir -p $OUT; cp dist/app.js $OUT/
    cd /tmp && ls
    cd "$(git rev-parse --show-toplevel)" && npm test
    cd .. && ls
    cd src && go test ./...
    pushd api && make test && popd
    git -C vendor/lib status
    git pull origin main
    git fetch upstream && git merge upstream/main
    git flow feature start x
    git lfs pull
    git lfs install --local
    git stash push -m wip
    git merge -s ours x
    git mergetool
    git commit -F msg.txt
    docker compose -f compose.test.yml run --rm tests
    docker compose --env-file .env.test up -d
    docker compose ps prod
    docker load -i images/app.tar
    docker build -t app --build-arg NODE_ENV=production .
    NODE_ENV=production npm run build
    RAILS_ENV=production rails assets:precompile
    APP_ENV=production php bin/console cache:warmup
    npx webpack --mode production
    python manage.py check --deploy --settings=config.settings.production
    alembic upgrade +1
    npx prisma migrate status
    npx prisma migrate dev
    echo '{"name":"x","scripts":{"build":"tsc"}}' > package.json && npm install
    cat > Makefile <<'X'⏎all:⏎	go build⏎X
    npm create vite@latest app -- --template react
    npm init -y && npm i -D typescript
    pnpm create vite app --template vue
    uv run --project packages/a pytest
    poetry -C packages/a run pytest
    pip install -e ./packages/core
    npm i ./packages/core
    npm link ../shared
    yarn add file:../shared
    go mod edit -replace example.com/x=../x
    python setup.py develop
    pytest tests/unit --rootdir=.
    jest --config jest.config.js --rootDir=.
    eslint -c .eslintrc.cjs --format json -o reports/eslint.json src
    tsc -p tsconfig.json --outDir build
    node --test-reporter=spec --test
    ruby -Ilib:test test/a_test.rb
    perl -Ilib t/a.t
    php -d memory_limit=-1 vendor/bin/phpstan
    php -d xdebug.mode=coverage vendor/bin/phpunit
    vim +10 src/a.ts
    less +/ERROR logs/app.log
    watch -n1 -x docker ps
    ssh-keygen -lf key.pub
    openssl x509 -in cert.pem -text -noout
    IFS=$'\n' read -d '' -ra lines < a.txt
    date '+%Y%m%d%H%M'
    helm version
    docker compose --version
    python3 -m pytest --version
    npx tsc --version
    cargo +nightly --version
    gcc --version | head -1
    unknowntool --version
    dotnet add package X --version 1.0
    helm template x chart --version 1.2
    helm pull repo/chart --version 1.2
    terraform --version
  `,
)
