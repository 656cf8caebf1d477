package odeum.term;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import odeum.autodiff.SparsityPattern;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;

/** The term {@code f(t, y) dt} of an ordinary differential equation. */
public final class OdeTerm implements Term {
  private final int size;
  private final Supplier<Derivative> opener;
  private final Optional<TracedField> field;
  private final Tensor parameters;
  private final List<OdeTerm> summands;
  private final Optional<boolean[]> positions;

  private OdeTerm(
      int size, Supplier<Derivative> opener, Optional<TracedField> field, Tensor parameters) {
    this(size, opener, field, parameters, List.of(), Optional.empty());
  }

  private OdeTerm(
      int size,
      Supplier<Derivative> opener,
      Optional<TracedField> field,
      Tensor parameters,
      List<OdeTerm> summands,
      Optional<boolean[]> positions) {
    this.summands = List.copyOf(summands);
    this.positions = positions;
    this.size = size;
    this.opener = opener;
    this.field = field;
    this.parameters = parameters;
  }

  /** {@return the term of a hand-written derivative that may run on many threads at once} */
  public static OdeTerm of(int size, Derivative derivative) {
    return new OdeTerm(size, () -> derivative, Optional.empty(), Tensor.vector());
  }

  /**
   * {@return the sum of two terms, for solvers that step over them in different ways}
   *
   * @param explicit what an implicit-explicit solver steps over explicitly
   * @param implicit what it steps over implicitly: the stiff part
   */
  public static OdeTerm sum(OdeTerm explicit, OdeTerm implicit) {
    if (explicit.size != implicit.size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Both parts of a sum need as many values, got %d and %d.",
              explicit.size,
              implicit.size));
    }
    return new OdeTerm(
        explicit.size,
        () -> sum(explicit.open(), implicit.open(), explicit.size),
        Optional.empty(),
        Tensor.vector(),
        List.of(explicit, implicit),
        Optional.empty());
  }

  private static Derivative sum(Derivative first, Derivative second, int size) {
    double[] other = new double[size];
    return (t, y, dy) -> {
      first.evaluate(t, y, dy);
      second.evaluate(t, y, other);
      for (int i = 0; i < size; i++) {
        dy[i] += other[i];
      }
    };
  }

  /**
   * {@return the term of a hand-written derivative for symplectic solvers} Derivatives of positions
   * depend on the other values only, and the other way round. Traced fields need no telling.
   *
   * @param positions for each value, whether it is a position
   */
  public static OdeTerm separable(boolean[] positions, Derivative derivative) {
    return new OdeTerm(
        positions.length,
        () -> derivative,
        Optional.empty(),
        Tensor.vector(),
        List.of(),
        Optional.of(positions.clone()));
  }

  /** {@return the term of equations written for Commons Math} They may run on many threads. */
  public static OdeTerm of(FirstOrderDifferentialEquations equations) {
    return of(equations.getDimension(), equations::computeDerivatives);
  }

  /** {@return the term of a vector field without parameters} */
  public static OdeTerm of(VectorField field, int size) {
    return of(TracedField.of(field, Shape.of(size), Structure.EMPTY), Tensor.vector());
  }

  /** {@return the term of a traced field at these parameters, flat} */
  public static OdeTerm of(TracedField field, Tensor parameters) {
    if (parameters.size() != field.graph().inputs().get(2).size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The vector field has %d parameters (%s), got %d values.",
              field.parameters().size(),
              field.parameters(),
              parameters.size()));
    }
    return new OdeTerm(
        field.state().size(),
        () -> field.open(parameters.toArray()),
        Optional.of(field),
        parameters);
  }

  /** {@return this term computed by a derivative that gives the same numbers: for one thread} */
  public OdeTerm evaluatedBy(Derivative derivative) {
    return new OdeTerm(size, () -> derivative, field, parameters, summands, positions);
  }

  /** {@return the explicit and the implicit part, if this is a sum; else nothing} */
  public List<OdeTerm> summands() {
    if (summands.isEmpty() && field.isPresent()) {
      return field.get().summands().stream().map(part -> of(part, parameters)).toList();
    }
    return summands;
  }

  /**
   * {@return what moves the positions and what moves the velocities, if this term can be separated
   * so; else nothing}
   */
  public List<OdeTerm> separated() {
    Optional<boolean[]> known = positions.or(() -> field.flatMap(TracedField::positions));
    return known
        .map(flags -> List.of(restricted(flags, true), restricted(flags, false)))
        .orElse(List.of());
  }

  private OdeTerm restricted(boolean[] flags, boolean kept) {
    boolean[] rows = new boolean[size];
    for (int i = 0; i < size; i++) {
      rows[i] = flags[i] == kept;
    }
    if (field.isPresent()) {
      return of(field.get().restricted(rows), parameters);
    }
    Derivative whole = open();
    return of(
        size,
        (t, y, dy) -> {
          whole.evaluate(t, y, dy);
          for (int i = 0; i < size; i++) {
            dy[i] = rows[i] ? dy[i] : 0;
          }
        });
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Derivative open() {
    return opener.get();
  }

  /**
   * {@return the derivatives of f by state and time, with memory of their own: for one thread}
   * Exact for a traced field, by differences for a derivative written by hand.
   */
  public Linearization linearize() {
    return field.isPresent()
        ? field.get().linearize(parameters.toArray())
        : new DifferencedLinearization(open(), size);
  }

  /** {@return which entries df/dy can have; all of them for a derivative written by hand} */
  public SparsityPattern pattern() {
    return field.map(TracedField::pattern).orElseGet(() -> SparsityPattern.dense(size, size));
  }

  /** {@return the traced field, if this term has one; it is what adjoints differentiate} */
  public Optional<TracedField> field() {
    return field;
  }

  /** {@return the inputs of the traced field that are known for some time only} */
  public List<InputSpan> inputs() {
    return field.map(TracedField::inputs).orElse(List.of());
  }

  /** {@return the values of the parameters, flat} */
  public Tensor parameters() {
    return parameters;
  }
}
