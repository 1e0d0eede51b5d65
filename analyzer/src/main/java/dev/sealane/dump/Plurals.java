package dev.sealane.dump;

import dev.sealane.facts.Kind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** From the names that collectors give to files and folders to kinds of the built-in API groups. */
final class Plurals {
    /** Kinds that Sealane does not read, but that some collectors write without saying what they are. */
    private static final String OTHERS = """
            persistentvolumes v1 PersistentVolume
            persistentvolumeclaims v1 PersistentVolumeClaim
            serviceaccounts v1 ServiceAccount
            resourcequotas v1 ResourceQuota
            limitranges v1 LimitRange
            podtemplates v1 PodTemplate
            controllerrevisions apps/v1 ControllerRevision
            horizontalpodautoscalers autoscaling/v2 HorizontalPodAutoscaler
            poddisruptionbudgets policy/v1 PodDisruptionBudget
            podsecuritypolicies policy/v1beta1 PodSecurityPolicy
            storageclasses storage.k8s.io/v1 StorageClass
            volumeattachments storage.k8s.io/v1 VolumeAttachment
            csidrivers storage.k8s.io/v1 CSIDriver
            csinodes storage.k8s.io/v1 CSINode
            priorityclasses scheduling.k8s.io/v1 PriorityClass
            leases coordination.k8s.io/v1 Lease
            roles rbac.authorization.k8s.io/v1 Role
            rolebindings rbac.authorization.k8s.io/v1 RoleBinding
            clusterroles rbac.authorization.k8s.io/v1 ClusterRole
            clusterrolebindings rbac.authorization.k8s.io/v1 ClusterRoleBinding
            customresourcedefinitions apiextensions.k8s.io/v1 CustomResourceDefinition
            apiservices apiregistration.k8s.io/v1 APIService
            mutatingwebhookconfigurations admissionregistration.k8s.io/v1 MutatingWebhookConfiguration
            validatingwebhookconfigurations admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration
            certificatesigningrequests certificates.k8s.io/v1 CertificateSigningRequest
            """;

    /** Short names of kubectl that are seen as names of files. */
    private static final Map<String, String> SHORT =
            Map.of("pvs", "persistentvolumes", "pvcs", "persistentvolumeclaims", "pv", "persistentvolumes");

    private static final Map<String, Kind> KINDS = new HashMap<>();
    private static final Map<Kind, String> VERSIONS = new HashMap<>();

    static {
        for (Kind kind : Kind.KNOWN) {
            put(kind.plural(), kind, kind.group().isEmpty() ? "v1" : kind.group() + "/v1");
        }
        OTHERS.lines().map(line -> line.split(" ")).forEach(row -> put(row[0], Kind.of(row[1], row[2]), row[1]));
        SHORT.forEach((name, plural) -> KINDS.put(name, KINDS.get(plural)));
    }

    private Plurals() {}

    private static void put(String plural, Kind kind, String apiVersion) {
        KINDS.put(plural, kind);
        KINDS.put(kind.name().toLowerCase(Locale.ROOT), kind);
        VERSIONS.put(kind, apiVersion);
    }

    /**
     * The built-in kind of this name, or null: in the plural or the singular, in any case, with hyphens or spaces
     * between its words ({@code replication-controllers}, {@code NetworkPolicies}, {@code network policies}).
     */
    static Kind kind(String name) {
        return KINDS.get(name.toLowerCase(Locale.ROOT).replace("-", "").replace(" ", ""));
    }

    /**
     * The kind of this name in this group, or null if it is not built in.
     *
     * @param group empty or {@code core} for the core group
     */
    static Kind kind(String group, String plural) {
        Kind kind = kind(plural);
        if (kind == null) {
            return null;
        }
        String api = group.equals("core") ? "" : group;
        return kind.equals(Kind.of(api.isEmpty() ? "v1" : api + "/v1", kind.name())) ? kind : null;
    }

    /** The kind of {@code plural.group}, or null. */
    static Kind qualified(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? kind("", name) : kind(name.substring(dot + 1), name.substring(0, dot));
    }

    /** Under which a kind is served now; empty for null and for what is not built in. */
    static String apiVersion(Kind kind) {
        return kind == null ? "" : VERSIONS.getOrDefault(kind, "");
    }
}
