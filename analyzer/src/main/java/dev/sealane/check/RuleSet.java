package dev.sealane.check;

import dev.sealane.facts.Kind;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.load.InputRules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.drools.model.Model;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;

/**
 * The rules that come with Sealane: those in DRL, compiled when Sealane was built, and those that loading applies.
 * Reading their metadata is cheap; making them run is not, and done only when they must.
 */
public final class RuleSet {
    /** Written by kie-maven-plugin: a line with its version, then the names of the generated classes. */
    private static final String MODELS = "/META-INF/kie/dev.sealane/sealane-rules/drools-model";

    private final List<Rule> rules;
    private final Map<String, Rule> byName = new HashMap<>();
    private final FutureTask<KieBase> kieBase;

    private RuleSet(List<Model> models) {
        this.rules = Stream.concat(
                        InputRules.all().stream(),
                        models.stream()
                                .flatMap(model -> model.getRules().stream())
                                .map(RuleSet::rule))
                .sorted(Comparator.comparing(Rule::id))
                .toList();
        rules.forEach(rule -> byName.put(rule.slug(), rule));
        this.kieBase = new FutureTask<>(() -> KieBaseBuilder.createKieBaseFromModel(models));
    }

    public static RuleSet builtIn() {
        List<Model> models = new ArrayList<>();
        try (var reader = new BufferedReader(
                new InputStreamReader(RuleSet.class.getResourceAsStream(MODELS), StandardCharsets.UTF_8))) {
            for (String name : reader.lines().skip(1).toList()) {
                models.add((Model) Class.forName(name).getConstructor().newInstance());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the rules were not compiled into this build", e);
        }
        return new RuleSet(models);
    }

    private static Rule rule(org.drools.model.Rule rule) {
        List<String> needs =
                Stream.of(text(rule, "needs").split(",")).map(String::strip).toList();
        return new Rule(
                text(rule, "id"),
                rule.getName(),
                rule.getPackage().substring(rule.getPackage().lastIndexOf('.') + 1),
                Severity.of(text(rule, "severity")),
                needs.stream().filter(RuleSet::isKind).map(RuleSet::kind).toList(),
                needs.stream().filter(word -> !isKind(word)).toList(),
                text(rule, "title"));
    }

    private static String text(org.drools.model.Rule rule, String annotation) {
        return rule.getMetaData(annotation).toString();
    }

    /** Kinds are in CamelCase; other words are questions. */
    private static boolean isKind(String word) {
        return Character.isUpperCase(word.charAt(0));
    }

    private static Kind kind(String name) {
        return Kind.KNOWN.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no known kind is called " + name));
    }

    /** By id. */
    public List<Rule> rules() {
        return rules;
    }

    /** @param name an id, in any case, or a slug */
    public Optional<Rule> find(String name) {
        return rules.stream()
                .filter(rule -> rule.slug().equals(name) || rule.id().equalsIgnoreCase(name))
                .findFirst();
    }

    /** The rule that Drools calls so. */
    Rule named(String slug) {
        return byName.get(slug);
    }

    /** Makes the rules run, on another thread, as long as there is something else to do. */
    public void prepare() {
        ForkJoinPool.commonPool().execute(kieBase);
    }

    KieBase kieBase() {
        kieBase.run();
        try {
            return kieBase.get();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        } catch (InterruptedException stopped) {
            throw new CancellationException();
        }
    }
}
