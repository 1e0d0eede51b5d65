package dev.sealane.link;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Certainty;
import dev.sealane.facts.Container;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Ingress;
import dev.sealane.facts.Ingress.Backend;
import dev.sealane.facts.IngressClass;
import dev.sealane.facts.IngressPath;
import dev.sealane.facts.IngressService;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Reference;
import dev.sealane.facts.Reference.Role;
import dev.sealane.facts.Reference.State;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Serves;
import dev.sealane.facts.Service;
import dev.sealane.facts.Text;
import dev.sealane.facts.Unanswered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Ingresses to their class, its controller, and their backends. */
final class Ingresses {
    /** With this port the AWS Load Balancer Controller reads an annotation in place of the Service. */
    private static final IntOrString ANNOTATED = IntOrString.of("use-annotation");

    private static final Set<Kind> JOBS = Set.of(Kind.JOB, Kind.CRON_JOB);

    /** What shows that the controller of a row of the table runs. */
    private record Sign(String text, Map<String, String> row) {}

    private final Map<Ref, Service> services = new HashMap<>();
    private final Map<Ref, IngressClass> classes = new HashMap<>();
    private final Map<Ref, Resource> secrets = new HashMap<>();
    private final List<Ingress> ingresses = new ArrayList<>();
    private final List<PodSet> podSets;
    private final Ledger ledger;
    private final Skew skew;
    private final String distribution;
    private final List<Map<String, String>> controllers;
    private final List<Sign> signs = new ArrayList<>();
    private final Map<Map<String, String>, Answer> served = new HashMap<>();
    private final Map<Map<String, String>, List<PodSet>> proxies = new HashMap<>();
    /** The rows of which some text shows a sign; most pods have none, and many have the same names and images. */
    private final Map<String, List<Map<String, String>>> shown = new HashMap<>();

    /** By the name of the class, empty for Ingresses without. */
    private final Map<String, Optional<Map<String, String>>> controllerOf = new HashMap<>();
    /** The parts of the column of that name by controller; those of all under the empty name. */
    private final Map<String, List<String>> apart = new HashMap<>();

    private final List<Object> facts = new ArrayList<>();
    private int paths;

    Ingresses(List<Resource> resources, List<PodSet> podSets, Ledger ledger, Times times, String distribution) {
        this.podSets = podSets;
        this.ledger = ledger;
        this.skew = new Skew(times);
        this.distribution = distribution;
        for (Resource resource : resources) {
            // Not a switch over types: see DocumentReader.
            if (resource instanceof Service service) {
                services.put(service.ref(), service);
            } else if (resource instanceof IngressClass ingressClass) {
                classes.put(ingressClass.ref(), ingressClass);
            } else if (resource instanceof Ingress ingress) {
                ingresses.add(ingress);
            } else if (resource.ref().kind().equals(Kind.SECRET)) {
                secrets.put(resource.ref(), resource);
            }
        }
        this.controllers = ingresses.isEmpty() ? List.of() : Table.read("ingress-controllers.txt");
        for (Map<String, String> row : controllers) {
            Table.parts(row.get("signs"), ",").forEach(text -> signs.add(new Sign(text, row)));
        }
        ingresses.forEach(this::link);
        if (facts.stream().anyMatch(fact -> fact instanceof IngressService known && known.served() == Answer.UNKNOWN)) {
            facts.add(new Unanswered(
                    "controllers",
                    "the input does not show whether the controllers of all Ingresses run",
                    "kubectl get ingressclasses,deployments,daemonsets,pods,nodes -A -o yaml > cluster.yaml"));
        }
    }

    List<Object> facts() {
        return facts;
    }

    /** The pods of the controllers of Ingresses. */
    List<Serves> controllers() {
        List<Serves> serves = new ArrayList<>();
        Map<Map<String, String>, List<PodSet>> pods = new HashMap<>();
        for (Ingress ingress : ingresses) {
            Map<String, String> row = controller(ingress);
            if (row != null) {
                pods.computeIfAbsent(
                                row,
                                unseen -> podSets.stream()
                                        .filter(set -> !set.scaledToZero() && shows(row, set))
                                        .toList())
                        .forEach(set -> serves.add(new Serves(ingress.ref(), set)));
            }
        }
        return serves;
    }

