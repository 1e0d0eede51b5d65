package dev.sealane.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    /** Each rendered line begins with the number of the template's line that it was made from. */
    private static void check(String template, String numbered) {
        List<String> rendered = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        numbered.lines().forEach(line -> {
            expected.add(Integer.valueOf(line.substring(0, 2).strip()));
            rendered.add(line.substring(3));
        });
        Alignment alignment = new Alignment(rendered, template.lines().toList());
        StringBuilder actual = new StringBuilder();
        for (int i = 0; i < rendered.size(); i++) {
            actual.append(String.format("%2d %s%n", alignment.line(i) + 1, rendered.get(i)));
        }
        assertEquals(numbered, actual.toString().replace("\r\n", "\n"));
    }

    @Test
    void plainLinesAreThemselves() {
        check("""
                apiVersion: v1
                kind: Service
                # a comment
                metadata:
                  name: web
                """, """
                 1 apiVersion: v1
                 2 kind: Service
                 4 metadata:
                 5   name: web
                """);
    }

    @Test
    void aServiceAsHelmCreateWritesIt() {
        check("""
                {{- if .Values.service.enabled }}
                apiVersion: v1
                kind: Service
                metadata:
                  name: {{ include "shop.fullname" . }}
                  labels:
                    {{- include "shop.labels" . | nindent 4 }}
                  {{- with .Values.service.annotations }}
                  annotations:
                    {{- toYaml . | nindent 4 }}
                  {{- end }}
                spec:
                  type: {{ .Values.service.type }}
                  ports:
                    - port: {{ .Values.service.port }}
                      targetPort: http
                      protocol: TCP
                  selector:
                    {{- include "shop.selectorLabels" . | nindent 4 }}
                {{- end }}
                """, """
                 2 apiVersion: v1
                 3 kind: Service
                 4 metadata:
                 5   name: prod-shop
                 6   labels:
                 7     helm.sh/chart: shop-0.1.0
                 7     app.kubernetes.io/name: shop
                 7     app.kubernetes.io/instance: prod
                 7     app.kubernetes.io/managed-by: Helm
                12 spec:
                13   type: ClusterIP
                14   ports:
                15     - port: 80
                16       targetPort: http
                17       protocol: TCP
                18   selector:
                19     app.kubernetes.io/name: shop
                19     app.kubernetes.io/instance: prod
                """);
    }

    @Test
    void aLoopIsWalkedAgain() {
        check("""
                kind: Service
                spec:
                  ports:
                  {{- range .Values.ports }}
                    - name: {{ .name }}
                      port: {{ .port }}
                      targetPort: {{ .target | default .port }}
                  {{- end }}
                  selector:
                    app: web
                """, """
                 1 kind: Service
                 2 spec:
                 3   ports:
                 5     - name: http
                 6       port: 80
                 7       targetPort: 8080
                 5     - name: https
                 6       port: 443
                 7       targetPort: 8443
                 5     - name: metrics
                 6       port: 9090
                 7       targetPort: 9090
                 9   selector:
                10     app: web
                """);
    }

    @Test
    void ofTwoBranchesTheOneThatAgreesIsTaken() {
        check("""
                spec:
                  {{- if .Values.headless }}
                  clusterIP: None
                  {{- else }}
                  type: {{ .Values.type }}
                  {{- end }}
                  ports:
                    - port: 80
                """, """
                 1 spec:
                 5   type: NodePort
                 7   ports:
                 8     - port: 80
                """);
    }

    /** As in a file of several documents, of which each is rendered by itself. */
    @Test
    void theSecondDocumentOfATemplateIsFound() {
        check("""
                kind: Service
                metadata:
                  name: {{ .Release.Name }}-web
                spec:
                  selector:
                    app: web
                ---
                kind: Service
                metadata:
                  name: {{ .Release.Name }}-api
                spec:
                  selector:
                    app: api
                """, """
                 8 kind: Service
                 9 metadata:
                10   name: x-api
                11 spec:
                12   selector:
                13     app: api
                """);
    }

    @Test
    void whatAgreesNowhereStaysWithTheLineAbove() {
        check("""
                metadata:
                  name: web
                spec:
                  a: b
                """, """
                 1 metadata:
                 2   name: web
                 2   generated: x
                 3 spec:
                 4   a: b
                """);
    }

    @Test
    void aLineIsFoundInAnotherIndent() {
        check("""
                spec:
                  containers:
                    - name: web
                      image: nginx:1.25
                  volumes: []
                """, """
                 1 spec:
                 2   containers:
                 3   - name: web
                 4     image: nginx:1.27
                 5   volumes: []
                """);
    }

    @Test
    void actionsOverSeveralLinesWriteNothingInTheirMiddle() {
        check("""
                {{- /*
                kind: Service
                */}}
                {{- $name := .Release.Name -}}
                kind: Service
                metadata:
                  name: {{ printf "%s"
                    $name }}
                spec: {}
                """, """
                 5 kind: Service
                 6 metadata:
                 7   name: prod
                 9 spec: {}
                """);
    }

    /** Too long to be compared line by line, and still found where a line is there once. */
    @Test
    void longTextsAreMatchedByTheLinesThatAreThereOnce() {
        StringBuilder template = new StringBuilder();
        StringBuilder rendered = new StringBuilder();
        for (int i = 0; i < 4000; i++) {
            template.append("key").append(i).append(": 1\nsame: 1\n");
            rendered.append("key").append(i).append(": 1\nsame: 1\n");
        }
        Alignment alignment = new Alignment(
                rendered.toString().lines().toList(),
                template.toString().lines().toList());
        assertEquals(4000, alignment.line(4000));
        assertEquals(4000, alignment.line(4001), "the line above");
    }
}
