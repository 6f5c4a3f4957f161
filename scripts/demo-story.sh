#!/bin/sh
# The second half of the demo: a mother comes back, and is not asked for what is on file.
#   scripts/demo-story.sh FOLDER    FOLDER is the data folder of the demo
set -eu

DATA=$1
SOHOA="$(dirname "$0")/../.venv/bin/sohoa --data-dir $DATA"
MOTHER=003195500150 # invented: province code 003 is assigned to nobody
CLERK="Trần Thị Cán Bộ"

run() {
    echo
    echo "\$ sohoa $*"
    $SOHOA "$@" 2>/dev/null
}

echo
echo "== Lần 1: đăng ký khai sinh, giấy tờ đã quét; cán bộ xác nhận, người dân đồng ý, cơ quan cấp kết quả"
FIRST=$($SOHOA find --procedure 1.001193 --citizen $MOTHER --json 2>/dev/null |
    sed -n 's/.*"dossier": "\([^"]*\)".*/\1/p' | head -n 1)
run review "$FIRST" --confirm-all --by "$CLERK"
run vault consent --citizen $MOTHER --by "$CLERK"
run dossier result "$FIRST" --name "Giấy khai sinh" --type giay_khai_sinh --by "$CLERK"

echo
echo "== Lần 2: đăng ký thường trú, chỉ nộp những gì chưa có"
OPENED=$(run dossier open --procedure 1.004222 --name "Nguyễn Hà Thanh" --citizen $MOTHER)
echo "$OPENED"
SECOND=$(echo "$OPENED" | sed -n 's/.* \([A-Y][0-9.]*-[0-9]*-[0-9]*\).*/\1/p' | tail -n 1)
run reuse explain "$SECOND"
run reuse accept "$SECOND" --all --by "$CLERK"
run counts
