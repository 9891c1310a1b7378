#!/bin/sh
# Installs the Sallyport node agent from its server, registers this machine and starts the agent; again, it upgrades in place.
# Never changes with the server that gives it. Everything is fetched from --url under the certificate authority in --ca-file and no other.
#
#   --url https://HOST:PORT --ca-fingerprint SHA256 --ca-file PEM   the server, as the enrolment line gives them
#   --id ID                   the activation; its code is asked for, or read from SALLYPORT_ACTIVATION_CODE or the standard input
#   --channel-url URL  --region NAME  --replace                     passed to "sallyport-agent register"
#   --prefix DIR              everything below DIR instead of /opt/sallyport-agent and /var/lib/sallyport-agent
#   --no-service              no service is made; the last line says how to start the agent
#   --confined                systemd: the agent and all shells lose what an unprivileged shell does not need (no sudo in shells)
#   --package FILE            this archive instead of the server's; for a machine that got it another way
#   --uninstall [--purge]     stops and removes the agent; with --purge its registration and logs, too
set -eu
umask 022
PATH=/usr/sbin:/usr/bin:/sbin:/bin:${PATH:-}

say() { echo "sallyport-agent: $*" >&2; }
die() {
  say "$*"
  exit 1
}

url='' fingerprint='' ca='' id='' prefix='' package='' service=yes confined='' action=install purge='' replace='' channel='' region=''
while [ $# -gt 0 ]; do
  case $1 in
    --url | --ca-fingerprint | --ca-file | --id | --channel-url | --region | --prefix | --package)
      [ $# -ge 2 ] || die "$1 needs a value"
      case $1 in
        --url) url=$2 ;;
        --ca-fingerprint) fingerprint=$2 ;;
        --ca-file) ca=$2 ;;
        --id) id=$2 ;;
        --channel-url) channel=$2 ;;
        --region) region=$2 ;;
        --prefix) prefix=$2 ;;
        --package) package=$2 ;;
      esac
      shift
      ;;
    --replace) replace=--replace ;;
    --no-service) service=no ;;
    --confined) confined=yes ;;
    --uninstall) action=uninstall ;;
    --purge) purge=yes ;;
    *) die "unknown option $1" ;;
  esac
  shift
done

