package dev.sealane.redact;

import dev.sealane.facts.Kind;
import dev.sealane.load.Kept;
import dev.sealane.load.Written;
import dev.sealane.load.Written.Form;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decides what each scalar of a document becomes. */
final class Redaction {
    /** In place of a text that says nothing about the network. */
    static final String REMOVED = "redacted";

    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9]*");
    /** The API's own words begin with a capital letter. */
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Za-z0-9]{0,63}");

    /** Fields that have the API's own words. */
    private static final Set<String> CONSTANTS = Set.of(
            "action",
            "addressType",
            "allocateLoadBalancerNodePorts",
            "clusterIP",
            "clusterIPs",
            "concurrencyPolicy",
            "defaultAction",
            "dnsPolicy",
            "effect",
            "externalTrafficPolicy",
            "imagePullPolicy",
            "internalTrafficPolicy",
            "ipFamilies",
            "ipFamilyPolicy",
            "operator",
            "pathType",
            "phase",
            "podManagementPolicy",
            "policyTypes",
            "protocol",
            "qosClass",
            "reason",
            "restartPolicy",
            "scheme",
            "sessionAffinity",
            "status",
            "terminationMessagePolicy",
            "trafficDistribution",
            "type",
            "whenUnsatisfiable");

    /** Fields that are about the software and the order of events. */
    private static final Set<String> KEPT = Set.of(
            "architecture",
            "containerRuntimeVersion",
            "gitVersion",
            "kernelVersion",
            "kubeProxyVersion",
            "kubeletVersion",
            "operatingSystem",
            "osImage",
            "resourceVersion");

    /** Mappings whose keys are the user's own. */
    private static final Set<String> MAPS = Set.of("labels", "matchLabels", "nodeSelector");

    private static final Set<String> OPAQUE = Set.of(
            "data",
            "stringData",
            "binaryData",
            "parameters",
            "attributes",
            "volumeAttributes",
            "options",
            "managedFields");

    /** The fields of the API, for objects of kinds that are not its own. */
    private static final Set<String> FIELDS = fields();

    private final Words words;
    private final Map<Written, UnaryOperator<String>> changes = new IdentityHashMap<>();
    int secretValues;
    int texts;

    Redaction(Words words) {
        this.words = words;
    }

    private static Set<String> fields() {
        Set<String> fields = new HashSet<>();
        Words.lines(Redaction.class, "fields.txt").forEach(line -> fields.addAll(List.of(line.split(" "))));
        return fields;
    }

    /** What becomes of the text of each scalar that is not kept. */
    Map<Written, UnaryOperator<String>> changes() {
        return changes;
    }

    /** @param listed the kind of items that do not tell theirs; empty if not known */
    void document(Written root, String listed) {
        if (root.form() == Form.SEQUENCE) {
            root.children().forEach(item -> document(item, listed));
        } else if (root.form() != Form.MAPPING) {
            fields(root, "", true);
        } else {
            Written items = root.get("items");
            String kind = root.string("kind");
            if (items != null && items.form() == Form.SEQUENCE && (kind.isEmpty() || kind.endsWith("List"))) {
                String own = kind.isEmpty() ? listed : kind.substring(0, kind.length() - "List".length());
                String itemKind = own.isEmpty() ? listed : own;
                each(root, (key, value) -> {
                    if (value == items) {
                        items.children().forEach(item -> document(item, itemKind));
                    } else {
                        field(root, key, value, false);
                    }
                });
            } else {
                object(root, kind.isEmpty() ? listed : kind);
            }
        }
    }

    private interface Entry {
        void of(Written key, Written value);
    }

    private static void each(Written mapping, Entry entry) {
        for (int i = 0; i < mapping.children().size(); i += 2) {
            entry.of(mapping.children().get(i), mapping.children().get(i + 1));
        }
    }

    private void object(Written object, String kind) {
        boolean own =
                !kind.isEmpty() && Kind.of(object.string("apiVersion"), kind).builtIn();
        Written metadata = object.get("metadata");
        String name = metadata == null ? "" : metadata.string("name");
        each(object, (key, value) -> {
            boolean data = Set.of("data", "stringData", "binaryData").contains(key.text());
            if (own && data && kind.equals("Secret")) {
                opaque(value, text -> "");
                secretValues += value.children().size() / 2;
            } else if (own && data && kind.equals("ConfigMap") && Kept.CONFIG_MAPS.contains(name)) {
                each(value, (entry, text) -> fields(text, "", true));
            } else {
                field(object, key, value, !own && !key.text().equals("metadata"));
            }
        });
    }

    /** @param strict whether keys may be the user's own */
    private void field(Written mapping, Written key, Written value, boolean strict) {
        String name = key.text();
        if (!key.isScalar()) {
            fields(key, "", true);
            fields(value, "", true);
            return;
        }
        boolean field = strict ? FIELDS.contains(name) : FIELD.matcher(name).matches();
        if (!field && !name.equals("<<")) {
            changes.put(key, this::key);
        }
        if (value.form() == Form.MAPPING && MAPS.contains(name) || name.equals("selector") && userMap(value)) {
            userMap(value, words::text);
        } else if (name.equals("annotations") && value.form() == Form.MAPPING) {
            annotations(value);
        } else if (OPAQUE.contains(name)) {
            opaque(value, text -> REMOVED);
            texts++;
        } else if (name.equals("env") && value.form() == Form.SEQUENCE) {
            value.children().forEach(this::variable);
        } else if (name.equals("kind") && value.isScalar()) {
            kind(mapping, value);
        } else if (name.equals("apiVersion") && value.isScalar()) {
            if (!nobodys(value.text())) {
                changes.put(value, words::text);
            }
        } else {
            fields(value, name, strict);
        }
    }

    private void fields(Written value, String name, boolean strict) {
        switch (value.form()) {
            case MAPPING -> each(value, (key, child) -> field(value, key, child, strict));
            case SEQUENCE -> value.children().forEach(item -> fields(item, name, strict));
            case ALIAS -> changes.put(value, words::text);
            default -> {
                if (name.equals("key")) {
                    changes.put(value, this::key);
                } else if (!kept(value, name)
                        && (value.string() || strict && value.text().length() > 5)) {
                    changes.put(value, words::text);
                }
            }
        }
    }

    private static boolean kept(Written value, String name) {
        return KEPT.contains(name)
                || CONSTANTS.contains(name) && CONSTANT.matcher(value.text()).matches()
                || !value.string() && !value.text().matches("[0-9]+");
    }

    /** A Service's selector, not that of a workload. */
    private static boolean userMap(Written selector) {
        return selector.form() == Form.MAPPING
                && selector.get("matchLabels") == null
                && selector.get("matchExpressions") == null;
    }

    private void userMap(Written map, UnaryOperator<String> change) {
        each(map, (key, value) -> {
            changes.put(key, this::key);
            if (value.isScalar()) {
                words.label(value.text());
                changes.put(value, change);
            } else {
                fields(value, "", true);
            }
        });
    }

    /** A key of labels or annotations: those of Kubernetes' own domains mean the same everywhere. */
    private String key(String key) {
        int slash = key.indexOf('/');
        String domain = slash < 0 ? "" : key.substring(0, slash);
        boolean own = domain.endsWith("kubernetes.io") || domain.endsWith("k8s.io") || Kept.annotation(key);
        return own ? key : words.text(key);
    }

    private void annotations(Written map) {
        each(map, (key, value) -> {
            changes.put(key, this::key);
            if (Kept.annotation(key.text())) {
                fields(value, "", true);
            } else {
                opaque(value, text -> text.isEmpty() ? "" : REMOVED);
                texts++;
            }
        });
    }

    /** Keys are replaced, values removed. */
    private void opaque(Written value, UnaryOperator<String> change) {
        switch (value.form()) {
            case MAPPING ->
                each(value, (key, child) -> {
                    opaque(key, this::key);
                    opaque(child, change);
                });
            case SEQUENCE -> value.children().forEach(item -> opaque(item, change));
            case ALIAS -> changes.put(value, words::text);
            default -> changes.put(value, change);
        }
    }

    private void variable(Written variable) {
        if (variable.form() != Form.MAPPING) {
            opaque(variable, words::text);
            return;
        }
        boolean port = variable.string("name").toUpperCase(Locale.ROOT).contains("PORT");
        each(variable, (key, value) -> {
            if (key.text().equals("value") && value.isScalar()) {
                changes.put(value, port ? words::text : words::secretive);
            } else {
                field(variable, key, value, false);
            }
        });
    }

    /** Kinds of APIs that are nobody's in particular stay. */
    private void kind(Written mapping, Written value) {
        String apiVersion = mapping.string("apiVersion");
        boolean known = apiVersion.isEmpty() && mapping.get("group") == null
                ? Kind.KNOWN.stream().anyMatch(kind -> kind.name().equals(value.text())) || mapping.get("items") != null
                : nobodys(apiVersion.isEmpty() ? mapping.string("group") + "/" : apiVersion);
        if (!known) {
            changes.put(value, this::kind);
        }
    }

    private boolean nobodys(String apiVersion) {
        return Kind.of(apiVersion, "Any").builtIn() || words.text(apiVersion).equals(apiVersion);
    }

    /** A kind that still tells whether it is a list or a policy. */
    private String kind(String kind) {
        Matcher ending = Pattern.compile("(NetworkPolicy)?(List)?$").matcher(kind);
        return ending.find() && ending.start() > 0
                ? words.text(kind.substring(0, ending.start())) + ending.group()
                : words.text(kind);
    }
}
