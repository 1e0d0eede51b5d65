package dev.sealane.load;

import dev.sealane.facts.Autoscaler;
import dev.sealane.facts.ConfigMap;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.EndpointSlice.Endpoint;
import dev.sealane.facts.Endpoints;
import dev.sealane.facts.Event;
import dev.sealane.facts.IngressClass;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.Node;
import dev.sealane.facts.OpenShiftRoute;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Other;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Secret;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the fields of an object into its record. */
final class ObjectReader {
    private static final String IN_SECONDS = "0000-00-00T00:00:00Z";
    private static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----");

    private final String defaultNamespace;
    private final Interner interner;
    private final PodReader pods;

    ObjectReader(String defaultNamespace, Interner interner) {
        this.defaultNamespace = defaultNamespace;
        this.interner = interner;
        this.pods = new PodReader(interner);
    }

    /**
     * Reads an object.
     *
     * @param name that of the object, not empty
     * @param namespace of an object that tells none; empty if that is not known either
     */
    Resource read(Fields object, String apiVersion, String kindName, String name, Origin origin, String namespace) {
        Kind kind = interner.intern(Kind.of(apiVersion, kindName));
        Meta meta = meta(object.mapping("metadata"), kind, apiVersion, name, origin, namespace);
        if (kind.group().isEmpty()) {
            switch (kindName) {
                case "Pod":
                    return pods.pod(object, meta);
                case "ReplicationController":
                    return pods.workload(object, meta);
                case "Service":
                    return ServiceReader.service(object, meta);
                case "Endpoints":
                    return endpoints(object, meta);
                case "Namespace":
                    return new Namespace(meta);
                case "Node":
                    return node(object, meta);
                case "ConfigMap":
                    return new ConfigMap(meta, Kept.CONFIG_MAPS.contains(name) ? object.texts("data") : Map.of());
                case "Secret":
                    return secret(object, meta);
                case "Event":
                    return event(object, meta);
                default:
            }
        } else if (kind.equals(Kind.INGRESS)) {
            return IngressReader.ingress(object, meta);
        } else if (kind.equals(Kind.INGRESS_CLASS)) {
            return new IngressClass(meta, object.mapping("spec").word("controller"));
        } else if (kind.equals(Kind.NETWORK_POLICY)) {
            return NetworkPolicyReader.policy(object, meta);
        } else if (AdminPolicyReader.KINDS.contains(kind)) {
            return AdminPolicyReader.policy(object, meta);
        } else if (CalicoReader.reads(kind)) {
            return CalicoReader.read(object, meta);
        } else if (CiliumReader.reads(kind)) {
            return CiliumReader.policy(object, meta);
        } else if (GatewayReader.reads(kind)) {
            return GatewayReader.read(object, meta);
        } else if (kind.equals(OpenShiftRoute.KIND)) {
            return OpenShiftRouteReader.route(object, meta);
        } else if (kind.equals(Kind.ENDPOINT_SLICE)) {
            return endpointSlice(object, meta);
        }
        if (pods.hasTemplate(object, kind)) {
            return pods.workload(object, meta);
        }
        return !kind.builtIn() && object.descends("spec", "scaleTargetRef")
                ? autoscaler(object, meta)
                : new Other(meta);
    }

    /** A target without a kind is a Deployment (keda.sh, ScaledObject). */
    private Autoscaler autoscaler(Fields object, Meta meta) {
        Fields target = object.mapping("spec").mapping("scaleTargetRef");
        String apiVersion = target.word("apiVersion");
        String kind = target.word("kind");
        Kind scaled = Kind.of(apiVersion.isEmpty() ? "apps/v1" : apiVersion, kind.isEmpty() ? "Deployment" : kind);
        return new Autoscaler(meta, new Ref(interner.intern(scaled), meta.ref().namespace(), target.word("name")));
    }

    private Meta meta(Fields metadata, Kind kind, String apiVersion, String name, Origin origin, String ownNamespace) {
        String uid = metadata.word("uid");
        String resourceVersion = metadata.word("resourceVersion");
        boolean captured = !uid.isEmpty() && !resourceVersion.isEmpty();
        String namespace = "";
        if (kind.namespaced()) {
            namespace = metadata.word("namespace");
            if (namespace.isEmpty()) {
                namespace = ownNamespace.isEmpty() && !captured ? defaultNamespace : ownNamespace;
            }
        }
        namespace = interner.intern(namespace);
        Map<String, String> labels = metadata.stringMap("labels");
        if (kind.equals(Kind.NAMESPACE)) {
            labels = new TreeMap<>(labels);
            labels.put(Namespace.NAME_LABEL, name);
        }
        return new Meta(
                new Ref(kind, namespace, name),
                origin,
                interner.intern(apiVersion),
                labels(labels, interner),
                annotations(metadata),
                owner(metadata, namespace),
                uid,
                resourceVersion,
                instant(metadata.text("creationTimestamp")),
                metadata.has("deletionTimestamp"));
    }

    static Labels labels(Map<String, String> map, Interner interner) {
        return map.isEmpty() ? Labels.NONE : interner.intern(Labels.of(map));
    }

    private static Map<String, String> annotations(Fields metadata) {
        if (!metadata.has("annotations")) {
            return Map.of();
        }
        Map<String, String> kept = new HashMap<>();
        metadata.texts("annotations").forEach((key, value) -> {
            if (Kept.annotation(key)) {
                kept.put(key, value);
            }
        });
        return kept;
    }

