#!/bin/bash
# RabbitMQ with one user "sohoa" and the password of $RABBITMQ_PASSWORD, also when the password has changed.
# Nothing in it is missed: whatever a broker forgets is rung again from the records, so it starts empty each time.
set -euo pipefail
folder=${FOLDER:-/var/lib/rabbitmq}
config=$folder/rabbitmq.conf
export RABBITMQ_CONFIG_FILE=$config RABBITMQ_MNESIA_BASE=$folder/mnesia RABBITMQ_LOGS=-
as_rabbitmq=(setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups --)

rm -rf "$folder/mnesia"
mkdir -p "$folder"
umask 077
cat > "$config" <<CONF
listeners.tcp.default = 5672
default_user = sohoa
default_pass = ${RABBITMQ_PASSWORD:?}
default_user_tags.administrator = false
log.console.level = warning
CONF
chown -R rabbitmq: "$folder"
unset RABBITMQ_PASSWORD
export HOME=$folder
exec "${as_rabbitmq[@]}" /usr/lib/rabbitmq/bin/rabbitmq-server
