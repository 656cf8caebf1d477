package odeum.model;

import java.util.LinkedHashMap;
import java.util.Map;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;
import odeum.train.Drawn;
import odeum.train.Objective;
import odeum.train.Trainable;

/**
 * Trains a flow without solving it: conditional flow matching (Lipman et al. 2023,
 * arXiv:2210.02747). Each sample x gets a point z of the base distribution and a time; the field is
 * told to lead straight from one to the other. What it learns is the mean over all such lines,
 * which carries the base distribution to the data. The parameters are those of the flow, so
 * likelihood can train them on.
 *
 * <pre>{@code
 * Trainer.of(FlowMatching.of(flow).fit(points)).batch(256).epochs(200).run().model().sample(100, key);
 * }</pre>
 *
 * <p>With {@code s} from 0 to 1 over the span of the flow, and its smallest width w, the line is
 * {@code (1 - (1 - w) s) z + s x}, and the loss is the mean square of the field times the length of
 * the span, minus {@code x - (1 - w) z}. With w = 0, as at first, that is a rectified flow (Liu et
 * al. 2023, arXiv:2209.03003).
 */
public final class FlowMatching implements Trainable<ContinuousNormalizingFlow> {
  private static final String BASE = "base";
  private static final String TIME = "time";

  private final ContinuousNormalizingFlow flow;
  private final double width;

  private FlowMatching(ContinuousNormalizingFlow flow, double width) {
    this.flow = flow;
    this.width = width;
  }

  /** {@return the matching of a flow, along straight lines that end in the data} */
  public static FlowMatching of(ContinuousNormalizingFlow flow) {
    return new FlowMatching(flow, 0);
  }

  /**
   * {@return this matching with lines that end around the data}
   *
   * @param width how wide around, relative to the base distribution: from 0, less than 1
   */
  public FlowMatching withWidth(double width) {
    if (!(width >= 0 && width < 1)) {
      throw new IllegalArgumentException(
          "The width around the data is 0 or more and less than 1, got %s.".formatted(width));
    }
    return new FlowMatching(flow, width);
  }

  /** {@return the flow with points to match, shape {@code (points, dimension)}} */
  public Trainable<ContinuousNormalizingFlow> fit(Tensor x) {
    return new FlowFit(flow, this, dataset(x));
  }

  /** {@return the flow with points to match, and a context for each} */
  public Trainable<ContinuousNormalizingFlow> fit(Tensor x, Tensor contexts) {
    return new FlowFit(flow, this, dataset(x, contexts));
  }

  /**
   * {@return points as samples, and what is drawn anew for each batch: {@code base}, {@code time}}
   */
  public Dataset dataset(Tensor x) {
    return drawn(flow.withExactTrace().dataset(x));
  }

  /** {@return points as samples with a context for each, and what is drawn anew} */
  public Dataset dataset(Tensor x, Tensor contexts) {
    return drawn(flow.withExactTrace().dataset(x, contexts));
  }

  private Dataset drawn(Dataset data) {
    return data.and(BASE, Shape.of(flow.dimension()), Drawn.normal())
        .and(TIME, Shape.of(), Drawn.uniform(0, 1));
  }

  @Override
  public Objective objective() {
    FlowSettings settings = flow.settings();
    double span = settings.end() - settings.start();
    return (p, sample) -> {
      Tracer x = FlowData.continuous(flow, sample);
      Tracer z = settings.base().scaled(sample.get(BASE));
      Tracer s = sample.get(TIME);
      Tracer t = s.times(span).plus(settings.start());
      Tracer narrowing = z.times(1 - width);
      Tracer between = z.plus(x.minus(narrowing).times(s));
      Tracer field = flow.field().apply(p, t, between, FlowData.context(flow, sample));
      return field.times(span).minus(x.minus(narrowing)).square().mean();
    };
  }

  @Override
  public Parameters start(RandomKey key) {
    return flow.start(key);
  }

  @Override
  public ContinuousNormalizingFlow with(Parameters parameters) {
    return flow.with(parameters);
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>(flow.facts());
    facts.put("loss", "flow matching, width " + width);
    return facts;
  }
}
