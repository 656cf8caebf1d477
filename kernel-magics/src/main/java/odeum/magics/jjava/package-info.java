/**
 * The magics in JJava; only translates. Compiled against JJava's extension API, see CONTRIBUTING.
 */
package odeum.magics.jjava;
