package dev.sealane.facts;

/**
 * A field of an object. Line and column are looked up when a finding needs them, not before.
 *
 * @param resource null for a place in a file that could not be read as an object
 * @param path as in {@link Resource#at}
 * @param location null unless it is known already; never null without a resource
 */
public record Place(Resource resource, String path, Location location) {

    /** A place outside any object. */
    public static Place of(Location location) {
        return new Place(null, "", location);
    }

    /** This path extended by a map key, quoted unless it is a plain word. */
    public static String key(String path, String key) {
        boolean plain = !key.isEmpty();
        for (int i = 0; plain && i < key.length(); i++) {
            char c = key.charAt(i);
            plain = Character.isLetterOrDigit(c) || c == '_' || c == '-';
        }
        if (!plain) {
            return path + "[\"" + key + "\"]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
