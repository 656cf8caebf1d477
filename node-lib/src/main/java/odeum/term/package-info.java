/** What is solved: vector fields, and the terms that a solver steps. */
package odeum.term;