    private void link(Ingress ingress) {
        if (!ingress.ingressClassName().isEmpty()) {
            Ref named = new Ref(Kind.INGRESS_CLASS, "", ingress.ingressClassName());
            facts.add(reference(ingress.at("spec.ingressClassName"), Role.INGRESS_CLASS, named, classes));
        }
        if (ingress.defaultBackend() != null) {
            link(ingress, ingress.defaultBackend());
        }
        for (Ingress.Path path : ingress.paths()) {
            link(ingress, path.backend());
            if (!shared(ingress, path)) {
                String key = String.join(
                        " ", ingress.className(), apart(ingress, path), path.host(), path.pathType(), path.path());
                facts.add(new IngressPath(ingress.at(path.place()), paths++, key, path.host(), path.path()));
            }
        }
        for (Ingress.Tls tls : ingress.tls()) {
            if (tls.secret() != null) {
                facts.add(reference(ingress.at(tls.secretPath()), Role.INGRESS_TLS, tls.secret(), secrets));
            }
        }
        if (!ingress.classless()) {
            facts.add(service(ingress));
        }
    }

    /** Whether the path is one that controllers put on top of another with the same host and path. */
    private static boolean shared(Ingress ingress, Ingress.Path path) {
        Backend backend = path.backend();
        boolean conditional = backend != null
                && backend.service() != null
                && (ANNOTATED.equals(backend.port())
                        || !ingress.meta()
                                .annotation("alb.ingress.kubernetes.io/conditions."
                                        + backend.service().name())
                                .isEmpty());
        return conditional
                || ingress.meta()
                        .annotation("nginx.ingress.kubernetes.io/canary")
                        .equals("true")
                || !ingress.meta()
                        .annotation("nginx.org/mergeable-ingress-type")
                        .isEmpty();
    }

    /**
     * What tells requests to this Ingress from those to another with the same host and path: the Ingress itself where
     * its controller gives it a load balancer of its own, otherwise the annotations by which the controller parts them.
     * While the controller is not known, what has no host is taken to be apart.
     */
    private String apart(Ingress ingress, Ingress.Path path) {
        Map<String, String> known = controller(ingress);
        List<String> parts = new ArrayList<>();
        if (known == null && path.host().isEmpty()) {
            parts.add(ingress.ref().toString());
        }
        for (String by : apart(known)) {
            boolean own = by.startsWith("own");
            String value =
                    ingress.meta().annotation(own ? by.substring("own".length()).strip() : by);
            parts.add(known != null && own && value.isEmpty() ? ingress.ref().toString() : value);
        }
        return parts.toString();
    }

    private List<String> apart(Map<String, String> known) {
        return apart.computeIfAbsent(
                known == null ? "" : known.get("controller"),
                unseen -> (known == null ? controllers : List.of(known))
                        .stream()
                                .flatMap(row -> Table.parts(row.get("apart"), ",").stream())
                                .toList());
    }

    /** The controller that the Ingress's class means, by the IngressClass or else by the name; null if unknown. */
    private Map<String, String> controller(Ingress ingress) {
        return controllerOf
                .computeIfAbsent(ingress.className(), unseen -> Optional.ofNullable(findController(ingress)))
                .orElse(null);
    }

    private Map<String, String> findController(Ingress ingress) {
        IngressClass named = classOf(ingress);
        if (named == null && ingress.classless() && distribution.equals("GKE")) {
            return row(row -> row.get("controller").equals("k8s.io/ingress-gce"));
        }
        return named == null
                ? row(row -> Table.parts(row.get("classes"), ",").contains(ingress.className()))
                : row(row -> Table.means(row.get("controller"), named.controller()));
    }

    private IngressClass classOf(Ingress ingress) {
        return ingress.classless()
                ? classes.values().stream()
                        .filter(IngressClass::isDefault)
                        .min(Comparator.comparing(IngressClass::name))
                        .orElse(null)
                : classes.get(new Ref(Kind.INGRESS_CLASS, "", ingress.className()));
    }

    private Map<String, String> row(Predicate<Map<String, String>> wanted) {
        return controllers.stream().filter(wanted).findFirst().orElse(null);
    }

    private void link(Ingress ingress, Backend backend) {
        if (backend == null || backend.service() == null || ANNOTATED.equals(backend.port())) {
            return;
        }
        facts.add(reference(ingress.at(backend.servicePath()), Role.INGRESS_BACKEND, backend.service(), services));
        Service service = services.get(backend.service());
        if (service != null && backend.port() != null && !service.type().equals("ExternalName")) {
            boolean found = has(service, backend.port());
            facts.add(new Reference(
                    ingress.at(backend.portPath()),
                    Role.INGRESS_BACKEND_PORT,
                    service.ref(),
                    backend.port(),
                    found ? State.FOUND : State.ABSENT,
                    Certainty.CERTAIN,
                    found ? Skew.NONE : skew.createdAfter(ingress, Kind.SERVICE)));
        }
    }

