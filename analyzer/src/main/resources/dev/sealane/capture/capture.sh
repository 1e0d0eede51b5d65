#!/bin/sh
# Collects what Sealane can use of a Kubernetes cluster. Printed by @VERSION@; read it before you run it.
#
#   sh capture.sh [FOLDER]                 asks the API server with your kubectl and writes FOLDER and FOLDER.tar.gz
#BEGIN NODES
#   sh capture.sh --debug-nodes [FOLDER]   also starts a privileged pod on each node (kubectl debug node/...), runs
#                                          node_program, below, in it and deletes it
#   sh capture.sh --node NAME [FOLDER]     run as root on the node that Kubernetes calls NAME: adds FOLDER/nodes/NAME
#END NODES
#
# It only reads: kubectl get, version and api-resources. Of Secrets it keeps names, types, the names of their keys and
# certificates; of ConfigMaps the same, with the data of those that set up the network. Specifications are kept as they
# are, values of environment variables included: "sealane redact" replaces these before you hand anything on.
#
# Environment: KUBECTL (kubectl), CONTEXT (the current one), TIMEOUT of one request (120s)
#BEGIN NODES
#   IMAGE of the pods of --debug-nodes (busybox), DEBUG_NAMESPACE to start them in (kube-system)
#END NODES
#
# What it writes:
#   capture.tsv                    when and how this was collected
#   ledger.tsv                     each question: time, exit code, kind, group, namespace, file, reason
#   api-resources.txt version.txt  what the server serves
#   cluster/RESOURCE.GROUP.yaml    the answer for the whole cluster, also if it is an empty list
#   namespaces/NAME/...            the same for one namespace
#   nodes/NAME/...                 what was captured on a node
#   *.err                          what a command wrote to standard error; there is no answer beside it if it failed

set -u
umask 077
LC_ALL=C
export LC_ALL

KUBECTL=${KUBECTL:-kubectl}
CONTEXT=${CONTEXT:-}
TIMEOUT=${TIMEOUT:-120s}
NAMESPACES='@NAMESPACES@'

say() {
    printf '%s\n' "$*" >&2
}

now() {
    date -u +%Y-%m-%dT%H:%M:%SZ
}

k() {
    "$KUBECTL" ${CONTEXT:+"--context=$CONTEXT"} "--request-timeout=$TIMEOUT" "$@" </dev/null
}

# The last line of a file that says something, fit for a field of a table.
reason_in() {
    awk 'NF { line = $0 } END { gsub(/[[:cntrl:]]/, " ", line); print substr(line, 1, 500) }' "$1"
}

# ledger TIME EXIT KIND GROUP NAMESPACE FILE REASON
ledger() {
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$OUT/ledger.tsv"
}

# Keeps FILE.part as FILE if the command succeeded. kubectl prints an empty list also where it was refused, so what a
# command printed that failed is evidence of nothing and is dropped.
# keep EXIT FILE
keep() {
    if [ "$1" -eq 0 ]; then
        mv "$2.part" "$2"
    else
        rm -f "$2.part"
    fi
    [ -s "${2%.*}.err" ] || rm -f "${2%.*}.err"
}

# Whether the server serves the resource; yes if that is not known.
# served RESOURCE GROUP
served() {
    [ "$DISCOVERED" = yes ] || return 0
    # One API service that is down makes the command fail, and leaves its group out of the list.
    [ -n "$2" ] && grep -q -F -e "$2/" "$OUT/api-resources.err" 2>/dev/null && return 0
    awk -v resource="$1" -v group="$2" '
        $1 == resource && NF >= 4 {
            api = $(NF - 2)
            sub(/\/?[^\/]*$/, "", api)
            found = found || api == group
        }
        END { exit !found }' "$OUT/api-resources.txt"
}

