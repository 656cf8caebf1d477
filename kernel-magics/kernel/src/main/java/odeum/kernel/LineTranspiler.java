package odeum.kernel;

import java.util.List;
import odeum.magics.Arguments;
import odeum.magics.Catalogue;
import odeum.magics.Magics;
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
    String name = magic.name.replaceAll("\\?$", "");
    return catalogue
        .find(name)
        .map(_ -> call(magic, name))
        .orElseGet(() -> super.transpileLine(magic));
  }

  private String call(ParsedLineMagic magic, String name) {
    String written = magic.unparsedMagic.strip();
    String line = written.substring(written.indexOf(magic.name) + magic.name.length()).strip();
    String prefix = magic.magicLinePrefix.strip();
    if (!prefix.endsWith("=")) {
      return handedOver(magic, Arguments.AS_WRITTEN, line);
    }
    String type = catalogue.resultType(name, line);
    // The cast tells var its type. Where a type is written, it may be of another model.
    String cast = prefix.matches("(final\\s+)?var\\s.*") ? type : type.replaceFirst("<.*", "");
    return "(" + cast + ") " + handedOver(magic, Arguments.ASSIGNED, line);
  }

  private String handedOver(ParsedLineMagic magic, String how, String line) {
    List<String> arguments = List.of(how, line);
    return super.transpileLine(
        new ParsedLineMagic(magic.name, arguments, magic.magicLinePrefix, magic.unparsedMagic));
  }
}
