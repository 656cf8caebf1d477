package odeum.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.ParsedCellMagic;
import org.dflib.jjava.jupyter.kernel.magic.ParsedLineMagic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellMagicsResolverTest {
  private final CellMagicsResolver resolver =
      new CellMagicsResolver(
          new MagicTranspiler() {
            @Override
            public String transpileLine(ParsedLineMagic magic) {
              return "<" + magic.unparsedMagic.strip() + ">";
            }

            @Override
            public String transpileCell(ParsedCellMagic magic) {
              return "<<" + magic.name + ">>";
            }
          });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "String s = \"\"\"\n%solve a\n  %plot \\\"\"\" b\n\"\"\";",
        "String s = \"x=%d\" + \"\\\"=%s\";",
        "char c = '\"'; String s = \"=%d\";",
        "/* a\n%solve b\n*/ int x;",
        "int x; // =%solve it's",
        "int x = 7 % y; int z = 7 %y;",
      })
  void leavesStringsAndCommentsAlone(String code) {
    assertEquals(code, resolver.resolve(code));
  }

  @Test
  void findsMagicsBetweenJava() {
    assertEquals(
        "int a = 1;\n<%solve \"it's\" // \"\"\" no text>\nvar r =<%plot r>\n  <%x>\nint b;",
        resolver
            .resolve("int a = 1;\n%solve \"it's\" // \"\"\" no text\nvar r = %plot r\n  %x\nint b;")
            .replace("\n<%x", "\n  <%x"));
    assertEquals("<<ode>>", resolver.resolve("%%ode a\nx' = \"=%d\""));
  }

  @Test
  void aQuoteThatIsNotClosedHidesNothingElse() {
    assertTrue(resolver.resolve("int it = ';\n%solve a").contains("<%solve a>"));
  }
}
