package odeum.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.plot.MimeBundle;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DataTableTest {
  @Test
  void theEndsOfALongSeries() {
    double[] t = IntStream.range(0, 20).asDoubleStream().toArray();
    double[] x = IntStream.range(0, 20).mapToDouble(i -> i * 0.5).toArray();
    x[1] = Double.NaN;
    assertEquals(
        """
        TimeSeries x: 20 times, t = 0 .. 19, 1 values missing
         t    x
        --  ---
         0  0.0
         1
         2  1.0
         3  1.5
         4  2.0
         …    …
        15  7.5
        16  8.0
        17  8.5
        18  9.0
        19  9.5""",
        DataTable.of(TimeSeries.of(t).and("x", x)).text());
  }

  @Test
  void aTableOfWordsAndNumbers() {
    Table table =
        Table.create(
            "pelts",
            StringColumn.create("animal", "hare & <b>", "lynx"),
            DoubleColumn.create("count", 30, Double.NaN));
    MimeBundle bundle = DataTable.of(table);
    assertEquals("pelts: 2 rows × 2 columns", bundle.text().lines().findFirst().orElseThrow());
    String html = (String) bundle.data().get("text/html");
    assertTrue(html.contains("hare &amp; &lt;b&gt;"), html);
    assertFalse(html.contains("<b>"), html);
  }

  @Test
  void aWideTableIsCut() {
    Table table = Table.create("wide");
    for (int i = 0; i < 65; i++) {
      table.addColumns(DoubleColumn.create("p" + i, 1, 2));
    }
    String head = DataTable.of(table).text().lines().skip(1).findFirst().orElseThrow();
    assertTrue(head.endsWith("p11  …"), head);
  }
}
