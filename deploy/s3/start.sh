#!/bin/bash
# One monitor, one disk and one gateway of Ceph in a folder; started again, it finds what it had.
# Usage: start.sh [FOLDER [PORT [ADDRESS [KEYS]]]]   KEYS: a file of two lines, access key and secret key
set -euo pipefail
folder=${1:-/var/lib/gateway}
port=${2:-7480}
address=${3:-0.0.0.0}
keys=${4:-/run/secrets/s3_keys}
monitor_port=${MONITOR_PORT:-6789}
disk_bytes=${DISK_BYTES:-107374182400}

is_new=yes
[ -e "$folder/ready" ] && is_new=no
if [ "$is_new" = yes ]; then
    find "$folder" -mindepth 1 -delete
fi
mkdir -p "$folder"/{mon,osd,rgw,run,log}
rm -f "$folder"/run/*
if [ "$is_new" = yes ]; then
    cat /proc/sys/kernel/random/uuid > "$folder/fsid"
fi
cat > "$folder/ceph.conf" <<CONF
[global]
fsid = $(cat "$folder/fsid")
mon host = v1:127.0.0.1:$monitor_port
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
auth cluster required = none
auth service required = none
auth client required = none
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd pool default pgp num = 8
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon warn on pool no redundancy = false
mon data avail crit = 1
mon data avail warn = 5
mon max pg per osd = 1000
run dir = $folder/run
admin socket = $folder/run/\$cluster-\$name.asok
pid file = $folder/run/\$name.pid
log file = $folder/log/\$name.log
keyring = $folder/keyring
crash dir = $folder/log
[mon.a]
mon data = $folder/mon
mon initial members = a
[osd.0]
osd objectstore = bluestore
osd data = $folder/osd
osd class load list = *
osd class update on start = false
osd crush update on start = false
bluestore block size = $disk_bytes
[client.rgw.a]
rgw data = $folder/rgw
rgw frontends = beast endpoint=$address:$port
CONF
export CEPH_CONF="$folder/ceph.conf" CEPH_ARGS="--conf $folder/ceph.conf"

if [ "$is_new" = yes ]; then
    : > "$folder/keyring"
    monmaptool --create --fsid "$(cat "$folder/fsid")" --addv a "[v1:127.0.0.1:$monitor_port]" "$folder/monmap"
    ceph-mon -i a --mkfs --monmap "$folder/monmap" --keyring "$folder/keyring"
fi
ceph-mon -i a
if [ "$is_new" = yes ]; then
    truncate -s "$disk_bytes" "$folder/osd/block"
    ceph-osd -i 0 --mkfs # asks the monitor
    ceph osd new "$(cat "$folder/osd/fsid")"
    ceph osd crush add osd.0 1 root=default host=localhost
fi
ceph-osd -i 0
{ read -r access && read -r secret; } < "$keys"
if ! radosgw-admin -n client.rgw.a user info --access-key="$access" > "$folder/log/user.txt" 2>&1; then
    radosgw-admin -n client.rgw.a user create --uid=sohoa --display-name=sohoa \
        --access-key="$access" --secret-key="$secret" > "$folder/log/user.txt"
fi
chmod 600 "$folder/log/user.txt"
touch "$folder/ready"
radosgw -n client.rgw.a -f &
gateway=$!
stop() {
    kill "$gateway" || true # in this order: each one writes to the next
    wait "$gateway" || true
    for name in osd.0 mon.a; do
        pid=$(cat "$folder/run/$name.pid")
        kill "$pid" || true
        while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
    done
    exit 0
}
trap stop TERM INT
wait "$gateway"
