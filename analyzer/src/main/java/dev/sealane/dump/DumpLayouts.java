package dev.sealane.dump;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The layouts that Sealane knows. */
public final class DumpLayouts {
    private static final List<DumpLayout> ALL = List.of(
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
            new PlainFiles());

    private DumpLayouts() {}

    /** In the order in which they are tried, most telling first; the last one, {@code files}, always fits. */
    public static List<DumpLayout> all() {
        return ALL;
    }

    /** @param names as in {@link DumpLayout#recognise} */
    public static Dump recognise(Collection<String> names) {
        for (DumpLayout layout : ALL) {
            Dump dump = layout.recognise(names);
            if (dump != null) {
                return dump;
            }
        }
        throw new IllegalStateException("plain files always fit");
    }

    public static Optional<DumpLayout> named(String name) {
        return ALL.stream().filter(layout -> layout.name().equals(name)).findFirst();
    }
}
