/**
 * The magics in IJava 1.3; only translates. Compiled against the base kernel that IJava is made of.
 */
package odeum.magics.ijava;
