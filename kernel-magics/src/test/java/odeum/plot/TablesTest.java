package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.equation.Ode;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class TablesTest {
  @Test
  void aSolutionHasAColumnForEachValue() {
    Ode decay =
        Ode.parse(
            """
            x' = -x
            init x = 1
            let half = x/2""");
    Solution solution =
        Integrator.of(Solvers.tsit5()).withSaveAt(SaveAt.even(5)).solve(decay, 0, 2);
    Table table = Tables.of(solution);
    assertEquals(List.of("t", "x", "half"), table.columnNames());
    assertEquals(5, table.rowCount());
    assertEquals(solution.last("half"), table.doubleColumn("half").get(4));
  }

  @Test
  void whatIsMissingStaysMissing() {
    Table table = Tables.of(TimeSeries.named("year", 1900, 1901).and("hare", 30, Double.NaN));
    assertEquals(List.of("year", "hare"), table.columnNames());
    assertTrue(table.column("hare").isMissing(1));
  }
}
