package dev.sealane.facts;

import java.util.List;

/** A fact that can show the places it rests on; they are printed beneath a finding that matched it. */
public interface Explained {

    /** One place and what is to be seen there. */
    record Evidence(Text message, Place place) {}

    List<Evidence> evidence();
}
