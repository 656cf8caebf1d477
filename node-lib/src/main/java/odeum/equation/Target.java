package odeum.equation;

import java.util.Optional;
import java.util.Set;
import odeum.equation.Expression.Formula;

/**
 * What a line gives a value to.
 *
 * @param name a state, with its primes, or a grid
 * @param index between the brackets, if there are any
 * @param place where it stands
 */
record Target(String name, Optional<Formula> index, Place place) {
  /** {@return the name of the index, if all points of a grid are meant: {@code u[i]}} */
  Optional<String> indexName(Set<String> constants) {
    return index
        .map(Formula::expression)
        .filter(Expression.Name.class::isInstance)
        .map(it -> ((Expression.Name) it).text())
        .filter(it -> !constants.contains(it) && !Vocabulary.NUMBERS.containsKey(it));
  }

  @Override
  public String toString() {
    return index.map(formula -> Layout.element(name, Text.of(formula.expression()))).orElse(name);
  }
}