# ask KIND RESOURCE GROUP NAMESPACE FORMAT; the namespace is - for kinds that have none, * for all
ask() {
    kind=$1 resource=$2 group=$3 namespace=$4 format=$5
    name=$resource${group:+.$group}
    case $namespace in
        - | '*') folder=cluster ;;
        *) folder=namespaces/$namespace ;;
    esac
    file=$folder/$name.yaml
    time=$(now)
    if ! served "$resource" "$group"; then
        ledger "$time" absent "$kind" "$group" "$namespace" - 'not served'
        return
    fi
    mkdir -p "$OUT/$folder"
    case $namespace in
        -) set -- ;;
        '*') set -- --all-namespaces ;;
        *) set -- "--namespace=$namespace" ;;
    esac
    err=$OUT/$folder/$name.err
    case $format in
        yaml)
            k get "$name" "$@" -o yaml >"$OUT/$file.part" 2>"$err"
            code=$?
            ;;
        *)
            # What comes out of kubectl goes through bare, which writes nothing but what it knows.
            code=$(
                { { k get "$name" "$@" -o "go-template=$format" 2>"$err"; echo $? >&3; } | bare "$kind" >"$OUT/$file.part"; } 3>&1
            )
            ;;
    esac
    if [ "$code" -eq 0 ]; then
        reason=
        asked=$((asked + 1))
        say "  $folder/$name"
    else
        reason=$(reason_in "$err")
        failed=$((failed + 1))
        say "  $folder/$name FAILED: $reason"
    fi
    keep "$code" "$OUT/$file"
    [ "$code" -eq 0 ] || file=-
    ledger "$time" "$code" "$kind" "$group" "$namespace" "$file" "$reason"
}

# A kind that has no namespaces.
wide() {
    ask "$1" "$2" "$3" - yaml
}

# A kind that lives in namespaces.
# narrow KIND RESOURCE GROUP [FORMAT]
narrow() {
    if [ -z "$NAMESPACES" ]; then
        ask "$1" "$2" "$3" '*' "${4:-yaml}"
        return
    fi
    for own in $NAMESPACES; do
        ask "$1" "$2" "$3" "$own" "${4:-yaml}"
    done
}

# A Secret or ConfigMap as lines of fields between tabs, each a string in double quotes.
# shellcheck disable=SC2016
OBJECT='{{range .items}}{{"object"}}{{"\t"}}{{printf "%q" .metadata.namespace}}{{"\t"}}{{printf "%q" .metadata.name}}{{"\t"}}{{printf "%q" .metadata.uid}}{{"\t"}}{{printf "%q" .metadata.resourceVersion}}{{"\t"}}{{printf "%q" .metadata.creationTimestamp}}{{"\t"}}{{with .type}}{{printf "%q" .}}{{else}}""{{end}}{{"\n"}}'
# shellcheck disable=SC2016
SECRETS=$OBJECT'{{$tls := false}}{{with .type}}{{$tls = eq . "kubernetes.io/tls"}}{{end}}{{range $k, $v := .data}}{{if and $tls (or (eq $k "tls.crt") (eq $k "ca.crt"))}}{{"pem"}}{{"\t"}}{{printf "%q" $k}}{{"\t"}}{{printf "%q" (base64decode $v)}}{{else}}{{"key"}}{{"\t"}}{{printf "%q" $k}}{{end}}{{"\n"}}{{end}}{{end}}'
# shellcheck disable=SC2016
CONFIG_MAPS=$OBJECT'{{$n := .metadata.name}}{{$known := eq $n @CONFIG_MAPS@}}{{range $k, $v := .data}}{{if $known}}{{"text"}}{{"\t"}}{{printf "%q" $k}}{{"\t"}}{{printf "%q" $v}}{{else}}{{"key"}}{{"\t"}}{{printf "%q" $k}}{{end}}{{"\n"}}{{end}}{{end}}'

