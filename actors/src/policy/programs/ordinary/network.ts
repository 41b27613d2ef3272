const raw = String.raw

/** Programs that reach machines; whether an address is this machine is judged by their rules. */
export const networkTools = raw`
curl = -0 -1 -2 -3 -4 -6 -# -a -A: -b: -B -c> -C: -d: -D> -e: -f -F: -g -G -H: -i -I -j -J -k -l -L -m: -M -N -o> -O
  -p -q -r: -R -s -S -u: -U: -v -V -w: -x: -X: -y: -Y: -z: -Z -: --data: --data-raw: --data-binary: --data-urlencode:
  --data-ascii: --json: --url-query: --form: --form-string: --form-escape --header: --request: --user: --user-agent:
  --referer: --cookie: --cookie-jar> --output> --output-dir> --create-dirs --remote-name --remote-name-all
  --remote-header-name --remote-time --include --head --show-headers --location --silent --show-error --fail
  --fail-with-body --fail-early --verbose --trace> --trace-ascii> --trace-time --trace-ids --dump-header> --stderr>
  --write-out: --max-time: --connect-timeout: --retry: --retry-delay: --retry-max-time: --retry-connrefused
  --retry-all-errors --compressed --compressed-ssh --insecure --get --range: --continue-at: --limit-rate:
  --max-filesize: --max-redirs: --progress-bar --unix-socket: --no-* --http0.9 --http1.0
  --http1.1 --http2 --http2-prior-knowledge --http3 --ipv4 --ipv6 --tlsv1 --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3
  --tls-max: --basic --digest --ntlm --negotiate --anyauth --url: --globoff --path-as-is --cacert: --cert-status
  --next --parallel --parallel-immediate --parallel-max: --rate: --speed-limit: --speed-time: --keepalive-time:
  --tcp-nodelay --tcp-fastopen --raw --tr-encoding --junk-session-cookies --post301 --post302 --post303
  --location-trusted --proxy: --noproxy: --etag-save> --etag-compare: --time-cond: --expect100-timeout:
  --styled-output --version --help --manual --haproxy-protocol --ignore-content-length --list-only --xattr --crlf
  --happy-eyeballs-timeout-ms: --skip-existing --clobber --remove-on-error --proto: --suppress-connect-headers
  --ssl-reqd --use-ascii --tls13-ciphers: -h --alt-svc> --proxy-anyauth --append --aws-sigv4: --capath< --cert-type:
  -E@ --cert@ --key@ --key-type: --ciphers: --disable --crlfile: --curves: --delegation: --ssl --proxy-digest
  --resolve^*:127.0.0.1,*:[::1],*:localhost --connect-to^*:127.0.0.1:*,*:localhost:* -T@ --upload-file@ --engine~
  --create-file-mode: --ftp-create-dirs --hsts> --http3-only --local-port: --libcurl> --login-options:
  --keepalive --progress-meter --sessionid --oauth2-bearer: --pinnedpubkey: --proto-default: --proto-redir:
  --request-target: --ssl-no-revoke --sslv2 --sslv3 --false-start --hostpubsha256: --ca-native
  --disallow-username-in-url --cert-type: --pass: --mptcp --trace-config: --dump-ca-embed --vlan-priority: --ip-tos:
  --keepalive-cnt: --haproxy-clientip: --ech: --tls-earlydata
wget, wget2 = -q -v -d -nv -nc -c -N -S -T: -t: -O> -o> -a> -P> -w: -r -l: -np -nd -nH -x -k -K -p -m -E -H -D: -A:
  -R: -I: -X: -L -U: -Q: -4 -6 -b~ --quiet --verbose --no-* --output-document> --output-file> --append-output>
  --directory-prefix> --header: --post-data: --post-file: --body-data: --body-file: --method: --spider --timeout:
  --dns-timeout: --connect-timeout: --read-timeout: --tries: --waitretry: --wait: --random-wait --retry-connrefused
  --retry-on-http-error: --continue --timestamping --server-response --content-on-error --content-disposition
  --trust-server-names --max-redirect: --user: --password: --user-agent: --referer: --save-headers --auth-no-challenge
  --show-progress --progress: --limit-rate: --recursive --level: --mirror --page-requisites --convert-links
  --adjust-extension --span-hosts --domains: --accept: --reject: --include-directories: --exclude-directories:
  --cut-dirs: --force-directories --protocol-directories --load-cookies: --save-cookies> --keep-session-cookies
  --ca-certificate: --secure-protocol: --https-only --compression: --inet4-only --inet6-only --quota: --input-file:
  -i: --version --help --delete-after --http-user: --http-password: --ignore-length -V -h --debug -F -B: --base:
  --accept-regex: --reject-regex: --follow-tags: --relative --backups --default-page: --restrict-file-names: --unlink
  --ignore-case --report-speed: --xattr --force-html --rejected-log> --bind-address: --start-pos: --prefer-family:
  --ask-password --local-encoding: --remote-encoding: --retry-on-host-error --ciphers: --certificate@
  --certificate-type: --private-key@ --private-key-type: --ca-directory< --crl-file: --pinnedpubkey: --hsts-file>
  --warc-file> --warc-header: --warc-max-size: --warc-cdx --warc-dedup: --ftp-user: --ftp-password:
  --preserve-permissions --retr-symlinks --convert-file-only --backup-converted --strict-comments --regex-type:
  --exclude-domains: --follow-ftp --ignore-tags: --iri --passive-ftp --check-certificate --parent --clobber --netrc
  --use-server-timestamps --if-modified-since --hsts --proxy --dns-cache --cache
aria2c, axel = -q -o> -d> -c -n: -x: -s: -j: -k: -t: -T: -a -v --quiet --out> --dir> --continue
  --max-connection-per-server: --split: --max-concurrent-downloads: --min-split-size: --allow-overwrite
  --auto-file-renaming --file-allocation: --console-log-level: --summary-interval: --check-integrity --checksum:
  --timeout: --header: --user-agent:
http|https|xh|xhs = -f -j -p: -h -b -v -a: -A: -s: -o> -d -q -F -c -I -m --form --json --multipart --print: --headers
  --body --verbose --all --auth: --auth-type: --check-status --timeout: --ignore-stdin --pretty: --style: --sorted
  --unsorted --format-options: --stream --session: --session-read-only: --output> --download --continue --quiet
  --follow --max-redirects: --max-headers: --offline --raw: --boundary: --compress --chunked --path-as-is --debug
  --traceback --version --help --curl --http-version: --meta
grpcurl, websocat, wscat = -plaintext -insecure -d: -H: -v -vv -import-path: -proto: -protoset: -max-time:
  -connect-timeout: -format: -emit-defaults -use-reflection -rpc-header: -authority: -o: -c: -x: -s: -w: -n -1 -t -b
  -E -q --text --binary --header: --connect: --execute: --wait: --no-color --subprotocol: --one-message --exit-on-eof
nc, ncat, netcat, nc.traditional, nc.openbsd = -z -v -vv -n -w: -u -4 -6 -q: -N -i: -t -C -d -D -U -r --wait: --udp
  --verbose --zero --send-only --recv-only
ping, ping6 = -c: -i: -W: -w: -q -n -4 -6 -s: -t: -v -D -O -a
dig, host, nslookup, drill, whois = *
ab, wrk, hey, siege, autocannon, bombardier, oha, vegeta, k6, iperf, iperf3 = -n: -c: -t: -d: -k -s< -H: -m: -p: -T:
  -A: -r -q -v: -l -i -b: -R: -z: -o: -w: -a: -L -D: -f: -P: -u -J -4 -6 -g -e< -x --latency --timeout: --duration:
  --connections: --threads: --method: --header: --headers --body: --requests: --concurrent: --time: --benchmark --no-*
  --json --renderStatusCodes --pipelining: --amount: --rate: --workers: --bailout: --title: --warmup --vus:
  --iterations: --stage: --env: --tag: --quiet --summary-export> --out>
ssh, autossh, sshpass, slogin, scp, sftp, mosh, telnet, ftp =
socat = -V -h -hh -hhh -? -??
openssl = + -help
openssl version|help|list|ciphers|rand|x509|dgst|req|verify|asn1parse|base64|enc|genrsa|rsa|rsautl|ecparam|ec|dsa|
  dsaparam|dhparam|pkey|pkeyutl|pkeyparam|genpkey|passwd|s_client|crl|crl2pkcs7|pkcs7|pkcs8|pkcs12|prime|speed|errstr|
  nseq|ocsp|sess_id|smime|cms|ts|ca|storeutl|info|kdf|mac|md5|sha1|sha224|sha256|sha384|sha512|sha3-256|aes-256-cbc|
  aes-128-cbc|aes-256-ctr = * -engine~ -provider~ -provider-path~ -config< -out> -keyout> -writerand> -CAserial>
  -sess_out> -rand~ -proxy~ -in: -inkey: -key: -CAfile: -CA: -CAkey: -days: -subj: -extfile: -connect: -port: -newkey:
  -passin: -passout: -pass: -k: -addext: -name: -extensions: -host: -servername: -cert:
openssl s_server|s_time =
serve, http-server, live-server, json-server, browser-sync, wait-on, wait-port, wait-for-it, wait-for-it.sh, dockerize
  = @_any -c: -d -e: -a: -t: -w -m< -i -p: -l: -s -n -S -o -r< --no-* --interval: --delay: --log --strict --cors
  --gzip --brotli --server --files: --proxy~ --middlewares< --routes< --spa --single --listen: --wait: --tcpTimeout:
  --httpTimeout: --window: --simultaneous: --
mkcert = -CAROOT -cert-file> -key-file> -p12-file> -client -ecdsa -pkcs12
`
