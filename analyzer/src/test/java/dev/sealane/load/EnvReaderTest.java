package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.Container;
import dev.sealane.facts.Pod;
import dev.sealane.facts.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvReaderTest {
    private static List<String> addresses(String env) {
        Pod pod = (Pod)
                Loaded.yaml("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, env: ["
                                + env + "]}]}}")
                        .input()
                        .resources()
                        .getFirst();
        return shown(pod.spec().containers().getFirst());
    }

    private static List<String> shown(Container container) {
        return container.addresses().stream()
                .map(one -> one.path() + " " + one.host() + " " + one.port())
                .toList();
    }

    private static List<String> value(String name, String value) {
        return addresses("{name: " + name + ", value: '" + value + "'}");
    }

    @ParameterizedTest
    @CsvSource({
        "X, http://api, api, 80",
        "X, https://api.shop/v1?a=b, api.shop, 443",
        "X, http://api.shop:8080, api.shop, 8080",
        "X, api.shop.svc.cluster.local, api.shop.svc.cluster.local, 0",
        "X, api.shop.svc.cluster.local.:81, api.shop.svc.cluster.local, 81",
        "X, api.shop.svc:81, api.shop.svc, 81",
        "DB_HOST, db, db, 0",
        "DB_ADDR, db:5432, db, 5432",
        "DATABASE_PASSWORD_URL, postgres://me:secret@db:5432/shop, db, 5432",
        "REDIS_URL, redis://:secret@cache:6379/0, cache, 6379",
    })
    void whatNamesAHost(String name, String value, String host, int port) {
        assertEquals(List.of("containers[0].env[0].value " + host + " " + port), value(name, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "me:1234",
                "me@example.com",
                "see http://api for more",
                "http://a,http://b",
                "http://$(API_HOST):80",
                "http://me:secret",
                "http://me:se/cret@db:80",
                "http://db:99999",
                "/etc/api",
                "Api",
                ""
            })
    void whatNamesNone(String value) {
        assertEquals(List.of(), value("PLAIN", value));
    }

    @Test
    void wordsOfSecretVariablesAreNoHosts() {
        assertEquals(List.of(), value("PASSWORD_SERVER", "hunter2"));
        assertEquals(List.of(), value("API_TOKEN_URL", "abc:123"));
    }

    @Test
    void thePortOfAVariableBeside() {
        assertEquals(
                List.of("containers[0].env[1].value db 5432"),
                addresses("{name: DB_PORT, value: '5432'}, {name: DB_HOST, value: db}"));
        assertEquals(
                List.of("containers[0].env[1].value db 0"),
                addresses("{name: DB_PORT, value: 'tcp'}, {name: DB_HOST, value: db}"));
    }

    @Test
    void sidecarsAndTemplatesHaveSomeCapturedPodsDoNot() {
        String spec =
                "{initContainers: [{name: i, env: [{name: U, value: 'http://x'}]}, {name: s, restartPolicy: Always,"
                        + " env: [{name: U, value: 'http://y'}]}], containers: [{name: c, env: [{name: U, valueFrom: {}}]}]}";
        String captured = "metadata: {name: a, uid: u, resourceVersion: '1'}";
        Pod pod = (Pod) Loaded.yaml("{apiVersion: v1, kind: Pod, " + captured + ", spec: " + spec + "}")
                .input()
                .resources()
                .getFirst();
        assertEquals(List.of(), shown(pod.spec().containers().getLast()));
        for (String metadata : List.of(captured, "metadata: {name: a}")) {
            Workload workload = (Workload) Loaded.yaml("{apiVersion: apps/v1, kind: Deployment, " + metadata
                            + ", spec: {template: {spec: " + spec + "}}}")
                    .input()
                    .resources()
                    .getFirst();
            assertEquals(
                    List.of("initContainers[1].env[0].value y 80"),
                    shown(workload.template().containers().getLast()));
        }
    }
}