    /** A name is compared with names and a number with numbers, never one with the other. */
    private static boolean has(Service service, IntOrString port) {
        return service.ports().stream()
                .anyMatch(own -> port.isName() ? own.name().equals(port.name()) : own.port() == port.number());
    }

    private Reference reference(Place from, Role role, Ref to, Map<Ref, ? extends Resource> known) {
        State state = State.UNKNOWN;
        if (known.containsKey(to)) {
            state = State.FOUND;
        } else if (ledger.complete(to.kind(), to.namespace())) {
            state = State.ABSENT;
        }
        Text doubt = state == State.ABSENT ? skew.createdAfter(from.resource(), to.kind()) : Skew.NONE;
        return new Reference(from, role, to, null, state, ledger.certainty(to.kind(), to.namespace()), doubt);
    }

    private IngressService service(Ingress ingress) {
        IngressClass ingressClass = classOf(ingress);
        List<Evidence> evidence = ingressClass == null
                ? List.of()
                : List.of(new Evidence(Text.of("%s", ingressClass.ref()), ingressClass.at("spec.controller")));
        Map<String, String> row =
                ingressClass == null && !ingress.ingressClassName().isEmpty() ? null : controller(ingress);
        if (row != null) {
            String controller = ingressClass == null ? row.get("controller") : ingressClass.controller();
            return new IngressService(
                    ingress.ref(), served.computeIfAbsent(row, this::served), certainty(row), controller, evidence);
        }
        String controller = ingressClass == null ? "" : ingressClass.controller();
        return new IngressService(ingress.ref(), Answer.UNKNOWN, Certainty.LIKELY, controller, evidence);
    }

    private Answer served(Map<String, String> row) {
        if (podSets.stream().anyMatch(set -> !set.scaledToZero() && shows(row, set))) {
            return Answer.YES;
        }
        List<String> clouds = Table.parts(row.get("cloud"), ",");
        if (clouds.contains(distribution)) {
            return Answer.UNKNOWN;
        }
        boolean all = ledger.proved(Kind.POD, Coverage.EVERYWHERE)
                || ledger.proved(Kind.DEPLOYMENT, Coverage.EVERYWHERE)
                        && ledger.proved(Kind.DAEMON_SET, Coverage.EVERYWHERE);
        return all ? Answer.NO : Answer.UNKNOWN;
    }

    /** A controller that a cloud may run out of sight is only likely to be missing while the cloud is not known. */
    private Certainty certainty(Map<String, String> row) {
        return distribution.isEmpty() && !row.get("cloud").isEmpty() ? Certainty.LIKELY : Certainty.CERTAIN;
    }

    private boolean shows(Map<String, String> row, PodSet set) {
        String label = set.labels().get("app.kubernetes.io/name");
        if (showing(set.owner().name()).contains(row)
                || label != null && showing(label).contains(row)) {
            return true;
        }
        for (Container container : set.spec().containers()) {
            if (showing(container.image()).contains(row)) {
                return true;
            }
        }
        return false;
    }

    private List<Map<String, String>> showing(String text) {
        return shown.computeIfAbsent(
                text,
                unseen -> signs.stream()
                        .filter(sign -> text.contains(sign.text()))
                        .map(Sign::row)
                        .toList());
    }

    /**
     * The pods that show that the Ingress's controller runs, if all requests go through pods that do so: not those of
     * a job, which only prepare. Which of them serve this Ingress is open if they are several.
     */
    List<PodSet> proxies(Ingress ingress) {
        Map<String, String> row = controller(ingress);
        return row == null || !row.get("proxies").equals("yes")
                ? List.of()
                : proxies.computeIfAbsent(
                        row,
                        unseen -> podSets.stream()
                                .filter(set -> !set.scaledToZero()
                                        && !JOBS.contains(set.owner().kind()))
                                .filter(set -> shows(row, set))
                                .toList());
    }

    /** Whether some controller of the cluster takes an Ingress without a class. */
    Answer classlessServed() {
        if (distribution.equals("OpenShift") || distribution.equals("GKE")) {
            return Answer.YES;
        }
        for (PodSet set : podSets) {
            for (Map<String, String> row : controllers) {
                if (shows(row, set) && takesClassless(row.get("classless"), set)) {
                    return Answer.YES;
                }
            }
        }
        return Answer.UNKNOWN;
    }

    private static boolean takesClassless(String classless, PodSet set) {
        if (classless.equals("yes") || classless.equals("no")) {
            return classless.equals("yes");
        }
        String[] words = classless.split(" ", 2);
        boolean given = set.spec().containers().stream()
                .flatMap(container -> container.arguments().stream())
                .anyMatch(argument -> argument.toLowerCase(Locale.ROOT).startsWith(words[1]));
        return words[0].equals("with") == given;
    }
}
