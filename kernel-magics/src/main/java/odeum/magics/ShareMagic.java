package odeum.magics;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import odeum.plot.MimeBundle;

/** {@code %share}: the Binder link of the open notebook. */
final class ShareMagic implements Magic {
  private static final String MARKDOWN = "text/markdown";

  @Override
  public Usage usage() {
    return new Usage(
        "share",
        false,
        "[NOTEBOOK]",
        0,
        1,
        "Prints the Binder link of the open notebook, which gives everyone the same environment.",
        List.of(
            Option.of("ref", Option.Value.TEXT, "REF", "a branch, tag or commit")
                .standard("the last commit that was pushed")),
        List.of("%share", "%share 01-quickstart.ipynb --ref main"));
  }

  @Override
  public String resultType() {
    return "String";
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    Optional<String> notebook =
        call.arguments().stream()
            .findFirst()
            .or(() -> openNotebook(System.getenv("JPY_SESSION_NAME")));
    BinderLink link =
        BinderLink.of(kernel.directory(), notebook, call.text("ref"), System.getenv());
    String text =
        link.url()
            + link.notes().stream().map(note -> "\nnote: " + note).reduce("", String::concat);
    String badge = "[![Binder](https://mybinder.org/badge_logo.svg)](%s)".formatted(link.url());
    String markdown =
        "[%s](%s)\n\nFor a README: `%s`".formatted(link.url(), link.url(), badge)
            + link.notes().stream().map(note -> "\n\nnote: " + note).reduce("", String::concat);
    kernel.display(MimeBundle.of(text + "\nfor a README: " + badge).with(MARKDOWN, markdown));
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(call, notebook)));
    }
    call.output().ifPresent(name -> kernel.declare(name, resultType(), link.url()));
    return link.url();
  }

  private static String code(Invocation call, Optional<String> notebook) {
    return "String %s = odeum.magics.BinderLink.of(Path.of(%s), %s).url();"
        .formatted(
            call.output().orElse("link"),
            JavaCode.string(notebook.orElse("")),
            JavaCode.string(call.text("ref").orElse("")));
  }

  /** Jupyter's server names the session after the path of its notebook. */
  private static Optional<String> openNotebook(String session) {
    return Optional.ofNullable(session)
        .filter(name -> name.endsWith(".ipynb"))
        .map(name -> Path.of(name).getFileName().toString());
  }
}
