package odeum.kernel;

import java.util.List;
import odeum.magics.Catalogue;
import odeum.magics.Magics;
import odeum.magics.jjava.Arguments;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.ParsedLineMagic;

/**
 * Hands a line of ours over as it was written, and says whether its value is assigned: JJava would
 * split it and drop the quotes.
 */
final class LineTranspiler extends MagicTranspiler {
  private final Catalogue catalogue = Magics.catalogue();

  @Override
  public String transpileLine(ParsedLineMagic magic) {
    String name = magic.name.endsWith("?") ? magic.name.substring(0, magic.name.length() - 1) : magic.name;
    if (catalogue.find(name).isEmpty()) {
      return super.transpileLine(magic);
    }
    boolean assigned = magic.magicLinePrefix.stripTrailing().endsWith("=");
    String written = magic.unparsedMagic.strip();
    String line = written.substring(written.indexOf(magic.name) + magic.name.length()).strip();
    List<String> arguments = List.of(assigned ? Arguments.ASSIGNED : Arguments.AS_WRITTEN, line);
    return super.transpileLine(
        new ParsedLineMagic(magic.name, arguments, magic.magicLinePrefix, magic.unparsedMagic));
  }
}
