package dev.sealane.load;

import dev.sealane.facts.Container;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.EnvAddress;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads pods and the workloads that make them. */
final class PodReader {
    static final Set<Kind> WORKLOADS = Set.of(
            Kind.REPLICATION_CONTROLLER,
            Kind.DEPLOYMENT,
            Kind.REPLICA_SET,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.JOB,
            Kind.CRON_JOB);

    /** Reasons of a container that waits for others: they tell less than any other reason. */
    private static final Set<String> WAITING_FOR_OTHERS = Set.of("PodInitializing", "ContainerCreating", "Completed");

    private final Interner interner;

    PodReader(Interner interner) {
        this.interner = interner;
    }

    /** Whether pods are made from the object: a known workload, or any object with containers in {@code spec.template}. */
    boolean hasTemplate(Fields object, Kind kind) {
        return WORKLOADS.contains(kind)
                || !kind.builtIn()
                        && object.descends("spec", "template", "spec")
                        && object.mapping("spec")
                                .mapping("template")
                                .mapping("spec")
                                .isList("containers");
    }

    Workload workload(Fields object, Meta meta) {
        Kind kind = meta.ref().kind();
        Fields spec = object.mapping("spec");
        boolean cronJob = kind.equals(Kind.CRON_JOB);
        Fields template = (cronJob ? spec.mapping("jobTemplate").mapping("spec") : spec).mapping("template");
        int replicas = replicas(
                spec,
                kind,
                object.descends("status") && object.mapping("status").has("completionTime"));
        int desired = -1;
        int ready = -1;
        if (meta.captured() && object.has("status") && !cronJob) {
            Fields status = object.mapping("status");
            boolean daemonSet = kind.equals(Kind.DAEMON_SET);
            desired = daemonSet ? status.integer("desiredNumberScheduled", 0) : replicas;
            ready = status.integer(daemonSet ? "numberReady" : kind.equals(Kind.JOB) ? "ready" : "readyReplicas", 0);
        }
        Labels labels = ObjectReader.labels(template.mapping("metadata").stringMap("labels"), interner);
        String path = interner.intern(template.path());
        return new Workload(meta, replicas, path, labels, podSpec(template.mapping("spec"), true), desired, ready);
    }

    private static int replicas(Fields spec, Kind kind, boolean completed) {
        if (kind.equals(Kind.DAEMON_SET)) {
            return -1;
        }
        if (kind.equals(Kind.CRON_JOB)) {
            return spec.bool("suspend") ? 0 : -1;
        }
        if (kind.equals(Kind.JOB)) {
            return spec.bool("suspend") || completed ? 0 : count(spec, "parallelism", 1);
        }
        return count(spec, "replicas", WORKLOADS.contains(kind) ? 1 : -1);
    }

    private static int count(Fields spec, String field, int absent) {
        int count = spec.integer(field, absent);
        if (count < 0 && spec.has(field) && count != absent) {
            spec.reject(field, "must not be negative");
            return absent;
        }
        return count;
    }

    Pod pod(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        Fields status = object.mapping("status");
        Instant readySince = null;
        boolean ready = false;
        String notReady = "";
        String unscheduled = "";
        for (Fields condition : status.list("conditions")) {
            String type = condition.word("type");
            boolean holds = condition.word("status").equals("True");
            if (type.equals("Ready")) {
                ready = holds;
                readySince = holds ? ObjectReader.instant(condition.text("lastTransitionTime")) : null;
                notReady = condition.text("reason");
            } else if (type.equals("PodScheduled") && !holds) {
                unscheduled = condition.text("reason");
            }
        }
        return new Pod(
                meta,
                podSpec(spec, !meta.captured()),
                interner.intern(spec.word("nodeName")),
                podIPs(status),
                interner.intern(status.word("phase")),
                readySince,
                ready,
                ready ? "" : interner.intern(unreadyReason(status, unscheduled, notReady)));
    }

    private static List<String> podIPs(Fields status) {
        List<String> addresses = new ArrayList<>();
        status.list("podIPs").forEach(address -> addresses.add(address.word("ip")));
        if (addresses.isEmpty() && status.has("podIP")) {
            addresses.add(status.word("podIP"));
        }
        return addresses;
    }

    /**
     * The most telling of the reasons: what befell the pod (Evicted), then a container (CrashLoopBackOff), then the
     * scheduler's (Unschedulable), then that a container waits, then that of the Ready condition (ContainersNotReady).
     */
    private static String unreadyReason(Fields status, String unscheduled, String notReady) {
        String pod = status.text("reason");
        if (!pod.isEmpty()) {
            return pod;
        }
        String waiting = "";
        for (String field : new String[] {"initContainerStatuses", "containerStatuses"}) {
            for (Fields container : status.list(field)) {
                Fields state = container.mapping("state");
                String reason = state.mapping(state.has("waiting") ? "waiting" : "terminated")
                        .text("reason");
                if (!reason.isEmpty() && !WAITING_FOR_OTHERS.contains(reason)) {
                    return reason;
                }
                waiting = reason.isEmpty() || reason.equals("Completed") ? waiting : reason;
            }
        }
        if (!unscheduled.isEmpty()) {
            return unscheduled;
        }
        return waiting.isEmpty() ? notReady : waiting;
    }

    /** @param env whether environment variables are read: there are many, and a captured pod's workload has the same */
    private PodSpec podSpec(Fields spec, boolean env) {
        List<Container> containers = new ArrayList<>();
        List<Fields> main = spec.list("containers");
        for (int i = 0; i < main.size(); i++) {
            containers.add(container(main.get(i), env ? "containers[" + i + "]" : null));
        }
        int index = 0;
        for (Fields container : spec.list("initContainers")) {
            if (container.word("restartPolicy").equals("Always")) {
                containers.add(container(container, env ? "initContainers[" + index + "]" : null));
            }
            index++;
        }
        String dnsPolicy = spec.word("dnsPolicy");
        String serviceAccount = spec.word("serviceAccountName");
        return interner.intern(new PodSpec(
                containers,
                spec.bool("hostNetwork"),
                dnsPolicy.isEmpty() ? "ClusterFirst" : dnsPolicy,
                spec.mapping("dnsConfig").strings("nameservers"),
                spec.mapping("dnsConfig").strings("searches"),
                ndots(spec.mapping("dnsConfig")),
                interner.intern(serviceAccount.isEmpty() ? "default" : serviceAccount)));
    }

    private static int ndots(Fields dnsConfig) {
        for (Fields option : dnsConfig.list("options")) {
            String value = option.text("value");
            if (option.word("name").equals("ndots") && value.matches("[0-9]{1,2}")) {
                return Integer.parseInt(value);
            }
        }
        return 0;
    }

    /** @param path below the pod's spec; null if the environment is not read */
    private static Container container(Fields container, String path) {
        List<String> arguments = new ArrayList<>(container.strings("command"));
        arguments.addAll(container.strings("args"));
        List<ContainerPort> ports = new ArrayList<>();
        for (Fields port : container.list("ports")) {
            int number = port.port("containerPort");
            ContainerPort declared = new ContainerPort(port.word("name"), number, port.protocol("protocol"));
            if (number > 0) {
                ports.add(declared);
            }
        }
        List<EnvAddress> addresses =
                path == null ? List.of() : EnvReader.addresses(container.items("env"), path + ".env");
        return new Container(container.word("name"), container.text("image"), arguments, ports, addresses);
    }
}
