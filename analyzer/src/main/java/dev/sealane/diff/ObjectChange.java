package dev.sealane.diff;

import dev.sealane.facts.Meta;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.Pod;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An object that is new, gone or different.
 *
 * @param before null if it is new
 * @param after null if it is gone
 * @param fields what differs, of that which matters to networking; empty unless both are there
 */
public record ObjectChange(Ref ref, Resource before, Resource after, List<String> fields) {
    public ObjectChange {
        fields = List.copyOf(fields);
    }

    /** By kind, namespace and name. What controllers write, and the pods they make, is not told. */
    static List<ObjectChange> between(List<Resource> before, List<Resource> after) {
        Map<Ref, Resource> old = byRef(before);
        Map<Ref, Resource> current = byRef(after);
        List<ObjectChange> changes = new ArrayList<>();
        old.forEach((ref, resource) -> {
            Resource now = current.get(ref);
            List<String> fields = now == null ? List.of() : fields(resource, now);
            if (now == null || !fields.isEmpty()) {
                changes.add(new ObjectChange(ref, resource, now, fields));
            }
        });
        current.forEach((ref, resource) -> {
            if (!old.containsKey(ref)) {
                changes.add(new ObjectChange(ref, null, resource, List.of()));
            }
        });
        changes.sort(Comparator.comparing((ObjectChange change) -> change.ref().namespace())
                .thenComparing(change -> change.ref().kind().name())
                .thenComparing(change -> change.ref().kind().group())
                .thenComparing(change -> change.ref().name()));
        return changes;
    }

    private static Map<Ref, Resource> byRef(List<Resource> resources) {
        Map<Ref, Resource> byRef = new LinkedHashMap<>();
        for (Resource resource : resources) {
            boolean made = resource.meta().owner() != null;
            if (!made && !resource.ref().kind().observedOnly()) {
                byRef.put(resource.ref(), resource);
            }
        }
        return byRef;
    }

    private static List<String> fields(Resource before, Resource after) {
        List<String> fields = new ArrayList<>();
        if (!before.labels().equals(after.labels())) {
            fields.add("metadata.labels");
        }
        if (!before.meta().annotations().equals(after.meta().annotations())) {
            fields.add("metadata.annotations");
        }
        if (before.getClass() != after.getClass()) {
            fields.add("apiVersion");
            return fields;
        }
        for (RecordComponent component : before.getClass().getRecordComponents()) {
            boolean status = before instanceof Pod && !component.getName().equals("spec");
            if (component.getType() != Meta.class
                    && !status
                    && !Objects.equals(value(before, component), value(after, component))
                    && !defaulted(before, after, component.getName())) {
                fields.add(component.getName());
            }
        }
        return fields;
    }

    private static Object value(Resource resource, RecordComponent component) {
        try {
            return component.getAccessor().invoke(resource);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a field differs only by what the API server fills in where a manifest says nothing. */
    private static boolean defaulted(Resource before, Resource after, String field) {
        if (before instanceof NetworkPolicy one && after instanceof NetworkPolicy other) {
            return field.equals("policyTypes")
                    && one.isolates(Direction.INGRESS) == other.isolates(Direction.INGRESS)
                    && one.isolates(Direction.EGRESS) == other.isolates(Direction.EGRESS);
        }
        if (!(before instanceof Service one && after instanceof Service other)) {
            return false;
        }
        return switch (field) {
            case "clusterIPs" ->
                one.headless() == other.headless()
                        && (one.clusterIPs().isEmpty() || other.clusterIPs().isEmpty());
            case "ports" -> withoutNodePorts(one, other).equals(withoutNodePorts(other, one));
            case "traffic" -> spec(one.traffic()).equals(spec(other.traffic()));
            default -> false;
        };
    }

    /** Node ports count only where both name one. */
    private static List<ServicePort> withoutNodePorts(Service service, Service other) {
        List<ServicePort> ports = new ArrayList<>();
        for (int i = 0; i < service.ports().size(); i++) {
            ServicePort port = service.ports().get(i);
            boolean chosen = i < other.ports().size() && other.ports().get(i).nodePort() == 0;
            ports.add(new ServicePort(
                    port.service(),
                    port.index(),
                    port.name(),
                    port.port(),
                    port.protocol(),
                    port.targetPort(),
                    chosen ? 0 : port.nodePort(),
                    ""));
        }
        return ports;
    }

    private static Service.Traffic spec(Service.Traffic traffic) {
        return new Service.Traffic(
                traffic.internalLocal(),
                traffic.externalLocal(),
                traffic.distribution(),
                traffic.affinity(),
                traffic.externalIPs(),
                List.of(),
                List.of(),
                List.of(),
                traffic.sourceRanges());
    }
}
