package dev.sealane.load;

import dev.sealane.dump.Asked;
import dev.sealane.dump.DumpLayout;
import dev.sealane.dump.Evidence;
import dev.sealane.dump.Member.Use;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Explained;
import dev.sealane.facts.Location;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.load.Cutter.Chunk;
import dev.sealane.load.Cutter.ListEnd;
import dev.sealane.load.Cutter.LongList;
import dev.sealane.load.Cutter.TooLong;
import dev.sealane.load.Cutter.Unit;
import dev.sealane.load.DocumentReader.Head;
import dev.sealane.load.InputFiles.Chart;
import dev.sealane.load.InputFiles.InputFile;
import dev.sealane.load.InputFiles.Root;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Reads files, folders, archives and standard input into {@link Resource}s. */
public final class Loader {
    /** How much text may wait to be parsed, in bytes. */
    private static final long WAITING = 8L << 20;

    /** Less text than this, in bytes, is read faster by one thread. */
    private static final int WORTH_THREADS = 512 << 10;

    /** Small files are read many together, up to so many bytes. */
    private static final int TOGETHER = 1 << 20;

    /** How much of a file that tells about a dump is looked at, in bytes. */
    private static final int TELLING = 4 << 20;

    /**
     * What one unit holds.
     *
     * @param last of the items of a long list, the last one; null if the list was given up
     * @param list the long list, or null
     * @param end of the long list, or null
     * @param reader for what is to be said about a list at its end
     */
    private record Read(Part part, Part last, LongList list, ListEnd end, DocumentReader reader) {
        /** What is no part of a long list. */
        private static Read of(Part part) {
            return new Read(part, null, null, null, null);
        }
    }

    /** Text that is being parsed. */
    private record Waiting(FutureTask<List<Read>> task, long size) {}

    /** A long list of which not all is read. */
    private static final class Growing {
        private final Part part = new Part();
        private Part last = new Part();
    }

    private final Options options;
    private final InputStream stdin;
    private final String stdinName;
    private final Limits limits;
    private List<Capture> captures = new ArrayList<>();
    private final ObjectReader objects;
    private final Map<LongList, Growing> growing = new HashMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private Part all = new Part();
    private final List<InputFile> together = new ArrayList<>();
    private long togetherSize;
    private long waitingSize;
    private boolean threads;
    private int read;
    /** The one that was chosen of several. */
    private String cluster = "";

    private volatile long bytes;
    private volatile int objectsRead;

    private final Locations locations = new Locations();
    private final Set<Path> visited = new HashSet<>();

    /** What may be said about the input beyond its paths. */
    public record Options(String namespace, Limits limits, DumpLayout layout, String cluster) {
        /** @param namespace for objects that name none */
        public static Options of(String namespace) {
            return new Options(namespace, Limits.DEFAULT, null, "");
        }
    }

    /** With nothing said but the namespace. */
    public Loader(String namespace, InputStream stdin, String stdinName) {
        this(Options.of(namespace), stdin, stdinName);
    }

    /**
     * @param stdin what the path {@code -} means
     * @param stdinName the name of its text in locations
     */
    public Loader(Options options, InputStream stdin, String stdinName) {
        this.options = options;
        this.limits = options.limits;
        this.stdin = stdin;
        this.stdinName = stdinName;
        this.objects = new ObjectReader(options.namespace, new Interner());
    }

    /**
     * Reads everything that the paths mean. What is wrong with the text becomes a finding. What a call before has
     * read is left out.
     *
     * @param paths of files, archives and folders, or {@code -} for standard input
     * @throws UsageError if a path does not exist or has not the layout that was said, no file is found, or one of
     *     several clusters has to be chosen
     */
    public Input load(List<String> paths) {
        return load(paths, List.of());
    }

    /** @param rendered texts to be read as well */
    public Input load(List<String> paths, List<Rendered> rendered) {
        return load(paths, rendered, options.layout, options.cluster);
    }

    /** The same for what is to be laid over a dump that was read before, and is no dump itself. */
    public Input loadManifests(List<String> paths, List<Rendered> rendered) {
        return load(paths, rendered, null, "");
    }

