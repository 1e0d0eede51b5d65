package dev.sealane.intent;

import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports that an assertion is about.
 *
 * @param protocol null for any
 * @param name of a port of the pods or the Service; empty if it is given by number or not at all
 * @param range null if no number is given
 */
public record Ports(Protocol protocol, String name, PortRange range) {
    public static final Ports UNSAID = new Ports(null, "", null);

    private static final Pattern FORM =
            Pattern.compile("(?:([0-9]{1,5})(?:-([0-9]{1,5}))?|([a-z0-9]+(?:-[a-z0-9]+)*))(?:/([A-Za-z]+))?");

    /** Ports of one protocol. */
    public record Range(Protocol protocol, PortRange ports) {
        @Override
        public String toString() {
            return ports.of(protocol);
        }
    }

    /** {@code 8080}, {@code 8000-8100/UDP}, {@code http}; TCP where the protocol is left out. Nothing if it is no such. */
    static Optional<Ports> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Protocol protocol = Protocol.TCP;
        if (form.group(4) != null) {
            String word = form.group(4).toUpperCase(Locale.ROOT);
            if (!List.of("TCP", "UDP", "SCTP").contains(word)) {
                return Optional.empty();
            }
            protocol = Protocol.valueOf(word);
        }
        if (form.group(3) != null) {
            return Optional.of(new Ports(protocol, form.group(3), null));
        }
        int first = Integer.parseInt(form.group(1));
        int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        boolean valid = PortRange.valid(first) && PortRange.valid(last) && first <= last;
        return valid ? Optional.of(new Ports(protocol, "", new PortRange(first, last))) : Optional.empty();
    }

    /**
     * What is meant on some pods. A port of one of the Services stands for the port behind it. Without a port every port
     * is meant if that is asked for, and otherwise those that the Services lead to or the pods declare, or every port of
     * TCP if they declare none. Empty if the pods have no port of that name.
     *
     * @param services through which the pods were named
     */
    Set<Range> on(PodSpec pods, List<Service> services, boolean every) {
        Set<Range> ranges = new LinkedHashSet<>();
        if (this.equals(UNSAID) && every) {
            for (Protocol any : Protocol.values()) {
                ranges.add(new Range(any, PortRange.ALL));
            }
            return ranges;
        }
        for (Service service : services) {
            for (ServicePort port : service.ports()) {
                if (means(port)) {
                    int target = pods.resolve(port.targetPort(), port.protocol());
                    if (PortRange.valid(target)) {
                        ranges.add(new Range(port.protocol(), PortRange.of(target)));
                    }
                }
            }
        }
        if (!ranges.isEmpty()) {
            return ranges;
        }
        if (range != null) {
            ranges.add(new Range(protocol, range));
            return ranges;
        }
        for (ContainerPort port : pods.ports()) {
            boolean meant = name.isEmpty() || port.name().equals(name) && port.protocol() == protocol;
            if (meant && PortRange.valid(port.number())) {
                ranges.add(new Range(port.protocol(), PortRange.of(port.number())));
            }
        }
        if (ranges.isEmpty() && name.isEmpty()) {
            ranges.add(new Range(Protocol.TCP, PortRange.ALL));
        }
        return ranges;
    }

    private boolean means(ServicePort port) {
        if (this.equals(UNSAID)) {
            return true;
        }
        return port.protocol() == protocol
                && (range == null ? port.name().equals(name) : range.equals(PortRange.of(port.port())));
    }

    /** What is meant on an endpoint that is no pod: all that is said, or every port. A name means nothing there. */
    List<Range> elsewhere() {
        if (range != null) {
            return List.of(new Range(protocol, range));
        }
        List<Range> ranges = new ArrayList<>();
        if (name.isEmpty()) {
            for (Protocol any : Protocol.values()) {
                ranges.add(new Range(any, PortRange.ALL));
            }
        }
        return ranges;
    }
}
