package odeum.term;

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

  private OdeTerm(
      int size, Supplier<Derivative> opener, Optional<TracedField> field, Tensor parameters) {
    this.size = size;
    this.opener = opener;
    this.field = field;
    this.parameters = parameters;
  }

  /** {@return the term of a hand-written derivative that may run on many threads at once} */
  public static OdeTerm of(int size, Derivative derivative) {
    return new OdeTerm(size, () -> derivative, Optional.empty(), Tensor.vector());
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
    return new OdeTerm(size, () -> derivative, field, parameters);
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

  /** {@return the values of the parameters, flat} */
  public Tensor parameters() {
    return parameters;
  }
}