# Makes a list of objects of these lines and drops all else; of what should be certificates, too, all that is none, such
# as a key that was put beside them.
# bare KIND
bare() {
    awk -F '\t' -v kind="$1" '
        function quoted(field) { return field ~ /^".*"$/ }
        function certificates(text,    kept) {
            kept = ""
            while (match(text, /-----BEGIN CERTIFICATE-----([A-Za-z0-9+\/= ]|\\n|\\r|\\t)*-----END CERTIFICATE-----/)) {
                kept = kept substr(text, RSTART, RLENGTH) "\\n"
                text = substr(text, RSTART + RLENGTH)
            }
            return kept
        }
        function entry(name, value) {
            if (!entries++) print "  data:"
            print "    " name ": " value
        }
        function finish(    i) {
            if (pems) print "  stringData:"
            for (i = 1; i <= pems; i++) print "    " pem[i]
            pems = 0
            entries = 0
        }
        BEGIN { print "apiVersion: v1" }
        $1 == "object" {
            finish()
            whole = NF == 7
            for (i = 2; i <= NF; i++) whole = whole && quoted($i)
            if (!whole) next
            if (!objects++) print "items:"
            print "- apiVersion: v1"
            print "  kind: " kind
            print "  metadata:"
            print "    creationTimestamp: " $6
            print "    name: " $3
            print "    namespace: " $2
            print "    resourceVersion: " $5
            print "    uid: " $4
            if ($7 != "\"\"") print "  type: " $7
        }
        $1 == "key" && NF == 2 && whole && quoted($2) { entry($2, "\"\"") }
        $1 == "text" && NF == 3 && whole && quoted($2) && quoted($3) { entry($2, $3) }
        $1 == "pem" && NF == 3 && whole && quoted($2) && quoted($3) { pem[++pems] = $2 ": \"" certificates($3) "\"" }
        END {
            finish()
            if (!objects) print "items: []"
            print "kind: " kind "List"
        }'
}

#BEGIN NODES
# The program that is run on a node, by itself. It prints file by file: "# begin FILE", lines of output after "|", of
# errors after "!", "# end EXIT".
node_program() {
    cat <<'END_OF_NODE_PROGRAM'
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
LC_ALL=C
export PATH LC_ALL
run() {
    printf '# begin %s\n' "$1"
    shift
    if command -v "$1" >/dev/null 2>&1; then
        err=$({ { "$@" </dev/null; printf '\nexit %s' "$?" >&2; } | sed 's/^/|/' >&5; } 2>&1)
        code=${err##*exit }
        err=${err%exit*}
    else
        err="$1: no such command"
        code=127
    fi
    # The output may have ended without a line break.
    echo
    printf '%s\n' "$err" | sed -n '/./s/^/!/p'
    printf '# end %s\n' "$code"
}
# Without two keys that are secret.
net() {
    sysctl -a 2>/dev/null | grep '^net\.' | grep -v -e stable_secret -e tcp_fastopen_key
}
{
    run date.txt date -u +%Y-%m-%dT%H:%M:%SZ
    run uname.txt uname -a
    run iptables-save-c.txt iptables-save -c
    run ip6tables-save-c.txt ip6tables-save -c
    run iptables-legacy-save-c.txt iptables-legacy-save -c
    run iptables-nft-save-c.txt iptables-nft-save -c
    run nft-list-ruleset.txt nft list ruleset
    run nft-j-list-ruleset.json nft -j list ruleset
    run ipvsadm-Sn.txt ipvsadm -Sn
    run ipvsadm-Ln-stats.txt ipvsadm -Ln --stats
    run ipset-save.txt ipset save
    run ip-addr.txt ip addr
    run ip-j-addr.json ip -j addr
    run ip-d-link.txt ip -d link
    run ip-j-d-link.json ip -j -d link
    run ip-route-table-all.txt ip route show table all
    run ip-6-route-table-all.txt ip -6 route show table all
    run ip-j-route-table-all.json ip -j route show table all
    run ip-rule.txt ip rule
    run ip-6-rule.txt ip -6 rule
    run ip-neigh.txt ip neigh
    run bridge-fdb.txt bridge fdb
    run sysctl.txt net
    run conntrack-C.txt conntrack -C
    run conntrack-S.txt conntrack -S
    run ss-lntu.txt ss -lntu
    run resolv-conf.txt cat /etc/resolv.conf
} 5>&1
exit
END_OF_NODE_PROGRAM
}

# Makes the files of that stream in a folder, and a list of the commands that failed.
# node_files FOLDER
node_files() {
    mkdir -p "$1" && awk -v folder="$1" '
        /^# begin [a-zA-Z0-9-]+\.(txt|json)$/ {
            file = folder "/" $3
            name = $3
            files++
            next
        }
        file == "" { next }
        /^# end [0-9]+$/ {
            # A file without content is the answer of a command that had nothing to say, not of one that failed.
            if ($3 == 0) printf "" > file
            close(file)
            if ($3 != 0) printf "%s\t%s\t%s\n", name, $3, why > (folder "/failed.tsv")
            file = ""
            why = ""
            next
        }
        /^\|/ { print substr($0, 2) > file }
        /^!/ {
            err = file
            sub(/\.[a-z]+$/, ".err", err)
            why = substr($0, 2)
            gsub(/[[:cntrl:]]/, " ", why)
            print substr($0, 2) > err
        }
        END { exit files == 0 || file != "" }'
}

