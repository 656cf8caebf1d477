package odeum.solver;

import odeum.file.Json;

/** An integrator as data. What it tells while it works, and when it is interrupted, is not. */
public final class IntegratorData {
  private IntegratorData() {}

  /**
   * {@return an integrator as data}
   *
   * @throws IllegalArgumentException if something of it is Java code: an event, a solver of one's
   *     own
   */
  public static Json write(Integrator integrator) {
    Solver solver = integrator.solver();
    if (!Solvers.all().contains(solver)) {
      throw new IllegalArgumentException(
          "The solver '%s' is none of those in Solvers, so a file cannot name it. Save the model with another integrator."
              .formatted(solver.name()));
    }
    if (!integrator.events().isEmpty()) {
      throw new IllegalArgumentException(
          "The integrator has the event '%s', which no file can hold. Save the model without it and add it after loading."
              .formatted(integrator.events().getFirst().name()));
    }
    Json.Fields fields =
        Json.fields()
            .with("solver", solver.name())
            .with("steps", write(integrator.controller()))
            .with("save at", write(integrator.saveAt()))
            .with("most steps", integrator.maxSteps());
    if (integrator.firstStep().isPresent()) {
      fields = fields.with("first step", new Json.Real(integrator.firstStep().getAsDouble()));
    }
    return integrator.controlled().isPresent()
        ? fields.with("controlled values", integrator.controlled().getAsInt())
        : fields;
  }

  private static Json write(StepSizeController controller) {
    return switch (controller) {
      case FixedStep(double size) -> named("fixed").with("size", size);
      case Pid pid ->
          named("adaptive")
              .with("rtol", pid.rtol())
              .with("atol", pid.atol())
              .with("proportional", pid.proportional())
              .with("integral", pid.integral())
              .with("derivative", pid.derivative())
              .with("safety", pid.safety())
              .with("least factor", pid.minFactor())
              .with("most factor", pid.maxFactor())
              .with("least step", pid.minStep())
              .with("most step", pid.maxStep());
    };
  }

  private static Json write(SaveAt saveAt) {
    return switch (saveAt) {
      case SaveAt.Even(int count) -> named("even").with("count", count);
      case SaveAt.Times(var times) ->
          named("times")
              .with(
                  "times", Json.ofReals(times.stream().mapToDouble(Double::doubleValue).toArray()));
      case SaveAt.Steps() -> named("steps");
      case SaveAt.Dense() -> named("dense");
      case SaveAt.End() -> named("end");
    };
  }

  private static Json.Fields named(String kind) {
    return Json.fields().with("kind", kind);
  }

  /**
   * {@return the integrator that data describe}
   *
   * @throws IllegalArgumentException if they describe none
   */
  public static Integrator read(Json json) {
    Solver solver = Solvers.named(json.get("solver").text());
    Json steps = json.get("steps");
    String kind = steps.get("kind").text();
    Integrator integrator =
        switch (kind) {
          case "fixed" -> Integrator.fixed(solver, steps.get("size").real());
          case "adaptive" -> adaptive(solver, pid(steps));
          default -> throw new IllegalArgumentException("there are no '%s' steps".formatted(kind));
        };
    if (json.has("first step")) {
      integrator = integrator.withFirstStep(json.get("first step").real());
    }
    if (json.has("controlled values")) {
      integrator = integrator.withControlled(json.get("controlled values").integer());
    }
    return integrator
        .withSaveAt(saveAt(json.get("save at")))
        .withMaxSteps(json.get("most steps").integer());
  }

  private static Integrator adaptive(Solver solver, Pid pid) {
    if (solver instanceof AdaptiveSolver method) {
      return Integrator.adaptive(method, pid);
    }
    throw new IllegalArgumentException("%s cannot choose its steps".formatted(solver.name()));
  }

  private static Pid pid(Json json) {
    return new Pid(
        json.get("rtol").real(),
        json.get("atol").real(),
        json.get("proportional").real(),
        json.get("integral").real(),
        json.get("derivative").real(),
        json.get("safety").real(),
        json.get("least factor").real(),
        json.get("most factor").real(),
        json.get("least step").real(),
        json.get("most step").real());
  }

  private static SaveAt saveAt(Json json) {
    String kind = json.get("kind").text();
    return switch (kind) {
      case "even" -> SaveAt.even(json.get("count").integer());
      case "times" -> SaveAt.times(json.get("times").reals());
      case "steps" -> SaveAt.steps();
      case "dense" -> SaveAt.dense();
      case "end" -> SaveAt.end();
      default -> throw new IllegalArgumentException("it cannot save at '%s'".formatted(kind));
    };
  }
}