    private Input load(List<String> paths, List<Rendered> rendered, DumpLayout layout, String chosen) {
        InputFiles input = new InputFiles(paths, rendered, visited, stdin, stdinName, layout, limits);
        locations.add(input, rendered);
        all = new Part();
        captures = new ArrayList<>();
        read = 0;
        cluster = chosen;
        all.skipped.addAll(input.skipped());
        for (Chart chart : input.charts()) {
            all.find(
                    InputRules.SYN008,
                    new Location(chart.description(), 1, 1, 1, 1),
                    "this Helm chart was not rendered, so nothing of it was checked: sealane lint --helm "
                            + chart.path());
        }
        choose(input.roots());
        for (Root root : input.roots()) {
            Set<InputFile> wanted =
                    new LinkedHashSet<>(root.files.stream().filter(this::wanted).toList());
            Map<String, String> evidence = new HashMap<>();
            read(root, input, wanted, evidence);
            captures.add(capture(root, evidence));
        }
        flush();
        while (!waiting.isEmpty()) {
            take();
        }
        if (threads) {
            // What this thread read itself is still in the pool's queue, with its text, which may be a Secret's.
            ForkJoinPool.commonPool().awaitQuiescence(1, TimeUnit.SECONDS);
        }
        all.skipped.replaceAll(locations::written);
        locations.blank(all.resources);
        return finish(all, read, captures);
    }

    /** Several clusters side by side are never put together. */
    private void choose(List<Root> roots) {
        Set<String> clusters = new TreeSet<>();
        roots.forEach(root -> clusters.addAll(root.dump.clusters()));
        String all = String.join(", ", clusters);
        if (clusters.size() > 1 && cluster.isEmpty()) {
            throw new UsageError("there are several clusters in this: choose one with --context, of " + all);
        }
        if (!cluster.isEmpty() && !clusters.contains(cluster)) {
            throw new UsageError("no cluster " + cluster
                    + (clusters.isEmpty() ? ": the input is of one cluster" : "; there are " + all));
        }
    }

    /** @param of whose something is, empty if it is all the clusters' */
    private boolean chosen(String of) {
        return cluster.isEmpty() || of.isEmpty() || of.equals(cluster);
    }

    private boolean wanted(InputFile file) {
        return file.wanted() && chosen(file.member().cluster());
    }

    /** What a dump tells about itself, and how much of it is what. */
    private Capture capture(Root root, Map<String, String> texts) {
        Evidence evidence = root.dump.evidence(texts);
        for (Asked asked : evidence.asked()) {
            if (chosen(asked.cluster())) {
                boolean everywhere = asked.namespace().equals(Coverage.EVERYWHERE);
                all.listings.add(new Listing(
                        Set.of(asked.kind()),
                        everywhere || asked.namespace().isEmpty() ? Set.of() : Set.of(asked.namespace()),
                        everywhere,
                        asked.state(),
                        root.name + "/" + asked.file(),
                        evidence.collected(),
                        asked.reason()));
            }
        }
        Instant oldest = evidence.collected();
        Instant newest = evidence.collected();
        Map<String, Integer> uses = new TreeMap<>();
        boolean files = root.dump.layout().name().equals("files");
        for (InputFile file : root.files) {
            if (!chosen(file.member().cluster())) {
                continue;
            }
            Use use = wanted(file) ? Use.OBJECTS : file.member().use();
            if (use == Use.OBJECTS || !files) {
                uses.merge(words(use), 1, Integer::sum);
            }
            if (file.time() != null && use == Use.OBJECTS) {
                oldest = oldest == null || file.time().isBefore(oldest) ? file.time() : oldest;
                newest = newest == null || file.time().isAfter(newest) ? file.time() : newest;
            }
        }
        passedOver(root, uses.getOrDefault(words(Use.LOG), 0), "without API objects, such as a log");
        if (root.outcome != null) {
            passedOver(root, root.outcome.links, "a link or device in an archive");
            passedOver(
                    root,
                    root.outcome.unreadable,
                    "an entry of an archive that cannot be read, such as an encrypted one");
        }
        passedOver(root, uses.getOrDefault(words(Use.NODE), 0), "captured on a node, which is not read yet");
        return new Capture(root.name, root.dump.layout().name(), evidence.serverVersion(), oldest, newest, uses);
    }

    private static String words(Use use) {
        return switch (use) {
            case OBJECTS -> "objects";
            case NODE -> "nodes";
            case LOG -> "logs";
        };
    }

    private void passedOver(Root root, int count, String what) {
        if (count > 0) {
            all.skipped.add(new Skipped(root.name, 0, count, what));
        }
    }

    /** How much text was read so far, in bytes. May be asked by any thread. */
    public long bytes() {
        return bytes;
    }

    /** How many objects were read so far. May be asked by any thread. */
    public int objects() {
        return objectsRead;
    }

    /** Turns places of what was loaded into lines and columns. */
    public Locations locations() {
        return locations;
    }