# Starts a pod on each node that Kubernetes knows, and deletes it.
debug_nodes() {
    nodes=$(k get nodes -o 'jsonpath={range .items[*]}{.metadata.name}{"\n"}{end}') || {
        say "  cannot list nodes"
        return
    }
    for node in $nodes; do
        case $node in
            [!a-z0-9]* | *[!a-z0-9.-]*) continue ;;
        esac
        folder=$OUT/nodes/$node
        mkdir -p "$folder"
        time=$(now)
        node_program |
            "$KUBECTL" ${CONTEXT:+"--context=$CONTEXT"} --namespace="${DEBUG_NAMESPACE:-kube-system}" \
                debug "node/$node" --profile=sysadmin --image="${IMAGE:-busybox}" --stdin \
                -- chroot /host sh -s >"$folder/stream" 2>"$folder/debug.err"
        node_files "$folder" <"$folder/stream"
        code=$?
        pod=$(sed -n 's/.*debugging pod \([a-z0-9.-]*\) with.*/\1/p' "$folder/stream" "$folder/debug.err" | sed 1q)
        rm -f "$folder/stream"
        if [ -n "$pod" ]; then
            k --namespace="${DEBUG_NAMESPACE:-kube-system}" delete pod "$pod" --wait=false >/dev/null ||
                say "  please delete pod $pod yourself"
        fi
        if [ "$code" -eq 0 ]; then
            say "  nodes/$node"
            rm -f "$folder/debug.err"
            ledger "$time" 0 node - "$node" "nodes/$node" ''
        else
            reason=$(reason_in "$folder/debug.err")
            failed=$((failed + 1))
            say "  nodes/$node FAILED: $reason"
            ledger "$time" 1 node - "$node" - "$reason"
        fi
    done
}
#END NODES

usage() {
    say 'its use is written at its beginning'
    exit 2
}

OUT=
MODE=api
while [ $# -gt 0 ]; do
    case $1 in
#BEGIN NODES
        --debug-nodes) MODE=debug ;;
        --node)
            MODE=node
            shift
            [ $# -gt 0 ] || usage
            NODE=$1
            case $NODE in
                '' | [!a-z0-9]* | *[!a-z0-9.-]*) usage ;;
            esac
            ;;
#END NODES
        -*) usage ;;
        *)
            if [ -n "$OUT" ] || [ -z "$1" ]; then
                usage
            fi
            OUT=$1
            ;;
    esac
    shift
