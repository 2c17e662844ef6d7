# What Tomcat's catalina.sh reads before it starts: bin/setenv.sh of the base folder. A POSIX shell's words.
# What the environment says already (a systemd unit's Environment=, for instance) wins.

# What server.xml asks for. Ports below 1024 need CAP_NET_BIND_SERVICE.
: "${FAIRLEAD_HTTP_ADDRESS:=0.0.0.0}"
: "${FAIRLEAD_HTTP_PORT:=8080}"
: "${FAIRLEAD_HTTPS_ADDRESS:=0.0.0.0}"
: "${FAIRLEAD_HTTPS_PORT:=8443}"
# PEM; relative to the base folder. One file: the key, the certificate, the chain behind it. Or the key apart.
: "${FAIRLEAD_HTTPS_CERTIFICATE:=conf/tls/fairlead.pem}"
: "${FAIRLEAD_HTTPS_KEY:=$FAIRLEAD_HTTPS_CERTIFICATE}"
# All of the heap from the start: a proxy that asks for memory under load asks at the wrong time.
: "${FAIRLEAD_HEAP:=512m}"

# 0027: the group may read the logs, others may not.
UMASK=0027

# JDK 24 and newer: a thread for each request costs nothing. (From 21 to 23 Tomcat's own waits would hold its few carriers.)
fairlead_jdk=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "${JRE_HOME:-$JAVA_HOME}/release" 2>/dev/null)
if [ "${fairlead_jdk:-0}" -ge 24 ]; then fairlead_virtual=true; else fairlead_virtual=false; fi

# Options of yours come last, and win.
CATALINA_OPTS="-server -Xms$FAIRLEAD_HEAP -Xmx$FAIRLEAD_HEAP \
-XX:+ExitOnOutOfMemoryError -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath='$CATALINA_BASE/logs' \
-Xlog:'gc*:file=$CATALINA_BASE/logs/gc.log:time,uptime,level,tags:filecount=5,filesize=10m' \
-Djava.awt.headless=true \
-Dsun.net.inetaddr.ttl=1 \
-Djdk.tls.rejectClientInitiatedRenegotiation=true \
-Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true \
-Dfairlead.http.address=$FAIRLEAD_HTTP_ADDRESS \
-Dfairlead.http.port=$FAIRLEAD_HTTP_PORT \
-Dfairlead.https.address=$FAIRLEAD_HTTPS_ADDRESS \
-Dfairlead.https.port=$FAIRLEAD_HTTPS_PORT \
-Dfairlead.https.certificate='$FAIRLEAD_HTTPS_CERTIFICATE' \
-Dfairlead.https.key='$FAIRLEAD_HTTPS_KEY' \
-Dfairlead.virtualThreads=$fairlead_virtual \
$CATALINA_OPTS"
