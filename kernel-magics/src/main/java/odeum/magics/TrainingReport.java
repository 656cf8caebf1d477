package odeum.magics;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.train.LevenbergMarquardt;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;

/**
 * What is said at the end of a training.
 *
 * @param call the call
 * @param optimizer the methods that trained
 * @param starts from how many points it started, or should have
 * @param accuracy how often it is right, of a classifier
 * @param result what came of it
 * @param variable where the result is, if it was kept
 */
record TrainingReport(
    Invocation call,
    OptimizerArgument optimizer,
    int starts,
    Optional<Accuracy> accuracy,
    TrainingResult<?> result,
    Optional<String> variable) {
  /** From about so many parameters on a Jacobian costs more than it gains. */
  private static final int MANY = 50;

  private static final String OWN = "one of the user's own";

  /** {@return a table of the parameters, the loss and how it ended} */
  String summary(FitArgument fit) {
    String loss = loss(fit);
    String start = Text.digits(result.history().startLoss());
    String losses =
        result.validationLosses().length == 0
            ? String.format(
                Locale.ROOT, "%s %s (%s at the start)", loss, Text.digits(result.loss()), start)
            : String.format(
                Locale.ROOT,
                "validation %s %s at epoch %d (training %s at the start)",
                loss,
                Text.digits(result.loss()),
                result.bestEpoch(),
                start);
    String lost = variable.isPresent() ? "" : "\n-o NAME would keep the fitted model.";
    String table = starts > 1 ? StartsTable.of(result) : "";
    losses += accuracy.map(a -> "\n" + a.of(result.model())).orElse("");
    return parameters(fit) + "\n" + table + losses + "\n" + end() + fit.notes() + slowness() + lost;
  }

  /** What the model calls its loss, without the details; one of the user's own has no name. */
  private static String loss(FitArgument fit) {
    String name = fit.trainable().facts().getOrDefault("loss", OWN);
    return name.equals(OWN) ? "loss" : name.replaceFirst(",.*", "");
  }

  private String parameters(FitArgument fit) {
    Parameters before = fit.trainable().start(RandomKey.of(result.seed()).fold(0));
    Grid grid = Grid.of("parameter", "fitted", "before");
    Map<String, Integer> weights = new LinkedHashMap<>();
    Structure structure = result.best().structure();
    for (String name : structure.names()) {
      Shape shape = structure.find(name).orElseThrow().shape();
      if (shape.rank() == 0) {
        grid = grid.row(name, Text.digits(result.best().get(name)), Text.digits(before.get(name)));
      } else {
        weights.merge(net(name), shape.size(), Integer::sum);
      }
    }
    StringBuilder text = new StringBuilder(grid.rows().size() > 1 ? grid.toString() : "");
    weights.forEach(
        (net, count) ->
            text.append(
                String.format(
                    Locale.ROOT, "%s: %d weights\n", net.isEmpty() ? "network" : net, count)));
    return text.toString();
  }

  /** The weights of net f are f.0.weight and so on; those of a bare network 0.weight. */
  private static String net(String parameter) {
    int dot = parameter.indexOf('.');
    String first = dot < 0 ? parameter : parameter.substring(0, dot);
    return dot < 0 || first.chars().allMatch(Character::isDigit) ? "" : first;
  }

  private String end() {
    if (result.end() != TrainingEnd.OUT_OF_TIME) {
      return result.message();
    }
    String further = canGoOn() ? "\n  go on: " + goOn() : "";
    if (starts > 1) {
      int whole = StartsTable.whole(result);
      Invocation untimed = call.without("budget").set("starts", Integer.toString(whole));
      String again = whole == 0 ? "" : "\n  the same without a clock: " + untimed.written();
      return result.message() + again + further;
    }
    String ended =
        String.format(
            Locale.ROOT,
            "the time was up after %d of %d epochs. The parameters of epoch %d were kept.",
            result.epochs(),
            optimizer.epochs(),
            result.bestEpoch());
    OptimizerArgument done = optimizer.until(result.state());
    String again =
        done.epochs() == 0 || optimizer.spreads()
            ? ""
            : "\n  the same without a clock: " + done.in(call.without("budget")).written();
    return ended + again + further;
  }

  private boolean canGoOn() {
    return call.has("save") || variable.isPresent();
  }

  /** {@return whether the cell must end as an error} */
  static boolean failed(TrainingResult<?> result) {
    return result.end() == TrainingEnd.NOT_FINITE || result.interrupted();
  }

  /** {@return the message of a training that failed; its result is in the variable} */
  String message() {
    String kept =
        String.format(
            Locale.ROOT,
            "the best parameters (%sepoch %d, loss %s) are in the variable %s",
            starts > 1 ? "start " + StartsTable.best(result) + ", " : "",
            result.bestEpoch(),
            Text.brief(result.loss()),
            variable.orElseThrow());
    if (result.interrupted()) {
      return String.format(
          Locale.ROOT,
          "%s: interrupted %safter epoch %d of %d; %s\n  go on: %s%s",
          call.shown(),
          starts > 1
              ? String.format(Locale.ROOT, "in start %d of %d, ", result.starts().size(), starts)
              : "",
          result.starts().getLast().epochs(),
          optimizer.epochs(),
          kept,
          goOn(),
          slowness());
    }
    String hint =
        optimizer.steps()
            ? "\n  try: " + call.with("lr", Text.brief(optimizer.rate() / 10)) + "  or  --clip 1"
            : "\n  try: " + call.set("optimizer", "adam").written() + "  or  --starts 8";
    return String.format(Locale.ROOT, "%s: %s\n  %s%s", call.shown(), result.message(), kept, hint);
  }

  /** A Jacobian has a column for each parameter. */
  private String slowness() {
    int parameters = result.best().size();
    boolean jacobian =
        optimizer.methods().stream().anyMatch(m -> m.optimizer() instanceof LevenbergMarquardt);
    return jacobian && parameters > MANY
        ? String.format(
            Locale.ROOT,
            "\nlm computes %d derivatives for each iteration, one for each parameter; -O lbfgs"
                + " needs one gradient",
            parameters)
        : "";
  }

  /** The state is in the file and in the result; the number of epochs is that in all. */
  private String goOn() {
    if (variable.isPresent() && starts == 1 && result.state().epoch() < result.epochs()) {
      return goOnFromBest(variable.get());
    }
    String from = call.text("save").or(() -> variable).orElseThrow();
    Invocation next = call.without("resume").without("output").set("resume", from);
    return variable.map(name -> next.with("output", name)).orElseGet(next::written);
  }

  /** A method that keeps no state would begin anew: it goes on from the best parameters instead. */
  private String goOnFromBest(String name) {
    int done = result.epochs() - result.state().epoch();
    Invocation next = call.withArgument(name + ".model()").without("resume").without("output");
    return optimizer.after(result.state(), done).in(next).with("output", name);
  }
}
