package dev.sealane.facts;

/**
 * A port by number or by name, as {@code intstr.IntOrString}.
 *
 * @param number any integer as written; 0 if it is a name
 * @param name null if it is a number
 */
public record IntOrString(int number, String name) {
    public static IntOrString of(int number) {
        return new IntOrString(number, null);
    }

    public static IntOrString of(String name) {
        return new IntOrString(0, name);
    }

    public boolean isName() {
        return name != null;
    }

    /**
     * Why the API server rejects this as a port, or null. A name follows {@code IsValidPortName} of apimachinery: at
     * most 15 of {@code a-z 0-9 -}, at least one letter, no hyphen at either end or beside another.
     */
    public String problem() {
        if (!isName()) {
            return PortRange.valid(number) ? null : number + " is not between 1 and 65535";
        }
        if (name.isEmpty() || name.length() > 15) {
            return quoted() + " is not 1 to 15 characters long";
        }
        boolean letter = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            letter |= c >= 'a' && c <= 'z';
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return quoted() + " has other characters than a-z, 0-9 and -";
            }
        }
        if (!letter) {
            return quoted() + " has no letter: as a string it is a name, without quotes it is a number";
        }
        if (name.startsWith("-") || name.endsWith("-") || name.contains("--")) {
            return quoted() + " has a hyphen at an end or beside another";
        }
        return null;
    }

    private String quoted() {
        return '"' + name + '"';
    }

    @Override
    public String toString() {
        return isName() ? name : Integer.toString(number);
    }
}
