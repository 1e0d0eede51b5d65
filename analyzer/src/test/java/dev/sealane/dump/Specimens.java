package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * One captured cluster, {@code fixtures/dumps/cluster.yaml}, in the form in which each collector would have written it:
 * names of files, what is around the objects, which of them say their kind, order of keys, empty lists, logs beside them.
 */
public final class Specimens {
    public static final Path CLUSTER = Path.of("fixtures/dumps/cluster.yaml");

    private static final String TIME = "20250304-060708";

    /** What the API server of the cluster serves, plural first. */
    private static final List<Kind> SERVED =
            Kind.KNOWN.stream().filter(kind -> !kind.equals(Kind.SECRET)).toList();

    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final Set<String> namespaces = new TreeSet<>();
    private final Path folder;

    private Specimens(Path folder) throws IOException {
        this.folder = folder;
        Object list = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(CLUSTER));
        for (Object item : (List<?>) map(list).get("items")) {
            objects.add(map(item));
        }
        of(Kind.NAMESPACE).forEach(namespace -> namespaces.add(name(namespace)));
    }

    /** What writes a specimen. */
    interface Writer {
        void write(Specimens specimens) throws IOException;
    }

    /** By name; the first word is that of the layout. */
    public static Map<String, Writer> all() {
        Map<String, Writer> all = new LinkedHashMap<>();
        all.put("kubectl-gather", Specimens::kubectlGather);
        all.put("must-gather", Specimens::mustGather);
        all.put("troubleshoot", Specimens::troubleshoot);
        all.put("troubleshoot of 2021", Specimens::olderTroubleshoot);
        all.put("support-bundle-kit", Specimens::supportBundleKit);
        all.put("cilium-sysdump", Specimens::ciliumSysdump);
        all.put("sonobuoy", specimens -> specimens.sonobuoy(false));
        all.put("sonobuoy with the cluster's lists in each namespace", specimens -> specimens.sonobuoy(true));
        all.put("sonobuoy of 2018", Specimens::olderSonobuoy);
        all.put("velero", Specimens::velero);
        all.put("crash-diagnostics", Specimens::crashDiagnostics);
        all.put("insights", Specimens::insights);
        all.put("calicoctl", Specimens::calicoctl);
        all.put("istioctl", Specimens::istioctl);
        all.put("sosreport", Specimens::sosreport);
        all.put("rancher-logs-collector", Specimens::rancherLogsCollector);
        all.put("cluster-info-dump", specimens -> specimens.clusterInfoDump("json"));
        all.put("cluster-info-dump as YAML", specimens -> specimens.clusterInfoDump("yaml"));
        all.put("files", Specimens::kubectlFiles);
        return all;
    }

    /** Writes a specimen into a folder. */
    public static void write(String name, Path folder) throws IOException {
        all().get(name).write(new Specimens(folder));
    }

    // The collectors

    /** One object a file, by {@code kubectl gather}. */
    private void kubectlGather() throws IOException {
        StringBuilder log = new StringBuilder();
        log.append("2025-03-04T08:07:08.100+0200\tINFO\tgather\tGathering from all namespaces\n");
        for (Kind kind : SERVED) {
            // Events are asked for under their newer group.
            String group =
                    kind.equals(Kind.EVENT) ? "events.k8s.io/" : kind.group().isEmpty() ? "" : kind.group() + "/";
            List<Map<String, Object>> all = of(kind);
            log.append("2025-03-04T08:07:09.000+0200\tDEBUG\thub\tGathered %d \"%s%s\" in 0.020 seconds\n"
                    .formatted(all.size(), group, kind.plural()));
            for (Map<String, Object> object : all) {
                String scope = namespace(object).isEmpty() ? "cluster" : "namespaces/" + namespace(object);
                file("hub/" + scope + "/" + group + kind.plural() + "/" + name(object) + ".yaml", yaml(object));
            }
        }
        for (Map<String, Object> pod : of(Kind.POD)) {
            file(
                    "hub/namespaces/" + namespace(pod) + "/pods/" + name(pod) + "/app/current.log",
                    "{\"not\": an object\n");
        }
        file("gather.log", log.toString());
    }

    /** Two images; the pods of a namespace as a list and once more one by one. */
    private void mustGather() throws IOException {
        String root = "must-gather.local.8412/";
        String image = root + "quay-io-openshift-release-dev-ocp-v4-0-art-dev-sha256-0f3a7c/";
        String other = root + "registry-example-gather-sha256-99aa01/";
        file(
                root + "timestamp",
                "2025-03-04 06:07:08.900000001 +0000 UTC m=+0.2\n2025-03-04 06:11:08 +0000 UTC m=+240\n");
        file(root + "event-filter.html", "<html><body>events: {{ none }}</body></html>\n");
        file(image + "version", "openshift/must-gather\n4.18.3-202502280000\n");
        for (Map<String, Object> node : of(Kind.NODE)) {
            file(image + "cluster-scoped-resources/core/nodes/" + name(node) + ".yaml", "---\n" + yaml(node));
            file(other + "cluster-scoped-resources/core/nodes/" + name(node) + ".yaml", "---\n" + yaml(node));
        }
        file(image + "cluster-scoped-resources/config.openshift.io/clusteroperators/kube-apiserver.yaml", """
                ---
                apiVersion: config.openshift.io/v1
                kind: ClusterOperator
                metadata:
                  name: kube-apiserver
                  resourceVersion: "901"
                  uid: 1d2c9f2e-93c5-4a61-8f5d-5d1c1a3b9a10
                status:
                  versions:
                  - name: kube-apiserver
                    version: 1.31.4
                """);
        List<Kind> listed = without(Kind.NODE, Kind.NAMESPACE, Kind.INGRESS_CLASS);
        for (Map<String, Object> object : of(Kind.NAMESPACE)) {
            String at = image + "namespaces/" + name(object) + "/";
            file(at + name(object) + ".yaml", "---\n" + yaml(object));
            for (Kind kind : listed) {
                String group = kind.group().isEmpty() ? "core" : kind.group();
                file(
                        at + group + "/" + kind.plural() + ".yaml",
                        "---\n" + yaml(typed(kind, of(kind, name(object)), true)));
            }
            for (Map<String, Object> pod : of(Kind.POD, name(object))) {
                file(at + "pods/" + name(pod) + "/" + name(pod) + ".yaml", "---\n" + yaml(pod));
                file(at + "pods/" + name(pod) + "/app/app/logs/current.log", "kind: nothing\n");
            }
        }
    }

    private void troubleshoot() throws IOException {
        String root = "support-bundle-2025-03-04T06_07_08/";
        file(
                root + "version.yaml",
                "apiVersion: troubleshoot.sh/v1beta2\nkind: SupportBundle\nversionNumber: v0.117.0\n");
        file(root + "analysis.json", "[]");
        file(
                root + "cluster-info/cluster_version.json",
                json(Map.of("info", Map.of("gitVersion", "v1.31.4"), "string", "v1.31.4")));
        String in = root + "cluster-resources/";
        Map<String, String> names = Map.of(
                "ingresses", "ingress", "networkpolicies", "network-policy", "ingressclasses", "ingress-classes");
        // ReplicationControllers are not asked for.
        for (Kind kind : without(Kind.REPLICATION_CONTROLLER)) {
            String name = names.getOrDefault(kind.plural(), kind.plural());
            if (!kind.namespaced()) {
                file(in + name + ".json", json(typed(kind, of(kind), true)));
                continue;
            }
            for (String namespace : namespaces) {
                file(in + name + "/" + namespace + ".json", json(typed(kind, of(kind, namespace), true)));
            }
        }
        file(in + "groups.json", "[]");
        file(in + "resources.json", json(discovery()));
        for (String namespace : namespaces) {
            file(
                    in + "auth-cani-list/" + namespace + ".json",
                    json(List.of(Map.of("verbs", List.of("*"), "apiGroups", List.of("*"), "resources", List.of("*")))));
        }
        file(in + "pods/logs/shop/web-1/web.log", "nothing\n");
        file(in + "custom-resources/widgets.example.com/shop.json", json(List.of(widget())));
        file(in + "custom-resources/widgets.example.com/shop.yaml", yaml(List.of(widget())));
        file(root + "dns/debug.json", "{\"query\": {\"kubernetes\": {\"address\": \"10.96.0.10\"}}}");
    }

    /** Bare arrays of objects that do not tell what they are. */
    private void olderTroubleshoot() throws IOException {
        String in = "bundle/cluster-resources/";
        file("bundle/cluster-info/cluster_version.json", json(Map.of("info", Map.of("gitVersion", "v1.31.4"))));
        for (Kind kind : List.of(Kind.NODE, Kind.NAMESPACE)) {
            file(in + kind.plural() + ".json", json(bare(of(kind))));
        }
        for (Kind kind :
                List.of(Kind.POD, Kind.SERVICE, Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.INGRESS, Kind.EVENT)) {
            String name = kind.equals(Kind.INGRESS) ? "ingress" : kind.plural();
            for (String namespace : namespaces) {
                file(in + name + "/" + namespace + ".json", json(bare(of(kind, namespace))));
            }
        }
        file(in + "storage-errors.json", "[\n  \"the server could not find the requested resource\"\n]");
    }

    /** Lists of objects to which the collector adds what they are. */
    private void supportBundleKit() throws IOException {
        String root = "supportbundle_7f1e_2025-03-04T06-07-08Z/";
        file(root + "metadata.yaml", """
                projectName: Rancher
                bundleVersion: 0.1.0
                kubernetesVersion: v1.31.4
                bundleCreatedAt: "2025-03-04T06:07:08Z"
                """);
        file(root + "bundleGenerationError.log", "");
        for (Kind kind : SERVED) {
            String name = Plurals.apiVersion(kind) + "/" + kind.plural() + ".yaml";
            if (kind.namespaced()) {
                for (String namespace : namespaces) {
                    file(root + "yamls/namespaced/" + namespace + "/" + name, yaml(list(of(kind, namespace))));
                }
            } else {
                file(root + "yamls/cluster/" + name, yaml(list(of(kind))));
            }
        }
        file(root + "logs/shop/web-1/web.log", "nothing\n");
    }

    /** Typed lists; the ones of Kubernetes have items that do not tell their kind, which the list tells last. */
    private void ciliumSysdump() throws IOException {
        String root = "cilium-sysdump-" + TIME + "/";
        for (Kind kind : List.of(
                Kind.NODE,
                Kind.NAMESPACE,
                Kind.POD,
                Kind.SERVICE,
                Kind.ENDPOINTS,
                Kind.ENDPOINT_SLICE,
                Kind.NETWORK_POLICY,
                Kind.EVENT)) {
            file(root + "k8s-" + kind.plural() + "-" + TIME + ".yaml", yaml(typed(kind, of(kind), false)));
        }
        file(root + "ingressclasses-" + TIME + ".yaml", yaml(typed(Kind.INGRESS_CLASS, of(Kind.INGRESS_CLASS), false)));
        file(root + "ciliumingresses-" + TIME + ".yaml", yaml(typed(Kind.INGRESS, of(Kind.INGRESS), false)));
        file(
                root + "ciliumendpoints-" + TIME + ".yaml",
                "apiVersion: cilium.io/v2\nitems: []\nkind: CiliumEndpointList\nmetadata:\n  resourceVersion: \"1900\"\n");
        file(root + "k8s-pods-" + TIME + ".txt", "NAMESPACE   NAME\n");
        file(root + "k8s-version-" + TIME + ".txt", "v1.31.4");
        file(root + "cilium-helm-values-" + TIME + ".yaml", "cni:\n  exclusive: true\n");
        file(root + "hubble-flows-cilium-x7-" + TIME + ".json", "{\"flow\": {}}\n{\"flow\": {}}\n");
        file(root + "cilium-sysdump-" + TIME + ".log", """
                🔍 Collecting Kubernetes nodes
                ⚠️ The following tasks failed, the sysdump may be incomplete:
                ⚠️ [21] Collecting CiliumEnvoyConfigs: the server could not find the requested resource
                """);
    }

    /** Bare arrays, and no file where there is nothing. */
    private void sonobuoy(boolean repeated) throws IOException {
        List<Object> queries = new ArrayList<>();
        for (Kind kind : SERVED) {
            String name = (kind.group().isEmpty() ? "core" : kind.group()) + "_v1_" + kind.plural() + ".json";
            if (!kind.namespaced()) {
                queries.add(Map.of("queryobj", kind.plural(), "time", "12.3ms"));
                file("resources/cluster/" + name, json(of(kind)));
                continue;
            }
            for (String namespace : namespaces) {
                queries.add(Map.of("queryobj", kind.plural(), "namespace", namespace, "time", "1.2ms"));
                List<Map<String, Object>> there = repeated ? of(kind) : of(kind, namespace);
                if (!there.isEmpty()) {
                    file("resources/ns/" + namespace + "/" + name, json(there));
                }
            }
        }
        file("meta/query-time.json", json(queries));
        file("meta/config.json", "{\"Filters\":{\"Namespaces\":\".*\",\"LabelSelector\":\"\"}}");
        file("meta/run.log", "time=\"2025-03-04T06:07:08Z\" level=info msg=\"Scanning plugins\"\n");
        file("serverversion.json", "{\"major\":\"1\",\"minor\":\"31\",\"gitVersion\":\"v1.31.4\"}");
        file("servergroups.json", "{\"groups\":[]}");
        file("hosts/w0/configz.json", "{\"kubeletconfig\":{\"clusterDNS\":[\"10.96.0.10\"]}}");
        file("podlogs/shop/web-1/logs/web.txt", "nothing\n");
        file("plugins/e2e/results/global/e2e.log", "nothing\n");
    }

    private void olderSonobuoy() throws IOException {
        List<Object> queries = new ArrayList<>();
        file("resources/cluster/Nodes.json", json(bare(of(Kind.NODE))));
        queries.add(Map.of("queryobj", "Nodes", "time", "12.3ms"));
        Map<Kind, String> asked = Map.of(
                Kind.POD, "Pods",
                Kind.SERVICE, "Services",
                Kind.DEPLOYMENT, "Deployments",
                Kind.REPLICA_SET, "ReplicaSets",
                Kind.STATEFUL_SET, "StatefulSets",
                Kind.DAEMON_SET, "DaemonSets",
                Kind.CONFIG_MAP, "ConfigMaps",
                Kind.ENDPOINTS, "Endpoints",
                Kind.INGRESS, "Ingresses",
                Kind.NETWORK_POLICY, "NetworkPolicies");
        for (String namespace : namespaces) {
            for (Map.Entry<Kind, String> kind : asked.entrySet()) {
                queries.add(Map.of("queryobj", kind.getValue(), "namespace", namespace, "time", "1.2ms"));
                List<Map<String, Object>> there = of(kind.getKey(), namespace);
                if (!there.isEmpty()) {
                    file("resources/ns/" + namespace + "/" + kind.getValue() + ".json", json(bare(there)));
                }
            }
        }
        file("resources/ns/shop/._Pods.json", "\0\5\26\7");
        file("meta/query-time.json", json(queries));
        file("meta/config.json", "{\"Filters\":{\"Namespaces\":\".*\",\"LabelSelector\":\"\"}}");
        file("plugins/e2e/results/e2e.log", "nothing\n");
        file("serverversion/serverversion.json", "{\"gitVersion\":\"v1.31.4\"}");
    }

    /** One object a file, and the same again. */
    private void velero() throws IOException {
        file("metadata/version", "1.1.0\n");
        for (Map<String, Object> object : objects) {
            Kind kind = kind(object);
            String plural = kind.plural() + (kind.group().isEmpty() ? "" : "." + kind.group());
            String scope = namespace(object).isEmpty() ? "cluster" : "namespaces/" + namespace(object);
            for (String version : List.of("", "v1-preferredversion/")) {
                file("resources/" + plural + "/" + version + scope + "/" + name(object) + ".json", json(object));
            }
        }
    }

    private void crashDiagnostics() throws IOException {
        for (Kind kind : SERVED) {
            String version = (kind.group().isEmpty() ? "core" : kind.group()) + "_v1/";
            String name = kind.plural() + "-2025-03-04T06-07-08Z.0042.json";
            for (String namespace : kind.namespaced() ? namespaces : Set.of("")) {
                List<Map<String, Object>> there = of(kind, namespace);
                if (!there.isEmpty()) {
                    String folder = namespace.isEmpty() ? "" : namespace + "/";
                    file("crashd/kubecapture/" + version + folder + name, json(typed(kind, there, true)));
                }
            }
        }
        file("crashd/kubecapture/core_v1/shop/web-1/web.log", "nothing\n");
        file("crashd/10_1_0_11/sudo_iptables_save.txt", "*nat\nCOMMIT\n");
    }

    private void insights() throws IOException {
        for (Map<String, Object> node : of(Kind.NODE)) {
            file("config/node/" + name(node) + ".json", json(bare(node)));
        }
        for (Map<String, Object> pod : of(Kind.POD, "kube-system")) {
            file("config/pod/kube-system/" + name(pod) + ".json", json(pod));
        }
        file("config/clusteroperator/dns.json", "{\"metadata\":{\"name\":\"dns\"},\"spec\":{}}");
        file("config/id", "7f1e\n");
        file("config/configmaps/openshift-config/x/ca-bundle.crt", "nothing\n");
        file("events/kube-system.json", "{\"items\":[{\"namespace\":\"kube-system\"}]}");
        file("insights-operator/gathers.json", "{\"status_reports\":[]}");
    }

    private void calicoctl() throws IOException {
        String root = "calico-diagnostics-20250304_060708/";
        for (Kind kind :
                without(Kind.INGRESS, Kind.INGRESS_CLASS, Kind.REPLICA_SET, Kind.REPLICATION_CONTROLLER, Kind.EVENT)) {
            file(root + "cluster/kubernetes/" + kind.plural() + ".yaml", yaml(list(of(kind))));
            file(root + "cluster/kubernetes/" + kind.plural() + ".txt", "NAME   AGE\n");
        }
        file(root + "cluster/kubernetes/gateways.yaml", yaml(list(List.of())));
        file(
                root + "cluster/version.yaml",
                "clientVersion:\n  gitVersion: v1.32.0\nserverVersion:\n  gitVersion: v1.31.4\n");
        file(root + "cluster/crd/ippools.crd.projectcalico.org.yaml", yaml(list(List.of())));
        file(root + "cluster/calico-system/calico-system.yaml", yaml(list(List.of())));
        file(root + "nodes/w0/calico-node-x/ip-route.txt", "default via 10.1.0.1 dev eth0\n");
    }

    /** What kubectl printed for several kinds at once. */
    private void istioctl() throws IOException {
        Set<Kind> asked =
                new HashSet<>(without(Kind.NODE, Kind.NETWORK_POLICY, Kind.ENDPOINT_SLICE, Kind.INGRESS_CLASS));
        List<Map<String, Object>> there =
                objects.stream().filter(object -> asked.contains(kind(object))).toList();
        file("bug-report/cluster/k8s-resources", yaml(list(there)));
        file("bug-report/cluster/crs", yaml(list(List.of())));
        file("bug-report/cluster/kubectl-version", "Client Version: v1.32.0\nServer Version: v1.31.4\n");
        file("bug-report/cluster/nodes", "Name: w0\n");
        file("bug-report/proxies/shop/web-1/config_dump", "{\"configs\": []}\n");
        file("bug-report/analyze/shop", "nothing\n");
    }

    /** With {@code -k kubernetes.all=on}; the names of the files are the commands. */
    private void sosreport() throws IOException {
        String root = "sosreport-cp0-2025-03-04-kqzxwvb/";
        String command = "kubectl_--kubeconfig_.etc.kubernetes.admin.conf_get_";
        for (Kind kind :
                without(Kind.NODE, Kind.NAMESPACE, Kind.NETWORK_POLICY, Kind.ENDPOINT_SLICE, Kind.INGRESS_CLASS)) {
            for (String namespace : namespaces) {
                String at = root + "sos_commands/kubernetes/cluster-info/" + namespace + "/";
                String name = command + "-o_json_--namespace_" + namespace + "_" + kind.plural();
                file(at + name, json(list(of(kind, namespace))));
                file(at + command + "--namespace_" + namespace + "_" + kind.plural(), "NAME   AGE\n");
            }
        }
        file(root + "sos_commands/networking/ip_route_show_table_all", "default via 10.1.0.1 dev eth0\n");
        file(root + "sos_reports/sos.html", "<html></html>\n");
        file(root + "etc/kubernetes/manifests/etcd.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: etcd\n");
        file(root + "version.txt", "sosreport: 4.8.2\n");
    }

    private void rancherLogsCollector() throws IOException {
        String root = "w0-2025-03-04_06_07_08/";
        file(root + "networking/iptablessave", "*nat\nCOMMIT\n");
        file(root + "networking/iproute", "default via 10.1.0.1 dev eth0\n");
        file(root + "systeminfo/hostname", "w0\n");
        file(root + "rke2/kubectl/nodes.json", json(list(of(Kind.NODE))));
        file(root + "rke2/kubectl/pods", "NAMESPACE   NAME\n");
    }

    private void clusterInfoDump(String extension) throws IOException {
        boolean json = extension.equals("json");
        Object nodes = typed(Kind.NODE, of(Kind.NODE), false);
        file("nodes." + extension, json ? json(nodes) : yaml(nodes));
        for (String namespace : namespaces) {
            for (Kind kind : List.of(
                    Kind.EVENT,
                    Kind.REPLICATION_CONTROLLER,
                    Kind.SERVICE,
                    Kind.DAEMON_SET,
                    Kind.DEPLOYMENT,
                    Kind.REPLICA_SET,
                    Kind.POD)) {
                String name = kind.equals(Kind.REPLICATION_CONTROLLER) ? "replication-controllers" : kind.plural();
                Object list = typed(kind, of(kind, namespace), false);
                file(namespace + "/" + name + "." + extension, json ? json(list) : yaml(list));
            }
            for (Map<String, Object> pod : of(Kind.POD, namespace)) {
                file(
                        namespace + "/" + name(pod) + "/logs.txt",
                        "==== START logs for container app ====\n{\n==== END\n");
            }
        }
    }

    /** {@code kubectl get KIND -A -o yaml} for each kind. */
    private void kubectlFiles() throws IOException {
        for (Kind kind : SERVED) {
            file(kind.plural() + ".yaml", yaml(list(of(kind))));
        }
    }

    // Forms of objects and lists

    /** {@code kind: List} of objects that tell theirs. */
    private static Map<String, Object> list(List<Map<String, Object>> items) {
        Map<String, Object> list = new TreeMap<>();
        list.put("apiVersion", "v1");
        list.put("items", items);
        list.put("kind", "List");
        list.put("metadata", Map.of("resourceVersion", ""));
        return list;
    }

    /** {@code kind: PodList}. */
    private static Map<String, Object> typed(Kind kind, List<Map<String, Object>> items, boolean kinds) {
        Map<String, Object> list = new TreeMap<>();
        list.put("apiVersion", Plurals.apiVersion(kind));
        list.put("items", kinds ? items : bare(items));
        list.put("kind", kind.name() + "List");
        list.put("metadata", Map.of("resourceVersion", "1900"));
        return list;
    }

    private static List<Map<String, Object>> bare(List<Map<String, Object>> objects) {
        return objects.stream().map(Specimens::bare).toList();
    }

    /** Without what it is. */
    private static Map<String, Object> bare(Map<String, Object> object) {
        Map<String, Object> bare = new LinkedHashMap<>(object);
        bare.remove("kind");
        bare.remove("apiVersion");
        return bare;
    }

    private static Map<String, Object> widget() {
        return map(Map.of(
                "apiVersion", "example.com/v1",
                "kind", "Widget",
                "metadata", Map.of("name", "one", "namespace", "shop", "uid", "41", "resourceVersion", "1400")));
    }

    /** What {@code resources.json} says: the lists of discovery, one for each group. */
    private static List<Object> discovery() {
        Map<String, List<Object>> groups = new TreeMap<>();
        for (Kind kind : Kind.KNOWN) {
            groups.computeIfAbsent(Plurals.apiVersion(kind), unseen -> new ArrayList<>())
                    .add(Map.of("name", kind.plural(), "kind", kind.name(), "namespaced", kind.namespaced()));
        }
        List<Object> lists = new ArrayList<>();
        groups.forEach((version, resources) ->
                lists.add(Map.of("kind", "APIResourceList", "groupVersion", version, "resources", resources)));
        return lists;
    }

    // The cluster

    private List<Map<String, Object>> of(Kind kind) {
        return of(kind, object -> true);
    }

    private List<Map<String, Object>> of(Kind kind, String namespace) {
        return of(kind, object -> namespace(object).equals(namespace));
    }

    private List<Map<String, Object>> of(Kind kind, Predicate<Map<String, Object>> wanted) {
        return objects.stream()
                .filter(object -> kind(object).equals(kind) && wanted.test(object))
                .toList();
    }

    private static List<Kind> without(Kind... kinds) {
        Collection<Kind> left = new ArrayList<>(SERVED);
        left.removeAll(Arrays.asList(kinds));
        return List.copyOf(left);
    }

    private static Kind kind(Map<String, Object> object) {
        return Kind.of((String) object.get("apiVersion"), (String) object.get("kind"));
    }

    private static String name(Map<String, Object> object) {
        return (String) map(object.get("metadata")).get("name");
    }

    private static String namespace(Map<String, Object> object) {
        return (String) map(object.get("metadata")).getOrDefault("namespace", "");
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new TreeMap<>();
        ((Map<?, ?>) value).forEach((key, field) -> map.put((String) key, field));
        return map;
    }

    // Text

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** In the block style of kubectl. */
    private static String yaml(Object value) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setWidth(10_000)
                .setDereferenceAliases(true)
                .setSchema(new CoreSchema())
                .build();
        return new Dump(settings).dumpToString(value);
    }

    /** Indented by two, as Go does it. */
    private static String json(Object value) {
        return json(value, "\n") + "\n";
    }

    private static String json(Object value, String line) {
        String inner = line + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(entry ->
                                    inner + quoted((String) entry.getKey()) + ": " + json(entry.getValue(), inner))
                            .collect(Collectors.joining(",", "{", line + "}"));
        }
        if (value instanceof Collection<?> list) {
            return list.isEmpty()
                    ? "[]"
                    : list.stream()
                            .map(item -> inner + json(item, inner))
                            .collect(Collectors.joining(",", "[", line + "]"));
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
