package odeum.magics;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.plot.MimeBundle;
import odeum.tensor.Names;

/** The magics there are: runs them, explains them, and knows what may come next in a line. */
public final class Catalogue {
  private final List<Magic> magics;

  private Catalogue(List<Magic> magics) {
    this.magics =
        magics.stream().sorted(Comparator.comparing((Magic m) -> m.usage().name())).toList();
  }

  /** {@return a catalogue of these magics} */
  public static Catalogue of(Magic... magics) {
    return new Catalogue(List.of(magics));
  }

  /** {@return the magics in the order of their names} */
  public List<Magic> magics() {
    return magics;
  }

  /** {@return the magic of this name, without {@code %}} */
  public Optional<Magic> find(String name) {
    return magics.stream().filter(magic -> magic.usage().name().equals(name)).findFirst();
  }

  /** {@return the help text of this magic} */
  public Optional<String> help(String name) {
    return find(name).map(magic -> magic.usage().help());
  }

  /** {@return the Java type of what a line gives; of a line with a mistake that of others} */
  public String resultType(String name, String line) {
    Magic magic = find(name).orElseThrow(() -> unknown(name));
    try {
      return magic.resultType(Parser.parse(magic.usage(), line, ""));
    } catch (MagicException e) {
      return magic.resultType();
    }
  }

  /**
   * Runs a magic.
   *
   * @param name its name without {@code %}; with a {@code ?} at its end it is explained instead
   * @param line the rest of its line
   * @param body the cell below a {@code %%} line, or empty
   * @return its result, or null
   * @throws MagicException a message ready to be shown as it is
   */
  public Object run(String name, String line, String body, KernelPort kernel) {
    boolean asks = name.endsWith("?") || line.strip().equals("?");
    String plain = name.endsWith("?") ? name.substring(0, name.length() - 1) : name;
    Magic magic = find(plain).orElseThrow(() -> unknown(plain));
    if (asks) {
      kernel.display(MimeBundle.of(magic.usage().help()));
      return null;
    }
    Invocation call = parsed(magic.usage(), line, body);
    if (call.has("help")) {
      kernel.display(MimeBundle.of(magic.usage().help()));
      return null;
    }
    return run(magic, call, call.shows() ? kernel : new QuietPort(kernel));
  }

  private static Invocation parsed(Usage usage, String line, String body) {
    try {
      return Parser.parse(usage, line, body);
    } catch (MagicException e) {
      throw named(usage, e);
    }
  }

  private static Object run(Magic magic, Invocation call, KernelPort kernel) {
    try {
      return magic.run(call, kernel);
    } catch (MagicException e) {
      throw named(magic.usage(), e);
    } catch (RuntimeException e) {
      if (call.has("trace")) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        kernel.display(MimeBundle.of(trace.toString()));
      }
      throw named(magic.usage(), new MagicException(explain(e)));
    }
  }

  /** The library's own complaints are written for users; anything else is named by its class. */
  private static String explain(RuntimeException e) {
    boolean complaint =
        e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof UnsupportedOperationException
            || e.getClass().getName().startsWith("odeum.");
    return complaint && e.getMessage() != null
        ? e.getMessage()
        : String.format(Locale.ROOT, "%s (--trace shows where)", e);
  }

  private static MagicException named(Usage usage, MagicException e) {
    return e.getMessage().startsWith(usage.shown())
        ? e
        : new MagicException(usage.shown() + ": " + e.getMessage());
  }

  private MagicException unknown(String name) {
    List<String> known = magics.stream().map(magic -> magic.usage().name()).toList();
    String hint = Names.nearest(name, known).map(" Did you mean %%%s?"::formatted).orElse("");
    return new MagicException(
        String.format(Locale.ROOT, "There is no magic %%%s.%s (%%lsmagic lists them)", name, hint));
  }
}
