package dev.sealane.load;

import dev.sealane.facts.EnvAddress;
import dev.sealane.facts.PortRange;
import dev.sealane.load.Value.Mapping;
import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the hosts out of the values of environment variables. Values are often secret: nothing but host and port is kept,
 * and a single word is taken for a host only if the variable's name says that it is one.
 */
final class EnvReader {
    /** A longer value is no address. */
    private static final int LONG = 300;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** Scheme, user and password, host, port, and the rest. A value with spaces, commas or references is none. */
    private static final Pattern ADDRESS = Pattern.compile("(?:([a-z][a-z0-9+.-]*)://(?:[^/@\\s,$]*@)?)?(" + LABEL
            + "(?:\\." + LABEL + ")*\\.?)(?::([0-9]{1,5}))?((?:[/?#][^\\s,]*)?)");

    private static final Pattern HOST_VARIABLE =
            Pattern.compile(".*_(?:HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT|URL|URI)");
    private static final Pattern SECRET_VARIABLE =
            Pattern.compile(".*(?:PASS|SECRET|TOKEN|KEY|CRED|AUTH|USER|SALT|SIGNATURE).*");

    private EnvReader() {}

    /** @param env items of the list, as written */
    static List<EnvAddress> addresses(List<Value> env, String path) {
        List<EnvAddress> addresses = new ArrayList<>(0);
        for (int i = 0; i < env.size(); i++) {
            if (env.get(i) instanceof Mapping variable) {
                EnvAddress address =
                        address(variable.string("name"), variable.string("value"), path + "[" + i + "].value", env);
                if (address != null) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    private static EnvAddress address(String name, String value, String path, List<Value> env) {
        if (value.length() > LONG) {
            return null;
        }
        Matcher matcher = ADDRESS.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        String scheme = matcher.group(1);
        String host = matcher.group(2);
        host = host.endsWith(".svc.cluster.local.") ? host.substring(0, host.length() - 1) : host;
        int port = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        boolean named = HOST_VARIABLE.matcher(name).matches();
        boolean secret = SECRET_VARIABLE.matcher(name).matches();
        // One word with a colon may be a user's name and password, and a path a file's.
        boolean sure = scheme != null
                || host.endsWith(".svc")
                || host.contains(".svc.")
                || named && (port > 0 || matcher.group(4).isEmpty());
        if (!sure || secret && scheme == null || host.endsWith(".") || port > 0 && !PortRange.valid(port)) {
            return null;
        }
        if (port == 0) {
            port = "http".equals(scheme) ? 80 : "https".equals(scheme) ? 443 : beside(name, env);
        }
        return new EnvAddress(path, host, port);
    }

    /** The port of {@code DB_HOST} that {@code DB_PORT} tells; 0 if it does not. */
    private static int beside(String name, List<Value> env) {
        int end = name.lastIndexOf('_');
        String wanted = end < 0 ? "" : name.substring(0, end) + "_PORT";
        for (Value one : env) {
            if (one instanceof Mapping variable
                    && variable.string("name").equals(wanted)
                    && variable.entries().get("value") instanceof Scalar port
                    && port.type() == Type.STRING
                    && port.text().matches("[0-9]{1,5}")
                    && PortRange.valid(Integer.parseInt(port.text()))) {
                return Integer.parseInt(port.text());
            }
        }
        return 0;
    }
}
