import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Rare options that do no more than ordinary ones, and what looks graver than it is. */
export const harmlessContrast3 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    cargo update -p serde --precise 1.0.200
    cargo run --example demo -- --flag
    cargo asm --lib foo
    cargo check --message-format=json
    RUSTFLAGS='-C target-cpu=native -C link-arg=-fuse-ld=lld' cargo build
    go build -ldflags='-s -w -X main.version=1.2' -o bin/app ./cmd/app
    go test -race -count=1 -run TestFoo -v ./...
    go test -bench=. -benchmem -cpuprofile cpu.out ./pkg/x
    go test -coverprofile=c.out ./... && go tool cover -html=c.out -o c.html
    go test -exec 'qemu-aarch64' ./...
    go test -fuzz=FuzzX -fuzztime=30s ./x
    go vet -copylocks ./...
    go mod why -m golang.org/x/net
    go list -f '{{.Deps}}' ./...
    go tool pprof -top cpu.out
    go env GOPATH GOMODCACHE
    GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build ./...
    golangci-lint run --timeout 5m --out-format tab
    gofmt -l -s -d .
    gcc -std=c11 -Wall -Wextra -O2 -fsanitize=address,undefined -g -o build/t t.c -lm
    gcc -MMD -MP -c src/a.c -o build/a.o
    g++ -std=c++20 -E -P src/a.cpp
    clang -S -emit-llvm -O1 src/a.c -o out/a.ll
    clang -Xclang -disable-O0-optnone -S -emit-llvm src/a.c -o out/a.ll
    echo 'int main(){return 0;}' | gcc -x c -fsyntax-only -
    clang-tidy -p build --checks='-*,bugprone-*' src/a.cpp
    cmake --build build --target test -j 8 --verbose
    cmake --install build --prefix out/install
    cmake -E tar cf out/a.tar --format=zip src
    cmake --preset dev && cmake --build --preset dev
    ctest --test-dir build -R unit --output-on-failure -j4 --repeat until-fail:3
    ninja -C build -t targets all
    make -j$(nproc) -k test V=1
    make -f build/Makefile.dev lint
    meson setup build --buildtype=debugoptimized -Db_sanitize=address
    nm -C --defined-only build/a.o
    objdump -d -M intel --no-show-raw-insn build/a.o
    readelf -Ws build/libx.so
    strip --strip-debug build/app
    addr2line -e build/app -f -C 0x1234
    valgrind --leak-check=full --show-leak-kinds=all --error-exitcode=1 ./build/test
    strace -f -e trace=openat,read -o out/trace.txt ./build/app
    perf stat -e cycles,instructions ./build/app
    perf record -g -o out/perf.data ./build/app
    gdb -batch -ex run -ex bt --args ./build/app x
    gdb -batch -ex 'info functions' ./build/app
    docker build -t app:dev --build-arg V=1 --target dev -f docker/Dockerfile .
    docker run --rm -it -v "$PWD":/app -w /app node:22 npm test
    docker run -d --name pg -e POSTGRES_PASSWORD=x -p 5432:5432 postgres:16
    docker compose -f compose.dev.yml up -d --build --wait
    docker compose run --rm app npm run migrate
    docker logs --since 10m app
    docker inspect -f '{{.State.Status}}' app
    docker images --filter dangling=true -q
    docker buildx build --platform linux/amd64 --load -t a .
    docker exec -it app sh -c 'ls /app'
    kubectl describe pod app-1 -n dev
    kubectl logs -f deploy/app --tail=50 -c api
    kubectl explain deployment.spec --recursive
    kubectl apply --dry-run=client -f k8s/ -o yaml
    kubectl api-resources --namespaced=true
    helm template . -f values.dev.yaml --debug
    helm lint chart --strict
    terraform init -backend=false
    terraform plan -refresh=false -lock=false
    terraform graph
    aws s3 ls s3://bucket --recursive --human-readable
    aws ec2 describe-instances --query 'Reservations[].Instances[].InstanceId' --output text
    aws logs describe-log-groups --region eu-west-1
    aws configure list
    gcloud projects list --format=json
    gcloud compute instances list --filter='status=RUNNING'
    az account show -o table
    az group list --query '[].name' -o tsv
    gh pr list --state open --json number,title --jq '.[].title'
    gh pr checks 12 --watch
    gh run list --workflow ci.yml --limit 5
    gh issue list --label bug --search 'sort:updated'
    gh api repos/{owner}/{repo}/pulls --paginate
    curl -sS -o /dev/null -w '%{http_code}\n' http://localhost:3000/health
    curl -s localhost:8080/api -H 'Accept: application/json' | jq '.items[] | .id'
    curl --retry 5 --retry-connrefused --max-time 10 -fsS http://127.0.0.1:8080
    curl -X POST localhost:3000/login -d '{"u":"a"}' -H 'content-type: application/json' -c out/cookies.txt
    curl -vk --resolve app.test:8443:127.0.0.1 https://app.test:8443/
    curl --unix-socket tmp/app.sock http://x/health
    curl -F file=@fixtures/a.png localhost:3000/upload
    curl -T build/a.zip http://localhost:9000/b/a.zip
    wget -qO- http://localhost:8000/metrics
    wget --spider -nv http://localhost:3000
    tar -I zstd -cf out/a.tar.zst src
    tar --use-compress-program='zstd -19 -T0' -cf out/a.tar.zst src
    tar -I 'pigz -9' -cf out/a.tgz dist
    tar tzvf a.tgz --wildcards '*.ts'
    tar -czf out/src.tgz --exclude=node_modules --exclude-vcs -C . src
    tar xzf vendor.tgz -C vendor --strip-components=1
    tar --sort=name --mtime='2020-01-01' --owner=0 --group=0 --numeric-owner -cf a.tar dist
    zip -r -9 -x '*.map' out/a.zip dist
    zip -sf a.zip
    unzip -o -q a.zip -d vendor/a
    7z l a.7z
    7z a -mx=9 -mmt=4 out/a.7z dist
    gzip -dk data/a.gz
    xz -T0 -9e -k data/a.csv
    zstd --rm -q out/a.json
    zcat logs/a.gz | head -50
    split -b 10M --numeric-suffixes=1 --additional-suffix=.part big.bin out/part_
    split -n l/4 --filter='wc -l' data/a.txt
    split -l 1000 --filter='xz > $FILE.xz' data/a.csv out/a_
    find src -name '*.ts' -newer package.json -exec grep -l foo {} +
    find . -type f -size +1M -not -path './node_modules/*' -printf '%s %p\n'
    find . -path ./node_modules -prune -o -name '*.js' -print
    find src -type f -exec sed -i 's/foo/bar/g' {} +
    find . -maxdepth 2 -type d -empty
    fd -H -I --changed-within 1d
    fd -t f -E node_modules -0 | xargs -0 wc -l
    rg -n --hidden -g '!*.lock' 'TODO|FIXME'
    rg -tpy -U --multiline-dotall 'def .*\n' -A2
    rg --files --sort modified
    rg -l foo | xargs sed -i 's/foo/bar/'
    rg --json foo src | jq -c 'select(.type=="match")'
    rg -z pattern logs/
    rg --pre-glob '*.pdf' x docs
    grep -rnE --include='*.ts' --exclude-dir=node_modules 'a|b' .
    grep -oP '(?<=v)\d+' CHANGELOG.md
    grep -c '' a.txt
    zgrep -i error logs/*.gz
    sed -n '10,20p' src/a.ts
    sed -i.bak -e '/foo/d' -e 's#a#b#g' src/a.ts
    sed -E 's/([a-z]+)/\U\1/' a.txt
    awk -F, 'NR>1 {s+=$3} END {printf "%.2f\n", s/NR}' data/a.csv
    awk 'BEGIN{while((getline l < "a.txt")>0) n++; print n}'
    awk '{print > "out/"$1".txt"}' data.txt
    awk -v n=5 'NR%n==0' a.txt
    jq -r '.a | to_entries[] | "\(.key)=\(.value)"' a.json
    jq --arg v 1.2 '.version=$v' package.json > out/p.json
    jq -n --slurpfile a a.json '$a[0]'
    jq 'del(.x) | .y |= map(.z)' a.json | sponge a.json
    yq -i '.version = "2"' chart/Chart.yaml
    yq eval-all '. as $i ireduce ({}; . * $i)' a.yml b.yml
    yq -o=json '.' a.yaml
    sqlite3 data/app.db '.schema users'
    sqlite3 -header -column data/app.db 'select * from users limit 5'
    sqlite3 -readonly -json data/app.db 'select 1'
    sqlite3 data/test.db < db/schema.sql
    sqlite3 data/app.db '.dump' > out/dump.sql
    sqlite3 data/app.db -cmd '.mode csv' 'select * from t'
    sqlite3 :memory: 'select sqlite_version()'
    psql -d app_dev -c '\d+ users'
    psql -h localhost -U app -d app_dev -At -c 'select count(*) from t'
    psql app_dev -X -c 'explain analyze select * from t'
    psql app_dev -c "\copy users to 'out/users.csv' csv header"
    mysql -h 127.0.0.1 -u root -e 'show tables' app
    mysql app -N -B -e 'select count(*) from users'
    redis-cli -h localhost ping
    redis-cli --scan --pattern 'sess:*'
    redis-cli -n 1 ttl key
    mongosh --quiet --eval 'db.users.countDocuments()' app
    mongosh app --eval 'db.users.find().limit(3).toArray()'
    duckdb -c "select count(*) from 'data/a.parquet'"
    duckdb out/x.db "select * from read_csv_auto('data/a.csv') limit 5"
    openssl x509 -in certs/a.pem -noout -text
    openssl req -x509 -newkey rsa:2048 -nodes -keyout certs/k.pem -out certs/c.pem -days 1 -subj /CN=localhost
    openssl dgst -sha256 dist/a.zip
    openssl verify -CAfile certs/ca.pem certs/a.pem
    openssl s_client -connect localhost:8443 -servername localhost </dev/null
    openssl speed -seconds 1 sha256
    gpg --verify a.sig a.tar.gz
    gpg --list-keys
    sha256sum -c SHA256SUMS
    systemctl --user list-timers
    journalctl -u app -n 100 --no-pager --since '1 hour ago'
    journalctl -k -p err -b
    dmesg -T --level=err | tail
    tmux send-keys -t dev 'npm test' Enter
    screen -dmS srv npm start
    vim -es +'g/^#/d' +wq a.txt
    vim -u NONE -es -c '%s/a/b/g' -c 'wq' a.txt
    nvim --headless -c 'set ff=unix' -c wq a.txt
    ex -sc '%j|x' a.txt
    printf '%s\n' '1,3d' w q | ed -s a.txt
    ed -s a.txt <<< $'g/foo/s//bar/g\nw\nq'
    less -R -S logs/a.log
    less +F logs/a.log
    MANPAGER=cat man ls
    PAGER=cat git log
    perl -pe 's/foo/bar/g' a.txt
    perl -ne 'print if /ERROR/ .. /END/' logs/a.log
    perl -lane '$s += $F[2]; END { print $s }' data.txt
    perl -0777 -pe 's/\n{3,}/\n\n/g' a.md
    perl -i -pe 's/v1/v2/' docs/a.md
    perl -MList::Util=sum -e 'print sum(1..10)'
    perl -MJSON::PP -0ne 'print JSON::PP->new->canonical->pretty->encode(decode_json($_))' a.json
    perl -c lib/A.pm
    ruby -ne 'puts $_ if $_ =~ /foo/' a.txt
    ruby -rjson -e 'puts JSON.pretty_generate(JSON.parse(STDIN.read))' < a.json
    ruby -c app.rb
    php -l src/a.php
    php artisan test --filter=UserTest
    composer install --no-dev --optimize-autoloader
    mvn -q -DskipTests package -pl core -am
    mvn test -Dtest=FooTest#bar -DfailIfNoTests=false
    mvn dependency:tree -Dincludes=com.google
    ./gradlew test --tests '*FooTest' --info --rerun-tasks
    java -Xmx2g -jar build/libs/app.jar --port 8081
    java -cp build/classes Main
    javac -d out -Xlint:all src/*.java
    jshell -s - <<< 'System.out.println(1+1)'
    dotnet test --filter 'FullyQualifiedName~Foo' --logger 'console;verbosity=detailed'
    dotnet build -c Release --nologo -v q /p:TreatWarningsAsErrors=true
    dotnet run --project src/App -- --arg
    ffmpeg -i in.mp4 -vf scale=640:-1 -c:v libx264 -crf 23 -an out/o.mp4
    ffmpeg -ss 00:01:00 -i in.mp4 -frames:v 1 -q:v 2 out/t.jpg
    ffmpeg -f lavfi -i testsrc=duration=5:size=320x240:rate=30 out/test.mp4
    ffmpeg -f concat -safe 0 -i list.txt -c copy out/o.mp4
    ffprobe -v error -show_entries format=duration -of csv=p=0 in.mp4
    convert in.png -resize 50% -quality 85 out/o.jpg
    magick identify -format '%wx%h' in.png
    mogrify -path out -resize 200x200 img/*.png
    pandoc README.md -o out/r.html --standalone --toc --metadata title=R
    pandoc -f markdown -t docx --reference-doc=tpl.docx a.md -o out/a.docx
    pdflatex -interaction=nonstopmode -halt-on-error -output-directory=out paper.tex
    latexmk -pdf -outdir=out paper.tex
    dot -Tsvg -o out/g.svg g.dot
    hyperfine --warmup 3 --export-markdown out/b.md 'node a.js' 'node b.js'
    hyperfine -p 'make clean' 'make'
    entr -r npm test
    ls src/*.ts | entr -c npm test
    watch -n 1 -d 'ls -la out'
    timeout --preserve-status -k 5 60 npm test
    time -p make
    parallel -j4 --bar 'gzip -k {}' ::: data/*.csv
    parallel --tag --halt now,fail=1 npm run {} ::: lint test
    env -u FOO BAR=1 npm test
    rsync -av --delete --exclude .git src/ out/src/
    rsync -n -avz src/ backup/
    ssh-keygen -l -f certs/id.pub
    shellcheck -x -s bash -e SC2086 scripts/*.sh
    shfmt -i 2 -ci -d scripts
    yamllint -c .yamllint .
    commitlint --from HEAD~3
    rspec spec/models --format documentation --fail-fast
    bundle exec rubocop -A --only Style
    bundle exec rails test test/models/user_test.rb
    mix test --only integration --trace
    elixir -e 'IO.puts(String.upcase("x"))'
    lua -e 'print(_VERSION)'
    luac -p a.lua
    Rscript -e 'cat(mean(c(1,2,3)), "\n")'
    Rscript -e 'lintr::lint_dir("R")'
    julia --project=. -e 'using Pkg; Pkg.instantiate()'
    swift build -c release --product App
    kotlinc src/a.kt -include-runtime -d out/a.jar
    scala-cli run a.scala
    zig build test --summary all
    dart analyze --fatal-infos
    terraform console <<< 'length([1,2])'
    trap 'rm -f "$tmp"' EXIT; tmp=$(mktemp); jq . a.json > "$tmp" && mv "$tmp" a.json
    trap 'kill $pid' EXIT; npm start & pid=$!; sleep 3; curl -s localhost:3000
    tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cp a.txt "$tmp"; diff "$tmp/a.txt" b.txt
    for f in src/*.ts; do echo "$f: $(wc -l < "$f")"; done
    while read -r l; do echo "$l"; done < list.txt
    diff <(sort a.txt) <(sort b.txt)
    diff -ru --exclude=node_modules a b > out/d.patch
    patch -p1 --dry-run < fix.patch
    patch -p1 -R < fix.patch
    column -t -s, data/a.csv | less -S
    paste -sd, list.txt
    cut -d: -f1,3 data.txt | sort -t: -k2n -u
    xxd -l 64 a.bin
    hexdump -C -n 128 a.bin
    od -A d -t x1z a.bin
    file --mime-type -b a.bin
    stat -c '%s %n' *.json
    du -ah --max-depth=1 . | sort -h
    tree -L 2 -I node_modules --dirsfirst
    pgrep -af node
    lsof -i :3000 -P -n
    kill -0 1234
    fuser -v 3000/tcp
    dig +short localhost
  `,
  ),
]
