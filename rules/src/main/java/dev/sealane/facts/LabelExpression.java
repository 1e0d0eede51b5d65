package dev.sealane.facts;

import java.util.Set;

/** A condition on labels. */
public interface LabelExpression {

    boolean matches(Labels labels);

    /** Every label key that it looks at. */
    Set<String> keys();
}
