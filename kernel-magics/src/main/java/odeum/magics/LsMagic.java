package odeum.magics;

import java.util.List;
import odeum.display.HtmlTable;
import odeum.plot.MimeBundle;

/** {@code %lsmagic}: what magics there are. */
final class LsMagic implements Magic {
  @Override
  public Usage usage() {
    return new Usage(
        "lsmagic", false, "", 0, 0, "Lists the magics.", List.of(), List.of("%lsmagic", "%solve?"));
  }

  @Override
  public String resultType() {
    return "java.util.List<String>";
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    Grid grid = Grid.of("magic", "does");
    for (Magic magic : Magics.catalogue().magics()) {
      Usage usage = magic.usage();
      grid = grid.row(usage.shown() + " " + usage.arguments(), usage.summary());
    }
    String more = "%name? or %name --help explains one.";
    kernel.display(HtmlTable.bundle(grid + "\n" + more, grid.table(), more));
    List<String> names = Magics.names();
    if (call.has("code")) {
      kernel.display(MimeBundle.of("odeum.magics.Magics.names()"));
    }
    call.output().ifPresent(name -> kernel.declare(name, resultType(), names));
    return names;
  }
}