    /** @param evidence takes the texts of the files that tell about the dump itself */
    private void read(Root root, InputFiles input, Set<InputFile> wanted, Map<String, String> evidence) {
        Set<String> telling = root.dump.evidenceFiles();
        if (!root.archive) {
            wanted.forEach(this::file);
        }
        Set<InputFile> rest = root.archive ? wanted : new HashSet<>();
        root.files.stream().filter(file -> telling.contains(file.inDump())).forEach(rest::add);
        if (rest.isEmpty() && !root.archive) {
            return;
        }
        try {
            input.read(root, rest, (file, in) -> {
                InputStream text = in;
                if (telling.contains(file.inDump())) {
                    byte[] bytes = in.readNBytes(TELLING);
                    evidence.put(file.inDump(), new String(bytes, StandardCharsets.UTF_8));
                    text = new SequenceInputStream(new ByteArrayInputStream(bytes), in);
                }
                if (root.archive && wanted(file)) {
                    stream(file, text, Cutter.CHUNK);
                    read++;
                }
            });
        } catch (IOException unreadable) {
            find(root.name, unreadable, all);
        }
        if (root.archive && root.outcome != null && root.outcome.problem != null) {
            all.find(
                    root.outcome.limit ? InputRules.SYN007 : InputRules.SYN003,
                    new Location(root.name, 1, 1, 1, 1),
                    root.outcome.problem + ": what is before that was read, and nothing behind it");
        }
    }

    private void file(InputFile file) {
        long size = 0;
        try {
            size = file.file() == null ? Cutter.CHUNK : Files.size(file.file());
        } catch (IOException unreadable) {
            // It is said where the file is read.
        }
        if (size < TOGETHER && file.error() == null && !Archive.named(file.name())) {
            together.add(file);
            togetherSize += size;
            if (togetherSize > TOGETHER) {
                flush();
            }
            return;
        }
        flush();
        try (InputStream in = InputFiles.open(file)) {
            stream(file, in, size);
            read++;
        } catch (IOException unreadable) {
            find(file.name(), unreadable, all);
        }
    }

    private static void find(String file, IOException unreadable, Part part) {
        Location start = new Location(file, 1, 1, 1, 1);
        boolean limit = unreadable instanceof Archive.Stop stop && stop.limit;
        part.find(
                limit ? InputRules.SYN007 : InputRules.SYN001,
                start,
                "cannot be read: " + InputFiles.reason(unreadable));
        part.lost = true;
    }

    /** Has the small files that were put together read. */
    private void flush() {
        if (together.isEmpty()) {
            return;
        }
        List<InputFile> files = List.copyOf(together);
        read += files.size();
        submit(() -> small(files), togetherSize);
        together.clear();
        togetherSize = 0;
    }

    private List<Read> small(List<InputFile> files) {
        List<Read> reads = new ArrayList<>();
        for (InputFile file : files) {
            try (InputStream in = InputFiles.open(file)) {
                Cutter cutter = new Cutter(file.name(), in, Files.size(file.file()), limits.document());
                for (Chunk chunk = cutter.next(); chunk != null; chunk = cutter.next()) {
                    reads.addAll(read(file, chunk));
                }
                reads.add(remarks(file.name(), cutter));
            } catch (IOException unreadable) {
                Part part = new Part();
                find(file.name(), unreadable, part);
                reads.add(Read.of(part));
            }
        }
        return reads;
    }

    private void stream(InputFile file, InputStream in, long size) throws IOException {
        Cutter cutter = new Cutter(file.name(), in, size, limits.document());
        for (Chunk chunk = cutter.next(); chunk != null; chunk = cutter.next()) {
            Chunk next = chunk;
            submit(() -> read(file, next), chunk.text().bytes.length);
        }
        submit(() -> List.of(remarks(file.name(), cutter)), 0);
    }

    private static Read remarks(String file, Cutter cutter) {
        Part part = new Part();
        part.skipped.addAll(cutter.remarks());
        cutter.refused().forEach(refused -> part.listings.addAll(refused.listings(file)));
        return Read.of(part);
    }

    private void submit(Callable<List<Read>> parse, long size) {
        FutureTask<List<Read>> task = new FutureTask<>(parse);
        threads |= waitingSize + size > WORTH_THREADS;
        if (threads) {
            ForkJoinPool.commonPool().execute(task);
        }
        waiting.add(new Waiting(task, size));
        waitingSize += size;
        while (waitingSize > WAITING) {
            take();
        }
    }

