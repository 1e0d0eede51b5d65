package dev.sealane.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Coverage.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DumpLayoutsTest {
    /** What was asked for, one a line, sorted. */
    private static String asked(Evidence evidence) {
        return String.join(
                "\n",
                evidence.asked().stream()
                        .map(asked -> (asked.cluster().isEmpty() ? "" : asked.cluster() + ": ")
                                + asked.kind()
                                + " in "
                                + asked.namespace()
                                + " "
                                + asked.state()
                                + (asked.reason().isEmpty() ? "" : ": " + asked.reason()))
                        .sorted()
                        .toList());
    }

    @Test
    void namesAreUnique() {
        List<String> names = DumpLayouts.all().stream().map(DumpLayout::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size());
        assertEquals("files", names.getLast());
        assertEquals("velero", DumpLayouts.named("velero").orElseThrow().name());
        assertTrue(DumpLayouts.named("tarball").isEmpty());
    }

    @Test
    void eachIsInTheDocument() throws IOException {
        String inputs = Files.readString(Path.of("docs/inputs.md"));
        for (DumpLayout layout : DumpLayouts.all()) {
            assertTrue(inputs.contains("\n| `" + layout.name() + "` "), layout.name());
        }
    }

    // sealane capture

    @Test
    void sealaneCapture() {
        Dump dump = Members.of("""
                        a/ledger.tsv                                            log
                        a/capture.tsv                                           log
                        a/api-resources.txt                                     log
                        a/version.txt                                           log
                        a/cluster/nodes.yaml                                    all Node v1
                        a/cluster/secrets.yaml                                  all Secret v1 in *
                        a/cluster/ingresses.networking.k8s.io.err               log
                        a/cluster/networkpolicies.networking.k8s.io.yaml        all NetworkPolicy networking.k8s.io/v1 in *
                        a/cluster/networkpolicies.crd.projectcalico.org.yaml    some ?
                        a/namespaces/shop/pods.yaml                             all Pod v1 in shop
                        a/nodes/edge-a/nft-j-list-ruleset.json                  node edge-a
                        """).verify("sealane-capture");
        Evidence evidence = dump.evidence(Map.of(
                "a/capture.tsv",
                        "format\tsealane-capture 1\nstarted\t2026-11-23T22:13:21Z\nfinished\t2026-11-23T22:13:23Z\n",
                "a/version.txt", """
                clientVersion:
                  gitVersion: v1.32.4
                serverVersion:
                  buildDate: "2026-01-01T00:00:00Z"
                  gitVersion: v1.37.2
                  major: "1"
                """,
                "a/ledger.tsv", """
                time\texit\tkind\tgroup\tnamespace\tfile\treason
                2026-11-23T22:13:22Z\t0\tNode\t\t-\tcluster/nodes.yaml\t
                2026-11-23T22:13:22Z\t1\tIngress\tnetworking.k8s.io\t*\t-\tit is forbidden
                2026-11-23T22:13:22Z\t1\tEvent\t\tshop\t-\tit is forbidden
                2026-11-23T22:13:22Z\tabsent\tGatewayClass\tgateway.networking.k8s.io\t-\t-\tnot served
                2026-11-23T22:13:22Z\t1\tnode\t-\tedge-a\t-\tno such image
                cut
                """));
        assertEquals("v1.37.2", evidence.serverVersion());
        assertEquals(Instant.parse("2026-11-23T22:13:21Z"), evidence.collected());
        assertEquals("""
                Event in shop FAILED: it is forbidden
                GatewayClass in  EMPTY
                Ingress in * FAILED: it is forbidden""", asked(evidence));
    }

    // kubectl-gather

    private static final Members GATHER = Members.of("""
            gather.log                                                  log
            hub/cluster/nodes/hub.yaml                                  some Node v1 of hub
            hub/cluster/namespaces/shop.yaml                            some Namespace v1 of hub
            hub/cluster/networking.k8s.io/ingressclasses/nginx.yaml     some IngressClass networking.k8s.io/v1 of hub
            hub/namespaces/shop/pods/web-1.yaml                         some Pod v1 in shop of hub
            hub/namespaces/shop/pods/web-1/web/current.log              log
            hub/namespaces/shop/apps/deployments/web.yaml               some Deployment apps/v1 in shop of hub
            hub/namespaces/shop/events.k8s.io/events/web.17a.yaml       some Event v1 in shop of hub
            hub/addons/rook/commands/ceph-status                        log
            a/b:6443/kube:admin/namespaces/shop/services/web.yaml       some Service v1 in shop of a/b:6443/kube:admin
            dr1/quay-io-x-gather-sha256-8999a0/namespaces/shop/services/web.yaml  some Service v1 in shop of dr1
            dr1/quay-io-x-gather-sha256-8999a0/gather.log               log
            dr1/event-filter.html                                       log
            """);

    @Test
    void kubectlGather() {
        Dump dump = GATHER.verify("kubectl-gather");
        assertEquals(Set.of("hub", "dr1", "a/b:6443/kube:admin"), dump.clusters());
        assertEquals(Set.of("gather.log", "dr1/quay-io-x-gather-sha256-8999a0/gather.log"), dump.evidenceFiles());
        String log = """
                2025-05-27T23:16:16.459+0300\tINFO\tgather\tGathering from all namespaces
                2025-05-27T23:16:16.500+0300\tDEBUG\thub\tGathered 12 "pods" in 0.1 seconds
                2025-05-27T23:16:16.501+0300\tDEBUG\thub\tGathered 0 "networking.k8s.io/networkpolicies" in 0.1 seconds
                2025-05-27T23:16:16.502+0300\tWARN\thub\tCannot list "discovery.k8s.io/endpointslices": it is forbidden
                2025-05-27T23:16:16.503+0300\tDEBUG\thub\tGathered 3 "crd.projectcalico.org/networkpolicies" in 0.1 seconds
                2025-05-27T23:16:16.504+0300\tDEBUG\thub\tGathered 2 "nodes" in 0.1 seconds
                not a line of the log
                """;
        Evidence evidence =
                dump.evidence(Map.of("gather.log", log, "dr1/quay-io-x-gather-sha256-8999a0/gather.log", """
                2025-05-27T20:16:10.000Z\tINFO\tgather\tGathering from namespaces [shop bank]
                2025-05-27T20:16:11.000Z\tDEBUG\tgather\tGathered 0 "services" in 0.1 seconds
                2025-05-27T20:16:11.000Z\tDEBUG\tgather\tGathered 1 "services" in 0.1 seconds
                """));
        assertEquals(Instant.parse("2025-05-27T20:16:10Z"), evidence.collected());
        assertEquals("""
                dr1: Service in bank NONEMPTY
                dr1: Service in shop NONEMPTY
                hub: EndpointSlice in * FAILED: it is forbidden
                hub: NetworkPolicy in * EMPTY
                hub: Node in  NONEMPTY
                hub: Pod in * NONEMPTY""", asked(evidence));
    }

    @Test
    void kubectlGatherOfOneCluster() {
        Dump dump = Members.of("""
                        gather.log                              log
                        hub/cluster/nodes/hub.yaml              some Node v1
                        hub/namespaces/shop/pods/web-1.yaml     some Pod v1 in shop
                        """).verify("kubectl-gather");
        assertEquals(Set.of(), dump.clusters());
        assertEquals("Pod in shop EMPTY", asked(dump.evidence(Map.of("gather.log", """
                2025-05-27T23:16:16.459+0300\tINFO\tgather\tGathering from namespaces [shop]
                2025-05-27T23:16:16.500+0300\tDEBUG\thub\tGathered 0 "pods" in 0.1 seconds
                """))));
    }

    @Test
    void kubectlGatherWithoutItsLog() {
        Members.of("""
                        cluster/nodes/hub.yaml                          some Node v1
                        namespaces/shop/pods/web-1.yaml                 some Pod v1 in shop
                        namespaces/shop/pods/web-1/web/current.log      log
                        """).verify("kubectl-gather");
    }

    // must-gather

    private static final String A = "must-gather.local.41/quay-io-openshift-sha256-0a1b/";
    private static final String B = "must-gather.local.41/registry-acm-sha256-7c/";

    private static final Members MUST_GATHER = Members.of("""
            must-gather.local.41/event-filter.html                          log
            must-gather.local.41/timestamp                                  log
            must-gather.local.41/must-gather.logs                           log
            A/version                                                       log
            A/timestamp                                                     log
            A/cluster-scoped-resources/core/nodes/w0.yaml                   some Node v1
            A/cluster-scoped-resources/core/nodes.yaml                      all Node v1
            A/cluster-scoped-resources/config.openshift.io/networks.yaml    some ?
            A/cluster-scoped-resources/config.openshift.io/ingresses.yaml   some ?
            A/cluster-scoped-resources/config.openshift.io/clusteroperators/kube-apiserver.yaml  some ?
            A/cluster-scoped-resources/networking.k8s.io/ingressclasses.yaml  all IngressClass networking.k8s.io/v1
            A/namespaces/shop/shop.yaml                                     some Namespace v1
            A/namespaces/shop/core/pods.yaml                                all Pod v1 in shop
            A/namespaces/shop/apps/statefulsets.yaml                        all StatefulSet apps/v1 in shop
            A/namespaces/shop/networking.k8s.io/networkpolicies.yaml        all NetworkPolicy networking.k8s.io/v1 in shop
            A/namespaces/shop/discovery.k8s.io/endpointslices.yaml          all EndpointSlice discovery.k8s.io/v1 in shop
            A/namespaces/shop/route.openshift.io/routes/web.yaml            some ? in shop
            A/namespaces/shop/core/services/web.yaml                        some Service v1 in shop
            A/namespaces/shop/pods/web-1/web-1.yaml                         some Pod v1 in shop
            A/namespaces/shop/pods/web-1/web/web/logs/current.log           log
            A/network_logs/w0_iptables                                      node w0
            A/network_logs/ovnk_database_store.tar.gz                       log
            A/ingress_controllers/default/router-1/haproxy.config           log
            A/pod_network_connectivity_check/podnetworkconnectivitychecks.yaml  some ?
            A/monitoring/prometheus/rules.json                              log
            B/cluster-scoped-resources/core/nodes/w0.yaml                   some Node v1
            B/namespaces/acm/acm.yaml                                       some Namespace v1
            B/namespaces/acm/core/pods.yaml                                 all Pod v1 in acm
            """.replace("A/", A).replace("B/", B));

    @Test
    void mustGather() {
        Dump dump = MUST_GATHER.verify("must-gather");
        String operator = A + "cluster-scoped-resources/config.openshift.io/clusteroperators/kube-apiserver.yaml";
        assertEquals(Set.of("must-gather.local.41/timestamp", A + "timestamp", operator), dump.evidenceFiles());
        Evidence evidence = dump.evidence(Map.of(
                A + "timestamp",
                "2024-04-13 10:08:26.474117143 +0200 CEST m=+0.223389917\n2024-04-13 10:15:00.1 +0200 CEST m=+393.9\n",
                "must-gather.local.41/timestamp",
                "2024-04-13 08:08:20 +0000 UTC",
                operator,
                """
                status:
                  versions:
                  - name: raw-internal
                    version: 4.15.9
                  - name: kube-apiserver
                    version: 1.28.8
                """));
        assertEquals("v1.28.8", evidence.serverVersion());
        assertEquals(Instant.parse("2024-04-13T08:08:20Z"), evidence.collected());
        Evidence hours = dump.evidence(Map.of(A + "timestamp", "2024-04-13 10:08:26.474117143 +0200 CEST"));
        assertEquals(Instant.parse("2024-04-13T08:08:26.474117143Z"), hours.collected());
        Evidence nonsense = dump.evidence(Map.of(A + "timestamp", "2024-99-13 10:08:26 +0200", operator, "\0{["));
        assertEquals("", nonsense.serverVersion());
        assertNull(nonsense.collected());
    }

    @Test
    void ocAdmInspectOfOneNamespace() {
        Members.of("""
                        event-filter.html                           log
                        timestamp                                   log
                        namespaces/shop/shop.yaml                   some Namespace v1
                        namespaces/shop/core/services.yaml          all Service v1 in shop
                        namespaces/shop/pods/web-1/web-1.yaml       some Pod v1 in shop
                        """).verify("must-gather");
    }

    // troubleshoot.sh

    private static final Members TROUBLESHOOT = Members.of("""
            bundle/version.yaml                                         log
            bundle/analysis.json                                        log
            bundle/execution-data/summary.txt                           log
            bundle/cluster-info/cluster_version.json                    log
            bundle/cluster-resources/nodes.json                         all Node v1
            bundle/cluster-resources/namespaces.json                    all Namespace v1
            bundle/cluster-resources/ingress-classes.json               all IngressClass networking.k8s.io/v1
            bundle/cluster-resources/pvs.json                           all PersistentVolume v1
            bundle/cluster-resources/custom-resource-definitions.json   all CustomResourceDefinition apiextensions.k8s.io/v1
            bundle/cluster-resources/clusterRoleBindings.json           all ClusterRoleBinding rbac.authorization.k8s.io/v1
            bundle/cluster-resources/groups.json                        log
            bundle/cluster-resources/resources.json                     log
            bundle/cluster-resources/pods/kube-system.json              all Pod v1 in kube-system
            bundle/cluster-resources/pods/shop.json                     all Pod v1 in shop
            bundle/cluster-resources/services/shop.json                 all Service v1 in shop
            bundle/cluster-resources/endpointslices/shop.json           all EndpointSlice discovery.k8s.io/v1 in shop
            bundle/cluster-resources/ingress/shop.json                  all Ingress networking.k8s.io/v1 in shop
            bundle/cluster-resources/network-policy/shop.json           all NetworkPolicy networking.k8s.io/v1 in shop
            bundle/cluster-resources/network-policy-errors.json         log
            bundle/cluster-resources/pod-disruption-budgets/shop.json   all PodDisruptionBudget policy/v1 in shop
            bundle/cluster-resources/pods/logs/shop/web-1/web.log       log
            bundle/cluster-resources/auth-cani-list/shop.json           log
            bundle/cluster-resources/image-pull-secrets/shop/reg.json   log
            bundle/cluster-resources/custom-resources/gateways.gateway.networking.k8s.io/shop.json  some ?
            bundle/cluster-resources/custom-resources/gateways.gateway.networking.k8s.io/shop.yaml  log
            bundle/cluster-resources/custom-resources/tlsroutes.gateway.networking.k8s.io/shop.yaml  some ?
            bundle/configmaps/shop/app.json                             log
            bundle/dns/debug.json                                       log
            bundle/sysctl/w0                                            node w0
            bundle/host-collectors/run-host/iptables.txt                node
            """);

    @Test
    void troubleshoot() {
        Dump dump = TROUBLESHOOT.verify("troubleshoot");
        String in = "bundle/cluster-resources/";
        String version = "bundle/cluster-info/cluster_version.json";
        assertEquals(
                Set.of(
                        version,
                        in + "resources.json",
                        in + "network-policy-errors.json",
                        in + "auth-cani-list/shop.json"),
                dump.evidenceFiles());
        Evidence evidence = dump.evidence(
                Map.of(version, """
                {"info": {"major": "1", "gitVersion": "v1.29.4+k3s1"}, "string": "v1.29.4+k3s1"}""", in + "network-policy-errors.json", """
                {"bank": "networkpolicies is forbidden"}""", in + "auth-cani-list/shop.json", """
                [{"verbs": ["get", "list"], "apiGroups": [""], "resources": ["pods", "secrets", "configmaps", "events",
                "replicationcontrollers"]}, {"verbs": ["*"], "apiGroups": ["apps", "batch"], "resources": ["*"]},
                {"verbs": ["list"], "apiGroups": [""], "resources": ["endpoints"], "resourceNames": ["one"]}]"""));
        assertEquals("v1.29.4+k3s1", evidence.serverVersion());
        assertEquals("""
                Endpoints in shop FAILED: the collector was not allowed to list them
                NetworkPolicy in bank FAILED: networkpolicies is forbidden""", asked(evidence));
        assertEquals(
                "AdminNetworkPolicy in  EMPTY\nBaselineAdminNetworkPolicy in  EMPTY\nClusterNetworkPolicy in  EMPTY\n"
                        + "EndpointSlice in * EMPTY\nIngressClass in  EMPTY",
                asked(dump.evidence(Map.of(in + "resources.json", """
                [{"groupVersion": "v1", "resources": [{"name": "pods", "kind": "Pod"}, {"kind": "Namespace"}, {"kind": "Node"},
                  {"kind": "Service"}, {"kind": "Endpoints"}, {"kind": "ConfigMap"}, {"kind": "Secret"}, {"kind": "Event"},
                  {"kind": "ReplicationController"}]},
                 {"groupVersion": "apps/v1", "resources": [{"kind": "Deployment"}, {"kind": "ReplicaSet"},
                  {"kind": "StatefulSet"}, {"kind": "DaemonSet"}]},
                 {"groupVersion": "batch/v1", "resources": [{"kind": "Job"}, {"kind": "CronJob"}]},
                 {"groupVersion": "extensions/v1beta1", "resources": [{"kind": "Ingress"}, {"kind": "NetworkPolicy"}]}]
                """))));
        for (String nonsense : List.of("", "null", "[", "[null]", "{\"a\": [", "7", "[[[]]]", "[{\"resources\": 3}]")) {
            Evidence none = dump.evidence(Map.of(
                    version,
                    nonsense,
                    in + "resources.json",
                    nonsense,
                    in + "auth-cani-list/shop.json",
                    nonsense.replace("[null]", "")));
            assertEquals("", none.serverVersion());
            assertEquals(
                    List.of(),
                    none.asked().stream()
                            .filter(one -> one.state() != State.FAILED)
                            .toList(),
                    nonsense);
        }
    }

    @Test
    void troubleshootOfSomeNamespacesDoesNotKnowAllNamespaces() {
        Dump dump = Members.of("""
                        cluster-info/cluster_version.json           log
                        cluster-resources/nodes.json                all Node v1
                        cluster-resources/namespaces.json           some Namespace v1
                        cluster-resources/namespaces-errors.json    log
                        cluster-resources/pods/shop.json            all Pod v1 in shop
                        """).verify("troubleshoot");
        assertEquals(
                "Namespace in  FAILED: namespaces is forbidden",
                asked(dump.evidence(
                        Map.of("cluster-resources/namespaces-errors.json", "[\"namespaces is forbidden\"]"))));
    }

    // support-bundle-kit

    private static final Members SUPPORT_BUNDLE = Members.of("""
            sb/metadata.yaml                                                log
            sb/bundleGenerationError.log                                    log
            sb/yamls/cluster/v1/nodes.yaml                                  all Node v1
            sb/yamls/cluster/networking.k8s.io/v1/ingressclasses.yaml       all IngressClass networking.k8s.io/v1
            sb/yamls/namespaced/shop/v1/pods.yaml                           all Pod v1 in shop
            sb/yamls/namespaced/shop/discovery.k8s.io/v1/endpointslices.yaml  all EndpointSlice discovery.k8s.io/v1 in shop
            sb/yamls/namespaced/shop/kubevirt.io/v1/virtualmachines.yaml    some ? in shop
            sb/logs/shop/web-1/web.log                                      log
            sb/nodes/w0.zip                                                 node w0
            sb/external/longhorn.zip                                        log
            """);

    @Test
    void supportBundleKit() {
        Dump dump = SUPPORT_BUNDLE.verify("support-bundle-kit");
        Evidence evidence = dump.evidence(Map.of("sb/metadata.yaml", """
                projectName: Harvester
                kubernetesVersion: v1.27.10+rke2r1
                bundleCreatedAt: "2024-03-02T08:05:06Z"
                """, "sb/bundleGenerationError.log", """
                Failed to get /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies: is forbidden
                Failed to get /api/v1/nodes: timed out
                Failed to get /apis/foo.io/v1/bars: no
                """));
        assertEquals("v1.27.10+rke2r1", evidence.serverVersion());
        assertEquals(Instant.parse("2024-03-02T08:05:06Z"), evidence.collected());
        assertEquals("NetworkPolicy in shop FAILED: is forbidden\nNode in  FAILED: timed out", asked(evidence));
    }

    @Test
    void olderSupportBundleKit() {
        Members.of("""
                        metadata.yaml                                   log
                        yamls/cluster/kubernetes/nodes.yaml             all Node v1
                        yamls/namespaced/default/kubernetes/pods.yaml   all Pod v1 in default
                        yamls/namespaced/default/harvester/keypairs.yaml  some ? in default
                        """).verify("support-bundle-kit");
    }

    // cilium sysdump

    private static final Members CILIUM = Members.of("""
            cilium-sysdump-20250102-030405/k8s-nodes-20250102-030405.yaml              all Node v1
            cilium-sysdump-20250102-030405/k8s-pods-20250102-030405.yaml               all Pod v1 in *
            cilium-sysdump-20250102-030405/k8s-pods-20250102-030405.txt                log
            cilium-sysdump-20250102-030405/k8s-events-20250102-030405.html             log
            cilium-sysdump-20250102-030405/k8s-networkpolicies-20250102-030405.yaml    all NetworkPolicy networking.k8s.io/v1 in *
            cilium-sysdump-20250102-030405/k8s-version-20250102-030405.txt             log
            cilium-sysdump-20250102-030405/ingressclasses-20250102-030405.yaml         all IngressClass networking.k8s.io/v1
            cilium-sysdump-20250102-030405/ciliumingresses-20250102-030405.yaml        all Ingress networking.k8s.io/v1 in *
            cilium-sysdump-20250102-030405/ciliumendpoints-20250102-030405.yaml        some ?
            cilium-sysdump-20250102-030405/ciliumendpointslices-20250102-030405.yaml   some ?
            cilium-sysdump-20250102-030405/ciliumnetworkpolicies-20250102-030405.yaml  some ?
            cilium-sysdump-20250102-030405/gatewayapi-tcroutes-20250102-030405.yaml    some ?
            cilium-sysdump-20250102-030405/cilium-configmap-20250102-030405.yaml       some ConfigMap v1
            cilium-sysdump-20250102-030405/hubble-relay-deployment-20250102-030405.yaml  some Deployment apps/v1
            cilium-sysdump-20250102-030405/cilium-helm-values-20250102-030405.yaml     log
            cilium-sysdump-20250102-030405/hubble-flows-cilium-x7-20250102-030405.json  log
            cilium-sysdump-20250102-030405/cniconf-cilium-x7-05-cilium.conflist-20250102-030405.txt  node
            cilium-sysdump-20250102-030405/cilium-bugtool-cilium-x7-20250102-030405/cmd/iptables-save.md  node
            cilium-sysdump-20250102-030405/cilium-sysdump-20250102-030405.log          log
            """);

    @Test
    void ciliumSysdump() {
        Dump dump = CILIUM.verify("cilium-sysdump");
        String log = "cilium-sysdump-20250102-030405/cilium-sysdump-20250102-030405.log";
        String version = "cilium-sysdump-20250102-030405/k8s-version-20250102-030405.txt";
        assertEquals(Set.of(log, version), dump.evidenceFiles());
        Evidence evidence = dump.evidence(Map.of(
                version, "&version.Info{Major:\"1\", GitVersion:\"v1.31.2\", GoVersion:\"go1.22.8\"}", log, """
                🔍 Collecting Kubernetes nodes
                ⚠️ [3] Collecting Kubernetes services: this is before the summary
                ⚠️ The following tasks failed, the sysdump may be incomplete:
                ⚠️ [17] Collecting Kubernetes network policies: failed to collect: is forbidden
                ⚠️ [18] Collecting Cilium network policies: failed to collect: is forbidden
                ⚠️ [19] Collecting Kubernetes endpoints: timed out
                """));
        assertEquals("v1.31.2", evidence.serverVersion());
        assertEquals("""
                Endpoints in * FAILED: timed out
                NetworkPolicy in * FAILED: failed to collect: is forbidden""", asked(evidence));
    }

    // sonobuoy

    private static final Members SONOBUOY =
            Members.of("""
            resources/cluster/core_v1_nodes.json                                log2
            resources/cluster/networking.k8s.io_v1_ingressclasses.json          log3
            resources/ns/shop/core_v1_pods.json                                 all Pod v1 in shop
            resources/ns/shop/apps_v1_deployments.json                          all Deployment apps/v1 in shop
            resources/ns/shop/discovery.k8s.io_v1beta1_endpointslices.json      all EndpointSlice discovery.k8s.io/v1beta1 in shop
            resources/ns/shop/extensions_v1beta1_ingresses.json                 all Ingress extensions/v1beta1 in shop
            resources/ns/shop/crd.projectcalico.org_v1_networkpolicies.json     some ? in shop
            resources/ns/shop/._core_v1_pods.json                               log
            hosts/w0/configz.json                                               node w0
            meta/query-time.json                                                log
            meta/config.json                                                    log
            meta/run.log                                                        log
            podlogs/shop/web-1/logs/web.txt                                     log
            plugins/e2e/results/global/e2e.log                                  log
            serverversion.json                                                  log
            """.replace("log2", "all Node v1").replace("log3", "all IngressClass networking.k8s.io/v1"));

    @Test
    void sonobuoy() {
        Dump dump = SONOBUOY.verify("sonobuoy");
        assertEquals(
                Set.of("meta/query-time.json", "meta/config.json", "meta/run.log", "serverversion.json"),
                dump.evidenceFiles());
        String queries = """
                [{"queryobj": "Nodes", "time": "10ms"}, {"queryobj": "nodes", "time": "10ms"},
                 {"queryobj": "namespaces", "time": "1ms"},
                 {"queryobj": "pods", "namespace": "shop", "time": "1ms"},
                 {"queryobj": "pods", "namespace": "bank", "time": "1ms"},
                 {"queryobj": "networkpolicies", "namespace": "shop", "time": "1ms"},
                 {"queryobj": "services", "namespace": "shop", "time": "1ms", "error": {"ErrStatus": {"message": "is forbidden"}}},
                 {"queryobj": "endpoints", "namespace": "shop", "time": "1ms", "error": {}},
                 {"queryobj": "PodLogs", "namespace": "shop", "time": "1ms"}]""";
        Evidence evidence = dump.evidence(Map.of(
                "meta/query-time.json",
                queries,
                "serverversion.json",
                "{\"gitVersion\": \"v1.20.2\"}",
                "meta/run.log",
                "time=\"2021-02-03T04:05:06Z\" level=info msg=\"Scanning plugins\"\n"));
        assertEquals("v1.20.2", evidence.serverVersion());
        assertEquals(Instant.parse("2021-02-03T04:05:06Z"), evidence.collected());
        assertEquals("""
                Endpoints in shop FAILED: the query failed
                Namespace in  EMPTY
                NetworkPolicy in shop EMPTY
                Pod in bank EMPTY
                Service in shop FAILED: is forbidden""", asked(evidence));
        Evidence labelled = dump.evidence(Map.of(
                "meta/query-time.json",
                "[{\"queryobj\": \"pods\", \"namespace\": \"bank\"}]",
                "meta/config.json",
                "{\"Filters\": {\"Namespaces\": \".*\", \"LabelSelector\": \"app=web\"}}"));
        assertEquals("Pod in bank PARTIAL: only objects with app=web", asked(labelled));
    }

    @Test
    void olderSonobuoy() {
        Members.of("""
                        resources/non-ns/Nodes.json             all Node v1
                        resources/ns/shop/Pods.json             all Pod v1 in shop
                        resources/ns/shop/Ingresses.json        all Ingress extensions/v1beta1 in shop
                        resources/ns/shop/NetworkPolicies.json  all NetworkPolicy networking.k8s.io/v1 in shop
                        meta/config.json                        log
                        plugins/e2e/results/e2e.log             log
                        """).verify("sonobuoy");
    }

    // velero

    @Test
    void velero() {
        Dump dump = Members.of("""
                        metadata/version                                                    log
                        resources/pods/namespaces/shop/web-1.json                           some Pod v1 in shop
                        resources/pods/v1-preferredversion/namespaces/shop/web-1.json       log
                        resources/deployments.apps/namespaces/shop/web.json                 some Deployment apps/v1 in shop
                        resources/deployments.apps/v1-preferredversion/namespaces/shop/web.json  log
                        resources/nodes/v1-preferredversion/cluster/w0.json                 some Node v1
                        resources/ingressclasses.networking.k8s.io/cluster/nginx.json       some IngressClass networking.k8s.io/v1
                        resources/networkpolicies.crd.projectcalico.org/namespaces/shop/a.json  some ? in shop
                        velero-backup.json                                                  log
                        """).verify("velero");
        Evidence evidence = dump.evidence(
                Map.of("velero-backup.json", "{\"status\": {\"startTimestamp\": \"2025-01-02T03:04:05Z\"}}"));
        assertEquals(Instant.parse("2025-01-02T03:04:05Z"), evidence.collected());
    }

    // crash-diagnostics

    @Test
    void crashDiagnostics() {
        Members.of("""
                        kubecapture/core_v1/nodes-2025-01-02T03-04-05Z.0001.json                some Node v1
                        kubecapture/core_v1/shop/pods-2025-01-02T03-04-05Z.0001.json            some Pod v1 in shop
                        kubecapture/apps_v1/shop/deployments/web-2025-01-02T03-04-05Z.0001.yaml  some Deployment apps/v1 in shop
                        kubecapture/core_v1/nodes/w0-2025-01-02T03-04-05Z.0001.yaml             some Node v1
                        kubecapture/networking.k8s.io_v1beta1/shop/ingresses-2025-01-02T03-04-05Z.0001.json  some Ingress networking.k8s.io/v1beta1 in shop
                        kubecapture/cluster.x-k8s.io_v1beta1/shop/machines-2025-01-02T03-04-05Z.0001.json  some ?
                        kubecapture/core_v1/shop/web-1/web.log                                  log
                        10_0_0_7/sudo_iptables_save.txt                                         node 10_0_0_7
                        crashd.log                                                              log
                        """).verify("crash-diagnostics");
    }

    // Insights

    @Test
    void insights() {
        Members.of("""
                        config/node/w0.json                                             some Node v1
                        config/node/logs/w0.log                                         log
                        config/pod/openshift-dns/dns-1.json                             some Pod v1 in openshift-dns
                        config/pod/openshift-dns/logs/dns-1/errors.log                  log
                        config/configmaps/openshift-config/x/ca-bundle.crt              log
                        config/clusteroperator/dns.json                                 log
                        config/network.json                                             some Network config.openshift.io/v1
                        config/version.json                                             some ClusterVersion config.openshift.io/v1
                        config/metrics                                                  log
                        conditional/namespaces/shop/pods/web-1/web-1.json               some Pod v1 in shop
                        cluster-scoped-resources/rbac.authorization.k8s.io/clusterroles/admin.json  some ClusterRole rbac.authorization.k8s.io/v1
                        insights-operator/gathers.json                                  log
                        events/openshift-dns.json                                       log
                        """).verify("insights");
    }

    // calicoctl, antctl, istioctl

    @Test
    void calicoctl() {
        String root = "calico-diagnostics-20260315_143022/";
        Dump dump = Members.of("""
                        R/cluster/version.yaml                                  log
                        R/cluster/kubernetes/pods.yaml                          all Pod v1 in *
                        R/cluster/kubernetes/pods.txt                           log
                        R/cluster/kubernetes/nodes.yaml                         all Node v1
                        R/cluster/kubernetes/networkpolicies.yaml               all NetworkPolicy networking.k8s.io/v1 in *
                        R/cluster/kubernetes/gateways.yaml                      some ?
                        R/cluster/crd/ippools.crd.projectcalico.org.yaml        some ?
                        R/cluster/crd/networkpolicies.crd.projectcalico.org.yaml  some ?
                        R/cluster/calico-system/calico-system.yaml              some ?
                        R/nodes/w0/calico-node-x/ip-route.txt                   node w0
                        R/nodes/w0/calico-system/calico-node-x.log              log
                        R/links/calico-system/calico-node-x.log                 log
                        R/tls/calico-system_node-certs.yaml                     log
                        """.replace("R/", root)).verify("calicoctl");
        Evidence evidence = dump.evidence(Map.of(root + "cluster/version.yaml", """
                clientVersion:
                  gitVersion: v1.33.0
                serverVersion:
                  buildDate: "2025-01-01T00:00:00Z"
                  gitVersion: v1.30.1
                """));
        assertEquals("v1.30.1", evidence.serverVersion());
        assertEquals(Instant.parse("2026-03-15T14:30:22Z"), evidence.collected());
    }

    @Test
    void calicoctlOfOneNode() {
        Members.of("""
                        diagnostics/ipv4_route      node
                        diagnostics/ipv4_tables     node
                        diagnostics/ipsets          node
                        """).verify("calicoctl");
    }

    @Test
    void antctl() {
        Members.of("""
                        clusterinfo             log
                        agent_w0.tar.gz         node w0
                        controller.tar.gz       log
                        """).verify("antctl");
        Members.of("""
                        agentinfo               node
                        appliedtogroups         node
                        iptables                node
                        ipset                   node
                        route                   node
                        logs/agent/a.log        log
                        """).verify("antctl");
    }

    @Test
    void istioctl() {
        Dump dump = Members.of("""
                        bug-report/cluster/k8s-resources                    some ?
                        bug-report/cluster/crs                              some ?
                        bug-report/cluster/kubectl-version                  log
                        bug-report/cluster/nodes                            log
                        bug-report/cluster/secrets                          log
                        bug-report/proxies/shop/web-1/config_dump           log
                        bug-report/istio/istio-system/istiod-1/discovery.log  log
                        """).verify("istioctl");
        for (String version : List.of(
                "Client Version: v1.30.0\nServer Version: v1.27.3\n",
                "Server Version: version.Info{Major:\"1\", Minor:\"27\", GitVersion:\"v1.27.3\", GitCommit:\"1\"}")) {
            Evidence evidence = dump.evidence(Map.of("bug-report/cluster/kubectl-version", version));
            assertEquals("v1.27.3", evidence.serverVersion());
            assertTrue(asked(evidence).contains("Ingress in * NONEMPTY\n"));
            assertTrue(evidence.asked().stream()
                    .noneMatch(one -> Set.of("NetworkPolicy", "EndpointSlice", "Namespace", "Node", "IngressClass")
                            .contains(one.kind().name())));
        }
    }

    // Node collectors

    @Test
    void sosreport() {
        String kubectl = "kubectl_--kubeconfig_.etc.kubernetes.admin.conf_get_";
        Members.of("""
                        R/sos_commands/kubernetes/cluster-info/shop/K-o_json_--namespace_shop_pods  all Pod v1 in shop
                        R/sos_commands/kubernetes/cluster-info/shop/K--namespace_shop_pods          log
                        R/sos_commands/kubernetes/K-o_json_nodes                                    all Node v1
                        R/sos_commands/networking/ip_route_show_table_all                           node cp0
                        R/sos_commands/memory/free                                                  log
                        R/sos_reports/sos.html                                                      log
                        R/proc/sys/net/ipv4/ip_forward                                              node cp0
                        R/etc/kubernetes/manifests/etcd.yaml                                        node cp0
                        R/version.txt                                                               log
                        """.replace("R/", "sosreport-cp0-2025-01-02-abcdefg/").replace("K-", kubectl + "-"))
                .verify("sosreport");
    }

    @Test
    void eksLogCollector() {
        Members.of("""
                        networking/iptables-save.txt        node
                        networking/ipvsadm.txt              node
                        kubelet/kubelet.log                 log
                        kubelet/kubelet-config.json         node
                        ipamd/enis.json                     log
                        system/instance-id.txt              log
                        """).verify("eks-log-collector");
    }

    @Test
    void rancherLogsCollector() {
        Members.of("""
                        w0-2025-01-02_03_04_05/networking/iptablessave      node
                        w0-2025-01-02_03_04_05/networking/iproute           node
                        w0-2025-01-02_03_04_05/systeminfo/hostname          log
                        w0-2025-01-02_03_04_05/rke2/kubectl/nodes.json      all Node v1
                        w0-2025-01-02_03_04_05/rke2/kubectl/pods            log
                        """).verify("rancher-logs-collector");
    }

    // kubectl

    private static final Members CLUSTER_INFO = Members.of("""
            dump/nodes.json                             all Node v1
            dump/shop/events.json                       all Event v1 in shop
            dump/shop/replication-controllers.json      all ReplicationController v1 in shop
            dump/shop/services.json                     all Service v1 in shop
            dump/shop/daemonsets.json                   all DaemonSet apps/v1 in shop
            dump/shop/deployments.json                  all Deployment apps/v1 in shop
            dump/shop/replicasets.json                  all ReplicaSet apps/v1 in shop
            dump/shop/pods.json                         all Pod v1 in shop
            dump/shop/web-1/logs.txt                    log
            """);

    @Test
    void clusterInfoDump() {
        CLUSTER_INFO.verify("cluster-info-dump");
    }

    @Test
    void filesPerKindProveNothing() {
        Members.of("""
                        pods.yaml               some Pod
                        ingressclasses.yaml     all IngressClass
                        nodes.json              all Node
                        shop/pods.yaml          some Pod
                        shop/endpointslices.yml  some EndpointSlice
                        shop/notes.txt          log
                        api-resources.txt       log
                        """).verify("files");
    }

    @Test
    void filesNamedAsSealaneAsksForThemProveWhatTheyHold() {
        Members.of("""
                        pods.all-namespaces.yaml                        all Pod v1 in *
                        networkpolicies.namespace-shop.yaml             all NetworkPolicy networking.k8s.io/v1 in shop
                        dump/EndpointSlices.All-Namespaces.json         all EndpointSlice discovery.k8s.io/v1 in *
                        nodes.all-namespaces.yaml                       some ?
                        values.all-namespaces.yaml                      some ?
                        services.shop.yaml                              some ?
                        pods.all-namespaces.txt                         log
                        """).verify("files");
    }

    @Test
    void manifestsAreNoDump() {
        Members.of("""
                        README.md                                           log
                        clusters/prod/namespaces/shop/namespace.yaml        some ?
                        clusters/prod/namespaces/shop/shop.yaml             some ?
                        clusters/prod/namespaces/shop/apps/web.yaml         some ?
                        clusters/prod/cluster/ingressclasses/nginx.yaml     some ?
                        cluster-resources/priority-classes.yaml             some ?
                        cluster-resources/crds/foo.yaml                     some ?
                        cluster-scoped-resources/namespaces.yaml            all Namespace
                        resources/ns/shop/quota.yaml                        some ?
                        nodes/w0/patch.yaml                                 some ?
                        config/manager/manager.yaml                         some ?
                        config/version.json                                 some ?
                        networking/policies.yaml                            some ?
                        version.yaml                                        some ?
                        metadata.yaml                                       some ?
                        """).verify("files");
    }

    @Test
    void aChartIsNoDump() {
        Members.of("""
                        Chart.yaml                      some ?
                        values.yaml                     some ?
                        templates/deployment.yaml       some ?
                        templates/_helpers.tpl          log
                        charts/redis-1.2.tgz            log
                        crds/foo.yaml                   some ?
                        """).verify("files");
    }

    @Test
    void aDumpAmongTestDataIsNotLookedFor() {
        List<String> names = new ArrayList<>(List.of("deploy/web.yaml"));
        SONOBUOY.expected().keySet().forEach(name -> names.add("src/test/resources/dumps/sonobuoy/" + name));
        assertEquals("files", DumpLayouts.recognise(names).layout().name());
    }

    @Test
    void whatIsOutsideOfADumpIsPlainFiles() {
        List<String> names = new ArrayList<>(List.of("deploy/services.yaml", "deploy/run.sh"));
        SONOBUOY.expected().keySet().forEach(name -> names.add("evidence/" + name));
        Dump dump = DumpLayouts.recognise(names);
        assertEquals("sonobuoy", dump.layout().name());
        assertEquals("some Service", Members.words(dump.member("deploy/services.yaml")));
        assertEquals("log", Members.words(dump.member("deploy/run.sh")));
        assertEquals("all Pod v1 in shop", Members.words(dump.member("evidence/resources/ns/shop/core_v1_pods.json")));
    }

    @Test
    void nothingAtAllIsPlainFiles() {
        assertEquals("files", DumpLayouts.recognise(List.of()).layout().name());
    }

    @Test
    void evidenceThatIsNoneGivesNone() {
        for (Members members : List.of(GATHER, MUST_GATHER, TROUBLESHOOT, SUPPORT_BUNDLE, CILIUM, SONOBUOY)) {
            Dump dump = DumpLayouts.recognise(members.expected().keySet());
            assertEquals(Evidence.NONE, dump.evidence(Map.of()));
            for (String nonsense :
                    List.of("", "\0", "[{", "{\"info\": 3, \"a\": {}", "[1, [2], {\"a\": null}]", "\t\t\t\t")) {
                Map<String, String> texts = new java.util.HashMap<>();
                dump.evidenceFiles().stream()
                        .filter(file -> !file.endsWith("-errors.json"))
                        .forEach(file -> texts.put(file, nonsense));
                Evidence evidence = dump.evidence(texts);
                assertEquals("", evidence.serverVersion());
                assertNull(evidence.collected());
            }
        }
    }
}
