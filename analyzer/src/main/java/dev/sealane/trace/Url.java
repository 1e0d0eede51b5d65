package dev.sealane.trace;

import dev.sealane.facts.PortRange;
import dev.sealane.load.UsageError;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for.
 *
 * @param host in lower case
 * @param path without query and fragment; at least a slash
 */
record Url(String text, boolean tls, String host, int port, String path) {
    private static final Pattern FORM = Pattern.compile("(https?)://([^/:\\[\\]?#]+)(?::([0-9]{1,5}))?([/?#].*)?");

    /** @throws UsageError if this is no URL of HTTP with the name of a host */
    static Url parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new UsageError('"' + text + "\" is no URL such as http://shop.example.com/cart");
        }
        boolean tls = form.group(1).equals("https");
        int port = form.group(3) != null ? Integer.parseInt(form.group(3)) : tls ? 443 : 80;
        if (!PortRange.valid(port)) {
            throw new UsageError("no port is " + port);
        }
        String path = form.group(4) == null ? "" : form.group(4).replaceFirst("[?#].*", "");
        return new Url(text, tls, form.group(2).toLowerCase(Locale.ROOT), port, path.isEmpty() ? "/" : path);
    }

    /** Whether the path begins with these elements, or is just this one. */
    boolean matches(String wanted, boolean exact) {
        if (exact) {
            return wanted.equals(path);
        }
        String prefix = wanted.endsWith("/") ? wanted : wanted + "/";
        return (path + "/").startsWith(prefix);
    }

    @Override
    public String toString() {
        return text;
    }
}
