package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.load.UsageError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody asks about.
 *
 * @param from as written
 * @param to as written
 * @param target {@code to} without port and protocol
 * @param port a number or a name; empty if none was given
 * @param protocol null if none was given
 */
public record Flow(String from, String to, String target, String port, Protocol protocol) {
    private static final Pattern PROTOCOL = Pattern.compile("(.+)/(tcp|udp|sctp)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile("(.+):([0-9]+|[a-z0-9]([-a-z0-9]*[a-z0-9])?)");

    /** @throws UsageError if one of them is empty or the port is none */
    public static Flow of(String from, String to) {
        if (from.isBlank() || to.isBlank()) {
            throw new UsageError("a trace has two ends: FROM and TO[:PORT][/PROTOCOL]");
        }
        String target = to.strip();
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return new Flow(from.strip(), target, target, "", Protocol.TCP);
        }
        Protocol protocol = null;
        Matcher suffix = PROTOCOL.matcher(target);
        // Without a port, the last part of shop/tcp is a name.
        if (suffix.matches()
                && (suffix.group(1).indexOf('/') > 0 || suffix.group(1).matches(".*[.:].*"))) {
            target = suffix.group(1);
            protocol = Protocol.valueOf(suffix.group(2).toUpperCase(Locale.ROOT));
        }
        String port = "";
        Matcher colon = PORT.matcher(target);
        if (!Cidr.isAddress(target) && colon.matches()) {
            target = colon.group(1);
            port = colon.group(2);
        }
        if (target.startsWith("[") && target.endsWith("]")) {
            target = target.substring(1, target.length() - 1);
        }
        if (port.matches("[0-9]+") && (port.length() > 5 || !PortRange.valid(Integer.parseInt(port)))) {
            throw new UsageError("no port is " + port);
        }
        return new Flow(from.strip(), to.strip(), target, port, protocol);
    }

    /** 0 without one, or if it is a name. */
    int number() {
        return port.matches("[0-9]+") ? Integer.parseInt(port) : 0;
    }
}
