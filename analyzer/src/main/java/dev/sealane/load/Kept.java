package dev.sealane.load;

import java.util.List;
import java.util.Set;

/** The ConfigMaps and annotations whose texts Sealane keeps. */
public final class Kept {
    /** The names of ConfigMaps in which something about the network is looked up. */
    public static final Set<String> CONFIG_MAPS = Set.of(
            "coredns",
            "node-local-dns",
            "cilium-config",
            "kube-flannel-cfg",
            "amazon-vpc-cni",
            "eni-config",
            "calico-config",
            "canal-config",
            "kube-proxy",
            "antrea-config",
            "azure-npm-config");

    private static final Set<String> ANNOTATIONS = Set.of(
            "kubernetes.io/ingress.class",
            "ingressclass.kubernetes.io/is-default-class",
            "nginx.org/mergeable-ingress-type",
            // Where Calico stores the labels of its objects.
            "projectcalico.org/metadata",
            "service.alpha.kubernetes.io/tolerate-unready-endpoints");

    private static final List<String> ANNOTATION_PREFIXES = List.of(
            "nginx.ingress.kubernetes.io/canary",
            "alb.ingress.kubernetes.io/conditions.",
            "alb.ingress.kubernetes.io/group.name",
            "traefik.ingress.kubernetes.io/router.",
            "konghq.com/",
            "service.kubernetes.io/",
            "endpoints.kubernetes.io/",
            "flannel.alpha.coreos.com/",
            "k3s.io/",
            "k8s.ovn.org/");

    private Kept() {}

    /** Whether the annotation's value is kept. */
    public static boolean annotation(String key) {
        return ANNOTATIONS.contains(key) || ANNOTATION_PREFIXES.stream().anyMatch(key::startsWith);
    }
}
