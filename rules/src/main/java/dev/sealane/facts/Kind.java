package dev.sealane.facts;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An API kind: group and name, without the version. Kind names alone collide in real clusters (the Ingress of
 * {@code config.openshift.io}, the NetworkPolicy of {@code crd.projectcalico.org}).
 *
 * @param group the API group, empty for the core group
 * @param name the kind in CamelCase, as in {@code kind:}
 */
public record Kind(String group, String name) {
    public static final Kind NAMESPACE = new Kind("", "Namespace");
    public static final Kind NODE = new Kind("", "Node");
    public static final Kind POD = new Kind("", "Pod");
    public static final Kind SERVICE = new Kind("", "Service");
    public static final Kind ENDPOINTS = new Kind("", "Endpoints");
    public static final Kind CONFIG_MAP = new Kind("", "ConfigMap");
    public static final Kind SECRET = new Kind("", "Secret");
    public static final Kind EVENT = new Kind("", "Event");
    public static final Kind REPLICATION_CONTROLLER = new Kind("", "ReplicationController");
    public static final Kind DEPLOYMENT = new Kind("apps", "Deployment");
    public static final Kind REPLICA_SET = new Kind("apps", "ReplicaSet");
    public static final Kind STATEFUL_SET = new Kind("apps", "StatefulSet");
    public static final Kind DAEMON_SET = new Kind("apps", "DaemonSet");
    public static final Kind JOB = new Kind("batch", "Job");
    public static final Kind CRON_JOB = new Kind("batch", "CronJob");
    public static final Kind ENDPOINT_SLICE = new Kind("discovery.k8s.io", "EndpointSlice");
    public static final Kind INGRESS = new Kind("networking.k8s.io", "Ingress");
    public static final Kind INGRESS_CLASS = new Kind("networking.k8s.io", "IngressClass");
    public static final Kind NETWORK_POLICY = new Kind("networking.k8s.io", "NetworkPolicy");
    public static final Kind ADMIN_NETWORK_POLICY = new Kind("policy.networking.k8s.io", "AdminNetworkPolicy");
    public static final Kind BASELINE_ADMIN_NETWORK_POLICY =
            new Kind("policy.networking.k8s.io", "BaselineAdminNetworkPolicy");
    public static final Kind CLUSTER_NETWORK_POLICY = new Kind("policy.networking.k8s.io", "ClusterNetworkPolicy");

    /** The kinds above, which Sealane reads. */
    public static final List<Kind> KNOWN = List.of(
            NAMESPACE,
            NODE,
            POD,
            SERVICE,
            ENDPOINTS,
            CONFIG_MAP,
            SECRET,
            EVENT,
            REPLICATION_CONTROLLER,
            DEPLOYMENT,
            REPLICA_SET,
            STATEFUL_SET,
            DAEMON_SET,
            JOB,
            CRON_JOB,
            ENDPOINT_SLICE,
            INGRESS,
            INGRESS_CLASS,
            NETWORK_POLICY,
            ADMIN_NETWORK_POLICY,
            BASELINE_ADMIN_NETWORK_POLICY,
            CLUSTER_NETWORK_POLICY);

    /** The kinds that the API once served under {@code extensions}, with the group that has them now. */
    private static final Map<String, String> MOVED_FROM_EXTENSIONS = Map.of(
            "Deployment", "apps",
            "DaemonSet", "apps",
            "ReplicaSet", "apps",
            "Ingress", "networking.k8s.io",
            "NetworkPolicy", "networking.k8s.io");

    /** Kinds of the built-in groups whose objects have no namespace. */
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "Namespace",
            "Node",
            "NodeMetrics",
            "ComponentStatus",
            "PersistentVolume",
            "ClusterRole",
            "ClusterRoleBinding",
            "StorageClass",
            "StorageVersion",
            "StorageVersionMigration",
            "VolumeAttachment",
            "VolumeAttributesClass",
            "VolumeSnapshotClass",
            "VolumeSnapshotContent",
            "CSIDriver",
            "CSINode",
            "PriorityClass",
            "RuntimeClass",
            "IngressClass",
            "CustomResourceDefinition",
            "APIService",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "PodSecurityPolicy",
            "ClusterTrustBundle",
            "DeviceClass",
            "DeviceTaintRule",
            "ResourceSlice",
            "CertificateSigningRequest",
            "FlowSchema",
            "PriorityLevelConfiguration",
            "ServiceCIDR",
            "IPAddress",
            "GatewayClass",
            "ClusterNetworkPolicy",
            "AdminNetworkPolicy",
            "BaselineAdminNetworkPolicy");

    /** Kinds of others' APIs whose objects have no namespace. */
    private static final Set<String> CLUSTER_SCOPED_ELSEWHERE = Set.of(
            "CiliumCIDRGroup",
            "CiliumClusterwideEnvoyConfig",
            "CiliumClusterwideNetworkPolicy",
            "CiliumEgressGatewayPolicy",
            "CiliumLoadBalancerIPPool",
            "CiliumNode",
            "GlobalNetworkPolicy",
            "GlobalNetworkSet",
            "StagedGlobalNetworkPolicy",
            "Tier",
            "IPPool",
            "FelixConfiguration");

    /**
     * The kind of an object with these two fields. The groups under which older API versions served a kind count as
     * the group that serves it now, so that an object has one identity whatever version wrote it.
     *
     * @param apiVersion {@code group/version}, or {@code version} for the core group
     */
    public static Kind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        if (group.equals("extensions")) {
            group = MOVED_FROM_EXTENSIONS.getOrDefault(kind, group);
        } else if (group.equals("events.k8s.io") && kind.equals("Event")) {
            group = "";
        }
        return new Kind(group, kind);
    }

    /** Whether objects of this kind live in a namespace. Kinds that are not known are taken to. */
    public boolean namespaced() {
        return builtIn()
                ? !CLUSTER_SCOPED.contains(name)
                : !(CLUSTER_SCOPED_ELSEWHERE.contains(name)
                        && (group.equals("cilium.io") || group.endsWith("projectcalico.org")));
    }

    /** Whether controllers write such objects, so that a folder of manifests has none and misses none. */
    public boolean observedOnly() {
        return equals(ENDPOINTS) || equals(ENDPOINT_SLICE) || equals(EVENT);
    }

    /** Whether the API server itself defines the group; custom resources' groups have other domains. */
    public boolean builtIn() {
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }

    /** The name of the resource on kubectl's command line: lower case, plural. */
    public String plural() {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith("endpoints")) {
            return lower;
        }
        if (lower.endsWith("s")) {
            return lower + "es";
        }
        return lower.matches(".*[^aeiou]y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }

    @Override
    public String toString() {
        return name;
    }
}
