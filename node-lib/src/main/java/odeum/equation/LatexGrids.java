package odeum.equation;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import odeum.equation.Definition.Boundary;
import odeum.equation.Expression.Formula;

/** Grids typeset: indices below, ranges, sums and what lies beyond the ends. */
final class LatexGrids {
  private static final Pattern VALUE = Pattern.compile("(.*)\\[(.*)]('*)");

  private LatexGrids() {}

  /** {@return a value of a grid, whose name may have primes} */
  static String element(String grid, String index) {
    String variable = grid.replace("'", "");
    String typeset = LatexNames.name(variable);
    String base = typeset.contains("_{") ? "{" + typeset + "}" : typeset;
    return base + "_{" + index + "}" + grid.substring(variable.length());
  }

  /** {@return a name as written: {@code x'}, {@code u[3]'} or {@code u[i]'}} */
  static String name(String name) {
    Matcher matcher = VALUE.matcher(name);
    return matcher.matches()
        ? element(matcher.group(1) + matcher.group(3), matcher.group(2))
        : LatexNames.name(name);
  }

  static String target(Target target) {
    return target
        .index()
        .map(index -> element(target.name(), Latex.formula(index.expression())))
        .orElseGet(() -> LatexNames.name(target.name()));
  }

  /** {@return {@code i = 1, …, n}} */
  static String range(Expression.Range range) {
    return "%s = %s, \\ldots, %s"
        .formatted(
            LatexNames.name(range.index()),
            Latex.formula(range.from().expression()),
            Latex.formula(range.to().expression()));
  }

  static String total(Expression.Total total) {
    String body = Latex.within(total.body(), Latex.isSum(total.body()));
    if (total.range().isEmpty()) {
      return total.mean() ? "\\overline{" + body + "}" : "\\sum " + body;
    }
    Expression.Range range = total.range().get();
    return "%s_{%s = %s}^{%s} %s"
        .formatted(
            total.mean() ? "\\operatorname*{mean}" : "\\sum",
            LatexNames.name(range.index()),
            Latex.formula(range.from().expression()),
            Latex.formula(range.to().expression()),
            body);
  }

  /** {@return the values beyond the ends as equations} */
  static String boundary(Boundary boundary, Values values) {
    String grid = boundary.grid();
    Points points = values.layout().block(grid).points().orElseThrow();
    if (boundary.periodic()) {
      return "%s &= %s".formatted(element(grid, "i + " + points.size()), element(grid, "i"));
    }
    String left = side(grid, boundary.left(), points.first());
    String right = side(grid, boundary.right(), points.last());
    return "%s &= %s,\\quad %s = %s"
        .formatted(
            element(grid, Integer.toString(points.first() - 1)),
            left,
            element(grid, Integer.toString(points.last() + 1)),
            right);
  }

  private static String side(String grid, Optional<Formula> formula, int end) {
    return formula
        .map(it -> Latex.formula(it.expression()))
        .orElseGet(() -> element(grid, Integer.toString(end)));
  }
}
