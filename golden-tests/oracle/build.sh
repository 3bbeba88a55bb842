#!/usr/bin/env bash
# Builds the oracle programs and lays out the CRDs they load.
# Usage: build.sh [outdir]      (default: build/oracle in the project root)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
outdir=$(realpath -m "${1:-$here/../../build/oracle}")

fail() {
    echo "oracle: $*" >&2
    exit 1
}

require_go() {
    command -v go >/dev/null || fail "Go 1.26 or newer is needed; there is no go in PATH"
    local version minor
    version=$(go env GOVERSION)
    minor=${version#go1.}
    minor=${minor%%[!0-9]*}
    [ "${minor:-0}" -ge 26 ] || fail "Go 1.26 or newer is needed; this is $version"
}

# The stamp holds everything that decides what the programs do.
fingerprint() {
    go env GOVERSION
    cd "$here"
    find . -type f \( -name '*.go' -o -name 'go.mod' -o -name 'go.sum' -o -name 'build.sh' \) -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum
}

# build <module directory> <package> <program name>
build() {
    echo "oracle: building $3"
    (cd "$here/$1" && go build -p 2 -trimpath -ldflags='-s -w' -o "$outdir/$3" "./$2")
}

# copy_crds <set> <module directory> <Go module> [<folder in it> ...]
copy_crds() {
    local set=$1 from
    cd "$here/$2"
    go mod download "$3"
    from=$(go list -m -f '{{.Dir}}' "$3")
    shift 3
    for folder in "$@"; do
        cp --no-preserve=mode "$from/$folder"/*.yaml "$outdir/crds/$set/"
    done
}

# provider_crds <set> <module directory>: everything but Cluster API itself.
provider_crds() {
    copy_crds "$1" "$2" sigs.k8s.io/cluster-api/test infrastructure/docker/config/crd/bases
    copy_crds "$1" "$2" sigs.k8s.io/cluster-api-provider-openstack config/crd/bases
    copy_crds "$1" "$2" github.com/k-orc/openstack-resource-controller/v2 config/crd/bases
}

lay_out_crds() {
    echo "oracle: copying CRDs"
    rm -rf "$outdir/crds"
    mkdir -p "$outdir/crds/capi-v1.14" "$outdir/crds/capi-v1.10"
    copy_crds capi-v1.14 . sigs.k8s.io/cluster-api \
        core/config/crd/bases controlplane/kubeadm/config/crd/bases bootstrap/kubeadm/config/crd/bases
    provider_crds capi-v1.14 crds
    copy_crds capi-v1.10 capi-v1.10 sigs.k8s.io/cluster-api \
        config/crd/bases controlplane/kubeadm/config/crd/bases bootstrap/kubeadm/config/crd/bases
    provider_crds capi-v1.10 capi-v1.10/crds
}

require_go
export GOTOOLCHAIN=local
mkdir -p "$outdir"
current=$(fingerprint)
if [ -f "$outdir/stamp" ] && [ "$current" = "$(cat "$outdir/stamp")" ]; then
    echo "oracle: up to date in $outdir"
    exit 0
fi
rm -f "$outdir/stamp"
build . topology topology-v1.14
build . operator operator
build . helm helm
build capi-v1.10 topology topology-v1.10
lay_out_crds
printf '%s\n' "$current" >"$outdir/stamp"
echo "oracle: built in $outdir"
