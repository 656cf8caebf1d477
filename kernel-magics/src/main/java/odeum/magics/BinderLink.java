package odeum.magics;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Binder opens a notebook of a git repository.
 *
 * @param url the link
 * @param notes what stands between the link and the notebook as it is here
 */
public record BinderLink(String url, List<String> notes) {
  private static final String SERVICE = "https://mybinder.org/v2/";
  private static final Pattern REMOTE =
      Pattern.compile(
          "(?:https?://|ssh://|git://)?(?:[^@/]+@)?([\\w-]+(?:\\.[\\w-]+)+)(?::\\d+)?[:/]([^:]+?)(?:\\.git)?/?");
  private static final List<String> FOLDERS =
      List.of("binder", ".binder", "environment.yml", "requirements.txt", "Dockerfile");

  public BinderLink {
    notes = List.copyOf(notes);
  }

  /**
   * {@return the link of a notebook of the repository that this process works in}
   *
   * @param notebook its file; empty for the folder
   * @param ref a branch, tag or commit; empty for the last commit that was pushed
   */
  public static BinderLink of(Path notebook, String ref) {
    Optional<String> name = Optional.of(notebook.toString()).filter(it -> !it.isEmpty());
    Optional<String> wanted = Optional.of(ref).filter(it -> !it.isEmpty());
    return of(Path.of("").toAbsolutePath(), name, wanted, System.getenv());
  }

  /**
   * {@return the link}
   *
   * @param directory the notebook's
   * @param notebook its name; without one the link opens the folder
   * @param wanted a branch, tag or commit in place of the last commit that was pushed
   * @param environment that of the process, in which Binder says what it was asked for
   */
  static BinderLink of(
      Path directory,
      Optional<String> notebook,
      Optional<String> wanted,
      Map<String, String> environment) {
    Path root =
        git(directory, "rev-parse", "--show-toplevel")
            .map(Path::of)
            .orElseThrow(
                () ->
                    new MagicException(
                        "this notebook is in no git repository, or git is not installed. Binder opens"
                            + " notebooks from GitHub, GitLab and other git servers"));
    Path target = notebook.map(directory::resolve).orElse(directory);
    require(root, target, notebook);
    String request = environment.getOrDefault("BINDER_REQUEST", "");
    if (!request.isEmpty() && wanted.isEmpty()) {
      String host = environment.getOrDefault("BINDER_LAUNCH_HOST", "https://mybinder.org/");
      return new BinderLink(host + request + "?urlpath=" + opened(root, target), List.of());
    }
    String remote =
        git(directory, "config", "--get", "remote.origin.url")
            .orElseThrow(
                () ->
                    new MagicException(
                        "the repository has no remote named origin. Push it to GitHub first: git remote"
                            + " add origin URL"));
    List<String> notes = new ArrayList<>();
    String ref = wanted.orElseGet(() -> pushed(directory, notes));
    notebook.ifPresent(name -> warn(directory, name, notes));
    if (FOLDERS.stream().noneMatch(name -> Files.exists(root.resolve(name)))) {
      notes.add("the repository has no binder/ folder, so Binder will not install Odeum");
    }
    String address = repository(remote) + "/" + part(ref);
    return new BinderLink(address + "?urlpath=" + opened(root, target), notes);
  }

  private static String opened(Path root, Path target) {
    String path = real(root).relativize(real(target)).toString().replace('\\', '/');
    return part("lab/tree/" + path).replace("%2F", "/");
  }

  private static void require(Path root, Path target, Optional<String> notebook) {
    if (notebook.isPresent() && !Files.exists(target)) {
      throw new MagicException(
          "there is no notebook %s. Say which: %%share NAME.ipynb".formatted(target));
    }
    if (!real(target).startsWith(real(root))) {
      throw new MagicException("%s is outside of the repository %s".formatted(target, root));
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static String pushed(Path directory, List<String> notes) {
    Optional<String> upstream = git(directory, "rev-parse", "@{upstream}");
    String head =
        git(directory, "rev-parse", "HEAD")
            .orElseThrow(() -> new MagicException("the repository has no commit yet"));
    if (upstream.isEmpty()) {
      notes.add("it is not known whether this commit was pushed: its branch follows no other");
      return head;
    }
    int behind =
        git(directory, "rev-list", "--count", "@{upstream}..HEAD").map(Integer::parseInt).orElse(0);
    if (behind > 0) {
      notes.add(
          "%s commit%s not pushed yet; the link shows the one before"
              .formatted(behind, behind == 1 ? " is" : "s are"));
    }
    return git(directory, "merge-base", "HEAD", "@{upstream}").orElse(head);
  }

  private static void warn(Path directory, String notebook, List<String> notes) {
    Optional<String> status = git(directory, "status", "--porcelain", "--", notebook);
    if (status.isPresent() && !status.get().isEmpty()) {
      boolean added = status.get().startsWith("??");
      notes.add(
          added
              ? notebook + " is not in the repository yet: git add, commit and push it"
              : notebook + " has changes that are not committed; the link does not show them");
    }
  }

  /** {@return the address of a repository at Binder} */
  static String repository(String remote) {
    Matcher match = REMOTE.matcher(remote.strip());
    if (!match.matches()) {
      throw new MagicException(
          "the remote %s is no address that Binder can read".formatted(remote));
    }
    String host = match.group(1);
    String path = match.group(2);
    return SERVICE
        + switch (host) {
          case "github.com" -> "gh/" + path;
          case "gitlab.com" -> "gl/" + part(path);
          default -> "git/" + part("https://" + host + "/" + path);
        };
  }

  private static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@return what git says; empty if it fails or is not there} */
  private static Optional<String> git(Path directory, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toAbsolutePath().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
