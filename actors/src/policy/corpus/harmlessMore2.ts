import { commands } from "./CorpusCommand.ts"

const raw = String.raw
const dollar = "$"

export const harmlessMore2 = commands(
  "ordinary work",
  "everyday",
  raw`
    rm -rf tests/fixtures/tmp
    rm -f /tmp/test.log /tmp/out.json
    rm -r /tmp/build-123
    trash old.txt
    ln -sf ../lib/index.js bin/cli
    chmod 755 bin/*
    chmod -R u+w build
    chmod +x gradlew && ./gradlew test
    touch -d '2 days ago' old.txt
    truncate -s 100M sparse.img
    sed -i "s/\"version\": \".*\"/\"version\": \"1.2.0\"/" package.json
    sed -i '/^#/d;/^$/d' config.ini
    sed -ri 's/([a-z]+)Old/\1New/g' src/*.ts
    sed -n '/BEGIN/,/END/p' file
    sed '5q' file
    awk 'NR==10,NR==20' file
    awk -v n=3 '{ if ($n > 5) print }' data
    awk 'BEGIN { FS=":" } { print $1 > "names.txt" }' data
    awk '{ sum += $1 } END { printf "%.2f\n", sum/NR }' t.txt
    perl -ne 'print if /foo/' file
    perl -0pe 's/\n+/\n/g' file
    perl -e 'print join(",", 1..5), "\n"'
    ruby -e 'puts 1+1'
    ruby -v
    php -r 'echo PHP_VERSION;'
    tr -d '\r' < dos.txt > unix.txt
    tr 'a-z' 'A-Z' < file
    cut -f1 -d' ' file | sort | uniq -d
    paste -d, a b
    join a b
    comm -23 a b
    diff -r dir1 dir2
    diff --color=always a b | less -R
    cmp a b
    column -t file
    fold -w 80 file
    split -b 10M big.bin part-
    tar -cvzf release.tar.gz --exclude=node_modules .
    tar -xvf a.tar
    unzip -l a.zip
    gunzip -c data.gz | head
    zcat log.gz | grep ERROR
    7z x a.7z
    md5 file
    shasum -a 256 file
    openssl version
    openssl dgst -sha256 file
    openssl req -x509 -newkey rsa:2048 -nodes -keyout cert/dev.pem -out cert/cert.pem -days 365 -subj /CN=localhost
    ssh-keygen -l -f id.pub
    uuidgen
    factor 42
    bc <<< "2^10"
    expr 1 + 1
    seq -w 1 10
    shuf -n 5 words.txt
    yes | head -3
    yes '' | make config
    xdg-open index.html
    code .
    vim --version
    vim src/a.ts
    nano notes.md
    tmux new-session -d -s dev 'npm run dev'
    tmux capture-pane -p -t dev
    screen -ls
    watch -n 5 'kubectl get pods'
    history | tail
    alias ll='ls -la'
    type -a python
    hash -r
    ulimit -n
    umask
    export FOO=bar
    export FOO=bar; echo "$FOO"
    unset FOO
    set -x
    set -euo pipefail
    source ~/.nvm/nvm.sh && nvm use
    . ./env.sh
    source venv/bin/activate && python app.py
    eval "$(pyenv init -)" && python --version
    eval "$(direnv hook bash)"
    pushd frontend && npm ci && popd
    (cd frontend && npm ci)
    { echo a; echo b; } > out.txt
    test -d dist || npm run build
    [ "$CI" = "true" ] && echo ci
    [[ "$OSTYPE" == darwin* ]] && echo mac
    case "$(uname)" in Linux) echo l;; esac
    if ! command -v jq >/dev/null; then echo missing; fi
    if grep -q foo file; then echo y; else echo n; fi
    f() { echo "hi $1"; }; f x
    files=(a b c); echo "${dollar}{files[@]}"
    declare -A m; m[a]=1; echo ${dollar}{m[a]}
    read -p "name: " name
    VERSION=$(cat VERSION); echo "v$VERSION"
    BRANCH=$(git branch --show-current); echo $BRANCH
    ROOT=$(git rev-parse --show-toplevel); cd "$ROOT" && ls
    OUT=$(mktemp -d); npm pack --pack-destination "$OUT"; ls "$OUT"
    DIFF=$(git diff --stat); [ -z "$DIFF" ] || echo changed
    npm test > test-output.txt 2>&1; tail -20 test-output.txt
    npm test 2>&1 | grep -E "(FAIL|PASS)"
    npm run build 2>&1 | tee build.log
    ./bin/app --help
    ./a.out < input.txt
    ./scripts/migrate.sh --dry-run
    bash -n script.sh
    bash -x ./build.sh
    sh -c 'echo hi'
    bash -c 'for i in 1 2; do echo $i; done'
    env | sort | grep PATH
    env NODE_ENV=production node build.js
    NODE_ENV=production DEBUG=* node server.js
    PORT=4000 npm start
    LANG=C sort file
    TZ=UTC date
    PYTHONPATH=src pytest
    PYTHONPATH=. python scripts/gen.py
    LD_LIBRARY_PATH=./lib ./app
    RUST_LOG=debug cargo run
    GOFLAGS=-mod=mod go build ./...
    JAVA_OPTS="-Xmx2g" ./gradlew test
    HUSKY=0 git commit -m x
    GIT_TRACE=1 git fetch
    GIT_TERMINAL_PROMPT=0 git fetch
    strace -c ls
    ltrace ls
    gdb --version
    lldb -- ./app
    valgrind --leak-check=full ./test
    perf stat ./bench
    hyperfine --warmup 3 'npm run build'
    tokei
    cloc src
    scc
    shellcheck -x *.sh
    shfmt -d .
    yamllint .
    markdownlint '**/*.md'
    actionlint
    ansible-playbook site.yml --check
    act -l
    gh pr checks
    gh pr checkout 12
    gh run view 123 --log
    gh api repos/o/r/pulls
    gh repo view
    gh issue list --label bug
    glab mr list
    jq -s 'add' a.json b.json
    jq '.version = "2.0.0"' package.json > tmp.json && mv tmp.json package.json
    yq -i '.version = "1"' chart.yaml
    xmllint --format a.xml
    csvcut -c 1,2 a.csv
    dot -Tpng g.dot -o g.png
    convert a.png -resize 50% b.png
    ffmpeg -i in.mp4 out.gif
    pandoc -o a.pdf a.md
    pdftotext a.pdf -
    exiftool a.jpg
    tesseract a.png out
    protoc --go_out=. a.proto
    buf lint
    prisma validate
    alembic revision --autogenerate -m x
    flask run
    uvicorn app:app --reload
    gunicorn app:app
    celery -A app worker
    streamlit run app.py
    jupyter nbconvert --to script a.ipynb
    mkdocs build
    hugo server
    bundle exec jekyll build
    nginx -t
    systemctl list-units --type=service
    systemctl --user status
    journalctl -xe | tail
    dmesg | tail
    ip addr
    ip a
    ifconfig
    hostname -I
    netstat -an | grep LISTEN
    ping -c 3 127.0.0.1
    dig localhost
    cat /etc/hosts
    cat /etc/resolv.conf
    cat /proc/meminfo
    cat /proc/loadavg
    cat /usr/include/stdio.h | head
    ls /usr/local/bin
    ls ~/
    ls -la ~
    ls /tmp
    cat ~/.gitconfig
    stat -c %s file
    du -h --max-depth=1 | sort -hr
    df -h /
    mount | grep workspace
    lsblk
    groups
    getent hosts localhost
    sqlite3 :memory: 'select 1'
    ollama list
    npx tsx scripts/seed.ts
    pre-commit install
    husky install
    lefthook install
    nvm install 20
    pyenv local 3.12
    asdf current
    direnv status
    brew --version
    apt-cache policy nodejs
    dpkg -L bash | head
    rpm -qa | head
    snap list
    python3 - <<'PY'⏎from pathlib import Path⏎p = Path("a.txt")⏎print(p.read_text()[:100])⏎PY
    python3 <<'EOF'⏎import re⏎s = open("src/a.py").read()⏎s = s.replace("foo", "bar")⏎open("src/a.py", "w").write(s)⏎EOF
    node <<'EOF'⏎const fs = require("fs")⏎const p = JSON.parse(fs.readFileSync("package.json", "utf8"))⏎console.log(p.name)⏎EOF
    git commit -m "$(printf 'a\n\nb')"
    git log --pretty=format:"%h - %an, %ar : %s" | head -5
    comm -13 <(git ls-files | sort) <(find . -type f | sort) | head
    diff <(jq -S . a.json) <(jq -S . b.json)
    tail -F app.log | grep --line-buffered ERROR
    grep -P '^\s+at ' err.log | sort | uniq -c | sort -rn | head -5
    rg -l 'oldFn' | xargs sed -i '' 's/oldFn/newFn/g'
    rg -o 'v\d+\.\d+' CHANGELOG.md | head -1
    fd '\.test\.ts$' src --exec wc -l
    ls -1 | while read f; do echo "$f"; done
    cat urls.txt | while read u; do echo "$u"; done
    cat package.json | python3 -m json.tool
    test $(wc -l < a.txt) -gt 10 && echo long
    ! grep -q TODO src/a.ts
    true && false || echo x
    : > empty.txt
    exit 0
  `,
)
