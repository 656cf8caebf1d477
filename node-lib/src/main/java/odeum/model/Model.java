package odeum.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.Names;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import odeum.term.VectorField;

/**
 * A differential equation {@code dy/dt = f(t, y, p)} with its parameters, to be saved, loaded and
 * solved. It is all data: a loaded model needs no class of whoever made it. Immutable; may be used
 * by many threads at once.
 *
 * <pre>{@code
 * Model.of(pendulum, 2, parameters).withNames("angle", "speed").save(Path.of("pendulum.safetensors"));
 * Solution swing = Model.load(Path.of("pendulum.safetensors")).solve(Tensor.vector(1, 0), 0, 10);
 * }</pre>
 */
public final class Model implements Problem {
  private final TracedField field;
  private final Parameters parameters;
  private final ModelSettings settings;

  Model(TracedField field, Parameters parameters, ModelSettings settings) {
    if (!field.parameters().equals(parameters.structure())) {
      throw new IllegalArgumentException(
          "The vector field was traced for the parameters (%s), got (%s)."
              .formatted(field.parameters(), parameters.structure()));
    }
    this.field = field;
    this.parameters = parameters;
    this.settings = settings;
    Problem.of(term(), settings.initial(), 0, 1).withNames(settings.names().toArray(String[]::new));
  }

  /**
   * {@return the model of a vector field, whose values are called y0, y1, ...} It is traced here,
   * once, and solved by tsit5 with rtol 1e-6 and atol 1e-9.
   *
   * @param size how many values the state has
   */
  public static Model of(VectorField field, int size, Parameters parameters) {
    return of(TracedField.of(field, Shape.of(size), parameters.structure()), parameters);
  }

  /** {@return the model of a field that is traced already} */
  public static Model of(TracedField field, Parameters parameters) {
    int size = field.state().size();
    List<String> names = IntStream.range(0, size).mapToObj(i -> "y" + i).toList();
    Tensor unknown = Tensor.full(Shape.of(size), Double.NaN);
    return new Model(
        field,
        parameters,
        new ModelSettings(names, Integrator.of(Solvers.tsit5()), unknown, Double.NaN, Double.NaN));
  }

  private Model with(ModelSettings changed) {
    return new Model(field, parameters, changed);
  }

  /** {@return this model with a name for each value of the state} */
  public Model withNames(String... names) {
    return with(settings.withNames(List.of(names)));
  }

  /** {@return this model, solved another way} */
  public Model withIntegrator(Integrator integrator) {
    return with(settings.withIntegrator(integrator));
  }

  /** {@return this model with a state to start from, shape {@code (size)}} */
  public Model withInitial(Tensor initial) {
    return with(settings.withInitial(initial));
  }

  /** {@return this model with another start of one value of the state} */
  public Model withInitial(String name, double value) {
    int position = settings.names().indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "There is no state '%s'. States: %s.%s"
              .formatted(
                  name,
                  String.join(" ", settings.names()),
                  Names.nearest(name, settings.names())
                      .map(" Did you mean '%s'?"::formatted)
                      .orElse("")));
    }
    double[] initial = settings.initial().toArray();
    initial[position] = value;
    return withInitial(Tensor.vector(initial));
  }

  /** {@return this model over a span of time; it may run backward} */
  public Model withSpan(double start, double end) {
    return with(settings.withSpan(start, end));
  }

  /** {@return this model with other values of its parameters} */
  public Model withParameters(Parameters values) {
    return new Model(field, values, settings);
  }

  /** {@return this model with another value of a parameter that is one number} */
  public Model with(String parameter, double value) {
    return withParameters(parameters.with(parameter, value));
  }

  /** {@return the parameters} */
  public Parameters parameters() {
    return parameters;
  }

  /** {@return the right-hand side, the parameters open} */
  public TracedField field() {
    return field;
  }

  /** {@return how it is solved} */
  public Integrator integrator() {
    return settings.integrator();
  }

  @Override
  public List<String> names() {
    return settings.names();
  }

  @Override
  public OdeTerm term() {
    return OdeTerm.of(field, parameters.flat());
  }

  ModelSettings settings() {
    return settings;
  }

  /** {@return whether it is known where every value of the state starts} */
  public boolean hasInitial() {
    return settings.open() < 0;
  }

  /** {@return whether it is known from when to when} */
  public boolean hasSpan() {
    return !Double.isNaN(settings.start()) && !Double.isNaN(settings.end());
  }

  @Override
  public Tensor initial() {
    if (!hasInitial()) {
      String name = settings.names().get(settings.open());
      throw new IllegalStateException(
          "This model does not know where %s starts. Say withInitial(\"%s\", ...), or solve(y0, t0, t1)."
              .formatted(name, name));
    }
    return settings.initial();
  }

  @Override
  public double start() {
    requireSpan();
    return settings.start();
  }

  @Override
  public double end() {
    requireSpan();
    return settings.end();
  }

  private void requireSpan() {
    if (!hasSpan()) {
      throw new IllegalStateException(
          "This model does not know from when to when. Say withSpan(t0, t1), or solve(y0, t0, t1).");
    }
  }

  /** {@return dy/dt at a time, shape {@code (size)}} */
  public double[] derivative(double t, double... y) {
    if (y.length != names().size()) {
      throw new IllegalArgumentException(
          "The state has %s values, got %s.".formatted(names().size(), y.length));
    }
    double[] dy = new double[y.length];
    term().open().evaluate(t, y, dy);
    return dy;
  }

  /** {@return the solution from the model's own start over its own span} */
  public Solution solve() {
    return settings.integrator().solve(this);
  }

  /** {@return the solution from a state at t0 to t1} */
  public Solution solve(Tensor y0, double t0, double t1) {
    return settings.integrator().solve(withInitial(y0).withSpan(t0, t1));
  }

  /**
   * Writes this model to a {@code .safetensors} file: a tensor per parameter, everything else as
   * JSON in its remarks. The file is replaced whole or not at all.
   *
   * @throws IllegalArgumentException if something of it is Java code that no file can hold: an
   *     algorithm of your own in the equation, an event of the integrator, a solver of your own
   * @throws odeum.file.FileException if the file cannot be written
   */
  public void save(Path file) {
    ModelFile.write(this, file);
  }

  /**
   * {@return the model in a file, as {@link #save} wrote it} The file is checked and no code runs,
   * so it may come from anywhere.
   *
   * @throws odeum.file.FileException if there is no such file, or it is no model
   */
  public static Model load(Path file) {
    return ModelFile.read(file);
  }

  @Override
  public String toString() {
    return "Model of (%s) by %s, parameters:\n%s"
        .formatted(
            String.join(", ", settings.names()), settings.integrator().solver().name(), parameters);
  }
}
