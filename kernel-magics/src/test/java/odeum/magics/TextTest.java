package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "14.160619678131633, 14.16062, 14.16",
    "5.9212834e-6, 5.921283e-6, 5.921e-6",
    "-1.5e-5, -1.5e-5, -1.5e-5",
    "1e-14, 1e-14, 1e-14",
    "20, 20, 20",
    "2.5e12, 2.5e12, 2.5e12",
    "0, 0, 0",
  })
  void numbersAreShort(double value, String digits, String brief) {
    assertEquals(digits, Text.digits(value));
    assertEquals(brief, Text.brief(value));
  }
}
