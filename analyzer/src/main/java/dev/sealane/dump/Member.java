package dev.sealane.dump;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;

/**
 * What one file of a dump is.
 *
 * @param kind of items that do not tell theirs, and of a list without items; null if the name does not tell
 * @param apiVersion likewise, empty if unknown
 * @param namespace of objects that do not tell theirs, empty for none
 * @param whole whether the file is the API server's whole answer for that kind: of {@code namespace}, or of every
 *     namespace if that is {@link Coverage#EVERYWHERE}
 * @param node the node it was captured on, empty if that is not known
 * @param cluster empty or one of {@link Dump#clusters}
 */
public record Member(
        Use use, Kind kind, String apiVersion, String namespace, boolean whole, String node, String cluster) {
    /** What a file is good for. */
    public enum Use {
        /** API objects, as YAML or JSON. */
        OBJECTS,
        /** Text that was captured on a node. */
        NODE,
        /** Logs, HTML, metrics and whatever else has no API objects. */
        LOG
    }

    static final Member LOG = new Member(Use.LOG, null, "", "", false, "", "");

    static Member node(String node) {
        return new Member(Use.NODE, null, "", "", false, node, "");
    }

    /** Objects of any kind that say what they are. */
    static Member objects() {
        return new Member(Use.OBJECTS, null, "", "", false, "", "");
    }

    /** Some objects of a kind, or one. */
    static Member some(Kind kind, String namespace) {
        return new Member(Use.OBJECTS, kind, Plurals.apiVersion(kind), namespace, false, "", "");
    }

    /** All objects of a kind. */
    static Member all(Kind kind, String namespace) {
        return new Member(Use.OBJECTS, kind, Plurals.apiVersion(kind), namespace, kind != null, "", "");
    }

    /** All objects of a kind, in all namespaces if it has any. */
    static Member everywhere(Kind kind) {
        return all(kind, kind == null || !kind.namespaced() ? "" : Coverage.EVERYWHERE);
    }

    Member of(String cluster) {
        return new Member(use, kind, apiVersion, namespace, whole, node, cluster);
    }

    /** Written under another version than the one that is served today. */
    Member version(String apiVersion) {
        return new Member(use, kind, apiVersion, namespace, whole, node, cluster);
    }
}
