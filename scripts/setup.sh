#!/bin/sh
# Installs what Sohoa needs on Debian 12: system packages, uv, a virtual environment with locked wheels.
# Usage: scripts/setup.sh run|test|bench    (test adds fonts and tools that only the tests need, bench those that
#                                            only the programs need that Sohoa is compared with)
#        scripts/setup.sh servers           (only the servers and the browser that tests start)
# Quick and offline once everything is there. Exit code 3: something must be installed by an administrator.
set -eu
cd "$(dirname "$0")/.."

RUN_PACKAGES="tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd poppler-utils fonts-dejavu-core fonts-croscore"
TEST_PACKAGES="fonts-freefont-ttf fonts-dejavu-extra fonts-noto-core strace
    libsane1 sane-utils sane-airscan"
SERVER_PACKAGES="postgresql redis-server rabbitmq-server ceph-mon ceph-osd radosgw ceph-common chromium"
BENCH_PACKAGES="unpaper"
SANE_BUILD_PACKAGES="libsane-dev gcc libc6-dev python3-dev"
UV_VERSION="0.13.9"

purpose=${1:?run, test, bench or servers}
wanted=$RUN_PACKAGES
[ "$purpose" = run ] || wanted="$wanted $TEST_PACKAGES"
[ "$purpose" = servers ] && wanted=$SERVER_PACKAGES
[ "$purpose" = bench ] && wanted="$wanted $BENCH_PACKAGES" && purpose=test
# python-sane is built from source: in continuous integration only, so that its tests run somewhere.
extra=""
if [ "$purpose" = test ] && [ "${CI:-}" = true ]; then
    extra="--extra sane" && wanted="$wanted $SANE_BUILD_PACKAGES"
fi

python=$(command -v python3.11 || command -v python3)
"$python" -c 'import ensurepip' 2>/dev/null || wanted="$wanted python3-venv"

missing=""
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
        missing="$missing $package"
done

if [ -n "$missing" ]; then
    install="apt-get install -y --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root="sudo"
    else
        echo "Cần quyền quản trị để cài gói hệ thống. Hãy chạy: / An administrator must run:" >&2
        echo "    apt-get update && $install" >&2
        exit 3
    fi
    echo "Installing:$missing"
    $as_root apt-get -o DPkg::Lock::Timeout=300 -qq update
    # shellcheck disable=SC2086
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq install -y \
        --no-install-recommends $missing >/dev/null
fi

[ "$purpose" = servers ] && exit 0

# The lock file, the requirements and the purpose decide what is installed; nothing to do if they are the same.
groups="--no-default-groups --inexact" # leaves the tools of a developer where they are
[ "$purpose" = test ] && groups="$extra"
stamp=".venv/.sohoa-$purpose${extra:+-sane}-$(cat uv.lock pyproject.toml scripts/compile.py | sha256sum | cut -c1-16)"
[ -e "$stamp" ] && exit 0

uv=".cache/uv/bin/uv"
if ! [ -x "$uv" ]; then
    "$python" -m venv .cache/uv
    .cache/uv/bin/pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
fi
[ -x .venv/bin/python ] || "$uv" venv --quiet --python "$python" .venv
# shellcheck disable=SC2086
"$uv" sync --quiet --frozen --python .venv/bin/python $groups
.venv/bin/python scripts/compile.py
rm -f .venv/.sohoa-"$purpose"-*
touch "$stamp"
