/**
 * Systems of equations: {@link odeum.nonlinear.LinearSolver} for linear ones, by elimination in a
 * fixed order, so that the numbers are the same everywhere.
 */
package odeum.nonlinear;
