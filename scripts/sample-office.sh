#!/bin/sh
# Sets up the sample office: invented accounts, a person with papers on file, simulated scanners.
#   scripts/sample-office.sh FOLDER    FOLDER becomes the data folder; once set up, nothing is done again
set -eu

DATA=$1
HERE=$(cd "$(dirname "$0")/.." && pwd)
SOHOA="${SOHOA:-$HERE/.venv/bin/sohoa} --data-dir $DATA --config $DATA/sohoa.toml"
PASSWORD="quay tiep nhan mau" # of every sample account; nobody else's
MOTHER=003195500150           # invented: province code 003 is assigned to nobody
CLERK="Trần Thị Cán Bộ"

[ -e "$DATA/.sample-office" ] && exit 0
mkdir -p "$DATA/trays"
cp "$HERE/samples/office/agencies.toml" "$HERE/samples/office/profiles.toml" "$DATA/"
for each in 01-dang-ky-khai-sinh 02-dang-ky-thuong-tru 03-dang-ky-ket-hon; do
    cp -r "$HERE/samples/data/$each" "$DATA/trays/"
done
{
    cat "$HERE/samples/office/sohoa.toml"
    echo
    echo "[scanner_options.simulated]"
    echo "folder = \"$DATA/trays\""
} >"$DATA/sohoa.toml"

account() {
    printf '%s\n' "$PASSWORD" | $SOHOA account add "$1" --shown-name "$2" --role "$3" --by "$CLERK" >/dev/null 2>&1
}
account canbo "$CLERK" clerk
account hoa "Nguyễn Thị Hoà" clerk
account soat "Phạm Văn Soát" back_office
account truong "Lê Thị Trưởng" manager
account quantri "Đỗ Văn Quản" administrator

# A mother whose papers were taken in before: the first visit of the demo.
mkdir -p "$DATA/first"
cp -r "$HERE/samples/data/01-dang-ky-khai-sinh" "$DATA/first/"
$SOHOA digitize --each "$DATA/first" >/dev/null 2>&1 || [ $? = 9 ]
rm -r "$DATA/first"
FIRST=$($SOHOA find --procedure 1.001193 --citizen $MOTHER --json 2>/dev/null |
    sed -n 's/.*"dossier": "\([^"]*\)".*/\1/p' | head -n 1)
$SOHOA review "$FIRST" --confirm-all --by "$CLERK" >/dev/null 2>&1
$SOHOA vault consent --citizen $MOTHER --by "$CLERK" >/dev/null 2>&1
$SOHOA dossier result "$FIRST" --name "Giấy khai sinh" --type giay_khai_sinh --by "$CLERK" >/dev/null 2>&1
touch "$DATA/.sample-office"
