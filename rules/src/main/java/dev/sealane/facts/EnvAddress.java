package dev.sealane.facts;

/**
 * A host, and perhaps a port, that an environment variable of a container names. Nothing else of the variable's value is
 * kept, and of a value that names none, nothing at all.
 *
 * @param path of the variable's {@code value} below the pod's {@code spec}
 * @param host in lower case, as written: a name with or without a namespace, or one that ends in {@code
 *     svc.cluster.local}
 * @param port 0 if the value tells none
 */
public record EnvAddress(String path, String host, int port) {}