    /** Adds what was read first of what waits. As long as another thread is at it, this one reads what comes next. */
    private void take() {
        Waiting first = waiting.element();
        for (Waiting next : waiting) {
            next.task.run();
            if (first.task.isDone()) {
                break;
            }
        }
        waiting.remove();
        waitingSize -= first.size;
        bytes += first.size;
        try {
            first.task.get().forEach(this::add);
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        } catch (InterruptedException stopped) {
            throw new CancellationException();
        }
    }

    private void add(Read read) {
        objectsRead += read.part.resources.size();
        if (read.list == null) {
            all.add(read.part);
            return;
        }
        Growing list = growing.computeIfAbsent(read.list, unseen -> new Growing());
        if (read.end == null) {
            list.part.add(list.last);
            list.part.add(read.part);
            list.last = read.last;
            if (read.last != null) {
                return;
            }
            read.reader.givenUp(list.part);
        } else {
            read.reader.endOfList(read.list, read.end.tail(), list.last, list.part);
        }
        growing.remove(read.list);
        all.add(list.part);
    }

    private List<Read> read(InputFile file, Chunk chunk) {
        DocumentReader reader = new DocumentReader(file, chunk.text(), objects, limits);
        List<Read> reads = new ArrayList<>();
        for (Unit unit : chunk.units()) {
            reads.add(read(unit, reader, file));
        }
        return reads;
    }

    private Read read(Unit unit, DocumentReader reader, InputFile file) {
        return switch (unit) {
            case Cutter.Document document -> Read.of(reader.document(document.stretch()));
            case Cutter.WholeList list -> Read.of(reader.list(list));
            case Cutter.Items items -> {
                Part part = new Part();
                Part last = new Part();
                Head early = DocumentReader.early(items.list());
                for (Stretch item : items.items()) {
                    part.add(last);
                    last = reader.itemOfLongList(item, early);
                }
                yield new Read(part, last, items.list(), null, null);
            }
            case ListEnd end -> new Read(new Part(), null, end.list(), end, reader);
            case TooLong tooLong -> {
                Part part = new Part();
                Location at = new Location(file.name(), tooLong.line(), 1, tooLong.line(), 1);
                String what = tooLong.list() == null ? "a document" : "an item of a list";
                part.find(
                        InputRules.SYN007,
                        at,
                        what + " of more than " + (limits.document() >> 20) + " MiB: it was not read (see --limits)");
                part.skip(at, "longer than the limit");
                yield new Read(part, null, tooLong.list(), null, reader);
            }
        };
    }

    private static Input finish(Part all, int files, List<Capture> captures) {
        Map<Ref, Resource> byRef = new LinkedHashMap<>();
        for (Resource resource : all.resources) {
            Resource before = byRef.putIfAbsent(resource.ref(), resource);
            if (before == null) {
                continue;
            }
            if (supersedes(resource, before)) {
                byRef.put(resource.ref(), resource);
            } else if (resource.name().endsWith("*")) {
                Origin origin = resource.meta().origin();
                String reason = "a further " + resource.ref() + " by the same generateName";
                all.skipped.add(new Skipped(origin.file(), origin.line(), reason));
            } else if (!before.meta().captured() && !resource.meta().captured()) {
                Explained.Evidence first =
                        new Explained.Evidence(Text.of("defined here first"), before.at("metadata.name"));
                all.find(
                        InputRules.SYN005,
                        resource.at("metadata.name"),
                        resource.ref() + " is defined twice: this one is left out, the one before it counts",
                        List.of(first));
            }
        }
        Set<String> templates = new HashSet<>();
        all.findings.removeIf(finding -> finding.rule() == InputRules.SYN008
                && !templates.add(finding.place().location().file()));
        return new Input(
                List.copyOf(byRef.values()),
                List.copyOf(all.listings),
                List.copyOf(all.findings),
                List.copyOf(all.skipped),
                files,
                captures);
    }

    /**
     * Whether an object takes the place of one with the same identity: what the API server printed last is what there
     * is. A manifest beside a capture is left out without a word: it is what was applied, or will be.
     */
    private static boolean supersedes(Resource resource, Resource before) {
        if (!resource.meta().captured() || !before.meta().captured()) {
            return resource.meta().captured();
        }
        return version(resource).compareTo(version(before)) > 0;
    }

    /** Resource versions are to be compared as numbers (KEP-5504); one that is none is older than all. */
    private static BigInteger version(Resource resource) {
        String version = resource.meta().resourceVersion();
        return version.matches("[0-9]+") ? new BigInteger(version) : BigInteger.ONE.negate();
    }
}