case $prefix in
  '') root=/opt/sallyport-agent data=/var/lib/sallyport-agent settings=/etc/sallyport-agent ;;
  /*) root=$prefix data=$prefix/data settings=$prefix/etc ;;
  *) die "--prefix must be an absolute path, not $prefix" ;;
esac
case $root in *[!A-Za-z0-9._/+-]*) die "--prefix may hold letters, digits and . _ / + - only: $root" ;; esac
[ -n "$prefix" ] || [ "$(id -u)" = 0 ] || die "must be run as root (put sudo before the line), or with --prefix DIR --no-service"
unit=/etc/systemd/system/sallyport-agent.service
plist=/Library/LaunchDaemons/org.sallyport.agent.plist

system=$(uname -s)
case $system in
  Linux) platform=linux ;;
  Darwin) platform=macos ;;
  *) die "there is no agent for $system" ;;
esac
case $(uname -m) in
  x86_64 | amd64) machine=x64 ;;
  aarch64 | arm64) machine=aarch64 ;;
  *) machine=$(uname -m) ;;
esac
manager=none
if [ "$service" = yes ]; then
  if [ $platform = macos ]; then manager=launchd; elif [ -d /run/systemd/system ]; then manager=systemd; fi
fi

stop_service() {
  case $manager in
    systemd) [ ! -f $unit ] || systemctl disable --now sallyport-agent.service ;;
    launchd) [ ! -f $plist ] || launchctl bootout system $plist 2>/dev/null || : ;;
  esac
}

if [ $action = uninstall ]; then
  stop_service
  if [ $manager = systemd ]; then
    rm -rf $unit $unit.d
    systemctl daemon-reload
  fi
  [ $manager != launchd ] || rm -f $plist
  if [ -z "$prefix" ] && [ "$(readlink /usr/local/bin/sallyport-agent 2>/dev/null)" = $root/current/bin/sallyport-agent ]; then
    rm -f /usr/local/bin/sallyport-agent
  fi
  rm -rf "$root/versions" "$root/current"
  if [ -n "$purge" ]; then rm -rf "$data" "$settings"; else say "registration and logs stay in $data; --purge removes them, too"; fi
  rmdir "$root" 2>/dev/null || :
  say "removed; the node is still known to its server until it is deregistered there"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

sum() {
  if command -v sha256sum >/dev/null; then sha256sum; elif command -v shasum >/dev/null; then shasum -a 256; else openssl dgst -sha256 -r; fi <"$1" |
    cut -c1-64
}
# fetch PATH FILE: goes on where it was cut, since the server ends what takes too long.
mkdir "$work/no-others"
fetch() {
  tries=0
  until
    if command -v curl >/dev/null; then
      curl -q -fsS --proto =https --connect-timeout 20 --cacert "$ca" --capath "$work/no-others" -C - -o "$2" "$url/enrol/$1"
    else
      wget -q -T 20 -t 1 --ca-certificate="$ca" --ca-directory="$work/no-others" -c -O "$2" "$url/enrol/$1"
    fi
  do
    tries=$((tries + 1))
    [ $tries -lt 10 ] || return 1
    sleep 2
  done
}

if [ -z "$package" ]; then
  [ -n "$url" ] && [ -f "$ca" ] || die "--url and --ca-file, or --package, are needed"
  fetch packages "$work/packages" || die "$url does not say which packages it has"
  # a line each: SHA-256, bytes, name; the newest first
  chosen=$(awk -v end="-$platform-$machine.tar.gz" 'length($3) < 200 && $1 ~ /^[0-9a-f]+$/ && length($1) == 64 && $2 ~ /^[0-9]+$/ && $2 < 500000000 &&
    $3 ~ /^sallyport-agent-[A-Za-z0-9.+-]+$/ && substr($3, length($3) - length(end) + 1) == end { print; exit }' "$work/packages")
  [ -n "$chosen" ] || die "the server has no package for $platform-$machine; its operator makes one with distro/package-agent"
  # shellcheck disable=SC2086
  set -- $chosen
  need=$(($2 / 1024 * 4 + 20480))
  for place in "$work" "$root"; do
    while [ ! -d "$place" ]; do place=$(dirname "$place"); done
    free=$(df -Pk "$place" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge $need ] || die "$place has $free KiB free and needs $need; nothing was changed"
  done
  package=$work/$3
  say "fetching $3"
  fetch "$1" "$package" || die "the package cannot be fetched; nothing was changed"
  [ "$(sum "$package")" = "$1" ] || die "the package is not the one that the server named; nothing was changed"
fi

name=$(basename "$package" .tar.gz)
mkdir -p "$root/versions"
fresh=$root/versions/.new
rm -rf "$fresh"
mkdir "$fresh"
tar -xozf "$package" -C "$fresh" || { rm -rf "$fresh"; die "the package cannot be unpacked; nothing was changed"; }
[ -x "$fresh/$name/bin/sallyport-agent" ] || { rm -rf "$fresh"; die "$package holds no agent; nothing was changed"; }
"$fresh/$name/bin/sallyport-agent" --version >"$work/version" 2>&1 || {
  cat "$work/version" >&2
  rm -rf "$fresh"
  die "the agent does not run on this machine (it needs glibc on Linux); nothing was changed"
}
before=$(readlink "$root/current" 2>/dev/null || :)
# The same package again gets a name of its own, so that what runs keeps its files.
place=$name
number=1
while [ -e "$root/versions/$place" ]; do
  number=$((number + 1))
  place=$name.$number
done
mv "$fresh/$name" "$root/versions/$place"
rm -rf "$fresh"
ln -s "versions/$place" "$root/current.new"
if [ $platform = macos ]; then mv -fh "$root/current.new" "$root/current"; else mv -fT "$root/current.new" "$root/current"; fi
agent=$root/current/bin/sallyport-agent

if [ ! -e "$settings/environment" ]; then
  mkdir -p "$settings"
  (
    umask 077
    {
      echo "# Environment of the agent's service: HTTPS_PROXY=http://[USER:PASSWORD@]HOST:PORT and NO_PROXY=NAME,..."
      for variable in HTTPS_PROXY NO_PROXY; do
        lower=$(echo $variable | tr A-Z a-z)
        eval "value=\${$variable:-\${$lower:-}}"
        # shellcheck disable=SC2154
        case $value in '' | *[!A-Za-z0-9._~:/@%,*\[\]+-]*) ;; *) echo "$variable=$value" ;; esac
      done
    } >"$settings/environment"
  )
fi

if [ -f "$data/identity.json" ] && [ -z "$replace" ]; then
  say "this machine is registered already, which stays as it is; --replace registers it anew"
elif [ -n "$id" ]; then
  [ -n "$url" ] && [ -n "$fingerprint" ] || die "--url and --ca-fingerprint are needed to register"
  # shellcheck disable=SC2086
  "$agent" register --url "$url" --ca-fingerprint "$fingerprint" --id "$id" --data "$data" $replace \
    ${channel:+--channel-url "$channel"} ${region:+--region "$region"} ||
    die "the agent is in $root but this machine is not registered; mend that and run the line again"
else
  say "this machine is not registered; give --id, or use $agent register"
fi

share=$root/current/share
# Whether the service's process has become this agent.
follows() {
  pid=$(systemctl show --property=MainPID --value sallyport-agent.service) tries=60
  while [ $tries -gt 0 ]; do
    [ "$(readlink "/proc/$pid/exe" 2>/dev/null)" != "$(readlink -f "$root/current/runtime/bin/java")" ] || return 0
    sleep 1
    tries=$((tries - 1))
  done
  return 1
}
filled() { sed -e "s|@ROOT@|$root|g" -e "s|@DATA@|$data|g" -e "s|@SETTINGS@|$settings|g" "$share/$1"; }
case $manager in
  systemd)
    how=restart
    if [ -z "$replace" ] && systemctl is-active --quiet sallyport-agent.service && grep -q 'kill -USR1' $unit; then how=reload; fi
    filled sallyport-agent.service >$unit.new
    mv -f $unit.new $unit
    later=''
    if [ -n "$confined" ]; then
      [ -e $unit.d/confined.conf ] || later=yes
      mkdir -p $unit.d
      filled confined.conf >$unit.d/confined.conf
    fi
    systemctl daemon-reload
    systemctl enable sallyport-agent.service
    # The agent that runs becomes this one, and its shells go on; a restart ends them.
    systemctl $how sallyport-agent.service
    if [ $how = restart ] || follows; then
      say "the service sallyport-agent runs; see systemctl status sallyport-agent, and $agent check"
    else
      say "the agent that ran before still runs, and its log says why; 'systemctl restart sallyport-agent' ends its shells and starts this one"
    fi
    if [ $how = reload ] && [ -n "$later" ]; then say "it is confined from its next start on: 'systemctl restart sallyport-agent', which ends its shells"; fi
    ;;
  launchd)
    stop_service
    filled org.sallyport.agent.plist >$plist.new
    mv -f $plist.new $plist
    launchctl bootstrap system $plist
    say "the service org.sallyport.agent runs; see $agent check"
    ;;
  none) say "no service was made; start the agent with: $agent run --data $data; one that runs becomes this one at a SIGUSR1, and its shells go on" ;;
esac
[ -n "$prefix" ] || [ -e /usr/local/bin/sallyport-agent ] || ln -s $agent /usr/local/bin/sallyport-agent 2>/dev/null || :

# What ran before stays for a way back; anything older goes.
for old in "$root"/versions/*; do
  case versions/$(basename "$old") in "$before" | "versions/$place") ;; *) rm -rf "$old" ;; esac
done
