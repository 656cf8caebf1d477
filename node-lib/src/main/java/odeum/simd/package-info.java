/**
 * The machine seam: inner loops over arrays of doubles, whose results are the same bits on every
 * machine. Not exported.
 */
package odeum.simd;
