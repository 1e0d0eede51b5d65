import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes the inputs of the benchmark into a folder: {@code small.yaml}, {@code manifests/} (5,000 objects in 1,000 files)
 * and {@code pods.yaml} (20,000 pods as {@code kubectl get pods -A -o yaml} prints them). The same bytes every time.
 */
final class Generate {
    private static final int FILES = 1_000;
    private static final int PODS = 20_000;
    private static final int NAMESPACES = 40;
    private static final String[] WORDS = {
        "billing", "cart", "catalog", "checkout", "delivery", "gateway", "inventory", "ledger", "mail", "orders",
        "payments", "pricing", "profile", "quotes", "reports", "returns", "search", "sessions", "stock", "web"
    };

    private final SplittableRandom random = new SplittableRandom(20261123);

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Generate generate = new Generate();
        Files.writeString(folder.resolve("small.yaml"), generate.manifests("shop", "web", true));
        for (int i = 0; i < FILES; i++) {
            String namespace = namespace(i % NAMESPACES);
            Path file = folder.resolve("manifests").resolve(namespace).resolve(app(i) + ".yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, generate.manifests(namespace, app(i), i % 100 == 0));
        }
        try (Writer out = Files.newBufferedWriter(folder.resolve("pods.yaml"))) {
            out.write("apiVersion: v1\nitems:\n");
            for (int i = 0; i < PODS; i++) {
                out.write(generate.pod(i));
            }
            out.write("kind: List\nmetadata:\n  resourceVersion: \"\"\n");
        }
    }

    private static String namespace(int number) {
        return "team-%02d".formatted(number);
    }

    private static String app(int number) {
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

    /** With every field that the API server adds: about 3.6 KB. */
    private String pod(int number) {
        int workload = number / 8;
        String hash = letters(10, workload);
        String volume = "kube-api-access-" + letters(5, number);
        int node = random.nextInt(500);
        boolean ready = random.nextInt(200) != 0;
        String time = "2026-%02d-%02dT%02d:%02d:%02dZ"
                .formatted(
                        random.nextInt(1, 12),
                        random.nextInt(1, 29),
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60));
        String conditions = condition("Initialized", true, time)
                + condition("Ready", ready, time)
                + condition("ContainersReady", ready, time)
                + condition("PodScheduled", true, time);
        return """
                - apiVersion: v1
                  kind: Pod
                  metadata:
                    annotations:
                      checksum/config: %10$s
                      prometheus.io/port: "9090"
                      prometheus.io/scrape: "true"
                    creationTimestamp: "%8$s"
                    generateName: %2$s-%3$s-
                    generation: 1
                    labels:
                      app: %2$s
                      pod-template-hash: %3$s
                      team: %1$s
                    name: %2$s-%3$s-%4$s
                    namespace: %1$s
                    ownerReferences:
                    - apiVersion: apps/v1
                      blockOwnerDeletion: true
                      controller: true
                      kind: ReplicaSet
                      name: %2$s-%3$s
                      uid: %11$s
                    resourceVersion: "%7$d"
                    uid: %12$s
                  spec:
                    containers:
                    - env:
                      - name: LOG_LEVEL
                        value: info
                      - name: UPSTREAM
                        value: http://gateway-5.team-05.svc.cluster.local:80
                      image: registry.example/%1$s/%2$s:1.4
                      imagePullPolicy: IfNotPresent
                      name: app
                      ports:
                      - containerPort: 8080
                        name: http
                        protocol: TCP
                      - containerPort: 9090
                        name: metrics
                        protocol: TCP
                      resources:
                        limits:
                          memory: 256Mi
                        requests:
                          cpu: 100m
                          memory: 128Mi
                      volumeMounts:
                      - mountPath: /var/run/secrets/kubernetes.io/serviceaccount
                        name: %5$s
                        readOnly: true
                    dnsPolicy: ClusterFirst
                    enableServiceLinks: true
                    nodeName: node-%6$03d
                    preemptionPolicy: PreemptLowerPriority
                    priority: 0
                    restartPolicy: Always
                    schedulerName: default-scheduler
                    securityContext: {}
                    serviceAccount: default
                    serviceAccountName: default
                    terminationGracePeriodSeconds: 30
                    tolerations:
                    - effect: NoExecute
                      key: node.kubernetes.io/not-ready
                      operator: Exists
                      tolerationSeconds: 300
                    - effect: NoExecute
                      key: node.kubernetes.io/unreachable
                      operator: Exists
                      tolerationSeconds: 300
                    volumes:
                    - name: %5$s
                      projected:
                        defaultMode: 420
                        sources:
                        - serviceAccountToken:
                            expirationSeconds: 3607
                            path: token
                        - configMap:
                            items:
                            - key: ca.crt
                              path: ca.crt
                            name: kube-root-ca.crt
                        - downwardAPI:
                            items:
                            - fieldRef:
                                apiVersion: v1
                                fieldPath: metadata.namespace
                              path: namespace
                  status:
                    conditions:
                %13$s    containerStatuses:
                    - containerID: containerd://%10$s
                      image: registry.example/%1$s/%2$s:1.4
                      imageID: registry.example/%1$s/%2$s@sha256:%10$s
                      lastState: {}
                      name: app
                      ready: %9$b
                      restartCount: 0
                      started: true
                      state:
                        running:
                          startedAt: "%8$s"
                    hostIP: 10.1.%14$d.%15$d
                    hostIPs:
                    - ip: 10.1.%14$d.%15$d
                    phase: Running
                    podIP: 10.%16$d.%17$d.%18$d
                    podIPs:
                    - ip: 10.%16$d.%17$d.%18$d
                    qosClass: Burstable
                    startTime: "%8$s"
                """
                .formatted(
                        namespace(workload % NAMESPACES),
                        app(workload),
                        hash,
                        letters(5, number),
                        volume,
                        node,
                        1_000_000 + number,
                        time,
                        ready,
                        hex(64, random),
                        uid(new SplittableRandom(workload)),
                        uid(random),
                        conditions,
                        node / 250,
                        node % 250 + 1,
                        64 + number / 62_500,
                        number / 250 % 250,
                        number % 250 + 1);
    }

    private static String condition(String type, boolean status, String time) {
        return """
                    - lastProbeTime: null
                      lastTransitionTime: "%s"
                      status: "%s"
                      type: %s
                """
                .formatted(time, status ? "True" : "False", type);
    }

    /** Like the API server's random suffixes: no vowels, the same for the same number. */
    private static String letters(int length, int number) {
        String alphabet = "bcdfghjklmnpqrstvwxz2456789";
        SplittableRandom own = new SplittableRandom(number);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(own.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String hex(int length, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private static String uid(SplittableRandom random) {
        return String.join("-", hex(8, random), hex(4, random), hex(4, random), hex(4, random), hex(12, random));
    }
}
