set -eu; u=$1; c=$2; s=$3; shift 3; umask 077;
die() { echo "enrol: $*; nothing was run" >&2; exit 1; };
command -v openssl >/dev/null || die "openssl is needed to check the server, install it";
d=$(mktemp -d); trap "rm -rf \"$d\"" EXIT; cd "$d";
h=${u#https://}; p=${HTTPS_PROXY:-${https_proxy:-}}; p=${p#*://}; p=${p%/};
case ,${NO_PROXY:-${no_proxy:-}}, in *,"${h%:*}",*) p=;; esac;
sum() { openssl dgst -sha256 -r | cut -c1-64; };
if [ -n "${SALLYPORT_CA_FILE:-}" ]; then cat "$SALLYPORT_CA_FILE"; else openssl s_client -connect "$h" ${p:+-proxy "$p"} -showcerts </dev/null 2>/dev/null || :; fi
| awk "/-BEGIN CERT/{n++; p = n < 33} p{print > (\"c\" n)} /-END CERT/{p = 0}";
for f in c*; do if [ -f "$f" ] && [ "$(openssl x509 -in "$f" -outform DER 2>/dev/null | sum)" = "$c" ]; then mv "$f" ca; fi; done;
[ -f ca ] || die "$h does not show the certificate authority $c";
if command -v curl >/dev/null; then curl -q -fsS -m 60 --proto =https --cacert ca --capath . -o i "$u/enrol/$s";
else wget -q -T 60 --ca-certificate=ca --ca-directory=. -O i "$u/enrol/$s"; fi || die "the install script $s cannot be fetched from $u";
[ "$(sum <i)" = "$s" ] || die "the install script of $u is not $s";
sh ./i --url "$u" --ca-fingerprint "$c" --ca-file "$d/ca" "$@"
