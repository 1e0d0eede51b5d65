package dev.sealane.trace;

import dev.sealane.facts.Protocol;

/**
 * The addresses of a packet, without the client's port.
 *
 * @param source address, or what has one that the input does not tell
 * @param destination the same
 */
public record Tuple(String source, String destination, int port, Protocol protocol) {
    Tuple from(String other) {
        return new Tuple(other, destination, port, protocol);
    }

    Tuple to(String other, int otherPort) {
        return new Tuple(source, other, otherPort, protocol);
    }

    String target() {
        return join(destination, port);
    }

    /** IPv6 addresses in brackets. */
    static String join(String address, int port) {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }

    @Override
    public String toString() {
        return source + " -> " + target() + "/" + protocol;
    }
}
