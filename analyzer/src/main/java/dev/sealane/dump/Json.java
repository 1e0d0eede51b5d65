package dev.sealane.dump;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Small JSON texts as maps, lists and strings. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Maps, lists, and the text of scalars; null for null, nothing at all, and what is not JSON. */
    static Object parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return value(parser, parser.nextToken());
        } catch (JacksonException malformed) {
            // Evidence that cannot be read is none.
            return null;
        }
    }

    private static Object value(JsonParser parser, JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                map.put(parser.currentName(), value(parser, parser.nextToken()));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            for (JsonToken next = parser.nextToken();
                    next != JsonToken.END_ARRAY && next != null;
                    next = parser.nextToken()) {
                list.add(value(parser, next));
            }
            return list;
        }
        return token == null || token == JsonToken.VALUE_NULL ? null : parser.getString();
    }

    /** The field of an object; null if there is none, or the value is no object. */
    static Object get(Object value, String field) {
        return value instanceof Map<?, ?> map ? map.get(field) : null;
    }

    /** The text of a scalar field, or empty. */
    static String string(Object value, String field) {
        return get(value, field) instanceof String string ? string : "";
    }

    /** The items of a list; none if it is no list. */
    static List<?> items(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
