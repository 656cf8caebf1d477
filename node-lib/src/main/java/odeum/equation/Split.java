package odeum.equation;

import odeum.term.TracedField;

/**
 * A right-hand side as a sum, for methods that take implicit steps for one part only.
 *
 * @param explicit what is left without the terms in {@code stiff(…)}
 * @param implicit the terms in {@code stiff(…)}
 */
public record Split(TracedField explicit, TracedField implicit) {}
