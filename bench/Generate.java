import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Writes inputs of the benchmark, the same bytes every time:
 *
 * <pre>
 * Generate manifests FOLDER FILES                                        five objects a file, as people write them
 * Generate cluster FILE NODES PODS SERVICES POLICIES NAMESPACES          as kubectl get … -A -o yaml prints them
 * </pre>
 *
 * A cluster goes into one list, as JSON if the name ends so. It is healthy but for some pods that crash, which every
 * large cluster has, and for the defects of {@link Cluster#DEFECTS}.
 */
final class Generate {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final String[] WORDS = {
        "billing", "cart", "catalog", "checkout", "delivery", "gateway", "inventory", "ledger", "mail", "orders",
        "payments", "pricing", "profile", "quotes", "reports", "returns", "search", "sessions", "stock", "web"
    };

    private final SplittableRandom random = new SplittableRandom(20261123);

    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[1]);
        int[] sizes = new int[args.length - 2];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Integer.parseInt(args[i + 2]);
        }
        if (args[0].equals("manifests")) {
            new Generate().manifests(to, sizes[0]);
        } else {
            boolean json = to.toString().endsWith(".json");
            try (OutputStream out = Files.newOutputStream(to)) {
                Output output = json ? new Json(out) : new Yaml(out);
                new Cluster(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4]).write(output);
                output.end();
            }
        }
    }

    private void manifests(Path folder, int files) throws IOException {
        int namespaces = Math.max(40, files / 25);
        for (int i = 0; i < files; i++) {
            String namespace = namespace(i % namespaces);
            Path file = folder.resolve(namespace).resolve(app(i) + ".yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, manifests(namespace, app(i), i % 100 == 0));
        }
    }

    static String namespace(int number) {
        return "team-%02d".formatted(number);
    }

    static String app(int number) {
        return WORDS[number % WORDS.length] + "-" + number;
    }

    /** Five objects as people write them; if flawed, the Service's selector has a typo. */
    private String manifests(String namespace, String app, boolean flawed) {
        return """
                # %2$s: owned by %1$s
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %2$s
                  namespace: %1$s
                  labels: {app.kubernetes.io/name: %2$s, app.kubernetes.io/part-of: %1$s}
                spec:
                  replicas: %4$d
                  selector:
                    matchLabels:
                      app: %2$s
                  template:
                    metadata:
                      labels:
                        app: %2$s
                        team: %1$s
                      annotations:
                        prometheus.io/scrape: "true"
                    spec:
                      containers:
                        - name: app
                          image: "registry.example/%1$s/%2$s:1.%4$d"
                          ports:
                            - name: http
                              containerPort: 8080
                            - {name: metrics, containerPort: 9090}
                          env:
                            - name: LOG_LEVEL
                              value: info
                            - name: UPSTREAM
                              value: http://gateway-5.team-05.svc.cluster.local:80
                          readinessProbe:
                            httpGet: {path: /ready, port: http}
                          resources:
                            requests: {cpu: 100m, memory: 128Mi}
                            limits: {memory: 256Mi}
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: %2$s
                  namespace: %1$s
                spec:
                  selector:
                    app: %3$s
                  ports:
                    - name: http
                      port: 80
                      targetPort: http
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  name: %2$s
                  namespace: %1$s
                spec:
                  podSelector:
                    matchLabels:
                      app: %2$s
                  policyTypes: [Ingress]
                  ingress:
                    - from:
                        - namespaceSelector: {}
                          podSelector:
                            matchExpressions:
                              - {key: team, operator: In, values: [%1$s, team-00]}
                      ports:
                        - port: http
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: %2$s
                  namespace: %1$s
                spec:
                  rules:
                    - host: %2$s.shop.example
                      http:
                        paths:
                          - path: /
                            pathType: Prefix
                            backend:
                              service:
                                name: %2$s
                                port:
                                  name: http
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %2$s
                  namespace: %1$s
                data:
                  application.properties: |
                    server.port=8080
                    # how long a request may take
                    timeout=%4$ds
                """
                .formatted(namespace, app, flawed ? app + "s" : app, random.nextInt(1, 9));
    }

    /** The objects of a cluster, as the API server has them. */
    private static final class Cluster {
        /** Services from the start of the list that have something wrong with them. */
        private static final int DEFECTS = 5;

        /** Pods in 1,000 that crash. */
        private static final int CRASHING = 3;

        /** Long enough to be folded. */
        private static final String LAST_WORDS = "no connection to the database at db.example after 30 seconds and 5"
                + " attempts, which is all that the configuration allows";

        private final SplittableRandom random = new SplittableRandom(20261124);
        private final int nodes;
        private final int pods;
        private final int services;
        private final int policies;
        private final int namespaces;
        private int resourceVersion = 1_000_000;
        private int addresses;
        private final List<Map<String, Object>> coreDns = new ArrayList<>();

        /** One workload for each Service, if there are pods for that many; an agent of the CNI on every node. */
        Cluster(int nodes, int pods, int services, int policies, int namespaces) {
            this.nodes = nodes;
            this.pods = pods;
            this.services = services;
            this.policies = policies;
            this.namespaces = namespaces;
        }

        /** In the order of {@code kubectl get namespaces,nodes,configmaps,pods,services,endpointslices,…}. */
        void write(Output out) {
            for (int i = 0; i < namespaces; i++) {
                out.item(namespaceObject(namespace(i)));
            }
            out.item(namespaceObject("kube-system"));
            for (int i = 0; i < nodes; i++) {
                out.item(node(i));
            }
            writePods(out);
            for (int i = 0; i < services; i++) {
                out.item(service(i));
            }
            out.item(dnsService());
            writeSlices(out);
            for (int i = 0; i < workloads(); i++) {
                out.item(deployment(i));
            }
            for (int i = 0; i < workloads(); i++) {
                out.item(replicaSet(i));
            }
            out.item(daemonSet());
            for (int i = 0; i < policies; i++) {
                out.item(policy(i));
            }
            out.item(ingressClass());
            for (int i = 0; i < services; i += 4) {
                out.item(ingress(i));
            }
        }

        private int workloads() {
            return Math.max(1, Math.min(services, (pods - nodes - 3) / 2));
        }

        /** How many pods a workload has. */
        private int replicas(int workload) {
            int all = pods - nodes - 3;
            return all / workloads() + (workload < all % workloads() ? 1 : 0);
        }

        private String namespaceOf(int workload) {
            return namespace(workload % namespaces);
        }

        private Map<String, Object> object(String apiVersion, String kind, Map<String, Object> metadata) {
            metadata.put("creationTimestamp", time(metadata.get("name").hashCode()));
            metadata.put("resourceVersion", Integer.toString(resourceVersion++));
            metadata.put("uid", uid(kind + metadata.get("namespace") + metadata.get("name")));
            return map("apiVersion", apiVersion, "kind", kind, "metadata", metadata);
        }

        private Map<String, Object> namespaceObject(String name) {
            Map<String, Object> object = object(
                    "v1",
                    "Namespace",
                    map("name", name, "labels", map("kubernetes.io/metadata.name", name, "team", name)));
            object.put("spec", map("finalizers", List.of("kubernetes")));
            object.put("status", map("phase", "Active"));
            return object;
        }

        private static String nodeName(int number) {
            return "node-%04d".formatted(number);
        }

        private static String nodeAddress(int number) {
            return "10.1.%d.%d".formatted(number / 250, number % 250 + 1);
        }

        private Map<String, Object> node(int number) {
            String name = nodeName(number);
            Map<String, Object> object = object(
                    "v1",
                    "Node",
                    map(
                            "name",
                            name,
                            "annotations",
                            map(
                                    "node.alpha.kubernetes.io/ttl",
                                    "0",
                                    "volumes.kubernetes.io/controller-managed-attach-detach",
                                    "true"),
                            "labels",
                            map(
                                    "beta.kubernetes.io/arch",
                                    "amd64",
                                    "beta.kubernetes.io/os",
                                    "linux",
                                    "kubernetes.io/arch",
                                    "amd64",
                                    "kubernetes.io/hostname",
                                    name,
                                    "kubernetes.io/os",
                                    "linux",
                                    "topology.kubernetes.io/region",
                                    "r1",
                                    "topology.kubernetes.io/zone",
                                    zone(number))));
            object.put("spec", map("podCIDR", podCidr(number), "podCIDRs", List.of(podCidr(number))));
            Map<String, Object> resources = map(
                    "cpu", "32", "ephemeral-storage", "101430960Ki", "hugepages-1Gi", "0", "hugepages-2Mi", "0",
                    "memory", "131774368Ki", "pods", "110");
            List<Object> images = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String app = app(random.nextInt(workloads()));
                images.add(map(
                        "names",
                        List.of(
                                "registry.example/apps/" + app + "@sha256:" + hex(64),
                                "registry.example/apps/" + app + ":1.4"),
                        "sizeBytes",
                        random.nextInt(50_000_000, 900_000_000)));
            }
            object.put(
                    "status",
                    map(
                            "addresses",
                            List.of(
                                    map("address", nodeAddress(number), "type", "InternalIP"),
                                    map("address", name, "type", "Hostname")),
                            "allocatable",
                            resources,
                            "capacity",
                            resources,
                            "conditions",
                            List.of(
                                    nodeCondition("NetworkUnavailable", "CiliumIsUp", "Cilium is running on this node"),
                                    nodeCondition(
                                            "MemoryPressure",
                                            "KubeletHasSufficientMemory",
                                            "kubelet has sufficient memory available"),
                                    nodeCondition(
                                            "DiskPressure",
                                            "KubeletHasNoDiskPressure",
                                            "kubelet has no disk pressure"),
                                    nodeCondition(
                                            "PIDPressure",
                                            "KubeletHasSufficientPID",
                                            "kubelet has sufficient PID available"),
                                    nodeCondition("Ready", "KubeletReady", "kubelet is posting ready status")),
                            "daemonEndpoints",
                            map("kubeletEndpoint", map("Port", 10250)),
                            "images",
                            images,
                            "nodeInfo",
                            map(
                                    "architecture",
                                    "amd64",
                                    "bootID",
                                    uid("boot" + name),
                                    "containerRuntimeVersion",
                                    "containerd://2.2.1",
                                    "kernelVersion",
                                    "6.18.44",
                                    "kubeProxyVersion",
                                    "",
                                    "kubeletVersion",
                                    "v1.37.2",
                                    "operatingSystem",
                                    "linux",
                                    "osImage",
                                    "Debian GNU/Linux 12 (bookworm)",
                                    "systemUUID",
                                    uid("system" + name))));
            return object;
        }

        private Map<String, Object> nodeCondition(String type, String reason, String message) {
            return map(
                    "lastHeartbeatTime",
                    time(random.nextInt()),
                    "lastTransitionTime",
                    time(random.nextInt()),
                    "message",
                    message,
                    "reason",
                    reason,
                    "status",
                    type.equals("Ready") ? "True" : "False",
                    "type",
                    type);
        }

        private static String podCidr(int node) {
            return "10.%d.%d.0/24".formatted(64 + node / 256, node % 256);
        }

        private static String zone(int number) {
            return "az" + (number % 3 + 1);
        }

        private void writePods(Output out) {
            for (int i = 0; i < namespaces; i++) {
                for (int workload = i; workload < workloads(); workload += namespaces) {
                    for (int replica = 0; replica < replicas(workload); replica++) {
                        out.item(appPod(workload, replica));
                    }
                }
            }
            for (int i = 0; i < nodes; i++) {
                Map<String, Object> labels = map(
                        "app.kubernetes.io/name", "cilium-agent", "app.kubernetes.io/part-of", "cilium",
                        "controller-revision-hash", "5f7c9d6db7", "k8s-app", "cilium", "pod-template-generation", "1");
                out.item(pod("kube-system", "DaemonSet", "cilium", i, labels, i, true, true));
            }
            for (int i = 0; i < 2; i++) {
                Map<String, Object> labels = map("k8s-app", "kube-dns", "pod-template-hash", "7dbdf86db4");
                Map<String, Object> pod =
                        pod("kube-system", "ReplicaSet", "coredns-7dbdf86db4", i, labels, i % nodes, true, false);
                coreDns.add(pod);
                out.item(pod);
            }
            Map<String, Object> labels = map("app.kubernetes.io/name", "ingress-nginx", "pod-template-hash", "6d8f7c9b45");
            out.item(pod(
                    "kube-system", "ReplicaSet", "ingress-nginx-controller-6d8f7c9b45", 0, labels, 0, true, false));
        }

        private Map<String, Object> labels(int workload) {
            return map(
                    "app.kubernetes.io/instance", app(workload), "app.kubernetes.io/name", app(workload),
                    "team", namespaceOf(workload));
        }

        private Map<String, Object> appPod(int workload, int replica) {
            Map<String, Object> labels = labels(workload);
            labels.put("pod-template-hash", letters(10, workload));
            boolean ready = workload != 4 && Math.floorMod(mix(workload * 7919 + replica), 1000) >= CRASHING;
            String owner = app(workload) + "-" + letters(10, workload);
            int node = nodeOf(workload, replica);
            return pod(namespaceOf(workload), "ReplicaSet", owner, replica, labels, node, ready, false);
        }

        private int nodeOf(int workload, int replica) {
            return Math.floorMod(mix(workload * 31 + replica * 7), nodes);
        }

        private static String podName(String owner, int number) {
            return owner + "-" + suffix(number);
        }

        private Map<String, Object> pod(
                String namespace,
                String ownerKind,
                String owner,
                int number,
                Map<String, Object> labels,
                int node,
                boolean ready,
                boolean hostNetwork) {
            String name = podName(owner, number);
            String created = time(name.hashCode());
            Map<String, Object> metadata = map(
                    "generateName", owner + "-",
                    "generation", 1,
                    "labels", labels,
                    "name", name,
                    "namespace", namespace);
            metadata.put("ownerReferences", List.of(ownedBy("apps/v1", ownerKind, namespace, owner)));
            labels.put("topology.kubernetes.io/region", "r1");
            labels.put("topology.kubernetes.io/zone", zone(node));
            Map<String, Object> object = object("v1", "Pod", metadata);
            String volume = "kube-api-access-" + letters(5, name.hashCode());
            String app = ownerKind.equals("ReplicaSet") ? owner.substring(0, owner.lastIndexOf('-')) : owner;
            Map<String, Object> spec = podSpec(namespace, app);
            Map<String, Object> mount =
                    map("mountPath", "/var/run/secrets/kubernetes.io/serviceaccount", "name", volume, "readOnly", true);
            for (Object container : (List<?>) spec.get("containers")) {
                @SuppressWarnings("unchecked")
                Map<String, Object> fields = (Map<String, Object>) container;
                fields.put("volumeMounts", List.of(mount));
            }
            spec.put("enableServiceLinks", true);
            spec.put("nodeName", nodeName(node));
            spec.put("preemptionPolicy", "PreemptLowerPriority");
            spec.put("priority", 0);
            spec.put("serviceAccount", "default");
            spec.put("serviceAccountName", "default");
            spec.put("tolerations", List.of(toleration("not-ready"), toleration("unreachable")));
            spec.put(
                    "volumes",
                    List.of(
                            map(
                                    "name",
                                    volume,
                                    "projected",
                                    map(
                                            "defaultMode",
                                            420,
                                            "sources",
                                            List.of(
                                                    map(
                                                            "serviceAccountToken",
                                                            map("expirationSeconds", 3607, "path", "token")),
                                                    map(
                                                            "configMap",
                                                            map(
                                                                    "items",
                                                                    List.of(map("key", "ca.crt", "path", "ca.crt")),
                                                                    "name",
                                                                    "kube-root-ca.crt")),
                                                    map(
                                                            "downwardAPI",
                                                            map(
                                                                    "items",
                                                                    List.of(map(
                                                                            "fieldRef",
                                                                            map(
                                                                                    "apiVersion",
                                                                                    "v1",
                                                                                    "fieldPath",
                                                                                    "metadata.namespace"),
                                                                            "path",
                                                                            "namespace")))))))));
            if (hostNetwork) {
                spec.put("hostNetwork", true);
            }
            object.put("spec", spec);
            String address = hostNetwork ? nodeAddress(node) : podAddress(addresses++);
            object.put("status", podStatus(name, namespace, app, created, ready, nodeAddress(node), address));
            return object;
        }

        private static String podAddress(int number) {
            return "10.%d.%d.%d".formatted(64 + number / 62_500, number / 250 % 250, number % 250 + 1);
        }

        private static Map<String, Object> toleration(String condition) {
            return map(
                    "effect", "NoExecute", "key", "node.kubernetes.io/" + condition, "operator", "Exists",
                    "tolerationSeconds", 300);
        }

        /** What a template and its pods share. */
        private Map<String, Object> podSpec(String namespace, String app) {
            List<Object> ports = new ArrayList<>();
            if (app.equals("coredns")) {
                ports.add(port("dns", 53, "UDP"));
                ports.add(port("dns-tcp", 53, "TCP"));
            } else {
                ports.add(port("http", 8080, "TCP"));
            }
            ports.add(port("metrics", 9090, "TCP"));
            Map<String, Object> container = map(
                    "env",
                    List.of(
                            map("name", "UPSTREAM", "value", "http://" + app(5) + "." + namespace + ".svc.cluster.local:80")),
                    "image", "registry.example/apps/" + app + ":1.4",
                    "imagePullPolicy", "IfNotPresent",
                    "name", "app",
                    "ports", ports,
                    "readinessProbe", probe(),
                    "resources", resources(),
                    "terminationMessagePath", "/dev/termination-log",
                    "terminationMessagePolicy", "File");
            List<Object> containers = new ArrayList<>();
            containers.add(container);
            return map(
                    "containers", containers,
                    "dnsPolicy", app.equals("coredns") ? "Default" : "ClusterFirst",
                    "restartPolicy", "Always",
                    "schedulerName", "default-scheduler",
                    "securityContext", map(),
                    "terminationGracePeriodSeconds", 30);
        }

        private static Map<String, Object> port(String name, int number, String protocol) {
            return map("containerPort", number, "name", name, "protocol", protocol);
        }

        private static Map<String, Object> probe() {
            return map(
                    "failureThreshold", 3,
                    "httpGet", map("path", "/ready", "port", "http", "scheme", "HTTP"),
                    "periodSeconds", 10,
                    "successThreshold", 1,
                    "timeoutSeconds", 1);
        }

        private static Map<String, Object> resources() {
            return map("limits", map("memory", "256Mi"), "requests", map("cpu", "100m", "memory", "128Mi"));
        }

        private Map<String, Object> podStatus(
                String name, String namespace, String app, String time, boolean ready, String host, String address) {
            List<Object> conditions = new ArrayList<>();
            for (String type :
                    List.of("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")) {
                Map<String, Object> condition = map(
                        "lastProbeTime", null, "lastTransitionTime", time, "observedGeneration", 1, "status", "True",
                        "type", type);
                if (!ready && type.endsWith("Ready")) {
                    condition.put("message", "containers with unready status: [app]");
                    condition.put("reason", "ContainersNotReady");
                    condition.put("status", "False");
                }
                conditions.add(condition);
            }
            String message = "back-off 5m0s restarting failed container=app pod=" + name + "_" + namespace + "("
                    + uid("Pod" + namespace + name) + ")";
            return map(
                    "conditions",
                    conditions,
                    "containerStatuses",
                    List.of(map(
                            "containerID", "containerd://" + hex(64),
                            "image", "registry.example/apps/" + app + ":1.4",
                            "imageID", "registry.example/apps/" + app + "@sha256:" + hex(64),
                            "lastState", ready ? map() : map("terminated", map("exitCode", 1, "message", LAST_WORDS)),
                            "name", "app",
                            "ready", ready,
                            "restartCount", ready ? 0 : 17,
                            "started", ready,
                            "state",
                                    ready
                                            ? map("running", map("startedAt", time))
                                            : map("waiting", map("message", message, "reason", "CrashLoopBackOff")))),
                    "hostIP",
                    host,
                    "hostIPs",
                    List.of(map("ip", host)),
                    "observedGeneration",
                    1,
                    "phase",
                    "Running",
                    "podIP",
                    address,
                    "podIPs",
                    List.of(map("ip", address)),
                    "qosClass",
                    "Burstable",
                    "startTime",
                    time);
        }

        private Map<String, Object> ownedBy(String apiVersion, String kind, String namespace, String name) {
            return map(
                    "apiVersion", apiVersion, "blockOwnerDeletion", true, "controller", true, "kind", kind, "name", name,
                    "uid", uid(kind + namespace + name));
        }

        private static String serviceName(int number) {
            return app(number);
        }

        /** Beyond the first, a workload's Services are the same but for the name. */
        private Map<String, Object> service(int number) {
            int workload = number % workloads();
            Map<String, Object> selector = map("app.kubernetes.io/instance", app(workload));
            if (number == 1) {
                selector.put("app.kubernetes.io/instance", app(workload) + "s");
            }
            String target = number == 2 ? "web" : "http";
            Map<String, Object> object = object(
                    "v1",
                    "Service",
                    map("name", serviceName(number), "namespace", namespaceOf(workload), "labels", labels(workload)));
            String address = "172.%d.%d.%d".formatted(20 + number / 62_500, number / 250 % 250, number % 250 + 1);
            object.put("spec", serviceSpec(address, selector, List.of(
                    map("name", "http", "port", 80, "protocol", "TCP", "targetPort", target),
                    map("name", "metrics", "port", 9090, "protocol", "TCP", "targetPort", 9090))));
            object.put("status", map("loadBalancer", map()));
            return object;
        }

        private static Map<String, Object> serviceSpec(String address, Map<String, Object> selector, List<Object> ports) {
            return map(
                    "clusterIP", address,
                    "clusterIPs", List.of(address),
                    "internalTrafficPolicy", "Cluster",
                    "ipFamilies", List.of("IPv4"),
                    "ipFamilyPolicy", "SingleStack",
                    "ports", ports,
                    "selector", selector,
                    "sessionAffinity", "None",
                    "type", "ClusterIP");
        }

        private Map<String, Object> dnsService() {
            Map<String, Object> object = object(
                    "v1",
                    "Service",
                    map("name", "kube-dns", "namespace", "kube-system", "labels", map("k8s-app", "kube-dns")));
            object.put("spec", serviceSpec("172.20.255.10", map("k8s-app", "kube-dns"), List.of(
                    map("name", "dns", "port", 53, "protocol", "UDP", "targetPort", 53),
                    map("name", "dns-tcp", "port", 53, "protocol", "TCP", "targetPort", 53))));
            object.put("status", map("loadBalancer", map()));
            return object;
        }

        /** Of at most 100 endpoints, as the controller makes them. */
        private void writeSlices(Output out) {
            int[] first = new int[workloads()];
            int count = 0;
            for (int i = 0; i < namespaces; i++) {
                for (int workload = i; workload < workloads(); workload += namespaces) {
                    first[workload] = count;
                    count += replicas(workload);
                }
            }
            for (int i = 0; i < services; i++) {
                int workload = i % workloads();
                int replicas = i == 1 ? 0 : replicas(workload);
                for (int from = 0; from == 0 || from < replicas; from += 100) {
                    out.item(slice(i, workload, from, Math.min(from + 100, replicas), first[workload]));
                }
            }
            List<Object> endpoints = new ArrayList<>();
            for (Map<String, Object> pod : coreDns) {
                String address = (String) ((Map<?, ?>) pod.get("status")).get("podIP");
                endpoints.add(endpoint(address, true, 0, "kube-system", "coredns"));
            }
            out.item(slice("kube-dns", "kube-system", 0, endpoints));
        }

        private Map<String, Object> slice(int service, int workload, int from, int to, int firstAddress) {
            List<Object> endpoints = new ArrayList<>();
            String owner = app(workload) + "-" + letters(10, workload);
            for (int replica = from; replica < to; replica++) {
                boolean ready = workload != 4 && Math.floorMod(mix(workload * 7919 + replica), 1000) >= CRASHING;
                endpoints.add(endpoint(
                        podAddress(firstAddress + replica),
                        ready,
                        nodeOf(workload, replica),
                        namespaceOf(workload),
                        podName(owner, replica)));
            }
            return slice(serviceName(service), namespaceOf(workload), from, endpoints);
        }

        private static Map<String, Object> endpoint(
                String address, boolean ready, int node, String namespace, String pod) {
            return map(
                    "addresses", List.of(address),
                    "conditions", map("ready", ready, "serving", ready, "terminating", false),
                    "nodeName", nodeName(node),
                    "targetRef",
                            map("kind", "Pod", "name", pod, "namespace", namespace, "uid", uid("Pod" + namespace + pod)),
                    "zone", zone(node));
        }

        private Map<String, Object> slice(String service, String namespace, int number, List<Object> endpoints) {
            Map<String, Object> object = object(
                    "discovery.k8s.io/v1",
                    "EndpointSlice",
                    map(
                            "annotations",
                            map("endpoints.kubernetes.io/last-change-trigger-time", time(service.hashCode())),
                            "generateName",
                            service + "-",
                            "generation",
                            3,
                            "labels",
                            map(
                                    "endpointslice.kubernetes.io/managed-by",
                                    "endpointslice-controller.k8s.io",
                                    "kubernetes.io/service-name",
                                    service),
                            "name",
                            service + "-" + letters(5, service.hashCode() + number),
                            "namespace",
                            namespace,
                            "ownerReferences",
                            List.of(ownedBy("v1", "Service", namespace, service))));
            object.put("addressType", "IPv4");
            object.put("endpoints", endpoints);
            object.put("ports", List.of(
                    map("name", "http", "port", 8080, "protocol", "TCP"),
                    map("name", "metrics", "port", 9090, "protocol", "TCP")));
            return object;
        }

        private Map<String, Object> deployment(int workload) {
            String name = app(workload);
            Map<String, Object> object = object(
                    "apps/v1",
                    "Deployment",
                    map(
                            "annotations",
                            map(
                                    "deployment.kubernetes.io/revision",
                                    "1",
                                    "kubectl.kubernetes.io/last-applied-configuration",
                                    applied(workload)),
                            "generation",
                            1,
                            "labels",
                            labels(workload),
                            "name",
                            name,
                            "namespace",
                            namespaceOf(workload)));
            object.put(
                    "spec",
                    map(
                            "progressDeadlineSeconds", 600,
                            "replicas", replicas(workload),
                            "revisionHistoryLimit", 10,
                            "selector", map("matchLabels", map("app.kubernetes.io/instance", name)),
                            "strategy",
                                    map(
                                            "rollingUpdate", map("maxSurge", "25%", "maxUnavailable", "25%"),
                                            "type", "RollingUpdate"),
                            "template",
                                    map(
                                            "metadata", map("labels", labels(workload)),
                                            "spec", podSpec(namespaceOf(workload), name))));
            String time = time(name.hashCode());
            object.put(
                    "status",
                    map(
                            "availableReplicas", replicas(workload),
                            "conditions",
                                    List.of(map(
                                            "lastTransitionTime", time,
                                            "lastUpdateTime", time,
                                            "message", "Deployment has minimum availability.",
                                            "reason", "MinimumReplicasAvailable",
                                            "status", "True",
                                            "type", "Available")),
                            "observedGeneration", 1,
                            "readyReplicas", replicas(workload),
                            "replicas", replicas(workload),
                            "updatedReplicas", replicas(workload)));
            return object;
        }

        /** One long line of JSON with its line break, as kubectl apply leaves it. */
        private String applied(int workload) {
            StringBuilder text = new StringBuilder();
            Json.compact(
                    text,
                    map(
                            "apiVersion", "apps/v1",
                            "kind", "Deployment",
                            "metadata", map("name", app(workload), "namespace", namespaceOf(workload)),
                            "spec",
                                    map(
                                            "replicas", replicas(workload),
                                            "template", map("spec", podSpec(namespaceOf(workload), app(workload))))));
            return text.append('\n').toString();
        }

        private Map<String, Object> replicaSet(int workload) {
            String hash = letters(10, workload);
            Map<String, Object> labels = labels(workload);
            labels.put("pod-template-hash", hash);
            Map<String, Object> object = object(
                    "apps/v1",
                    "ReplicaSet",
                    map(
                            "generation",
                            1,
                            "labels",
                            labels,
                            "name",
                            app(workload) + "-" + hash,
                            "namespace",
                            namespaceOf(workload),
                            "ownerReferences",
                            List.of(ownedBy("apps/v1", "Deployment", namespaceOf(workload), app(workload)))));
            object.put(
                    "spec",
                    map(
                            "replicas", replicas(workload),
                            "selector",
                                    map(
                                            "matchLabels",
                                            map("app.kubernetes.io/instance", app(workload), "pod-template-hash", hash)),
                            "template",
                                    map(
                                            "metadata", map("labels", labels),
                                            "spec", podSpec(namespaceOf(workload), app(workload)))));
            object.put(
                    "status",
                    map(
                            "availableReplicas", replicas(workload),
                            "fullyLabeledReplicas", replicas(workload),
                            "observedGeneration", 1,
                            "readyReplicas", replicas(workload),
                            "replicas", replicas(workload)));
            return object;
        }

        private Map<String, Object> daemonSet() {
            Map<String, Object> labels = map("k8s-app", "cilium");
            Map<String, Object> object = object(
                    "apps/v1", "DaemonSet", map("labels", labels, "name", "cilium", "namespace", "kube-system"));
            Map<String, Object> spec = podSpec("kube-system", "cilium");
            spec.put("hostNetwork", true);
            object.put(
                    "spec",
                    map(
                            "selector", map("matchLabels", labels),
                            "template", map("metadata", map("labels", labels), "spec", spec)));
            object.put(
                    "status",
                    map("currentNumberScheduled", nodes, "desiredNumberScheduled", nodes, "numberReady", nodes));
            return object;
        }

        /**
         * In each namespace: only the Ingress controller comes in, names can be looked up and other workloads asked, and
         * then what single workloads need.
         */
        private Map<String, Object> policy(int number) {
            int round = number / namespaces;
            int namespace = number % namespaces;
            Map<String, Object> spec;
            String name;
            if (round == 0) {
                name = "allow-ingress-controller";
                spec = map(
                        "ingress",
                        List.of(map("from", List.of(map("namespaceSelector", inNamespace("kube-system"))))),
                        "podSelector",
                        map(),
                        "policyTypes",
                        List.of("Ingress"));
            } else if (round == 1) {
                name = "allow-dns";
                boolean forgotten = namespace == 0;
                Map<String, Object> dns = map(
                        "ports",
                        List.of(
                                map("port", forgotten ? 5353 : 53, "protocol", "UDP"),
                                map("port", forgotten ? 5353 : 53, "protocol", "TCP")),
                        "to",
                        List.of(map(
                                "namespaceSelector",
                                inNamespace("kube-system"),
                                "podSelector",
                                map("matchLabels", map("k8s-app", "kube-dns")))));
                Map<String, Object> http = map(
                        "ports",
                        List.of(map("port", "http", "protocol", "TCP")),
                        "to",
                        List.of(map("namespaceSelector", map())));
                spec = map(
                        "egress",
                        List.of(dns, http),
                        "podSelector",
                        map(),
                        "policyTypes",
                        List.of("Egress"));
            } else {
                int inNamespace = Math.max(1, (workloads() - namespace + namespaces - 1) / namespaces);
                int workload = namespace + (round - 2) % inNamespace * namespaces;
                int client = Math.floorMod(mix(number), workloads());
                name = "allow-" + app(workload) + "-" + round;
                spec = map(
                        "egress",
                        List.of(map(
                                "ports",
                                List.of(map("port", 5432, "protocol", "TCP")),
                                "to",
                                List.of(map("ipBlock", map("cidr", "10.250." + number % 250 + ".0/24"))))),
                        "ingress",
                        List.of(map(
                                "from",
                                List.of(
                                        map(
                                                "namespaceSelector",
                                                inNamespace(namespaceOf(client)),
                                                "podSelector",
                                                map(
                                                        "matchLabels",
                                                        map("app.kubernetes.io/instance", app(client)))),
                                        map("podSelector", map("matchLabels", map("team", namespace(namespace))))),
                                "ports",
                                List.of(map("port", "http", "protocol", "TCP")))),
                        "podSelector",
                        map("matchLabels", map("app.kubernetes.io/instance", app(workload))),
                        "policyTypes",
                        List.of("Ingress", "Egress"));
            }
            Map<String, Object> object = object(
                    "networking.k8s.io/v1",
                    "NetworkPolicy",
                    map("generation", 1, "name", name, "namespace", namespace(namespace)));
            object.put("spec", spec);
            return object;
        }

        private static Map<String, Object> inNamespace(String name) {
            return map("matchLabels", map("kubernetes.io/metadata.name", name));
        }

        private Map<String, Object> ingressClass() {
            Map<String, Object> object = object("networking.k8s.io/v1", "IngressClass", map("name", "nginx"));
            object.put("spec", map("controller", "k8s.io/ingress-nginx"));
            return object;
        }

        private Map<String, Object> ingress(int service) {
            String namespace = namespaceOf(service % workloads());
            String backend = service == 0 ? serviceName(service) + "-v2" : serviceName(service);
            Map<String, Object> object = object(
                    "networking.k8s.io/v1",
                    "Ingress",
                    map("generation", 1, "name", serviceName(service), "namespace", namespace));
            object.put(
                    "spec",
                    map(
                            "ingressClassName",
                            "nginx",
                            "rules",
                            List.of(map(
                                    "host",
                                    serviceName(service) + ".shop.example",
                                    "http",
                                    map(
                                            "paths",
                                            List.of(map(
                                                    "backend",
                                                    map("service", map("name", backend, "port", map("name", "http"))),
                                                    "path",
                                                    "/",
                                                    "pathType",
                                                    "Prefix")))))));
            object.put("status", map("loadBalancer", map("ingress", List.of(map("ip", "192.0.2.10")))));
            return object;
        }

        private String hex(int length) {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                String digits = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
                text.append(digits, 0, Math.min(digits.length(), length - text.length()));
            }
            return text.toString();
        }
    }

    /** In the months before the capture. */
    private static String time(int seed) {
        SplittableRandom own = new SplittableRandom(seed);
        return "2026-%02d-%02dT%02d:%02d:%02dZ"
                .formatted(
                        own.nextInt(1, 11), own.nextInt(1, 29), own.nextInt(24), own.nextInt(60), own.nextInt(60));
    }

    /** The same for the same name. */
    private static String uid(String name) {
        long high = mix(name.hashCode() * 31L + name.length());
        long low = mix(high + name.hashCode());
        String digits = "%016x%016x".formatted(high, low);
        return String.join(
                "-",
                digits.substring(0, 8),
                digits.substring(8, 12),
                digits.substring(12, 16),
                digits.substring(16, 20),
                digits.substring(20));
    }

    private static long mix(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    /** Five such letters, others for each number. */
    private static String suffix(int number) {
        int all = 27 * 27 * 27 * 27 * 27;
        long rest = (number * 7_654_321L + 1_234_567) % all;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(LETTERS.charAt((int) (rest % 27)));
            rest /= 27;
        }
        return text.toString();
    }

    /** Like the API server's random suffixes: no vowels, the same for the same number. */
    private static String letters(int length, int number) {
        SplittableRandom own = new SplittableRandom(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(own.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** Keys and values in turn. kubectl prints keys in the order of the LETTERS. */
    private static Map<String, Object> map(Object... entries) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], entries[i + 1]);
        }
        return map;
    }

    /** A list that is written item by item. */
    private abstract static class Output {
        private final OutputStream out;
        final StringBuilder text = new StringBuilder();

        Output(OutputStream out) {
            this.out = out;
        }

        abstract void item(Map<String, Object> object);

        abstract void end();

        void flush() {
            try {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                text.setLength(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** As Go's encoder writes it for kubectl. */
    private static final class Yaml extends Output {
        /** Where the encoder begins to look for a space at which it can fold. */
        private static final int WIDTH = 80;

        Yaml(OutputStream out) {
            super(out);
            text.append("apiVersion: v1\nitems:\n");
        }

        @Override
        void item(Map<String, Object> object) {
            text.append("- ");
            entries(object, 2, true);
            flush();
        }

        @Override
        void end() {
            text.append("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
            flush();
        }

        private void entries(Map<?, ?> map, int indent, boolean inline) {
            boolean first = inline;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (!first) {
                    text.append(" ".repeat(indent));
                }
                first = false;
                int start = text.length() - indent;
                text.append(entry.getKey()).append(':');
                value(entry.getValue(), indent, indent, start);
            }
        }

        /** @param items where a list's dashes go: as far left as the key that holds it */
        private void value(Object value, int indent, int items, int lineStart) {
            if (value instanceof Map<?, ?> map) {
                if (map.isEmpty()) {
                    text.append(" {}\n");
                } else {
                    text.append('\n');
                    entries(map, indent + 2, false);
                }
            } else if (value instanceof Collection<?> list) {
                text.append(list.isEmpty() ? " []\n" : "\n");
                for (Object item : list) {
                    text.append(" ".repeat(items)).append("- ");
                    if (item instanceof Map<?, ?> map) {
                        entries(map, items + 2, true);
                    } else {
                        scalar(item, items + 2, text.length() - items - 2);
                        text.append('\n');
                    }
                }
            } else {
                text.append(' ');
                scalar(value, indent + 2, lineStart);
                text.append('\n');
            }
        }

        private void scalar(Object value, int indent, int lineStart) {
            if (!(value instanceof String string)) {
                text.append(value);
            } else if (string.endsWith("\n")) {
                text.append("|\n").append(" ".repeat(indent)).append(string, 0, string.length() - 1);
            } else if (string.isEmpty() || string.matches("[0-9]+|2[0-9]{3}-.*T.*Z|true|false|True|False")) {
                text.append('"').append(string).append('"');
            } else if (string.contains(": ") || string.matches("[\\[{*&!%@`'\"].*")) {
                text.append('\'').append(string.replace("'", "''")).append('\'');
            } else {
                folded(string, indent, lineStart);
            }
        }

        private void folded(String string, int indent, int lineStart) {
            int start = lineStart;
            for (String word : string.split(" ")) {
                if (word != string && text.length() - start > WIDTH && text.charAt(text.length() - 1) == ' ') {
                    text.setCharAt(text.length() - 1, '\n');
                    start = text.length();
                    text.append(" ".repeat(indent));
                }
                text.append(word).append(' ');
            }
            text.setLength(text.length() - 1);
        }
    }

    /** As kubectl prints it. */
    private static final class Json extends Output {
        private boolean some;

        Json(OutputStream out) {
            super(out);
            text.append("{\n    \"apiVersion\": \"v1\",\n    \"items\": [");
        }

        @Override
        void item(Map<String, Object> object) {
            text.append(some ? ",\n        " : "\n        ");
            some = true;
            value(text, object, 8);
            flush();
        }

        @Override
        void end() {
            text.append("\n    ],\n    \"kind\": \"List\",\n    \"metadata\": {\n")
                    .append("        \"resourceVersion\": \"\"\n    }\n}\n");
            flush();
        }

        static void compact(StringBuilder text, Object value) {
            value(text, value, -1);
        }

        /** @param indent of the line, -1 for everything on one line */
        private static void value(StringBuilder text, Object value, int indent) {
            if (value instanceof Map<?, ?> map) {
                text.append('{');
                String between = "";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    newLine(text.append(between), indent, 4);
                    text.append('"').append(entry.getKey()).append(indent < 0 ? "\":" : "\": ");
                    value(text, entry.getValue(), indent < 0 ? -1 : indent + 4);
                    between = ",";
                }
                newLine(text, map.isEmpty() ? -1 : indent, 0);
                text.append('}');
            } else if (value instanceof Collection<?> list) {
                text.append('[');
                String between = "";
                for (Object item : list) {
                    newLine(text.append(between), indent, 4);
                    value(text, item, indent < 0 ? -1 : indent + 4);
                    between = ",";
                }
                newLine(text, list.isEmpty() ? -1 : indent, 0);
                text.append(']');
            } else if (value instanceof String string) {
                text.append('"')
                        .append(string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                        .append('"');
            } else {
                text.append(value);
            }
        }

        private static void newLine(StringBuilder text, int indent, int more) {
            if (indent >= 0) {
                text.append('\n').append(" ".repeat(indent + more));
            }
        }
    }
}
