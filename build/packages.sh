# Sourced by ./sipring and ./check: brings Debian packages that are missing, or says the one command that does.

# packages_for COMMAND=PACKAGE ...: prints the packages whose command is not on the PATH.
packages_for() {
  local pair
  for pair in "$@"; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%=*}" >/dev/null 2>&1 || printf '%s\n' "${pair#*=}"
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
  [ "$result" = 0 ] || echo "apt could not install them: see above, then run:  $install" >&2
  return "$result"
}
