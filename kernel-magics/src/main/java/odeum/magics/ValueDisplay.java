package odeum.magics;

import java.util.List;
import java.util.function.Function;
import odeum.display.DataTable;
import odeum.display.HtmlTable;
import odeum.display.ModelSummary;
import odeum.display.NumberText;
import odeum.equation.Ode;
import odeum.model.Classifier;
import odeum.model.Comparison;
import odeum.model.Model;
import odeum.model.NeuralOde;
import odeum.model.UniversalDifferentialEquation;
import odeum.nn.Layer;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.plot.Chart;
import odeum.plot.Figures;
import odeum.plot.MimeBundle;
import odeum.plot.Panels;
import odeum.plot.Tables;
import odeum.plot.TextTable;
import odeum.solver.Ensemble;
import odeum.solver.Solution;
import odeum.tensor.Tensor;
import odeum.train.TrainingHistory;
import odeum.train.TrainingResult;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/**
 * How values of a type are shown at the end of a cell: figures drawn, systems typeset, data as
 * tables, models as summaries, numbers as numbers. A kernel's adapter registers {@link #all} of
 * them.
 *
 * @param type the class or interface of the values
 * @param bundle the forms of one value
 */
public record ValueDisplay<T>(Class<T> type, Function<T, MimeBundle> bundle) {

  /** {@return the displays of all types that have one} */
  public static List<ValueDisplay<?>> all() {
    return List.of(
        new ValueDisplay<>(Figure.class, Figures::bundle),
        new ValueDisplay<>(Chart.class, Chart::bundle),
        new ValueDisplay<>(Panels.class, Panels::bundle),
        new ValueDisplay<>(Ode.class, OdeMagic::typeset),
        new ValueDisplay<>(double[].class, values -> MimeBundle.of(NumberText.of(values))),
        new ValueDisplay<>(double[][].class, rows -> MimeBundle.of(NumberText.of(rows))),
        new ValueDisplay<>(Tensor.class, tensor -> MimeBundle.of(NumberText.of(tensor))),
        new ValueDisplay<>(Solution.class, DataTable::of),
        new ValueDisplay<>(TimeSeries.class, DataTable::of),
        new ValueDisplay<>(Ensemble.class, DataTable::of),
        new ValueDisplay<>(TrainingHistory.class, ValueDisplay::history),
        new ValueDisplay<>(Table.class, DataTable::of),
        new ValueDisplay<>(TextTable.class, table -> HtmlTable.bundle("", table)),
        new ValueDisplay<>(Comparison.class, comparison -> DataTable.of(Tables.of(comparison))),
        new ValueDisplay<>(Layer.class, ModelSummary::of),
        new ValueDisplay<>(NetFunction.class, ModelSummary::of),
        new ValueDisplay<>(NeuralOde.class, ModelSummary::of),
        new ValueDisplay<>(UniversalDifferentialEquation.class, ModelSummary::of),
        new ValueDisplay<>(Model.class, ModelSummary::of),
        new ValueDisplay<>(Classifier.class, it -> ModelSummary.of(it.parameters())),
        new ValueDisplay<>(Parameters.class, ModelSummary::of),
        new ValueDisplay<>(TrainingResult.class, ModelSummary::of));
  }

  /** The curve of the losses, and their numbers where no figure can be drawn. */
  private static MimeBundle history(TrainingHistory history) {
    MimeBundle table = DataTable.of(history);
    return history.size() < 2
        ? table
        : Charts.loss("training", history).bundle().with(MimeBundle.TEXT, table.text());
  }
}
