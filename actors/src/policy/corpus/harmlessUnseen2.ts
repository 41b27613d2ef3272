import { commands } from "./CorpusCommand.ts"

const raw = String.raw

/** Everyday work with all kinds of tools, written before it was judged. */
export const harmlessUnseen2 = [
  ...commands(
    "everyday",
    "everyday",
    raw`
    dotnet new classlib -n Core -o src/Core --framework net9.0
    nuget locals all -list
    msbuild App.sln /t:Build /p:Configuration=Release /m
    mvn -B -ntp verify -Pci -Dmaven.test.failure.ignore=true
    mvn help:effective-pom -Doutput=out/pom.xml
    mvn versions:display-dependency-updates
    ./mvnw spring-boot:run -Dspring-boot.run.profiles=dev
    gradle tasks --all -q
    ./gradlew :core:compileJava --no-build-cache --scan
    ./gradlew bootRun --args='--server.port=8081'
    java -XX:+UseG1GC -Xlog:gc -ea -jar target/app.jar
    javap -c -p -cp target/classes com.acme.Main
    jar tf target/app.jar
    jstack 1234
    sbt 'testOnly *ParserSpec -- -z foo'
    lein test :only core.parser-test
    clj -M:test -m runner
    mix format --check-formatted && mix credo --strict
    mix ecto.migrations
    rebar3 eunit --cover
    bundle exec rspec --tag ~slow --order rand:1234
    bundle outdated --strict
    bin/rails routes -g users
    php vendor/bin/phpunit --testdox --filter testX
    vendor/bin/phpstan analyse -l 8 src --memory-limit=1G
    composer why-not php 8.4
    php artisan migrate --pretend
    symfony console debug:router
    swift test --filter ParserTests --parallel
    xcodebuild -scheme App -destination 'platform=iOS Simulator,name=iPhone 16' build
    flutter analyze --no-fatal-infos
    dart format --set-exit-if-changed lib
    zig build -Doptimize=ReleaseSafe
    nim c -r --hints:off src/a.nim
    crystal spec --error-trace
    stack test --fast --ta '-m parser'
    dune build @runtest --force
    opam list --installed
    luacheck src --no-color
    busted --verbose spec
    perl -MTest::Harness -e 'print 1'
    prove -lr t
    Rscript -e 'rmarkdown::render("report.Rmd")'
    Rscript scripts/plot.R data/a.csv
    octave --no-gui --eval 'disp(1+1)'
    gfortran -O2 -c src/a.f90 -J build -o build/a.o
    nasm -felf64 -o build/a.o src/a.asm
    ld -r -o build/all.o build/a.o build/b.o
    ar rcs build/libx.a build/*.o
    pkg-config --cflags --libs openssl
    autoreconf -fi && ./configure --prefix="$PWD/out" && make
    meson compile -C build -v
    bazel query 'deps(//app:main)' --output graph
    buck2 build //app:main
    protoc --python_out=gen --pyi_out=gen -Iproto proto/a.proto
    openapi-generator-cli validate -i api.yaml
    swagger-cli bundle api.yaml -o out/api.json
    spectral lint api.yaml --fail-severity=warn
    graphql-codegen --config codegen.yml
    mkdocs build --strict -d out/site
    hugo --minify --destination out/site
    jekyll build -d out/_site
    asciidoctor -b html5 -D out docs/a.adoc
    typst compile report.typ out/report.pdf
    xelatex -interaction=batchmode -output-directory=out thesis.tex
    bibtex out/thesis
    inkscape logo.svg --export-type=png --export-filename=out/logo.png -w 512
    cwebp -q 80 img/a.png -o out/a.webp
    svgo -f icons -o out/icons --multipass
    exiftool -s -DateTimeOriginal img/a.jpg
    ghostscript -sDEVICE=pdfwrite -o out/a.pdf in.pdf
    gs -q -dNOPAUSE -dBATCH -sDEVICE=png16m -r150 -sOutputFile=out/p-%d.png in.pdf
    pdftoppm -png -r 100 in.pdf out/page
    sox in.wav out/o.wav rate 16k channels 1
    ffmpeg -i in.mp4 -filter_complex '[0:v]fps=10,scale=320:-1[v]' -map '[v]' out/o.gif
    trivy fs --severity HIGH,CRITICAL --exit-code 0 .
    semgrep --config .semgrep.yml --error src
    gitleaks detect --no-banner --redact
    snyk test --severity-threshold=high
    syft dir:. -o spdx-json=out/sbom.json
    checkov -d infra --compact --quiet
    ansible-inventory -i hosts.yml --list
    vagrant ssh-config
    minikube status
    kind get clusters
    stern web -n dev --since 5m --tail 20
    k9s version
    helmfile -e dev diff --suppress-secrets
    skaffold render -p dev
    argocd app diff web
    pulumi preview --diff --non-interactive
    cdk synth --quiet
    serverless print --stage dev
    netlify dev --port 8888
    wrangler dev --local
    supabase db diff --local
    firebase emulators:start --only firestore
    vercel dev --listen 3001
    cypress verify
    lighthouse http://localhost:3000 --output=json --output-path=out/lh.json --quiet
    wait-on -t 30000 http://localhost:3000
    json-server --watch db.json --port 4000
    http --check-status GET :3000/health
    websocat -n1 ws://localhost:3000/ws
  `,
  ),
]
