package dev.sealane.load;

import dev.sealane.load.Value.Type;
import java.math.BigInteger;

/**
 * The types of scalars without quotes, as sigs.k8s.io/yaml reads them: YAML 1.1, in the dialect of yaml.v2
 * (resolve.go).
 */
final class PlainScalar {
    private PlainScalar() {}

    static Type type(String text) {
        if (text.isEmpty()) {
            return Type.NULL;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9' || first == '+' || first == '-' || first == '.') {
            return number(text);
        }
        if (text.length() > 5) {
            return Type.STRING;
        }
        return switch (text) {
            case "~", "null", "Null", "NULL" -> Type.NULL;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> Type.BOOLEAN;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> Type.BOOLEAN;
            default -> Type.STRING;
        };
    }

    /** Whether a scalar of type boolean is true. */
    static boolean isTrue(String text) {
        char first = text.charAt(0);
        return first == 'y' || first == 'Y' || first == 't' || first == 'T' || text.equalsIgnoreCase("on");
    }

    private static Type number(String text) {
        switch (text) {
            case ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF":
            case "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF":
                return Type.FLOAT;
            default:
        }
        if (text.length() > 64) {
            return Type.STRING;
        }
        if (digits(text, 0) == text.length() && text.length() < 18 && text.charAt(0) != '0' || integer(text) != null) {
            return Type.INTEGER;
        }
        return isFloat(text.replace("_", "")) ? Type.FLOAT : Type.STRING;
    }

    /** Null if it is no integer: decimal, 0x…, 0o…, 0b…, or octal with a leading 0; underscores may be inside. */
    static BigInteger integer(String text) {
        int at = 0;
        boolean negative = text.charAt(0) == '-';
        if (negative || text.charAt(0) == '+') {
            at = 1;
        }
        int radix = 10;
        if (text.startsWith("0", at) && text.length() > at + 1) {
            switch (text.charAt(at + 1)) {
                case 'x', 'X' -> {
                    radix = 16;
                    at += 2;
                }
                case 'o', 'O' -> {
                    radix = 8;
                    at += 2;
                }
                case 'b', 'B' -> {
                    radix = 2;
                    at += 2;
                }
                default -> {
                    radix = 8;
                    at += 1;
                }
            }
        }
        long value = 0;
        boolean any = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_' && i > 0) {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return null;
            }
            any = true;
            if (value > (Long.MAX_VALUE - digit) / radix) {
                return big(text.substring(at).replace("_", ""), radix, negative);
            }
            value = value * radix + digit;
        }
        return any ? BigInteger.valueOf(negative ? -value : value) : null;
    }

    /** The whole number that a scalar of type float is, up to where floats have gaps; null if it is none. */
    static BigInteger wholeFloat(String text) {
        if (!isFloat(text.replace("_", ""))) {
            return null;
        }
        double value = Double.parseDouble(text.replace("_", ""));
        return value == Math.rint(value) && Math.abs(value) <= 1L << 53 ? BigInteger.valueOf((long) value) : null;
    }

    /** The number that a scalar of type float is, such as {@code 0.5} or {@code -.inf}. */
    static double floating(String text) {
        return type(text) == Type.FLOAT && Character.isLetter(text.charAt(text.length() - 1))
                ? text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY
                : Double.parseDouble(text.replace("_", ""));
    }

    private static BigInteger big(String digits, int radix, boolean negative) {
        try {
            BigInteger value = new BigInteger(digits, radix);
            return negative ? value.negate() : value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** {@code [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?} */
    private static boolean isFloat(String text) {
        int at = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        int whole = digits(text, at);
        at += whole;
        int fraction = 0;
        if (at < text.length() && text.charAt(at) == '.') {
            fraction = digits(text, at + 1);
            at += 1 + fraction;
        }
        if (whole + fraction == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int exponent = digits(text, at);
            if (exponent == 0) {
                return false;
            }
            at += exponent;
        }
        return at == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - from;
    }
}
