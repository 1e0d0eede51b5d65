package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class RefTest {

    @Test
    void printsKindAndPath() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        assertEquals("shop/web", web.path());
        assertEquals("Service shop/web", web.toString());
        Ref node = new Ref(Kind.NODE, "", "worker-1");
        assertEquals("worker-1", node.path());
        assertEquals("Node worker-1", node.toString());
    }

    @Test
    void identityIsKindNamespaceAndName() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        assertEquals(web, new Ref(new Kind("", "Service"), "shop", "web"));
        assertNotEquals(web, new Ref(new Kind("serving.knative.dev", "Service"), "shop", "web"));
        assertNotEquals(web, new Ref(Kind.SERVICE, "test", "web"));
        assertNotEquals(web, new Ref(Kind.SERVICE, "shop", "api"));
    }
}
