package dev.sealane.dump;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The layouts that Sealane knows. */
public final class DumpLayouts {
    /**
     * Folders and files of which every dump has one. Most inputs have none, and then need none of the classes that know
     * more, which take a twentieth of a second to load.
     */
    private static final Set<String> TELLING = Set.of(
            "ledger.tsv",
            "gather.log",
            "namespaces",
            "cluster-scoped-resources",
            "cluster-resources",
            "yamls",
            "resources",
            "kubecapture",
            "config",
            "insights-operator",
            "cluster",
            "version.yaml",
            "diagnostics",
            "clusterinfo",
            "appliedtogroups",
            "sos_commands",
            "networking",
            "nodes",
            "nodes.json",
            "nodes.yaml");

    private static final DumpLayout FILES = new PlainFiles();

    /** Apart, so that it is loaded only when it is needed. */
    private static final class Known {
        static final List<DumpLayout> ALL = List.of(
                new SealaneCapture(),
                new KubectlGather(),
                new MustGather(),
                new Troubleshoot(),
                new SupportBundleKit(),
                new CiliumSysdump(),
                new Sonobuoy(),
                new CrashDiagnostics(),
                new Velero(),
                new Insights(),
                new Calicoctl(),
                new Antctl(),
                new IstioBugReport(),
                new Sosreport(),
                new EksLogCollector(),
                new RancherLogsCollector(),
                new ClusterInfoDump(),
                FILES);
    }

    private DumpLayouts() {}

    /** In the order in which they are tried, most telling first; the last one, {@code files}, always fits. */
    public static List<DumpLayout> all() {
        return Known.ALL;
    }

    /** @param names as in {@link DumpLayout#recognise} */
    public static Dump recognise(Collection<String> names) {
        if (!telling(names)) {
            return FILES.recognise(names);
        }
        for (DumpLayout layout : Known.ALL) {
            Dump dump = layout.recognise(names);
            if (dump != null) {
                return dump;
            }
        }
        throw new IllegalStateException("plain files always fit");
    }

    private static boolean telling(Collection<String> names) {
        for (String name : names) {
            int start = 0;
            for (int depth = 0; depth <= Names.DEPTH && start >= 0; depth++) {
                int end = name.indexOf('/', start);
                if (name.startsWith("k8s-", start)
                        || name.startsWith("cilium-", start)
                        || TELLING.contains(name.substring(start, end < 0 ? name.length() : end))) {
                    return true;
                }
                start = end < 0 ? -1 : end + 1;
            }
        }
        return false;
    }

    public static Optional<DumpLayout> named(String name) {
        return Known.ALL.stream().filter(layout -> layout.name().equals(name)).findFirst();
    }
}