done
OUT=${OUT:-sealane-capture-$(date -u +%Y%m%dT%H%M%SZ)}
case $OUT in
    /* | ./* | ../*) ;;
    *) OUT=./$OUT ;;
esac

#BEGIN NODES
if [ "$MODE" = node ]; then
    [ ! -e "$OUT/nodes/$NODE" ] || {
        say "$OUT/nodes/$NODE is there already"
        exit 2
    }
    node_program | sh -s | node_files "$OUT/nodes/$NODE" || exit 1
    say "$OUT/nodes/$NODE: put it into the folder nodes of what sh capture.sh collects elsewhere."
    exit 0
fi

#END NODES
command -v "$KUBECTL" >/dev/null 2>&1 || {
    say "no $KUBECTL here: set KUBECTL"
    exit 2
}
mkdir "$OUT" || exit 2
trap 'say "interrupted; what there is so far is in $OUT"; exit 130' INT TERM
asked=0
failed=0
STARTED=$(now)
printf 'time\texit\tkind\tgroup\tnamespace\tfile\treason\n' >"$OUT/ledger.tsv"
say "Collecting into $OUT"

k version -o yaml >"$OUT/version.txt.part" 2>"$OUT/version.err"
code=$?
if [ "$code" -ne 0 ] && ! grep -q -e '[Ff]orbidden' -e '[Uu]nauthorized' "$OUT/version.err"; then
    say "$KUBECTL does not reach the API server: $(reason_in "$OUT/version.err")"
    rm -f "$OUT/version.txt.part" "$OUT/version.err" "$OUT/ledger.tsv"
    rmdir "$OUT"
    exit 1
fi
keep "$code" "$OUT/version.txt"

k api-resources >"$OUT/api-resources.txt" 2>"$OUT/api-resources.err"
[ -s "$OUT/api-resources.err" ] || rm -f "$OUT/api-resources.err"
DISCOVERED=no
if grep -q '^NAME .* APIVERSION ' "$OUT/api-resources.txt"; then
    DISCOVERED=yes
fi

wide Node nodes ''
wide Namespace namespaces ''
narrow Pod pods ''
narrow Service services ''
narrow Endpoints endpoints ''
narrow Event events ''
narrow ReplicationController replicationcontrollers ''
narrow EndpointSlice endpointslices discovery.k8s.io
narrow Deployment deployments apps
narrow ReplicaSet replicasets apps
narrow StatefulSet statefulsets apps
narrow DaemonSet daemonsets apps
narrow Job jobs batch
narrow CronJob cronjobs batch
narrow HorizontalPodAutoscaler horizontalpodautoscalers autoscaling
narrow Ingress ingresses networking.k8s.io
wide IngressClass ingressclasses networking.k8s.io
narrow NetworkPolicy networkpolicies networking.k8s.io
wide ServiceCIDR servicecidrs networking.k8s.io
wide IPAddress ipaddresses networking.k8s.io
wide APIService apiservices apiregistration.k8s.io
wide ValidatingWebhookConfiguration validatingwebhookconfigurations admissionregistration.k8s.io
wide MutatingWebhookConfiguration mutatingwebhookconfigurations admissionregistration.k8s.io
# Gateway API
wide GatewayClass gatewayclasses gateway.networking.k8s.io
narrow Gateway gateways gateway.networking.k8s.io
narrow HTTPRoute httproutes gateway.networking.k8s.io
narrow GRPCRoute grpcroutes gateway.networking.k8s.io
narrow TLSRoute tlsroutes gateway.networking.k8s.io
narrow TCPRoute tcproutes gateway.networking.k8s.io
narrow UDPRoute udproutes gateway.networking.k8s.io
narrow ReferenceGrant referencegrants gateway.networking.k8s.io
narrow BackendTLSPolicy backendtlspolicies gateway.networking.k8s.io
narrow ListenerSet listenersets gateway.networking.k8s.io
# Policies of other APIs, and CNIs
wide AdminNetworkPolicy adminnetworkpolicies policy.networking.k8s.io
wide BaselineAdminNetworkPolicy baselineadminnetworkpolicies policy.networking.k8s.io
wide ClusterNetworkPolicy clusternetworkpolicies policy.networking.k8s.io
narrow NetworkPolicy networkpolicies crd.projectcalico.org
narrow NetworkSet networksets crd.projectcalico.org
wide GlobalNetworkPolicy globalnetworkpolicies crd.projectcalico.org
wide GlobalNetworkSet globalnetworksets crd.projectcalico.org
wide Tier tiers crd.projectcalico.org
wide IPPool ippools crd.projectcalico.org
wide FelixConfiguration felixconfigurations crd.projectcalico.org
narrow NetworkPolicy networkpolicies projectcalico.org
narrow NetworkSet networksets projectcalico.org
wide GlobalNetworkPolicy globalnetworkpolicies projectcalico.org
wide GlobalNetworkSet globalnetworksets projectcalico.org
wide Tier tiers projectcalico.org
wide IPPool ippools projectcalico.org
wide FelixConfiguration felixconfigurations projectcalico.org
wide Installation installations operator.tigera.io
narrow CiliumNetworkPolicy ciliumnetworkpolicies cilium.io
narrow CiliumEndpoint ciliumendpoints cilium.io
narrow CiliumLocalRedirectPolicy ciliumlocalredirectpolicies cilium.io
wide CiliumClusterwideNetworkPolicy ciliumclusterwidenetworkpolicies cilium.io
wide CiliumCIDRGroup ciliumcidrgroups cilium.io
wide CiliumEgressGatewayPolicy ciliumegressgatewaypolicies cilium.io
wide CiliumLoadBalancerIPPool ciliumloadbalancerippools cilium.io
wide CiliumNode ciliumnodes cilium.io
narrow NetworkPolicy networkpolicies crd.antrea.io
wide ClusterNetworkPolicy clusternetworkpolicies crd.antrea.io
narrow EgressFirewall egressfirewalls k8s.ovn.org
narrow NetworkAttachmentDefinition network-attachment-definitions k8s.cni.cncf.io
# What routes to Services, or scales what is behind them
narrow Route routes route.openshift.io
narrow IngressController ingresscontrollers operator.openshift.io
wide Network networks config.openshift.io
narrow VirtualService virtualservices networking.istio.io
narrow DestinationRule destinationrules networking.istio.io
narrow Gateway gateways networking.istio.io
narrow ServiceEntry serviceentries networking.istio.io
narrow Sidecar sidecars networking.istio.io
narrow AuthorizationPolicy authorizationpolicies security.istio.io
narrow PeerAuthentication peerauthentications security.istio.io
narrow IngressRoute ingressroutes traefik.io
narrow IngressRouteTCP ingressroutetcps traefik.io
narrow IngressRouteUDP ingressrouteudps traefik.io
narrow IPAddressPool ipaddresspools metallb.io
narrow L2Advertisement l2advertisements metallb.io
narrow BGPAdvertisement bgpadvertisements metallb.io
narrow ScaledObject scaledobjects keda.sh
# Without their values
narrow ConfigMap configmaps '' "$CONFIG_MAPS"
narrow Secret secrets '' "$SECRETS"

#BEGIN NODES
if [ "$MODE" = debug ]; then
    debug_nodes
fi

#END NODES
{
    printf 'format\tsealane-capture 1\n'
    printf 'program\t%s\n' '@VERSION@'
    printf 'started\t%s\n' "$STARTED"
    printf 'finished\t%s\n' "$(now)"
    printf 'namespaces\t%s\n' "${NAMESPACES:-*}"
} >"$OUT/capture.tsv"

say "$asked answers, $failed failed: see $OUT/ledger.tsv"
if [ "$asked" -eq 0 ]; then
    exit 1
fi
if (cd "$OUT/.." && tar -cf - "${OUT##*/}") | gzip >"$OUT.tar.gz"; then
    say "$OUT.tar.gz"
fi
say "Next: sealane lint $OUT"
