package odeum.solver;

/**
 * An event that happened.
 *
 * @param time when
 * @param name which
 */
public record EventRecord(double time, String name) {}
