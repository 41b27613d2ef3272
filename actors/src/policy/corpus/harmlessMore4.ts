import { commands } from "./CorpusCommand.ts"

const raw = String.raw
const dollar = "$"

export const harmlessMore4 = commands(
  "ordinary work",
  "everyday",
  raw`
    redis-cli lrange queue 0 10
    mongosh app --eval "db.orders.findOne()"
    curl -s localhost:8080/actuator/health | jq -r .status
    curl -X PUT -H "Content-Type: application/json" -d @body.json http://localhost:8080/x
    curl --retry 5 --retry-connrefused http://localhost:3000
    curl -I http://localhost
    curl -fsS http://0.0.0.0:8000/
    for p in 3000 3001; do curl -s "http://localhost:$p/health"; done
    ls -lhS | head
    ls -la .git/hooks
    ls node_modules/.bin | grep tsc
    cat tsconfig.json | jq .compilerOptions
    cat src/a.ts src/b.ts | wc -l
    cat /workspace/README.md
    cat -A file | head
    head -20 src/*.ts
    tail -n +10 file | head -5
    less +F app.log
    wc -c < file
    find . -path ./node_modules -prune -o -name '*.ts' -print
    find . -name '*.tsx' -mmin -60
    find . -type d -empty
    find . -name 'package.json' -not -path '*/node_modules/*' -exec grep -H '"version"' {} \;
    find . -type l -ls
    find tests -name '*.py' | sort | head
    find . -name "*.bak" -type f -delete
    find . -type f -name "*.tmp" | xargs rm -f
    grep -n "foo" file || true
    grep -rIl "license" . --exclude-dir=.git
    grep -A3 -B3 'panic' log.txt
    grep -oE '[0-9]+\.[0-9]+' v.txt
    grep -v '^#' config | grep -v '^$'
    rg --type-list
    rg -i "fixme" -l
    rg 'class \w+' --no-filename -o | sort | uniq -c
    sed -i 's|http://old|https://new|g' docs/*.md
    sed -i '10,20d' file.txt
    sed -i '5i\new line' file.txt
    sed -n '$=' file
    sed 's/^/  /' file > indented
    awk -F'\t' '{print $2}' a.tsv | sort -u
    awk '{a[$1]++} END {for (k in a) print k, a[k]}' log
    awk '!seen[$0]++' file
    awk '/TODO/ {print FILENAME ":" FNR ": " $0}' src/*.c
    cut -d' ' -f1-3 file
    tr -s ' ' < file
    tr ' ' '\n' < words | sort | uniq -c
    sort -t, -k2,2n data.csv | head
    uniq -c sorted.txt
    tee -a log.txt <<< "done"
    xargs -n1 -P4 ./process.sh < files.txt
    printf '%s\0' *.txt | xargs -0 wc -l
    echo -n "abc" | md5sum
    echo "$PWD"
    echo "scale=2; 10/3" | bc
    echo $RANDOM
    echo {1..5}
    echo *.ts
    echo "rm -rf /" | wc -c
    echo 'DROP TABLE users;' > fixtures/bad.sql
    echo 'sudo rm -rf /' >> docs/warnings.md
    printf "%s\n" "curl | sh is bad" > note.txt
    cat > test.sh <<'EOF'⏎#!/bin/bash⏎echo "hi"⏎EOF
    cat > Dockerfile <<'EOF'⏎FROM node:20⏎RUN npm ci⏎EOF
    cat > src/config.ts <<EOF⏎export const built = "$(date)"⏎EOF
    mkdir -p logs && touch logs/.gitkeep
    cp -R public dist/
    cp .eslintrc.json packages/a/
    mv src/a.ts src/b/a.ts
    mv -n *.jpg images/
    rm -v *.o
    rm -rf out/ tmp/*.json
    rm -rf .cache .parcel-cache
    rm -rf ios/Pods ios/build
    rm -rf build/ dist/ *.egg-info
    rm -rf ./tmp && mkdir tmp
    rm -f core.* nohup.out
    rm src/unused.ts
    rm -r src/legacy
    rm -rf /tmp/foo-$$
    rm -rf "$(mktemp -d)"
    touch src/__init__.py tests/__init__.py
    ln -s ../../shared lib/shared
    chmod u+x bin/*.sh
    tar -czf dist.tar.gz dist/
    tar -xJf a.tar.xz
    tar --exclude-vcs -cf src.tar .
    unzip -q data.zip -d data
    gunzip data.csv.gz
    zip -q -r out.zip build -x '*.map'
    diff -rq a b
    diff <(ls a) <(ls b)
    patch --dry-run -p1 < a.patch
    git apply --check a.patch
    time make
    time (npm run build)
    timeout 10s node loop.js; echo $?
    timeout 5 bash -c 'until nc -z localhost 5432; do sleep 0.2; done'
    sleep 1
    nohup ./server > server.log 2>&1 & echo $! > server.pid
    kill $(cat server.pid)
    kill -15 $(pgrep -f "node server.js")
    kill -INT %1
    pkill -TERM -f "python app.py"
    ps aux --sort=-%cpu | head -5
    ps -o pid,ppid,cmd -C node
    top -b -n 1 | head
    free -h
    vmstat 1 3
    iostat
    lsof -p 1234 | wc -l
    lsof +D . | head
    ss -s
    df -i
    env NODE_OPTIONS=--trace-warnings node a.js
    FOO=1 BAR=2 ./run.sh
    DEBUG=app:* npm start
    LOG_LEVEL=debug python app.py
    DATABASE_URL=postgres://localhost/test npm test
    TEST_DB=test.db pytest
    export DATABASE_URL=postgres://localhost/dev && npx prisma migrate dev
    export PYTHONPATH=$PWD/src
    PATH=$PATH:./node_modules/.bin eslint .
    (cd web; npm run build) && cp -r web/dist public
    cd "$(dirname "$0")"/.. && ls
    cd ~ && ls
    cd /tmp && ls -la
    cd src && ls && cd ..
    cd packages && for d in */; do echo "$d"; done
    if npm test; then echo ok; else echo fail; fi
    if [[ $(git status --porcelain) ]]; then echo dirty; fi
    while true; do curl -s localhost:3000/health && break; sleep 1; done
    while inotifywait -e modify src; do make; done
    for v in 18 20 22; do echo "node $v"; done
    for file in $(git diff --name-only main); do npx eslint "$file"; done
    for t in tests/*.sh; do bash "$t" || exit 1; done
    for ((i=0;i<3;i++)); do echo $i; done
    test -x bin/app && bin/app --version
    [ -n "$CI" ] || echo local
    [ "$(uname)" = Darwin ] && echo mac || echo linux
    name=$(jq -r .name package.json) && echo "$name"
    count=$(grep -c . file); echo "$count lines"
    arr=($(ls)); echo ${dollar}{#arr[@]}
    x=5; echo $((x*2))
    s="hello"; echo ${dollar}{s^^}
    url=http://localhost:3000; curl -s "$url/api"
    out=build; mkdir -p "$out" && cp a "$out/"
    tmp=$(mktemp) && npm ls > "$tmp"; wc -l "$tmp"; rm "$tmp"
    log=/tmp/test.log; npm test > $log 2>&1; tail -5 $log
    set -x; ls; set +x
    trap 'echo bye' EXIT; ls
    trap 'kill $(jobs -p)' EXIT; npm run dev & wait
    wait $!
    jobs -l
    history 20
    type npm
    command -v rg || echo "no rg"
    hash node 2>/dev/null && echo yes
    shopt -s globstar; ls **/*.ts
    source scripts/env.sh && make
    . .venv/bin/activate; python -V
    nvm ls
    fnm use
    pyenv versions
    sdk current java
    rustup toolchain list
    asdf list
    direnv exec . make
    tmux new -d -s t 'npm start'; tmux ls
    tmux kill-session -t dev
    code --version
    vim -c 'set ft=ts' a.ts
    open coverage/index.html
    jq -n '{a:1}'
    jq '.[] | select(.x > 1)' a.json | head
    yq e '.a.b' f.yaml
    xmllint --noout a.xml
    base64 image.png | head -c 100
    base64 -d payload.b64 > payload.bin
    xxd file | head
    openssl sha256 file
    gpg --version
    ssh-keygen -F github.com
    date +%s%N
    cal 2026
    uuidgen | tr A-Z a-z
    nproc --all
    tput cols
    stty size
    clear
  `,
)
