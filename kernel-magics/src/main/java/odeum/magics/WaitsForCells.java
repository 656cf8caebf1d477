package odeum.magics;

/**
 * A kernel that, after an interrupt, waits until the cell has really ended: what a cell declares
 * meanwhile needs no turn of its own.
 */
public interface WaitsForCells {}