    private Ref owner(Fields metadata, String namespace) {
        if (!metadata.has("ownerReferences")) {
            return null;
        }
        for (Fields owner : metadata.list("ownerReferences")) {
            if (owner.bool("controller")) {
                Kind kind = interner.intern(Kind.of(owner.word("apiVersion"), owner.word("kind")));
                return interner.intern(new Ref(kind, kind.namespaced() ? namespace : "", owner.word("name")));
            }
        }
        return null;
    }

    /** Null if the text is no time of RFC 3339. */
    static Instant instant(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            if (inSeconds(text)) {
                long day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                        .toEpochDay();
                int second = number(text, 11, 2) * 3600 + number(text, 14, 2) * 60 + number(text, 17, 2);
                return Instant.ofEpochSecond(day * 86_400 + second);
            }
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    /** Whether a time is written as the API server writes nearly all: {@code 2026-01-31T23:59:59Z}. */
    private static boolean inSeconds(String text) {
        if (text.length() != IN_SECONDS.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char shape = IN_SECONDS.charAt(i);
            if (shape == '0' ? c < '0' || c > '9' : c != shape) {
                return false;
            }
        }
        return number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static Node node(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        List<String> podCIDRs = spec.strings("podCIDRs");
        if (podCIDRs.isEmpty() && spec.has("podCIDR")) {
            podCIDRs = List.of(spec.word("podCIDR"));
        }
        Fields status = object.mapping("status");
        List<String> addresses = new ArrayList<>();
        for (Fields address : status.list("addresses")) {
            String type = address.word("type");
            if (type.equals("InternalIP") || type.equals("ExternalIP")) {
                addresses.add(address.word("address"));
            }
        }
        return new Node(
                meta, spec.word("providerID"), status.mapping("nodeInfo").word("kubeletVersion"), podCIDRs, addresses);
    }

    private static Endpoints endpoints(Fields object, Meta meta) {
        List<String> ready = new ArrayList<>();
        List<String> notReady = new ArrayList<>();
        for (Fields subset : object.list("subsets")) {
            subset.list("addresses").forEach(address -> ready.add(address.word("ip")));
            subset.list("notReadyAddresses").forEach(address -> notReady.add(address.word("ip")));
        }
        return new Endpoints(meta, ready, notReady);
    }

    private static EndpointSlice endpointSlice(Fields object, Meta meta) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Fields endpoint : object.list("endpoints")) {
            Fields conditions = endpoint.mapping("conditions");
            Fields hints = endpoint.mapping("hints");
            Fields target = endpoint.mapping("targetRef");
            endpoints.add(new Endpoint(
                    endpoint.strings("addresses"),
                    !conditions.has("ready") || conditions.bool("ready"),
                    !conditions.has("serving") || conditions.bool("serving"),
                    conditions.bool("terminating"),
                    endpoint.word("nodeName"),
                    names(hints.list("forZones")),
                    names(hints.list("forNodes")),
                    target.word("kind").equals("Pod") ? target.word("name") : ""));
        }
        List<EndpointSlice.Port> ports = new ArrayList<>();
        for (Fields port : object.list("ports")) {
            ports.add(new EndpointSlice.Port(port.word("name"), port.protocol("protocol"), port.integer("port", 0)));
        }
        String service = meta.labels().get(SERVICE_NAME_LABEL);
        Ref ref = service == null ? null : new Ref(Kind.SERVICE, meta.ref().namespace(), service);
        return new EndpointSlice(meta, ref, object.word("addressType"), ports, endpoints);
    }

    private static List<String> names(List<Fields> hints) {
        return hints.stream().map(hint -> hint.word("name")).toList();
    }

    private Secret secret(Fields object, Meta meta) {
        List<String> keys = new ArrayList<>(object.keys("data"));
        object.keys("stringData").stream().filter(key -> !keys.contains(key)).forEach(keys::add);
        String type = object.word("type");
        return new Secret(meta, interner.intern(type.isEmpty() ? "Opaque" : type), keys, certificate(object));
    }

    /** Only certificates are taken from {@code tls.crt}: by mistake it may hold the key as well. */
    private static String certificate(Fields object) {
        String text = object.mapping("stringData").text("tls.crt");
        if (text.isEmpty()) {
            try {
                byte[] pem =
                        Base64.getMimeDecoder().decode(object.mapping("data").text("tls.crt"));
                text = new String(pem, StandardCharsets.US_ASCII);
            } catch (IllegalArgumentException notBase64) {
                return "";
            }
        }
        StringBuilder certificates = new StringBuilder();
        Matcher matcher = CERTIFICATE.matcher(text);
        while (matcher.find()) {
            certificates.append(matcher.group()).append('\n');
        }
        return certificates.toString();
    }

    private Event event(Fields object, Meta meta) {
        Fields about = object.mapping(object.has("regarding") ? "regarding" : "involvedObject");
        Kind kind = interner.intern(Kind.of(about.word("apiVersion"), about.word("kind")));
        Ref involved = interner.intern(new Ref(kind, about.word("namespace"), about.word("name")));
        Instant last = null;
        Fields series = object.mapping("series");
        for (String time : new String[] {
            object.text("firstTimestamp"),
            object.text("lastTimestamp"),
            object.text("deprecatedLastTimestamp"),
            object.text("eventTime"),
            series.text("lastObservedTime")
        }) {
            Instant seen = instant(time);
            if (seen != null && (last == null || seen.isAfter(last))) {
                last = seen;
            }
        }
        return new Event(
                meta,
                involved,
                interner.intern(object.word("type")),
                interner.intern(object.text("reason")),
                interner.intern(object.text(object.has("note") ? "note" : "message")),
                last);
    }
}
