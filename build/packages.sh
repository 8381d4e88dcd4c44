# Sourced by ./sipring and ./check: brings Debian packages that are missing, or says the one command that does.

# usable COMMAND: it is on the PATH; and a javac is of Java 17 or later, as an older one cannot build Sipring.
# usable /PATTERN: such a file is there.
usable() {
  case "$1" in /*) compgen -G "$1" >/dev/null; return ;; esac
  PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null 2>&1 || return
  [ "$1" != javac ] || [ "$(javac -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9]*\).*/\2/p')" -ge 17 ] 2>/dev/null
}

# packages_for COMMAND=PACKAGE ...: prints the packages whose command, or file, is not there to be used.
packages_for() {
  local pair
  for pair in "$@"; do
    usable "${pair%%=*}" || printf '%s\n' "${pair#*=}"
  done | sort -u
}

# ensure COMMAND=PACKAGE ...: installs what is missing with apt when root or sudo is at hand.
ensure() {
  local missing install
  missing=$(packages_for "$@" | tr '\n' ' ')
  [ -n "$missing" ] || return 0
  install="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" = 0 ]; then
    echo "installing $missing" >&2
    as_root() { env DEBIAN_FRONTEND=noninteractive "$@"; }
  elif sudo -n true 2>/dev/null; then
    echo "installing $missing" >&2
    as_root() { sudo -n env DEBIAN_FRONTEND=noninteractive "$@"; }
  else
    echo "missing: $missing" >&2
    echo "run this, then try again:  sudo apt-get update && sudo $install" >&2
    return 1
  fi
  # Debian would start the daemons that it installs; the tests start their own, on ports of their own.
  local policy=/usr/sbin/policy-rc.d made=
  if [ ! -e "$policy" ]; then
    made=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy"
  fi
  local result=0
  { as_root apt-get update -qq && as_root $install; } >&2 || result=$?
  [ -z "$made" ] || as_root rm -f "$policy"
  if [ "$result" != 0 ]; then
    echo "apt could not install them: see above, then run:  $install" >&2
  elif [ -n "$(packages_for "$@")" ]; then
    echo "installed, but the PATH still leads to something older or to nothing for:" $(packages_for "$@") >&2
    result=1
  fi
  return "$result"
}
