package odeum.plot;

import java.util.Arrays;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * A jsplot figure that remembers what it was made from: jsplot has no words for arrows, pictures or
 * figures side by side. It is shown as that, until someone changes the figure.
 */
final class DrawnFigure extends Figure {
  private final Drawing drawing;
  private final Layout layout;
  private final Trace[] traces;

  DrawnFigure(Drawing drawing, Layout layout, Trace... traces) {
    super(layout, traces);
    this.drawing = drawing;
    this.layout = layout;
    this.traces = traces.clone();
  }

  boolean isAsDrawn() {
    return getLayout() == layout && getConfig() == null && Arrays.equals(getTraces(), traces);
  }

  Drawing drawing() {
    return drawing;
  }
}
