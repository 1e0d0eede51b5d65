package dev.sealane.facts;

/**
 * Ports from {@code first} to {@code last}, both included.
 *
 * @throws IllegalArgumentException unless 1 &lt;= first &lt;= last &lt;= 65535
 */
public record PortRange(int first, int last) {
    public static final PortRange ALL = new PortRange(1, 65535);

    public PortRange {
        if (!valid(first) || !valid(last) || first > last) {
            throw new IllegalArgumentException(first + "-" + last + " is no range of ports");
        }
    }

    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    public static boolean valid(int port) {
        return port >= 1 && port <= 65535;
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    /** The ports that are in both; null if there is none. */
    public PortRange and(PortRange other) {
        int lowest = Math.max(first, other.first);
        int highest = Math.min(last, other.last);
        return lowest <= highest ? new PortRange(lowest, highest) : null;
    }

    /** As sentences say it: {@code port 80/TCP}, {@code every port/UDP}. */
    public String of(Protocol protocol) {
        return (equals(ALL) ? "every port" : "port " + this) + "/" + protocol;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
